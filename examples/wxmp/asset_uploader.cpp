// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include "asset_uploader.hpp"

#include <wxmp/api/material/add_material.hpp>
#include <wxmp/api/media/uploadimg.hpp>
#include <wxmp/data/sha1.hpp>

#include "language.hpp"
#include "outcomes.hpp"
#include "report.hpp"
#include "sources/regular_file.hpp"
#include "upload.hpp"
#include <algorithm>
#include <chrono>
#include <system_error>
#include <utility>

namespace tool {

namespace {

namespace fs = std::filesystem;

// Whether the record has all that the article needs of a file.
bool take_from(const kept_upload& kept, asset& file) {
    file.media_id = kept.media_id.value_or("");
    file.outcome = (file.goes == asset::way::video ? kept.vid : kept.url).value_or("");
    return file.goes == asset::way::material ? !file.media_id.empty() : !file.outcome.empty();
}

std::string shown_name_of(const asset& file) { return file.path.empty() ? file.written : file.path.string(); }

}  // namespace

std::optional<wxmp::error> asset_uploader::upload_files(const article_draft& a) {
    if (auto* cover = a.cover())
        if (auto fault = upload(*cover, tr_noop("Uploading the cover {}"))) return fault;
    const auto named = a.named_by_media_id();
    for (auto* file : a.shown()) {
        if (auto fault = upload(*file, tr_noop("Uploading the picture {}"))) return fault;
        const bool needs_address =
            std::find(named.begin(), named.end(), file) == named.end() || file == a.cover();
        if (needs_address && file->outcome.empty())
            return wxmp::error(wxmp::errc::missing_member, tr("the address of {}", file->written));
    }
    return std::nullopt;
}

bool asset_uploader::forget_materials(const article_draft& a) {
    bool has_any = false;
    for (auto* file : a.named_by_media_id()) {
        if (std::find(uploaded_.begin(), uploaded_.end(), file->sha1) != uploaded_.end()) continue;
        auto& kept = record_.upload_of(file->sha1);
        if (!std::exchange(kept.media_id, std::nullopt)) continue;
        kept.url.reset();
        file->media_id.clear();
        file->outcome.clear();
        has_any = true;
    }
    return has_any;
}

std::optional<wxmp::error> asset_uploader::upload(asset& file, std::string_view doing) {
    if (take_from(record_.upload_of(file.sha1), file)) return std::nullopt;
    switch (file.goes) {
    case asset::way::inline_picture: return send_picture(file, doing);
    case asset::way::material: return send_material(file, doing);
    case asset::way::video: return send_video(file);
    }
    return std::nullopt;
}

// What is sent is what was looked at: its digest is what the record knows it by.
result<std::string> asset_uploader::bytes_of(const asset& file) const {
    if (file.path.empty()) return file.bytes;
    const auto opened = sources::regular_file::open(file.path);
    if (!opened) return opened.error();
    auto bytes = opened->read(session_.settings().limits.image_bytes);
    if (wxmp::sha1_of(bytes) != file.sha1)
        return wxmp::error(wxmp::errc::source_changed, tr("{} changed after it was looked at", file.written));
    return bytes;
}

std::optional<wxmp::error> asset_uploader::send_picture(asset& file, std::string_view doing) {
    const auto bytes = bytes_of(file);
    if (!bytes) return bytes.error();
    say(tr(doing, shown_name_of(file)));
    const auto sent = session_.upload(
        wxmp::media::uploadimg{{file.filename, wxmp::http::body::borrow(std::string_view(*bytes))}},
        file.filename, bytes->size());
    if (!sent) return about_file(file.written, sent.error());
    auto& kept = record_.upload_of(file.sha1);
    kept.filename = file.filename;
    kept.url = file.outcome = sent->url;
    return saved();
}

std::optional<wxmp::error> asset_uploader::send_material(asset& file, std::string_view doing) {
    auto& kept = record_.upload_of(file.sha1);
    const auto found = find_lost(kept);
    if (!found) return found.error();
    if (*found && take_from(kept, file)) return saved();
    const auto bytes = bytes_of(file);
    if (!bytes) return bytes.error();
    say(tr(doing, shown_name_of(file)));
    kept.filename = file.filename;
    kept.unanswered_since = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    if (auto fault = saved()) return fault;
    const auto sent = session_.upload(
        wxmp::material::add_material{
            .type = wxmp::media_type::image,
            .media = {file.filename, wxmp::http::body::borrow(std::string_view(*bytes))}},
        file.filename, bytes->size());
    if (!sent && !was_refused(sent.error())) return about_file(file.written, sent.error());
    kept.unanswered_since.reset();
    if (sent) {
        uploaded_.push_back(file.sha1);
        kept.media_id = sent->media_id;
        if (!kept.url) kept.url = sent->url;
        take_from(kept, file);
    }
    auto fault = saved();
    return sent ? fault : about_file(file.written, sent.error());
}

// Looks for a material whose answer was lost.
result<bool> asset_uploader::find_lost(kept_upload& kept) {
    if (!kept.unanswered_since) return false;
    say(tr("Looking for {}, which may have been uploaded before", kept.filename));
    if (const auto waited = let_arrive(session_, kept.unanswered_since); !waited) return waited.error();
    auto found = find_material(session_, record_, kept);
    if (!found && found.error() == wxmp::errc::outcome_unknown && repeats_unanswered_) found = false;
    if (found) kept.unanswered_since.reset();
    return found;
}

std::optional<wxmp::error> asset_uploader::send_video(asset& file) {
    const fs::path record = record_.file().string() + '.' + file.sha1.hex().substr(0, 12) + ".video";
    const auto video = upload_video(
        session_,
        {.file = file.path, .title = file.title, .record = record, .repeat_unanswered = repeats_unanswered_});
    if (!video) return video.error();
    auto& kept = record_.upload_of(file.sha1);
    kept.filename = file.filename;
    kept.vid = file.outcome = video->vid;
    if (auto fault = saved()) return fault;
    std::error_code ec;
    if (!session_.is_dry()) fs::remove(record, ec);
    return std::nullopt;
}

std::optional<wxmp::error> asset_uploader::saved() const {
    const auto done = record_.save();
    return done ? std::nullopt : std::optional(done.error());
}

}  // namespace tool
