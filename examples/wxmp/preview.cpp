// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// wxmp preview
#include <wxmp/data/html.hpp>

#include "article_file.hpp"
#include "article_limits.hpp"
#include "assets.hpp"
#include "report.hpp"
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>

namespace tool {

namespace {

namespace fs = std::filesystem;
using wxmp::html::escape;

// A page as wide as a phone, with what the service shows above an article.
std::string page_of(const parsed_article& article, const std::string& content) {
    const auto title = escape(article.title);
    auto page =
        "<!DOCTYPE html>\n<html>\n<head>\n<meta charset=\"utf-8\" />\n"
        "<meta name=\"viewport\" content=\"width=device-width\" />\n<title>" +
        title + "</title>\n</head>\n" +
        "<body style=\"max-width:677px;margin:0 auto;padding:16px;font-family:sans-serif;line-height:1.6\">\n"
        "<h1 style=\"font-size:22px\">" +
        title + "</h1>\n";
    if (article.meta.author)
        page += "<p style=\"color:#888\">" + escape(article.meta.author->text) + "</p>\n";
    return page + content + "</body>\n</html>\n";
}

std::string show(const article_picture& p) {
    if (is_uploaded_video(p)) return wxmp::html::video(vid_of(p));
    if (!is_video(p)) return image_html(p, p.target);
    return "<video src=\"" + escape(p.target) + "\" controls=\"\" style=\"max-width:100%\"></video>";
}

// As publishing does, but without a network. A cover is not shown, and may come by an option.
void check_files(const fs::path& file, bool shrinks, parsed_article& article) {
    asset_rules rules{.shrinks = shrinks};
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
void check_texts(parsed_article& article) {
    const auto& meta = article.meta;
    if (meta.author) check_length(author_limit, *meta.author, article.found);
    if (meta.digest) check_length(digest_limit, *meta.digest, article.found);
    if (meta.source_url) check_length(source_url_limit, *meta.source_url, article.found);
}

result<void> write_file(const std::string& name, const std::string& text) {
    struct closer {
        void operator()(std::FILE* f) const { std::fclose(f); }
    };
    std::unique_ptr<std::FILE, closer> file(std::fopen(name.c_str(), "wb"));
    const bool is_written = file && std::fwrite(text.data(), 1, text.size(), file.get()) == text.size() &&
                            std::fflush(file.get()) == 0;
    if (!is_written) return local_fault(name + ": " + std::strerror(errno));
    return {};
}

result<void> preview(const arguments& a) {
    const fs::path file = a.text("FILE");
    auto article = load_article(file, a);
    if (!article) return article.error();
    check_files(file, a.has("--shrink"), *article);
    check_texts(*article);
    if (const auto fault = tell_problems(file, article->found)) return *fault;
    const auto content = article->html(show);
    const auto text = a.has("--content-only") ? content : page_of(*article, content);
    if (const auto output = a.maybe("--output")) return write_file(*output, text);
    std::fwrite(text.data(), 1, text.size(), stdout);
    return {};
}

}  // namespace

command preview_command() {
    command c{"preview",
              "Write an article as the phone would show it, without sending anything",
              {positional("FILE", "the article, in Markdown"),
               option("--output", "FILE",
                      "where to; it belongs beside the article, as its pictures are those there"),
               title_option(), theme_option(), keep_links_flag(), shrink_flag(),
               flag("--content-only", "only the HTML that would be sent")},
              {"wxmp preview article.md --output article.html"},
              preview};
    c.details = about_articles;
    return c;
}

}  // namespace tool
