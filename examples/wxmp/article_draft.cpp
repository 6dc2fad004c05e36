// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include "article_draft.hpp"

#include <wxmp/api/draft/add.hpp>
#include <wxmp/data/html.hpp>
#include <wxmp/operation/prepare.hpp>

#include "article_file.hpp"
#include "article_limits.hpp"
#include "cover_crops.hpp"
#include "fetch.hpp"
#include "language.hpp"
#include "picture_folder.hpp"
#include "plain_text.hpp"
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <utility>

namespace tool {

namespace {

constexpr std::uint64_t most_fetch_seconds = 3600;

asset_rules rules_of(const arguments& a, const session& s) {
    asset_rules rules{.settings = s.settings(), .shrinks = a.has("--shrink"), .outside = allowed_outside(a)};
    if (!a.has("--fetch-images") && !a.has("--fetch-private")) return rules;
    fetch_bounds within{.bytes = rules.settings.limits.image_bytes,
                        .reaches_private = a.has("--fetch-private"),
                        .stop = s.stop()};
    if (a.has("--fetch-seconds")) within.time = std::chrono::seconds(a.number("--fetch-seconds"));
    rules.fetch = [within](const std::string& url) { return fetch(url, within); };
    return rules;
}

std::string digest_of(const asset& file) { return "sha1:" + file.sha1.hex(); }

}  // namespace

parameter author_option() {
    return option("--author", "NAME", tr("shown below the title, {}", describe(author_limit)));
}

parameter open_comments_flag() { return flag("--open-comments", tr("let readers comment")); }

std::vector<parameter> article_options_of_commands() {
    return {option("--cover", "FILE", tr("its cover, a picture")),
            option("--cover-id", "MEDIA_ID", tr("a picture of `wxmp material list` as its cover")),
            crop_option(),
            title_option(),
            author_option(),
            option("--digest", "TEXT", tr("{}; else from the text", describe(digest_limit))),
            option("--source-url", "URL",
                   tr("where \"read the original\" leads, {}", describe(source_url_limit))),
            open_comments_flag(),
            theme_option(),
            highlight_option(),
            keep_links_flag(),
            shrink_flag(),
            allow_outside_option(),
            flag("--fetch-images",
                 tr("fetch pictures of other servers, and upload them too; with --dry-run as well")),
            flag("--fetch-private",
                 tr("the same, also from addresses of this machine and its network, or by a proxy")),
            number("--fetch-seconds", tr("for one picture; 30 if not given"), 1, most_fetch_seconds)};
}

article_draft::article_draft(std::filesystem::path file, const arguments& a, const session& s)
    : file_(std::move(file)), arguments_(a), session_(s), rules_(rules_of(a, s)) {}

std::optional<wxmp::error> article_draft::read(bool needs_cover) {
    auto loaded = arguments_.has("FOLDER") ? load_folder(file_, arguments_)
                                           : load_article(file_, arguments_, session_.stop());
    if (!loaded) return loaded.error();
    if (session_.stop().stop_requested()) return wxmp::error(wxmp::errc::cancelled);
    text_ = *std::move(loaded);
    const auto& meta = text_.meta;
    article_.title = text_.title;
    article_.author = take("--author", meta.author, author_limit);
    article_.digest = take("--digest", meta.digest, digest_limit);
    if (const auto url = given("--source-url", meta.source_url)) {
        check_source_url(*url, text_.found);
        article_.content_source_url = url->text;
    }
    if (arguments_.has("--open-comments") || meta.comments.value_or(false)) article_.need_open_comment = true;
    if (is_newspic()) article_.article_type = wxmp::article_type::newspic;
    put_crops(arguments_, meta, article_, text_.found);
    if (needs_cover && !has_cover() && !is_newspic())
        return wrong_usage(tr("an article needs a cover: --cover FILE, or --cover-id MEDIA_ID, or `cover` in "
                              "its front matter"));
    if (auto stopped = look_at_files()) return stopped;
    if (!has_error(text_.found)) check();
    return tell_problems(file_, text_.found);
}

bool article_draft::has_cover() const {
    return arguments_.has("--cover") || arguments_.has("--cover-id") || text_.meta.cover;
}

// An option comes before the front matter.
std::optional<meta_value> article_draft::given(const char* option,
                                               const std::optional<meta_value>& meta) const {
    const auto text = arguments_.maybe(option);
    return text ? meta_value{*text} : meta;
}

std::optional<std::string> article_draft::take(const char* option, const std::optional<meta_value>& meta,
                                               const text_limit& l) {
    const auto value = given(option, meta);
    if (!value) return std::nullopt;
    check_length(l, *value, text_.found);
    return value->text;
}

// The cover first: what an article shows of it as well needs no other upload.
std::optional<wxmp::error> article_draft::look_at_files() {
    rules_.are_materials = is_newspic();
    if (auto stopped = look_at_cover()) return stopped;
    for (const auto& p : text_.pictures)
        if (auto stopped = files_.look_at(p, text_.found)) return stopped;
    return std::nullopt;
}

std::optional<wxmp::error> article_draft::look_at_cover() {
    if (is_newspic() || !has_cover()) return std::nullopt;
    if (const auto given = arguments_.maybe("--cover")) return files_.look_at_cover(*given, {}, text_.found);
    if (arguments_.has("--cover-id")) return std::nullopt;
    return files_.look_at_cover(text_.meta.cover->text, text_.meta.cover->at, text_.found);
}

// What only the library knows.
void article_draft::check() {
    if (is_newspic()) check_pictures();
    auto as_if = by_digests();
    if (!as_if.thumb_media_id) as_if.thumb_media_id = "MEDIA_ID";
    const auto fit = wxmp::prepare(wxmp::draft::add{.articles = {std::move(as_if)}}, session_.settings());
    if (!fit && !has_error(text_.found))
        text_.found.push_back({problem::severity::error, {}, message_of(fit.error()), ""});
}

void article_draft::check_pictures() {
    const auto fail = [this](source_position at, std::string what, std::string to_do) {
        text_.found.push_back({problem::severity::error, at, std::move(what), std::move(to_do)});
    };
    for (const auto& p : text_.pictures)
        if (is_video(p) || is_uploaded_video(p))
            fail(p.at, tr("{} is a video, and a newspic has only pictures", p.target),
                 tr("take it out, or the type of the article"));
    const auto count = named_by_media_id().size();
    const auto most = session_.settings().limits.article_images;
    if (count == 0) fail(text_.meta.type->at, tr("a newspic without a picture"), tr("show 1 to 20 in it"));
    if (count > most)
        fail(text_.meta.type->at,
             tr("a newspic with {} pictures, and the service takes {} at most", count, most),
             tr("make two of it"));
    if (has_cover())
        text_.found.push_back({problem::severity::warning,
                               {},
                               tr("the cover of a newspic is its first picture"),
                               tr("show that one first")});
}

std::vector<asset*> article_draft::shown() const {
    std::vector<asset*> all;
    for (const auto& p : text_.pictures)
        if (auto* file = files_.find(p.target)) all.push_back(file);
    return all;
}

std::vector<asset*> article_draft::named_by_media_id() const {
    if (is_newspic()) return shown();
    return cover() ? std::vector<asset*>{cover()} : std::vector<asset*>();
}

wxmp::article article_draft::compose(bool by_digest) const {
    auto made = article_;
    const auto id_of = [by_digest](const asset& file) { return by_digest ? digest_of(file) : file.media_id; };
    if (is_newspic()) {
        made.content = plain_text(text_.html([](const article_picture&) { return std::string(); }));
        std::vector<wxmp::article_image> images;
        for (const auto* file : shown()) images.push_back({.image_media_id = id_of(*file)});
        made.image_info = wxmp::article_images{.image_list = std::move(images)};
        return made;
    }
    made.thumb_media_id = cover() ? std::optional(id_of(*cover())) : arguments_.maybe("--cover-id");
    made.content = text_.html([&](const article_picture& p) { return show(p, by_digest); });
    return made;
}

// What was uploaded, in its place.
std::string article_draft::show(const article_picture& p, bool by_digest) const {
    if (is_uploaded_video(p)) return wxmp::html::video(vid_of(p));
    const auto* file = files_.find(p.target);
    if (!file) return image_html(p, p.target);
    const auto address = by_digest ? digest_of(*file) : file->outcome;
    return file->goes == asset::way::video ? wxmp::html::video(address) : image_html(p, address);
}

}  // namespace tool
