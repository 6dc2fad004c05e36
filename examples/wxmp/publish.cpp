// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// wxmp publish
#include <wxmp/api/draft/add.hpp>
#include <wxmp/api/material/add_material.hpp>
#include <wxmp/api/media/uploadimg.hpp>
#include <wxmp/codec/url.hpp>
#include <wxmp/codec/utf8.hpp>
#include <wxmp/data/html.hpp>

#include <boost/describe/class.hpp>

#include "families.hpp"
#include "markdown.hpp"
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

bool is_elsewhere(const std::string& target) {
    return target.starts_with("//") || target.find("://") != target.npos || target.starts_with("data:");
}

// The service keeps pictures of its own hosts only.
bool is_of_the_service(const std::string& url) {
    const auto mark = url.find("//");
    return mark != url.npos && url.substr(mark + 2, url.find('/', mark + 2) - mark - 2).ends_with(".qpic.cn");
}

constexpr std::string_view uploaded_video_mark = "vid:";

// A file of the article, to be uploaded once.
struct upload_job {
    std::string about;  // `article.md:12: harbour.jpg`
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
        if (!arguments_.has("--cover") && !arguments_.has("--cover-id"))
            return wrong_usage("an article needs a cover: --cover FILE, or --cover-id MEDIA_ID");
        const auto file = sources::file::open(file_);
        if (!file) return file.error();
        std::string text(static_cast<std::size_t>(file->size()), '\0');
        if (file->read_at(0, text.data(), text.size()) != text.size())
            return local_fault("cannot read " + file_.string());
        if (!wxmp::is_utf8(text)) return local_fault(file_.string() + ": not UTF-8; save it as that");
        text_.emplace(text);
        article_.title = arguments_.has("--title") ? arguments_.text("--title") : text_->take_title();
        if (article_.title.empty())
            return local_fault(file_.string() + ": no heading to be the title; use --title");
        article_.author = arguments_.maybe("--author");
        article_.digest = arguments_.maybe("--digest");
        article_.content_source_url = arguments_.maybe("--source-url");
        if (arguments_.has("--open-comments")) article_.need_open_comment = true;
        return std::nullopt;
    }

    void find_files() {
        for (const auto& p : text_->pictures()) {
            const auto where = file_.string() + ':' + std::to_string(p.line) + ": " + p.target;
            if (is_elsewhere(p.target) && !is_of_the_service(p.target))
                warn(where +
                     " is elsewhere, and the service removes such pictures: name a file in its place");
            if (is_elsewhere(p.target) || p.target.starts_with(uploaded_video_mark)) continue;
            const auto path = path_of(p.target);
            const auto ending = path.extension();
            jobs_.try_emplace(p.target,
                              upload_job{where, path, p.words, ending == ".mp4" || ending == ".MP4"});
        }
    }

    // Beside the article; Markdown may have a space as %20.
    fs::path path_of(const std::string& target) const {
        const auto path = file_.parent_path() / target;
        const auto decoded = wxmp::percent_decode(target);
        std::error_code ec;
        return fs::exists(path, ec) || !decoded ? path : file_.parent_path() / *decoded;
    }

    failure check() {
        if (const auto cover = arguments_.maybe("--cover"))
            if (auto fault = check_file(*cover, *cover, [](auto f) { return cover_of(std::move(f)); }))
                return fault;
        for (const auto& [target, job] : jobs_)
            if (auto fault = job.is_video ? check_video(job) : check_file(job.path, job.about, [](auto f) {
                    return wxmp::media::uploadimg{std::move(f)};
                }))
                return fault;
        auto as_if = article_;
        as_if.thumb_media_id = "of the cover";
        as_if.content = text_->html();
        const auto fit = wxmp::prepare(wxmp::draft::add{.articles = {std::move(as_if)}}, session_.settings());
        return fit ? std::nullopt : failure(about(file_.string(), fit.error()));
    }

    static wxmp::material::add_material cover_of(wxmp::http::file f) {
        return {.type = wxmp::media_type::image, .media = std::move(f)};
    }

    // Whether the service would take the file by the call that `make_call` makes of it.
    template <class MakeCall>
    failure check_file(const fs::path& path, const std::string& what, MakeCall make_call) const {
        const auto file = sources::file::open(path);
        if (!file) return about(what, file.error());
        const auto fit = wxmp::prepare(make_call(to_upload(path, *file)), session_.settings());
        return fit ? std::nullopt : failure(about(what, fit.error()));
    }

    failure check_video(const upload_job& job) const {
        const auto fault = tool::check_video(session_, {.file = job.path, .title = job.words});
        return fault ? failure(about(job.about, *fault)) : std::nullopt;
    }

    static wxmp::http::file to_upload(const fs::path& path, const sources::file& file) {
        return {path.filename().string(), wxmp::http::body::from(file)};
    }

    // ---- Uploading

    failure upload_files() {
        article_.thumb_media_id = arguments_.maybe("--cover-id");
        if (const auto cover = arguments_.maybe("--cover"))
            if (auto fault = upload_cover(*cover)) return fault;
        for (const auto& p : text_->pictures())
            if (auto fault = upload(p)) return fault;
        article_.content = text_->html();
        return std::nullopt;
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

    // Uploads what a picture names, unless that was done before, and shows it in its place.
    failure upload(const markdown::picture& p) {
        if (p.target.starts_with(uploaded_video_mark)) {
            text_->replace(p, wxmp::html::video(p.target.substr(uploaded_video_mark.size())));
            return std::nullopt;
        }
        const auto found = jobs_.find(p.target);
        if (found == jobs_.end()) return std::nullopt;
        auto& job = found->second;
        if (job.outcome.empty())
            if (auto fault = job.is_video ? upload_video_of(job) : upload_picture(job)) return fault;
        if (job.is_video) text_->replace(p, wxmp::html::video(job.outcome));
        else text_->set_address(p, job.outcome);
        return std::nullopt;
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
    std::optional<markdown> text_;
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
         option("--cover-id", "MEDIA_ID", "a picture of `wxmp material list` as its cover"),
         option("--title", "TEXT", "its title; the first heading if not given"),
         option("--author", "NAME", "shown below the title"),
         option("--digest", "TEXT", "at most 120 characters; else from the text"),
         option("--source-url", "URL", "where \"read the original\" leads"),
         flag("--open-comments", "let readers comment"),
         flag("--draft-only", "do not publish; print the media_id of the draft"), json_flag()},
        {"wxmp publish article.md --cover cover.jpg",
         "wxmp publish article.md --cover cover.jpg --draft-only",
         "wxmp publish article.md --cover cover.jpg --dry-run"},
        publish);
    publishing.details = "In the article, files are named as seen from its folder, and uploaded:\n"
                         "  ![a boat](boat.jpg)      a picture: JPG or PNG, at most 5 MiB\n"
                         "  ![the waves](waves.mp4)  a video, with its title\n"
                         "  ![](vid:wxv_9225)        a video that was uploaded before, by its vid\n"
                         "HTML in it is kept; the service removes scripts, and pictures from elsewhere.\n";
    return {publishing, upload_video_command()};
}

}  // namespace tool
