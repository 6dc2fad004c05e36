// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TESTING_PLATFORM_VIDEO_STORE_HPP
#define WXMP_TESTING_PLATFORM_VIDEO_STORE_HPP

#include <wxmp/api/upload_video/init_upload.hpp>
#include <wxmp/api/upload_video/query_status.hpp>
#include <wxmp/api/upload_video/save_video.hpp>
#include <wxmp/api/upload_video/upload_block.hpp>
#include <wxmp/api/upload_video/upload_finish.hpp>
#include <wxmp/codec/filename.hpp>
#include <wxmp/data/sha1.hpp>
#include <wxmp/testing/platform/rules.hpp>

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wxmp::inline v0_1::testing {

/// An uploaded block.
struct stored_block {
    sha1_digest digest{};  ///< of its bytes
    std::uint64_t size{};  ///< of its bytes
    std::string bytes;     ///< empty where @ref platform_rules::keep_video_bytes is off
};

/** An upload in blocks.

    The digest of the file is updated as contiguous blocks arrive, so that no block is read twice and its
    bytes can be dropped. For that reason a block cannot be replaced by a different one.
*/
struct stored_upload {
    std::string vid;                               ///< its id
    upload_video::init_upload opened;              ///< the request that opened it
    std::map<std::uint32_t, stored_block> blocks;  ///< by number, from 1
    std::uint64_t received{};                      ///< total bytes of the blocks
    std::uint32_t repeated_blocks{};               ///< number of blocks received again
    std::uint32_t finishes{};                      ///< number of successful finishes
    sha1 hash{};                                   ///< of the blocks from 1 to `hashed`
    std::uint32_t hashed{};                        ///< number of the last block in `hash`

    /// The bytes of all blocks, in order.
    [[nodiscard]] std::string bytes() const {
        std::string all;
        for (const auto& [number, block] : blocks) all += block.bytes;
        return all;
    }
};

/// A video made from an upload.
struct stored_video {
    std::string media_id;                  ///< its id
    upload_video::save_video saved;        ///< title etc.; `content` is the `vid`
    wall_time checked;                     ///< when the review ends
    wall_time ended;                       ///< when processing ends
    upload_video::video_status outcome{};  ///< status from then on

    /// Its status at this time.
    [[nodiscard]] upload_video::video_status status(wall_time now) const noexcept {
        if (now >= ended) return outcome;
        return now < checked ? upload_video::video_status::checking : upload_video::video_status::transcoding;
    }
};

/** The videos of an account, and their uploads.

    Assumptions where the documentation is silent: an identical block may be sent again, and finishing again
    has no effect (unless @ref platform_rules::refuse_repeated_blocks); every save makes another video, with
    the same `vid`. The return codes are assumptions too.
*/
class video_store {
public:
    /// Starts an upload. Errors: 40005 (no extension), 40011 (size), 41011 (no filename).
    result<upload_video::init_upload::response> open(const upload_video::init_upload& op, const moment& m) {
        if (op.filename.empty()) return refuse(41011, "filename");
        if (extension_of(op.filename).empty()) return refuse(40005, "filename");
        if (op.filesize == 0 || op.filesize > m.rules.limits.video_bytes) return refuse(40011, "filesize");
        stored_upload added{"wxv_" + m.ids.text(19, id_source::digits), op, {}};
        upload_video::init_upload::response answer{added.vid};
        uploads_.push_back(std::move(added));
        return answer;
    }

    /** Adds a block. Errors: 40065 (upload is finished), 40097 (wrong digest, or a different block has this
        number), 40114 (number 0), 40218 (no such upload), 45001 (too large).
    */
    result<upload_video::upload_block::response> add(const upload_video::upload_block& op, const moment& m) {
        auto* upload = find(op.vid);
        if (!upload) return refuse(40218, "vid");
        if (upload->finishes != 0) return refuse(40065);
        if (op.part_num.value == 0) return refuse(40114, "part_num");
        if (op.data.size() > m.rules.limits.block_bytes) return refuse(45001);
        auto bytes = op.data.text();
        const auto digest = sha1_of(bytes);
        if (digest != op.part_sha) return refuse(40097, "part_sha");
        if (const auto* former = find(*upload, op.part_num)) {
            if (former->digest != digest || m.rules.refuse_repeated_blocks) return refuse(40097, "part_num");
            ++upload->repeated_blocks;
            return upload_video::upload_block::response{};
        }
        const auto size = bytes.size();
        upload->blocks[op.part_num.value] = {digest, size, std::move(bytes)};
        upload->received += size;
        hash(*upload, m.rules.keep_video_bytes);
        return upload_video::upload_block::response{};
    }

    /// Finishes a complete upload. Errors: 40011 (size), 40097 (digest), 40218 (no such upload), 41005 (gap).
    result<upload_video::upload_finish::response> finish(const upload_video::upload_finish& op,
                                                         const moment& m) {
        auto* upload = find(op.vid);
        if (!upload) return refuse(40218, "vid");
        if (upload->finishes != 0 && m.rules.refuse_repeated_blocks) return refuse(40065);
        if (upload->hashed != upload->blocks.size()) return refuse(41005, "part_num");
        if (upload->received != upload->opened.filesize) return refuse(40011, "filesize");
        if (upload->hash.digest() != upload->opened.filesha) return refuse(40097, "filesha");
        ++upload->finishes;
        return upload_video::upload_finish::response{};
    }

    /// Makes a video from an upload. Errors: 40062, 45003 (title), 40065 (not finished), 40218, 45021 (tags).
    result<upload_video::save_video::response> save(const upload_video::save_video& op, const moment& m) {
        const auto* upload = find(op.content);
        if (!upload) return refuse(40218, "content");
        if (upload->finishes == 0) return refuse(40065);
        if (op.title.empty()) return refuse(40062);
        if (count_characters(op.title) > m.rules.limits.title_characters) return refuse(45003);
        if (op.tags && op.tags->size() > m.rules.limits.video_tags) return refuse(45021, "tags");
        auto added = review(op, m);
        upload_video::save_video::response answer{added.media_id};
        videos_.push_back(std::move(added));
        return answer;
    }

    /// Returns the status of a video. Errors: 40007.
    result<upload_video::query_status::response> query(const upload_video::query_status& op,
                                                       const moment& m) const {
        const auto* video = find_video(op.media_id);
        if (!video) return refuse(40007);
        const auto status = video->status(m.now);
        return upload_video::query_status::response{status, upload_video::originality::unmarked,
                                                    std::string(wording(status)), video->saved.content};
    }

    /// The uploads, oldest first.
    [[nodiscard]] const std::vector<stored_upload>& uploads() const noexcept { return uploads_; }

    /// The videos, oldest first.
    [[nodiscard]] const std::vector<stored_video>& videos() const noexcept { return videos_; }

    /// The upload with this `vid`, or null.
    [[nodiscard]] const stored_upload* find_upload(std::string_view vid) const noexcept {
        for (const auto& u : uploads_)
            if (u.vid == vid) return &u;
        return nullptr;
    }

    /// The video with this id, or null.
    [[nodiscard]] const stored_video* find_video(std::string_view media_id) const noexcept {
        for (const auto& v : videos_)
            if (v.media_id == media_id) return &v;
        return nullptr;
    }

    /// Whether a video with this `vid` may be used in articles at this time.
    [[nodiscard]] bool has_passed(std::string_view vid, wall_time now) const noexcept {
        for (const auto& v : videos_)
            if (v.saved.content == vid && v.status(now) == upload_video::video_status::passed) return true;
        return false;
    }

    /// Sets a video's status at once, as a ban does. False if there is no such video.
    bool decide(std::string_view media_id, upload_video::video_status outcome, wall_time now) noexcept {
        for (auto& v : videos_) {
            if (v.media_id != media_id) continue;
            v.outcome = outcome;
            v.checked = v.ended = now;
            return true;
        }
        return false;
    }

private:
    stored_upload* find(std::string_view vid) noexcept {
        return const_cast<stored_upload*>(find_upload(vid));
    }

    static const stored_block* find(const stored_upload& upload, index_from_1 number) {
        const auto at = upload.blocks.find(number.value);
        return at == upload.blocks.end() ? nullptr : &at->second;
    }

    static void hash(stored_upload& upload, bool keep) {
        for (;; ++upload.hashed) {
            const auto next = upload.blocks.find(upload.hashed + 1);
            if (next == upload.blocks.end()) return;
            upload.hash.update(std::string_view(next->second.bytes));
            if (!keep) std::string().swap(next->second.bytes);
        }
    }

    static stored_video review(const upload_video::save_video& op, const moment& m) {
        using enum upload_video::video_status;
        const auto has = [&](const std::string& mark) {
            return !mark.empty() && op.title.find(mark) != op.title.npos;
        };
        stored_video v{m.ids.text(43), op, m.now + m.rules.video_check, {}, passed};
        v.ended = v.checked + m.rules.video_transcoding;
        if (has(m.rules.transcoding_fails)) v.outcome = transcoding_failed;
        if (!has(m.rules.check_fails)) return v;
        v.outcome = check_failed;
        v.ended = v.checked;
        return v;
    }

    static constexpr std::string_view wording(upload_video::video_status s) noexcept {
        switch (s) {
            using enum upload_video::video_status;
        case checking: return "checking";
        case check_failed: return "check fail";
        case passed: return "check pass";
        case transcoding: return "transing";
        case transcoding_failed: return "trans fail";
        case forbidden: return "forbid";
        case deleted: return "delete";
        }
        return {};
    }

    std::vector<stored_upload> uploads_;
    std::vector<stored_video> videos_;
};

}  // namespace wxmp::inline v0_1::testing

#endif
