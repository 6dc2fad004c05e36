// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TESTING_PLATFORM_TEMPORARY_STORE_HPP
#define WXMP_TESTING_PLATFORM_TEMPORARY_STORE_HPP

#include <wxmp/api/media/get.hpp>
#include <wxmp/api/media/get_jssdk.hpp>
#include <wxmp/api/media/upload.hpp>
#include <wxmp/testing/platform/stored_file.hpp>

#include <chrono>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wxmp::inline v0_1::testing {

/// A temporary media file.
struct temporary_medium : stored_file {
    std::string media_id;  ///< its id
    media_type type{};     ///< its kind
    wall_time created{};   ///< upload time, when its lifetime starts
};

/// The temporary media of an account, which can be fetched any number of times until they expire.
class temporary_store {
public:
    /// Adds a file. Errors: 41005 (no filename), 40113 (webp), 40005 (format), 44001 (empty), 40009 to 40012
    /// (size).
    result<media::upload::response> add(const media::upload& op, const moment& m) {
        temporary_medium added{detail::to_stored(op.media), m.ids.text(64), op.type, m.now};
        const auto limits = temporary_limits(m.rules.limits, op.type);
        if (const int code = detail::fault_of(added, limits, detail::too_large(op.type))) return refuse(code);
        if (op.type == media_type::video) added.url = detail::make_video_url(m.ids);
        const bool is_thumb = op.type == media_type::thumb;
        media::upload::response answer{op.type, {}, {}, to_seconds(m.now)};
        (is_thumb ? answer.thumb_media_id : answer.media_id) = added.media_id;
        media_.push_back(std::move(added));
        return answer;
    }

    /// Returns a file: a video as a URL, all else as bytes. Errors: 40007 (unknown or expired).
    result<media::temporary_media> get(const media::get& op, const moment& m) const {
        const auto* found = find(op.media_id, m);
        if (!found) return refuse(40007);
        if (found->type == media_type::video)
            return media::temporary_media{media::video_link{found->url}, {}};
        const auto name = found->media_id + '.' + std::string(extension_of(found->filename));
        return media::temporary_media{{}, detail::to_download(*found, name)};
    }

    /// Returns a voice, labelled as speex but not converted. Errors: 40007 (unknown, expired or not a voice).
    result<media::temporary_media> get(const media::get_jssdk& op, const moment& m) const {
        const auto* found = find(op.media_id, m);
        if (!found || found->type != media_type::voice) return refuse(40007);
        return media::temporary_media{
            {}, http::download{found->media_id + ".speex", "voice/speex", found->bytes}};
    }

    /// All files, expired ones included, oldest first.
    [[nodiscard]] const std::vector<temporary_medium>& all() const noexcept { return media_; }

private:
    const temporary_medium* find(std::string_view media_id, const moment& m) const noexcept {
        for (const auto& medium : media_)
            if (medium.media_id == media_id && m.now < medium.created + m.rules.temporary_life)
                return &medium;
        return nullptr;
    }

    std::vector<temporary_medium> media_;
};

}  // namespace wxmp::inline v0_1::testing

#endif
