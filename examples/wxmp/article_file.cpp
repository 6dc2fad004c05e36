// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include "article_file.hpp"

#include <wxmp/codec/utf8.hpp>
#include <wxmp/data/html.hpp>

#include "article_limits.hpp"
#include "assets.hpp"
#include "highlight_command.hpp"
#include "language.hpp"
#include "report.hpp"
#include "sources/regular_file.hpp"
#include <algorithm>
#include <cstdint>
#include <system_error>
#include <utility>

namespace tool {

namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t longest_text = 8u << 20;  // eight times what the service takes

result<std::string> read_text(const fs::path& path) {
    const auto file = sources::regular_file::open(path);
    if (!file) return file.error();
    if (file->size() > longest_text)
        return local_fault(tr("{}: longer than any article may be", path.string()));
    const auto text = file->read(longest_text);
    if (text.size() != file->size()) return local_fault(tr("cannot read {}", path.string()));
    if (!wxmp::is_utf8(text)) return local_fault(tr("{}: not UTF-8; save it as that", path.string()));
    return text;
}

// With addresses of pictures and videos no longer than those of the service, so that none is refused in vain.
void check_content(parsed_article& article) {
    constexpr std::size_t shortest_address = 115;
    const std::string address(shortest_address, 'x');
    const auto content = article.html([&address](const article_picture& p) {
        return is_video(p) || is_uploaded_video(p) ? wxmp::html::video("") : image_html(p, address);
    });
    const auto before = article.found.size();
    check_length(content_limit, {content, {}}, article.found);
    if (article.found.size() == before) check_length(content_size_limit, {content, {}}, article.found);
}

std::string with_severity(problem::severity is, const std::string& line) {
    switch (is) {
    case problem::severity::note: return tr("note: {}", line);
    case problem::severity::warning: return tr("warning: {}", line);
    case problem::severity::error: break;
    }
    return tr("error: {}", line);
}

}  // namespace

std::string about_articles() {
    return tr(
        "It is GitHub's Markdown: tables, ~~strikethrough~~, - [x] tasks, footnotes. ![[boat.jpg]] is a "
        "picture too.\n"
        "Front matter between lines of --- (YAML) or +++ (TOML) may tell title, author, digest, cover, "
        "source_url,\n"
        "comments, and the crops of the cover, pic_crop_235_1, pic_crop_1_1 and, of a newspic, "
        "pic_crop_16_9,\n"
        "as 0_0_1_0.5; options come before it.\n"
        "HTML is kept as far as the service keeps it; what it removes is told with its line. Links out of\n"
        "mp.weixin.qq.com become numbered notes at the end, unless there is --keep-links. Only files of the "
        "article's\n"
        "folder may be named, unless there is --allow-outside. The command of --highlight gets a block of\n"
        "code on its input, and its language as $1, and writes HTML with styles.\n");
}

parameter title_option() {
    return option(
        "--title", "TEXT",
        tr("its title, {}; else that of the front matter, or the first heading", describe(title_limit)));
}

parameter theme_option() {
    return option("--theme", "FILE", tr("what it looks like: CSS rules for elements by name"));
}

parameter highlight_option() {
    return option("--highlight", "COMMAND",
                  tr("a command that colours code, as 'pygmentize -f html -O noclasses -l $1'"));
}

parameter keep_links_flag() {
    return flag("--keep-links", tr("links to other sites stay; not all accounts may have them"));
}

parameter shrink_flag() { return flag("--shrink", tr("scale pictures that are too large for the service")); }

parameter allow_outside_option() {
    return repeated(option("--allow-outside", "DIR",
                           tr("the article may name files of this folder too; else only of its own")));
}

std::vector<fs::path> allowed_outside(const arguments& a) {
    const auto all = a.all("--allow-outside");
    return {all.begin(), all.end()};
}

result<parsed_article> load_article(const fs::path& file, const arguments& a, std::stop_token stop) {
    const auto text = read_text(file);
    if (!text) return text.error();
    article_options how;
    how.title = a.maybe("--title");
    how.keeps_links = a.has("--keep-links");
    if (auto command = a.maybe("--highlight"))
        how.highlight = highlight_by(*std::move(command), std::move(stop));
    if (const auto styles = a.maybe("--theme")) {
        const auto css = read_text(*styles);
        if (!css) return css.error();
        problems found;
        how.styles = read_theme(*css, found);
        if (auto fault = tell_problems(*styles, std::move(found))) return *std::move(fault);
    }
    auto article = parse_article(*text, how);
    check_length(title_limit, {article.title, article.title_at}, article.found);
    check_content(article);
    return article;
}

std::optional<wxmp::error> tell_problems(const fs::path& file, problems found) {
    found = in_order(std::move(found));
    for (const auto& p : found) say(with_severity(p.is, describe(file.string(), p)));
    if (!has_error(found)) return std::nullopt;
    const auto count = std::count_if(found.begin(), found.end(),
                                     [](const problem& p) { return p.is == problem::severity::error; });
    if (count == 1) return local_fault(tr("{}: an error, told above; nothing was sent", file.string()));
    return local_fault(tr("{}: {} errors, told above; nothing was sent", file.string(), count));
}

}  // namespace tool
