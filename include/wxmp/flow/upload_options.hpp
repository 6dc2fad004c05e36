// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_FLOW_UPLOAD_OPTIONS_HPP
#define WXMP_FLOW_UPLOAD_OPTIONS_HPP

#include <wxmp/flow/poll.hpp>
#include <wxmp/flow/upload_record.hpp>
#include <wxmp/flow/upload_table.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace wxmp::inline v0_1 {

/// The progress of an @ref upload.
struct upload_progress {
    upload_phase phase{};         ///< the current phase
    std::uint64_t hashed{};       ///< bytes hashed so far
    std::uint64_t sent{};         ///< bytes the service has accepted, in this run or before
    std::uint64_t total{};        ///< file size in bytes
    std::uint32_t blocks_sent{};  ///< blocks the service has accepted
    std::uint32_t blocks{};       ///< number of blocks in the file
    double bytes_per_second{};    ///< average rate of this run; 0 until a block has arrived

    friend bool operator==(const upload_progress&, const upload_progress&) = default;
};

/// Options of an @ref upload. All defaults are safe.
struct upload_options {
    std::uint32_t block_size = 1u << 20;  ///< bytes, at most 1 MiB; a resumed record keeps its own
    std::uint32_t window = 4;             ///< blocks in flight at once, at least 1; each is held in memory

    /// Back-off between tries of each request; a client's @ref retry_policy does not apply.
    backoff pauses{};

    /// Whether to send a block again when its response was lost. The service does not document this; assumed
    /// to be harmless, as number and digest identify a block.
    bool resend_blocks = true;

    /// Whether to send upload_finish again when its response was lost. Undocumented; assumed to be harmless.
    bool finish_again = true;

    /** How long a `vid` is valid. After that the upload gets a new one and sends all blocks again. Not
        documented by the service; by default a vid never expires.

        If the new one expires as well, the upload ends with `errc::timeout`.
    */
    std::optional<std::chrono::seconds> vid_life{};

    /// Whether a resumed upload repeats an init_upload or save_video whose response was lost, at the risk of
    /// a second video.
    bool repeat_unanswered = false;

    bool review = true;                           ///< whether to wait for the review
    backoff review_pauses = default_poll_pauses;  ///< between polls; then `errc::timeout`

    /** Stores the record, so that another process can go on with it.

        Called when the source is hashed, before and after each init_upload and save_video, after each block
        and upload_finish, and at the end if the record has changed since. An error it returns ends the upload
        before anything more is sent, and is the result of the run: say what failed, and no secret.
    */
    std::function<result<void>(const upload_record&)> persist{};

    /// Called with the initial progress, and after each step that changes it.
    std::function<void(const upload_progress&)> progress{};

    /// Called with each transition of @ref upload_table that is taken, for logging. Must not throw.
    std::function<void(const upload_transition&)> trace{};
};

/// The result of an @ref upload.
struct uploaded_video {
    std::string media_id{};  ///< for @ref poll_video
    std::string vid{};       ///< for the article's iframe, once the video has passed review
    sha1_digest filesha{};   ///< of the whole file
};

}  // namespace wxmp::inline v0_1

#endif
