// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// wxmp preview
#include <wxmp/codec/url.hpp>
#include <wxmp/data/html.hpp>

#include "article_file.hpp"
#include "article_limits.hpp"
#include "assets.hpp"
#include "cover_crops.hpp"
#include "language.hpp"
#include "plain_text.hpp"
#include "report.hpp"
#include "whole_file.hpp"
#include <cstdio>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

namespace tool {

namespace {

namespace fs = std::filesystem;
using wxmp::html::escape;

// As the service's own pages have it.
constexpr std::string_view page_style =
    "body { margin: 0 auto; max-width: 677px; padding: 20px 16px; color: #000; background: #fff; "
    "font: 17px/1.6 system-ui, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif }\n"
    "#title { font-size: 22px; line-height: 1.4; margin: 0 0 14px; overflow-wrap: break-word }\n"
    "#author { font-size: 15px; color: #576b95; margin: 0 0 22px }\n"
    "#content { overflow-wrap: break-word }\n"
    "#content * { max-width: 100% !important; box-sizing: border-box !important; overflow-wrap: break-word "
    "}\n"
    "#content img, #content video { height: auto !important }\n"
    ".text { white-space: pre-wrap }\n"
    ".video { padding: 25% 0; background: #000; color: #fff; text-align: center }\n";

std::string page_of(const parsed_article& article, const std::string& content) {
    const auto title = escape(article.title);
    auto page = "<!DOCTYPE html>\n<html>\n<head>\n<meta charset=\"utf-8\" />\n"
                "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\" />\n<title>" +
                title + "</title>\n<style>\n" + std::string(page_style) +
                "</style>\n</head>\n<body>\n<h1 id=\"title\">" + title + "</h1>\n";
    if (article.meta.author) page += "<p id=\"author\">" + escape(article.meta.author->text) + "</p>\n";
    return page + "<div id=\"content\">\n" + content + "</div>\n</body>\n</html>\n";
}

std::string encoded(const fs::path& path) {
    std::string out;
    for (const auto& part : path) out += (out.empty() ? "" : "/") + wxmp::percent_encode(part.string());
    return out;
}

// Where the page finds a file: as it is written, unless the page is not beside the article.
class page_links {
public:
    page_links(fs::path article, const std::optional<std::string>& page)
        : article_(std::move(article)), page_(page) {}

    std::string address_of(const std::string& target) const {
        std::error_code ec;
        const auto file = path_beside(article_, target);
        if (!page_ || !fs::exists(file, ec)) return target;
        const auto from = fs::weakly_canonical(fs::absolute(*page_)).parent_path();
        return encoded(fs::weakly_canonical(fs::absolute(file)).lexically_relative(from));
    }

private:
    fs::path article_;
    std::optional<fs::path> page_;
};

std::string video_html(const std::string& address) {
    return "<video src=\"" + escape(address) + "\" controls=\"\" style=\"max-width:100%\"></video>";
}

std::string text_of_newspic(const parsed_article& article) {
    return plain_text(article.html([](const article_picture&) { return std::string(); }));
}

// What would be sent, but for the addresses of files.
std::string content_to_send(const parsed_article& article) {
    if (article.meta.type) return text_of_newspic(article);
    return article.html([](const article_picture& p) {
        if (is_uploaded_video(p)) return wxmp::html::video(vid_of(p));
        return is_video(p) ? video_html(p.target) : image_html(p, p.target);
    });
}

std::string show(const article_picture& p, const page_links& links) {
    if (is_uploaded_video(p)) return "<section class=\"video\">▶ " + escape(vid_of(p)) + "</section>";
    const auto address = links.address_of(p.target);
    return is_video(p) ? video_html(address) : image_html(p, address);
}

// An article of pictures has them first, and no other HTML.
std::string content_to_show(const parsed_article& article, const page_links& links) {
    if (!article.meta.type) return article.html([&](const article_picture& p) { return show(p, links); });
    std::string pictures;
    for (const auto& p : article.pictures) pictures += "<p>" + show(p, links) + "</p>\n";
    return pictures + "<p class=\"text\">" + escape(text_of_newspic(article)) + "</p>\n";
}

// As publishing does, but without a network. A cover is not shown, and may come by an option.
void check_files(const fs::path& file, const arguments& a, parsed_article& article) {
    asset_rules rules{.shrinks = a.has("--shrink"),
                      .are_materials = article.meta.type.has_value(),
                      .outside = allowed_outside(a)};
    rules.settings.limits = limits_of_library();
    asset_list files(file, rules);
    for (const auto& p : article.pictures) static_cast<void>(files.look_at(p, article.found));
    if (!article.meta.cover) return;
    problems of_cover;
    static_cast<void>(files.look_at_cover(article.meta.cover->text, article.meta.cover->at, of_cover));
    for (auto& p : of_cover) {
        if (p.is == problem::severity::error) p.is = problem::severity::warning;
        article.found.push_back(std::move(p));
    }
}

// Those texts of the front matter that are sent.
void check_texts(const arguments& a, parsed_article& article) {
    const auto& meta = article.meta;
    if (meta.author) check_length(author_limit, *meta.author, article.found);
    if (meta.digest) check_length(digest_limit, *meta.digest, article.found);
    if (meta.source_url) check_source_url(*meta.source_url, article.found);
    wxmp::article scratch{.title = ""};
    if (meta.type) scratch.article_type = meta.type->text;
    put_crops(a, meta, scratch, article.found);
}

result<void> preview(const arguments& a) {
    const fs::path file = a.text("FILE");
    auto article = load_article(file, a);
    if (!article) return article.error();
    check_files(file, a, *article);
    check_texts(a, *article);
    if (const auto fault = tell_problems(file, article->found)) return *fault;
    const page_links links(file, a.maybe("--output"));
    const auto text = a.has("--content-only") ? content_to_send(*article)
                                              : page_of(*article, content_to_show(*article, links));
    if (const auto output = a.maybe("--output")) return whole_file::replace(*output, text, 0666);
    std::fwrite(text.data(), 1, text.size(), stdout);
    return {};
}

}  // namespace

command preview_command() {
    command c{
        "preview",
        tr("Write an article as the phone would show it, without sending anything"),
        {positional("FILE", tr("the article, in Markdown")),
         option("--output", "FILE", tr("where to; a browser shows it as wide as a phone, with its files")),
         title_option(), theme_option(), highlight_option(), keep_links_flag(), shrink_flag(),
         allow_outside_option(), flag("--content-only", tr("only the HTML that would be sent"))},
        {"wxmp preview article.md --output article.html"},
        preview};
    c.details = about_articles();
    return c;
}

}  // namespace tool
