// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include "article_file.hpp"

#include <wxmp/codec/url.hpp>
#include <wxmp/codec/utf8.hpp>

#include "html_policy.hpp"
#include "report.hpp"
#include "sources/file.hpp"
#include <algorithm>
#include <cstdint>
#include <system_error>
#include <utility>

namespace tool {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view uploaded_video_mark = "vid:";
constexpr std::uint64_t longest_text = 8u << 20;  // eight times what the service takes

result<std::string> read_text(const fs::path& path) {
    const auto file = sources::file::open(path);
    if (!file) return file.error();
    if (file->size() > longest_text) return local_fault(path.string() + ": longer than any article may be");
    std::string text(static_cast<std::size_t>(file->size()), '\0');
    if (file->read_at(0, text.data(), text.size()) != text.size())
        return local_fault("cannot read " + path.string());
    if (!wxmp::is_utf8(text)) return local_fault(path.string() + ": not UTF-8; save it as that");
    return text;
}

bool is_address(const std::string& target) {
    return target.starts_with("//") || target.find("://") != target.npos || target.starts_with("data:");
}

// A picture may be in its address as a whole.
std::string shortened(const std::string& target) {
    return target.starts_with("data:") ? target.substr(0, target.find(',')) + ",…" : target;
}

void report_foreign_pictures(parsed_article& article) {
    for (const auto& p : article.pictures)
        if (is_address(p.target) && !is_of_the_service(p.target))
            article.found.push_back(
                {problem::severity::warning, p.at,
                 shortened(p.target) + " is elsewhere, and the service removes such pictures",
                 "name a file in its place"});
}

}  // namespace

parameter title_option() {
    return option("--title", "TEXT",
                  "its title; that of the front matter, or the first heading if not given");
}

parameter theme_option() {
    return option("--theme", "FILE", "what it looks like: CSS rules for elements by name");
}

parameter keep_links_flag() {
    return flag("--keep-links", "links to other sites stay; not all accounts may have them");
}

result<parsed_article> load_article(const arguments& a) {
    const auto text = read_text(a.text("FILE"));
    if (!text) return text.error();
    article_options how;
    how.title = a.maybe("--title");
    how.keeps_links = a.has("--keep-links");
    if (const auto file = a.maybe("--theme")) {
        const auto css = read_text(*file);
        if (!css) return css.error();
        problems found;
        how.styles = read_theme(*css, found);
        if (auto fault = tell_problems(*file, std::move(found))) return *std::move(fault);
    }
    auto article = parse_article(*text, how);
    report_foreign_pictures(article);
    return article;
}

fs::path path_beside(const fs::path& article, const std::string& target) {
    const auto path = article.parent_path() / target;
    const auto decoded = wxmp::percent_decode(target);
    std::error_code ec;
    return fs::exists(path, ec) || !decoded ? path : article.parent_path() / *decoded;
}

bool is_uploaded_video(const article_picture& p) { return p.target.starts_with(uploaded_video_mark); }

std::string vid_of(const article_picture& p) { return p.target.substr(uploaded_video_mark.size()); }

bool is_file(const article_picture& p) { return !is_address(p.target) && !is_uploaded_video(p); }

bool is_video(const article_picture& p) { return p.target.ends_with(".mp4") || p.target.ends_with(".MP4"); }

problem file_problem(source_position at, const std::string& about, const wxmp::error& e) {
    // What the machine says of a file names it.
    const bool names_file = e.code() == local_fault("").code() || e == wxmp::errc::source_failed;
    return {problem::severity::error, at,
            names_file ? std::string(e.detail()) : (about.empty() ? "" : about + ": ") + e.message(), ""};
}

std::optional<wxmp::error> tell_problems(const fs::path& file, problems found) {
    found = in_order(std::move(found));
    for (const auto& p : found) {
        const auto line = describe(file.string(), p);
        if (p.is == problem::severity::warning) warn(line);
        else say((p.is == problem::severity::error ? "error: " : "note: ") + line);
    }
    if (!has_error(found)) return std::nullopt;
    const auto count = std::count_if(found.begin(), found.end(),
                                     [](const problem& p) { return p.is == problem::severity::error; });
    return local_fault(file.string() + ": " + (count == 1 ? "an error" : std::to_string(count) + " errors") +
                       ", told above; nothing was sent");
}

}  // namespace tool
