// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// wxmp publish
#include <wxmp/data/limits.hpp>

#include "article_draft.hpp"
#include "article_file.hpp"
#include "article_limits.hpp"
#include "cover_crops.hpp"
#include "draft_keeper.hpp"
#include "families.hpp"
#include "language.hpp"
#include "output.hpp"
#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tool {

command preview_command();       // in preview.cpp
command upload_video_command();  // in upload.cpp

namespace {

namespace fs = std::filesystem;

std::string mebibytes(std::uint64_t n) { return std::to_string(n >> 20) + " MiB"; }

struct told_publication {
    std::string media_id{};  // of the draft
    std::optional<std::string> publish_id{};
    std::optional<std::uint64_t> msg_data_id{};
    std::optional<std::string> article_id{};
    std::optional<std::string> url{};                // of the first article
    std::optional<std::vector<std::string>> urls{};  // of all, where there are several
};
BOOST_DESCRIBE_STRUCT(told_publication, (), (media_id, publish_id, msg_data_id, article_id, url, urls))

told_publication told_of(const kept_publication& p) {
    told_publication told{.media_id = p.media_id.value_or(""),
                          .publish_id = p.publish_id,
                          .msg_data_id = p.msg_data_id,
                          .article_id = p.article_id};
    if (!p.urls.empty()) told.url = p.urls.front();
    if (p.urls.size() > 1) told.urls = p.urls;
    return told;
}

// The addresses of what is public, or what identifies it so far.
std::string lines_of(const kept_publication& p) {
    std::string lines;
    for (const auto& url : p.urls) lines += (lines.empty() ? "" : "\n") + printable(url);
    if (!lines.empty()) return lines;
    return printable(p.publish_id.value_or(p.media_id.value_or("")));
}

result<void> tell(const arguments& a, const session& s, const kept_publication& p) {
    if (s.is_dry()) return {};
    if (a.has("--json")) return print_json(told_of(p));
    print(lines_of(p));
    return {};
}

// Those that are about one article cannot be about all of several.
std::optional<wxmp::error> check_options(const arguments& a, std::size_t files, std::size_t most) {
    if (files > most) return wrong_usage(tr("{} articles, and a draft has {} at most", files, most));
    if (files == 1) return std::nullopt;
    for (const auto* option : {"--cover", "--cover-id", "--crop", "--title", "--digest", "--source-url"})
        if (a.has(option))
            return wrong_usage(
                tr("{} is about one article: with several, write it into the front matter of each", option));
    return std::nullopt;
}

result<void> publish(const arguments& a, session& s) {
    const auto named = a.all("FILE");
    std::vector<fs::path> files(named.begin(), named.end());
    if (a.has("FOLDER")) files.push_back(fs::path(a.text("FOLDER")) / "");  // so that its files are beside it
    if (auto fault = check_options(a, files.size(), s.settings().limits.articles)) return *std::move(fault);
    article_drafts articles;
    std::optional<wxmp::error> first;
    for (const auto& file : files) {
        articles.push_back(std::make_unique<article_draft>(file, a, s));
        auto fault = articles.back()->read(true);
        if (fault && !first) first = std::move(fault);
    }
    if (first) return *std::move(first);
    auto record = publish_record::open(a.text("--state", default_record_of(files.front()).string()), s);
    if (!record) return record.error();
    const auto names = record->names_of(files);
    if (!names) return names.error();
    draft_keeper keeper(s, *record, record->publication_of(*names), articles,
                        {.updates = a.has("--update"),
                         .begins_again = a.has("--again"),
                         .repeats_unanswered = a.has("--repeat-unanswered")});
    const auto done = a.has("--draft-only") ? keeper.store() : keeper.publish();
    if (!done) return done.error();
    return tell(a, s, keeper.publication());
}

std::string details_of_publish() {
    return tr(
        "In the article, files are named as seen from its folder, and uploaded:\n"
        "  ![a boat](boat.jpg)      a picture: JPG, PNG, GIF or BMP; <img src=\"boat.jpg\"> is one too\n"
        "  ![the waves](waves.mp4)  a video, with its title\n"
        "  ![](vid:wxv_9225)        a video that was uploaded before, by its vid\n"
        "A JPG or PNG of less than {} is uploaded for the article alone; a GIF, a BMP and one that is "
        "larger, up to\n"
        "{}, becomes a material. The service removes pictures of other servers: each is a warning, unless\n"
        "--fetch-images has it uploaded. All is looked at before anything is sent, and all that is wrong is "
        "told at\n"
        "once; warnings stop nothing. `type: newspic` in the front matter makes it an article of 1 to 20 "
        "pictures:\n"
        "those that it shows, in their order, with its text as plain text; the first is the cover.\n"
        "{}\nThe record, .wxmp.json, is one for all articles of a folder, with the account and the server "
        "that "
        "it is\n"
        "about. It knows files by their bytes: what was uploaded once is not uploaded again, under whatever "
        "name and\n"
        "in whichever article. A request that is not safe to repeat is written there before it is sent. "
        "After Ctrl-C,\n"
        "a crash or a lost answer, give the same command again: it looks for the draft, the publication or "
        "the\n"
        "material, by title, text and bytes, before it sends anything, and makes no second one. An article "
        "that is\n"
        "published and has not changed is only told; one that has changed is not published again, unless "
        "with --again.\n",
        mebibytes(largest_inline_picture + 1), mebibytes(limits_of_library().image_bytes), about_articles());
}

std::vector<parameter> parameters_of_keeping() {
    return {flag("--draft-only", tr("do not publish; print the media_id of the draft")),
            flag("--update", tr("where the article changed since its draft was stored, change the draft")),
            flag("--again", tr("make a new one, whatever was stored or published before")),
            state_option(),
            repeat_unanswered_flag(),
            json_flag()};
}

std::vector<parameter> parameters_of_publish() {
    auto all = article_options_of_commands();
    all.insert(
        all.begin(),
        repeated(positional("FILE", tr("the article, in Markdown; several, up to 8, become one message"))));
    for (auto& p : parameters_of_keeping()) all.push_back(std::move(p));
    return all;
}

command newspic_command() {
    auto parameters = std::vector<parameter>{
        positional("FOLDER", tr("with its pictures, 1 to 20, in the order of their names")),
        required(option("--title", "TEXT", tr("its title, {}", describe(title_limit)))),
        option("--text", "TEXT", tr("what it says below the pictures")),
        crop_option(),
        author_option(),
        open_comments_flag(),
        shrink_flag(),
        allow_outside_option()};
    for (auto& p : parameters_of_keeping()) parameters.push_back(std::move(p));
    return online("newspic", tr("Publish the pictures of a folder as one article; print its address"),
                  std::move(parameters),
                  {"wxmp newspic pictures --title 'A walk along the harbour'",
                   "wxmp newspic pictures --title 'A walk along the harbour' --text 'In June' --draft-only"},
                  publish);
}

}  // namespace

parameter state_option() {
    return option("--state", "FILE",
                  tr("the record of what was sent; .wxmp.json in the article's folder if not given"));
}

parameter repeat_unanswered_flag() {
    return flag(
        "--repeat-unanswered",
        tr("where nothing tells what came of a request, send it again, even if that makes a second one"));
}

commands publish_commands() {
    auto publishing = online("publish", tr("Publish Markdown files as one message; print the addresses"),
                             parameters_of_publish(),
                             {"wxmp publish article.md --cover cover.jpg",
                              "wxmp publish article.md --cover cover.jpg --draft-only",
                              "wxmp publish article.md --cover cover.jpg --update --draft-only",
                              "wxmp publish article.md --cover cover.jpg --dry-run"},
                             publish);
    publishing.details = details_of_publish();
    return {publishing, newspic_command(), preview_command(), upload_video_command()};
}

}  // namespace tool
