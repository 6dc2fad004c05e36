// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// wxmp upload-video, and the videos of wxmp publish.
#include "upload.hpp"

#include <wxmp/flow/upload.hpp>

#include <boost/describe/class.hpp>

#include "families.hpp"
#include "file_lock.hpp"
#include "language.hpp"
#include "output.hpp"
#include "progress_bar.hpp"
#include "sources/regular_file.hpp"
#include "upload_state.hpp"
#include <filesystem>
#include <optional>
#include <string>
#include <utility>

namespace tool {

namespace {

namespace fs = std::filesystem;

wxmp::upload new_upload(const wxmp::options& settings, const video_job& job, std::uint64_t size,
                        wxmp::upload_options how) {
    wxmp::video_details about{.title = job.title.empty() ? job.file.stem().string() : job.title,
                              .video_desc = job.description,
                              .declare_ori = job.is_original};
    return {job.file.filename().string(), size, std::move(about), settings, std::move(how)};
}

bool has_ended(const wxmp::upload& u) { return u.progress().phase == wxmp::upload_phase::ended; }

class uploader {
public:
    uploader(session& s, const video_job& job) : session_(s), job_(job) {
        if (!s.is_dry()) record_file_ = job.record;
    }

    result<wxmp::uploaded_video> run() {
        if (!record_file_.empty()) {
            auto lock = file_lock::acquire(record_file_);
            if (!lock) return file_fault(lock.error());
            lock_.emplace(*std::move(lock));
        }
        const auto video = sources::regular_file::open(job_.file);
        if (!video) return video.error();
        auto flow = make_flow(video->size());
        if (!flow) return flow.error();
        if (draws_bars() && !session_.is_dry()) bar_.emplace(name(), stderr, tr(" left"));
        auto uploaded = session_.run(*std::move(flow), *video);
        if (!uploaded) return about_file(job_.file.string(), uploaded.error());
        return uploaded;
    }

private:
    std::string name() const { return job_.file.filename().string(); }

    // A new one, or one that goes on from the record.
    result<wxmp::upload> make_flow(std::uint64_t size) {
        wxmp::upload_options how;
        how.repeat_unanswered = job_.repeat_unanswered;
        how.persist = [this](const wxmp::upload_record& r) { return keep(r); };
        how.progress = [this](const wxmp::upload_progress& p) { show(p); };
        if (record_file_.empty()) return new_upload(session_.settings(), job_, size, std::move(how));
        auto kept = upload_state::read(record_file_, name(), size);
        if (!kept) return file_fault(kept.error());
        if (!*kept) return new_upload(session_.settings(), job_, size, std::move(how));
        auto& record = **kept;
        say(tr("Going on: {} of {} blocks have arrived", record.arrived.count(), record.plan().count()));
        return wxmp::upload(std::move(record), session_.settings(), std::move(how));
    }

    result<void> keep(const wxmp::upload_record& r) const {
        return record_file_.empty() ? result<void>() : upload_state::write(record_file_, r);
    }

    void show(const wxmp::upload_progress& p) {
        if (p.phase == wxmp::upload_phase::ended) return;
        if (bar_ && p.sent != 0) bar_->update(p.sent, p.total, p.bytes_per_second);
        if (p.phase == wxmp::upload_phase::reviewing && !std::exchange(is_waiting_, true))
            say(tr("Waiting for the video to pass its review"));
    }

    session& session_;
    const video_job& job_;
    fs::path record_file_;
    std::optional<file_lock> lock_;
    std::optional<progress_bar> bar_;
    bool is_waiting_{};
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

std::optional<wxmp::error> check_video(const wxmp::options& settings, const video_job& job) {
    const auto video = sources::regular_file::open(job.file);
    if (!video) return video.error();
    auto flow = new_upload(settings, job, video->size(), {});
    if (!has_ended(flow)) return std::nullopt;
    return std::move(flow).take().error();
}

result<wxmp::uploaded_video> upload_video(session& s, const video_job& job) {
    say(tr("Uploading the video {}", job.file.string()));
    return uploader(s, job).run();
}

command upload_video_command() {
    return online("upload-video", tr("Upload a video, and wait until it may be used in articles"),
                  {positional("FILE", tr("the video, MP4")),
                   option("--record", "FILE", tr("keep there how far it is, and go on from there next time")),
                   option("--title", "TEXT", tr("of the video; the name of the file if not given")),
                   option("--description", "TEXT", tr("a few sentences")),
                   flag("--original", tr("claim to be the original")),
                   flag("--repeat-unanswered",
                        tr("send a call again whose answer was lost, even if that makes a second video")),
                   json_flag()},
                  {"wxmp upload-video film.mp4 --record film.json",
                   "wxmp upload-video film.mp4 --title 'A film' --json"},
                  upload_one);
}

}  // namespace tool
