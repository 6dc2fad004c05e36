// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// wxmp upload-video, and the videos of wxmp publish.
#include "upload.hpp"

#include <wxmp/flow/upload.hpp>

#include <boost/describe/class.hpp>

#include "families.hpp"
#include "output.hpp"
#include "progress_bar.hpp"
#include "sources/mapped_file.hpp"
#include "upload_state.hpp"
#include <filesystem>
#include <optional>
#include <string>
#include <utility>

namespace tool {

namespace {

namespace fs = std::filesystem;

wxmp::upload new_upload(const session& s, const video_job& job, std::uint64_t size,
                        wxmp::upload_options how) {
    wxmp::upload_video::save_video about{.title = job.title.empty() ? job.file.stem().string() : job.title,
                                         .video_desc = job.description,
                                         .content = {},
                                         .declare_ori = job.is_original};
    return {job.file.filename().string(), size, std::move(about), s.settings(), std::move(how)};
}

bool has_ended(const wxmp::upload& u) { return u.progress().phase == wxmp::upload_phase::ended; }

// One upload, which may need several access tokens: it is resumed from its record with another one.
class uploader {
public:
    uploader(session& s, const video_job& job) : session_(s), job_(job) {
        if (!s.is_dry()) record_file_ = job.record;
    }

    result<wxmp::uploaded_video> run() {
        const auto video = sources::mapped_file::open(job_.file);
        if (!video) return video.error();
        if (auto fault = resume(video->size())) return *std::move(fault);
        for (int tokens = 1;; ++tokens) {
            auto outcome = run(make_flow(video->size()), *video);
            const bool may_go_on = tokens != 10 && record_ && outcome.has_error() &&
                                   outcome.error() == wxmp::condition::token_rejected;
            if (!may_go_on) return outcome;
            say("The access token has ended; getting another");
            session_.sign_out();
        }
    }

private:
    std::string name() const { return job_.file.filename().string(); }

    std::optional<wxmp::error> resume(std::uint64_t size) {
        std::error_code ec;
        if (record_file_.empty() || !fs::exists(record_file_, ec)) return std::nullopt;
        auto record = upload_state::read(record_file_, name(), size);
        if (!record) return record.error();
        record_ = *std::move(record);
        say("Going on: " + std::to_string(record_->arrived.count()) + " of " +
            std::to_string(record_->plan().count()) + " blocks have arrived");
        return std::nullopt;
    }

    std::optional<wxmp::error> keep(const wxmp::upload_record& r) {
        record_ = r;
        return record_file_.empty() ? std::nullopt : upload_state::write(record_file_, r);
    }

    wxmp::upload make_flow(std::uint64_t size) {
        wxmp::upload_options how;
        how.repeat_unanswered = std::exchange(may_repeat_, false);
        how.persist = [this](const wxmp::upload_record& r) { return keep(r); };
        if (record_) return wxmp::upload(*record_, session_.settings(), std::move(how));
        return new_upload(session_, job_, size, std::move(how));
    }

    result<wxmp::uploaded_video> run(wxmp::upload flow, const sources::mapped_file& video) {
        if (has_ended(flow)) return std::move(flow).take();  // without a token
        std::optional<progress_bar> bar;
        if (draws_bars() && !session_.is_dry()) bar.emplace(name(), stderr);
        bool is_waiting = false;
        return session_.run(std::move(flow), video, [&](const wxmp::upload& u) {
            const auto p = u.progress();
            if (bar && p.sent != 0) bar->update(p.sent, p.total, p.bytes_per_second);
            if (p.phase == wxmp::upload_phase::reviewing && !std::exchange(is_waiting, true))
                say("Waiting for the video to pass its review");
        });
    }

    session& session_;
    const video_job& job_;
    fs::path record_file_;
    std::optional<wxmp::upload_record> record_;
    bool may_repeat_ = job_.repeat_unanswered;
};

// ---- wxmp upload-video

struct told_video {
    std::string media_id, vid, sha1;
};
BOOST_DESCRIBE_STRUCT(told_video, (), (media_id, vid, sha1))

result<void> upload_one(const arguments& a, session& s) {
    const video_job job{.file = a.text("FILE"),
                        .title = a.text("--title"),
                        .description = a.text("--description"),
                        .is_original = a.has("--original"),
                        .record = a.text("--record"),
                        .repeat_unanswered = a.has("--repeat-unanswered")};
    const auto video = upload_video(s, job);
    if (!video) return video.error();
    if (s.is_dry()) return {};
    if (a.has("--json")) return print_json(told_video{video->media_id, video->vid, video->filesha.hex()});
    print("media_id " + printable(video->media_id) + "\nvid " + printable(video->vid));
    return {};
}

}  // namespace

std::optional<wxmp::error> check_video(const session& s, const video_job& job) {
    const auto video = sources::mapped_file::open(job.file);
    if (!video) return video.error();
    auto flow = new_upload(s, job, video->size(), {});
    if (!has_ended(flow)) return std::nullopt;
    return std::move(flow).take().error();
}

result<wxmp::uploaded_video> upload_video(session& s, const video_job& job) {
    say("Uploading the video " + job.file.string());
    return uploader(s, job).run();
}

command upload_video_command() {
    return online("upload-video", "Upload a video, and wait until it may be used in articles",
                  {positional("FILE", "the video, MP4"),
                   option("--record", "FILE", "keep there how far it is, and go on from there next time"),
                   option("--title", "TEXT", "of the video; the name of the file if not given"),
                   option("--description", "TEXT", "a few sentences"),
                   flag("--original", "claim to be the original"),
                   flag("--repeat-unanswered",
                        "send a call again whose answer was lost, even if that makes a second video"),
                   json_flag()},
                  {"wxmp upload-video film.mp4 --record film.json",
                   "wxmp upload-video film.mp4 --title 'A film' --json"},
                  upload_one);
}

}  // namespace tool
