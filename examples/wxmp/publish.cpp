// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// wxmp publish
#include <wxmp/api/draft/add.hpp>
#include <wxmp/api/material/add_material.hpp>
#include <wxmp/api/media/uploadimg.hpp>
#include <wxmp/data/html.hpp>

#include <boost/describe/class.hpp>

#include "article_file.hpp"
#include "article_limits.hpp"
#include "assets.hpp"
#include "families.hpp"
#include "fetch.hpp"
#include "output.hpp"
#include "publications.hpp"
#include "sources/regular_file.hpp"
#include "upload.hpp"
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace tool {

command preview_command();       // in preview.cpp
command upload_video_command();  // in upload.cpp

namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t most_fetch_seconds = 3600;

std::string mebibytes(std::uint64_t n) { return std::to_string(n >> 20) + " MiB"; }

struct told_article {
    std::string media_id{};  // of the draft
    std::optional<std::string> publish_id{};
    std::optional<std::uint64_t> msg_data_id{};
    std::optional<std::string> article_id{};
    std::optional<std::string> url{};
};
BOOST_DESCRIBE_STRUCT(told_article, (), (media_id, publish_id, msg_data_id, article_id, url))

// An article from its Markdown file to its address.
class publisher {
public:
    publisher(const arguments& a, session& s)
        : arguments_(a), session_(s), file_(a.text("FILE")), rules_(rules_of(a, s)) {}

    result<void> run() {
        if (auto fault = read()) return *std::move(fault);
        if (auto fault = look_at_files()) return *std::move(fault);
        if (auto fault = check()) return *std::move(fault);
        if (auto fault = upload_files()) return *std::move(fault);
        return store();
    }

private:
    using failure = std::optional<wxmp::error>;

    // ---- What can be known without asking

    failure read() {
        auto loaded = load_article(arguments_);
        if (!loaded) return loaded.error();
        text_ = *std::move(loaded);
        article_.title = text_.title;
        article_.author = take("--author", text_.meta.author, author_limit);
        article_.digest = take("--digest", text_.meta.digest, digest_limit);
        article_.content_source_url = take("--source-url", text_.meta.source_url, source_url_limit);
        if (arguments_.has("--open-comments") || text_.meta.comments.value_or(false))
            article_.need_open_comment = true;
        if (arguments_.has("--cover") || arguments_.has("--cover-id") || text_.meta.cover)
            return std::nullopt;
        return wrong_usage(
            "an article needs a cover: --cover FILE, or --cover-id MEDIA_ID, or `cover` in its front matter");
    }

    // An option comes before the front matter.
    std::optional<std::string> take(const char* option, const std::optional<meta_value>& meta,
                                    const text_limit& l) {
        const auto given = arguments_.maybe(option);
        if (!given && !meta) return std::nullopt;
        const auto value = given ? meta_value{*given} : *meta;
        check_length(l, value, text_.found);
        return value.text;
    }

    // The cover first: what an article shows of it as well needs no other upload.
    failure look_at_files() {
        if (auto stopped = look_at_cover()) return stopped;
        for (const auto& p : text_.pictures)
            if (auto stopped = files_.look_at(p, text_.found)) return stopped;
        return std::nullopt;
    }

    failure look_at_cover() {
        if (const auto given = arguments_.maybe("--cover"))
            return files_.look_at_cover(*given, {}, text_.found);
        if (arguments_.has("--cover-id")) return std::nullopt;
        return files_.look_at_cover(text_.meta.cover->text, text_.meta.cover->at, text_.found);
    }

    // All that is wrong is told at once.
    failure check() {
        if (!has_error(text_.found)) check_article();
        return tell_problems(file_, std::move(text_.found));
    }

    // What only the library knows.
    void check_article() {
        auto as_if = article_;
        as_if.thumb_media_id = "of the cover";
        as_if.content = "of the article";
        const auto fit = wxmp::prepare(wxmp::draft::add{.articles = {std::move(as_if)}}, session_.settings());
        if (!fit) text_.found.push_back({problem::severity::error, {}, fit.error().message(), ""});
    }

    static asset_rules rules_of(const arguments& a, const session& s) {
        asset_rules rules{.settings = s.settings(), .shrinks = a.has("--shrink")};
        if (!a.has("--fetch-images") && !a.has("--fetch-private")) return rules;
        fetch_bounds within{.bytes = rules.settings.limits.image_bytes,
                            .reaches_private = a.has("--fetch-private"),
                            .stop = s.stop()};
        if (a.has("--fetch-seconds")) within.time = std::chrono::seconds(a.number("--fetch-seconds"));
        rules.fetch = [within](const std::string& url) { return fetch(url, within); };
        return rules;
    }

    // ---- Uploading

    failure upload_files() {
        article_.thumb_media_id = arguments_.maybe("--cover-id");
        if (auto* cover = files_.cover()) {
            if (auto fault = upload(*cover, "the cover ")) return fault;
            article_.thumb_media_id = cover->media_id;
        }
        for (const auto& p : text_.pictures)
            if (auto* file = files_.find(p.target))
                if (auto fault = upload_shown(*file)) return fault;
        article_.content = text_.html([this](const article_picture& p) { return show(p); });
        return std::nullopt;
    }

    // What was uploaded, in its place.
    std::string show(const article_picture& p) const {
        if (is_uploaded_video(p)) return wxmp::html::video(vid_of(p));
        const auto* file = files_.find(p.target);
        if (!file) return image_html(p, p.target);
        return file->goes == asset::way::video ? wxmp::html::video(file->outcome)
                                               : image_html(p, file->outcome);
    }

    // Only a cover needs no address.
    failure upload_shown(asset& file) {
        if (auto fault = upload(file, "the picture ")) return fault;
        if (!file.outcome.empty()) return std::nullopt;
        return wxmp::error(wxmp::errc::missing_member, "the address of " + file.written);
    }

    // Uploads a file, unless that was done before.
    failure upload(asset& file, const char* what) {
        if (!file.outcome.empty() || !file.media_id.empty()) return std::nullopt;
        if (file.goes == asset::way::video) return upload_video_of(file);
        say("Uploading " + std::string(what) + (file.path.empty() ? file.written : file.path.string()));
        if (file.path.empty()) return send(file, wxmp::http::body::borrow(file.bytes));
        const auto source = sources::regular_file::open(file.path);
        if (!source) return source.error();
        return send(file, wxmp::http::body::from(*source));
    }

    failure send(asset& file, wxmp::http::body bytes) {
        wxmp::http::file media{file.filename, std::move(bytes)};
        return file.goes == asset::way::material ? send_material(file, std::move(media))
                                                 : send_picture(file, std::move(media));
    }

    failure send_picture(asset& file, wxmp::http::file media) {
        const auto picture = session_.call(wxmp::media::uploadimg{std::move(media)});
        if (!picture) return about_file(file.written, picture.error());
        file.outcome = picture->url;
        return std::nullopt;
    }

    failure send_material(asset& file, wxmp::http::file media) {
        const auto kept = session_.call(
            wxmp::material::add_material{.type = wxmp::media_type::image, .media = std::move(media)});
        if (!kept) return about_file(file.written, kept.error());
        file.media_id = kept->media_id;
        file.outcome = kept->url.value_or("");
        return std::nullopt;
    }

    failure upload_video_of(asset& file) {
        const auto video = upload_video(session_, {.file = file.path, .title = file.title});
        if (!video) return video.error();
        file.outcome = video->vid;
        return std::nullopt;
    }

    // ---- Publishing

    result<void> store() {
        say("Storing the draft");
        const auto draft = session_.call(wxmp::draft::add{.articles = {article_}});
        if (!draft) return draft.error();
        told_.media_id = draft->media_id;
        if (arguments_.has("--draft-only")) return tell(told_.media_id);
        say("Publishing the draft " + told_.media_id);
        const auto p = publish_and_wait(session_, told_.media_id);
        if (!p) return p.error();
        told_.publish_id = p->publish_id.text;
        told_.msg_data_id = p->msg_data_id;
        told_.article_id = p->article_id.text;
        if (!p->articles.empty()) told_.url = p->articles.front().article_url;
        say("Published as article_id " + p->article_id.text);
        if (p->msg_data_id) say("Its comments are those of msg_data_id " + std::to_string(*p->msg_data_id));
        return tell(told_.url.value_or(p->publish_id.text));
    }

    result<void> tell(const std::string& line) const {
        if (session_.is_dry()) return {};
        if (arguments_.has("--json")) return print_json(told_);
        print(printable(line));
        return {};
    }

    const arguments& arguments_;
    session& session_;
    fs::path file_;
    asset_rules rules_;
    asset_list files_{file_, rules_};
    parsed_article text_;
    wxmp::article article_{.title = ""};
    told_article told_;
};

result<void> publish(const arguments& a, session& s) { return publisher(a, s).run(); }

}  // namespace

