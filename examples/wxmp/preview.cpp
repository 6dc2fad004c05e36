// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// wxmp preview
#include <wxmp/data/html.hpp>

#include "article_file.hpp"
#include "report.hpp"
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>
#include <string>
#include <system_error>
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

void check_files(const fs::path& file, parsed_article& article) {
    for (const auto& p : article.pictures) {
        std::error_code ec;
        if (is_file(p) && !fs::is_regular_file(path_beside(file, p.target), ec))
            article.found.push_back({problem::severity::error, p.at, p.target + ": there is no such file",
                                     "name one beside the article"});
    }
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
    auto article = load_article(a);
    if (!article) return article.error();
    check_files(file, *article);
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
               title_option(), theme_option(), keep_links_flag(),
               flag("--content-only", "only the HTML that would be sent")},
              {"wxmp preview article.md --output article.html"},
              preview};
    c.details = about_articles;
    return c;
}

}  // namespace tool
