// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// wxmp publish
#include <wxmp/api/draft/add.hpp>
#include <wxmp/api/material/add_material.hpp>
#include <wxmp/api/media/uploadimg.hpp>
#include <wxmp/data/html.hpp>

#include <boost/describe/class.hpp>

#include "article_file.hpp"
#include "families.hpp"
#include "output.hpp"
#include "publications.hpp"
#include "sources/file.hpp"
#include "upload.hpp"
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace tool {

command preview_command();       // in preview.cpp
command upload_video_command();  // in upload.cpp

namespace {

namespace fs = std::filesystem;

struct told_article {
    std::string media_id{};  // of the draft
    std::optional<std::string> publish_id{};
    std::optional<std::uint64_t> msg_data_id{};
    std::optional<std::string> article_id{};
    std::optional<std::string> url{};
};
BOOST_DESCRIBE_STRUCT(told_article, (), (media_id, publish_id, msg_data_id, article_id, url))

// A file of the article, to be uploaded once.
struct upload_job {
    source_position at;  // of the first reference to it
    fs::path path;
    std::string words;
    bool is_video{};
    std::string outcome{};  // the address of the picture, or the vid
};

// An article from its Markdown file to its address.
class publisher {
public:
    publisher(const arguments& a, session& s) : arguments_(a), session_(s), file_(a.text("FILE")) {}

    result<void> run() {
        if (auto fault = read()) return *std::move(fault);
        find_files();
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
        const auto given = [this](const char* option, const std::optional<meta_value>& meta) {
            const auto there = arguments_.maybe(option);
            return there || !meta ? there : std::optional(meta->text);
        };
        article_.author = given("--author", text_.meta.author);
        article_.digest = given("--digest", text_.meta.digest);
        article_.content_source_url = given("--source-url", text_.meta.source_url);
        if (arguments_.has("--open-comments") || text_.meta.comments.value_or(false))
            article_.need_open_comment = true;
        return find_cover();
    }

    // That of the front matter is beside the article.
    failure find_cover() {
        if (const auto given = arguments_.maybe("--cover")) cover_ = *given;
        if (cover_.empty() && !arguments_.has("--cover-id") && text_.meta.cover)
            cover_ = path_beside(file_, text_.meta.cover->text);
        if (!cover_.empty() || arguments_.has("--cover-id")) return std::nullopt;
        return wrong_usage(
            "an article needs a cover: --cover FILE, or --cover-id MEDIA_ID, or `cover` in its front matter");
    }

    void find_files() {
        for (const auto& p : text_.pictures)
            if (is_file(p))
                jobs_.try_emplace(p.target,
                                  upload_job{p.at, path_beside(file_, p.target), p.words, is_video(p)});
    }

    // All that is wrong is told at once.
    failure check() {
        if (!cover_.empty()) check_cover();
        for (const auto& [target, job] : jobs_)
            note(job.at, target, job.is_video ? check_video(job) : check_file(job.path, [](auto f) {
                     return wxmp::media::uploadimg{std::move(f)};
                 }));
        if (!text_.title.empty()) check_article();
        return tell_problems(file_, std::move(text_.found));
    }

    void note(source_position at, const std::string& about, const failure& fault) {
        if (fault) text_.found.push_back(file_problem(at, about, *fault));
    }

    void check_cover() {
        const bool is_of_meta = !arguments_.has("--cover");
        const auto fault = check_file(cover_, [](auto f) { return cover_of(std::move(f)); });
        note({is_of_meta ? text_.meta.cover->line : 0, 0}, "the cover " + cover_.string(), fault);
    }

    void check_article() {
        auto as_if = article_;
        as_if.thumb_media_id = "of the cover";
        as_if.content = content();
        const auto fit = wxmp::prepare(wxmp::draft::add{.articles = {std::move(as_if)}}, session_.settings());
        if (!fit) note({}, "", fit.error());
    }

    static wxmp::material::add_material cover_of(wxmp::http::file f) {
        return {.type = wxmp::media_type::image, .media = std::move(f)};
    }

    // Whether the service would take the file by the call that `make_call` makes of it.
    template <class MakeCall> failure check_file(const fs::path& path, MakeCall make_call) const {
        const auto file = sources::file::open(path);
        if (!file) return file.error();
        const auto fit = wxmp::prepare(make_call(to_upload(path, *file)), session_.settings());
        return fit ? std::nullopt : failure(fit.error());
    }

    failure check_video(const upload_job& job) const {
        return tool::check_video(session_, {.file = job.path, .title = job.words});
    }

    static wxmp::http::file to_upload(const fs::path& path, const sources::file& file) {
        return {path.filename().string(), wxmp::http::body::from(file)};
    }

    // ---- Uploading

    failure upload_files() {
        article_.thumb_media_id = arguments_.maybe("--cover-id");
        if (!cover_.empty())
            if (auto fault = upload_cover(cover_)) return fault;
        for (const auto& p : text_.pictures)
            if (auto fault = upload(p)) return fault;
        article_.content = content();
        return std::nullopt;
    }

    // With what was uploaded in its place, as far as it was.
    std::string content() const {
        return text_.html([this](const article_picture& p) {
            if (is_uploaded_video(p)) return wxmp::html::video(vid_of(p));
            const auto job = jobs_.find(p.target);
            if (job == jobs_.end()) return image_html(p, p.target);
            if (job->second.is_video) return wxmp::html::video(job->second.outcome);
            return image_html(p, job->second.outcome);
        });
    }

    failure upload_cover(const fs::path& path) {
        say("Uploading the cover " + path.string());
        const auto file = sources::file::open(path);
        if (!file) return file.error();
        const auto kept = session_.call(cover_of(to_upload(path, *file)));
        if (!kept) return about_file(path.string(), kept.error());
        article_.thumb_media_id = kept->media_id;
        return std::nullopt;
    }

    // Uploads what a picture names, unless that was done before.
    failure upload(const article_picture& p) {
        const auto found = jobs_.find(p.target);
        if (found == jobs_.end() || !found->second.outcome.empty()) return std::nullopt;
        auto& job = found->second;
        return job.is_video ? upload_video_of(job) : upload_picture(job);
    }

    failure upload_picture(upload_job& job) {
        say("Uploading the picture " + job.path.string());
        const auto file = sources::file::open(job.path);
        if (!file) return file.error();
        const auto picture = session_.call(wxmp::media::uploadimg{to_upload(job.path, *file)});
        if (!picture) return about_file(job.path.string(), picture.error());
        job.outcome = picture->url;
        return std::nullopt;
    }

    failure upload_video_of(upload_job& job) {
        const auto video = upload_video(session_, {.file = job.path, .title = job.words});
        if (!video) return video.error();
        job.outcome = video->vid;
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
    fs::path cover_;  // empty: --cover-id
    parsed_article text_;
    wxmp::article article_{.title = ""};
    std::map<std::string, upload_job> jobs_;  // by what the Markdown calls the file
    told_article told_;
};

result<void> publish(const arguments& a, session& s) { return publisher(a, s).run(); }

}  // namespace

commands publish_commands() {
    auto publishing = online(
        "publish", "Publish a Markdown file as an article; print its address",
        {positional("FILE", "the article, in Markdown"), option("--cover", "FILE", "its cover, a picture"),
         option("--cover-id", "MEDIA_ID", "a picture of `wxmp material list` as its cover"), title_option(),
         option("--author", "NAME", "shown below the title"),
         option("--digest", "TEXT", "at most 120 characters; else from the text"),
         option("--source-url", "URL", "where \"read the original\" leads"),
         flag("--open-comments", "let readers comment"), theme_option(), keep_links_flag(),
         flag("--draft-only", "do not publish; print the media_id of the draft"), json_flag()},
        {"wxmp publish article.md --cover cover.jpg",
         "wxmp publish article.md --cover cover.jpg --draft-only",
         "wxmp publish article.md --cover cover.jpg --dry-run"},
        publish);
    publishing.details =
        "In the article, files are named as seen from its folder, and uploaded:\n"
        "  ![a boat](boat.jpg)      a picture: JPG or PNG, at most 5 MiB; <img src=\"boat.jpg\"> is one too\n"
        "  ![the waves](waves.mp4)  a video, with its title\n"
        "  ![](vid:wxv_9225)        a video that was uploaded before, by its vid\n" +
        std::string(about_articles);
    return {publishing, preview_command(), upload_video_command()};
}

}  // namespace tool