commands publish_commands() {
    auto publishing = online(
        "publish", "Publish a Markdown file as an article; print its address",
        {positional("FILE", "the article, in Markdown"), option("--cover", "FILE", "its cover, a picture"),
         option("--cover-id", "MEDIA_ID", "a picture of `wxmp material list` as its cover"), title_option(),
         option("--author", "NAME", "shown below the title, " + describe(author_limit)),
         option("--digest", "TEXT", describe(digest_limit) + "; else from the text"),
         option("--source-url", "URL", "where \"read the original\" leads, " + describe(source_url_limit)),
         flag("--open-comments", "let readers comment"), theme_option(), keep_links_flag(), shrink_flag(),
         flag("--fetch-images",
              "fetch pictures of other servers, and upload them too; with --dry-run as well"),
         flag("--fetch-private",
              "the same, also from addresses of this machine and its network, or by a proxy"),
         number("--fetch-seconds", "for one picture; 30 if not given", 1, most_fetch_seconds),
         flag("--draft-only", "do not publish; print the media_id of the draft"), json_flag()},
        {"wxmp publish article.md --cover cover.jpg",
         "wxmp publish article.md --cover cover.jpg --draft-only",
         "wxmp publish article.md --cover cover.jpg --dry-run"},
        publish);
    publishing.details =
        "In the article, files are named as seen from its folder, and uploaded:\n"
        "  ![a boat](boat.jpg)      a picture: JPG, PNG, GIF or BMP; <img src=\"boat.jpg\"> is one too\n"
        "  ![the waves](waves.mp4)  a video, with its title\n"
        "  ![](vid:wxv_9225)        a video that was uploaded before, by its vid\n"
        "A JPG or PNG of less than " +
        mebibytes(largest_inline_picture + 1) +
        " is uploaded for the article alone; a GIF, a BMP and one that is larger, up to\n" +
        mebibytes(limits_of_library().image_bytes) +
        ", becomes a material. The service removes pictures of other servers: each is a warning, unless\n"
        "--fetch-images has it uploaded. All is looked at before anything is sent, and all that is wrong is "
        "told at\n"
        "once; warnings stop nothing.\n" +
        std::string(about_articles);
    return {publishing, preview_command(), upload_video_command()};
}

}  // namespace tool
