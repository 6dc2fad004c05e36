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

namespace wxmp {

/// How far an @ref upload is.
struct upload_progress {
    upload_phase phase{};         ///< what it does just now
    std::uint64_t hashed{};       ///< bytes whose digest is known
    std::uint64_t sent{};         ///< bytes that the service has taken, in this run or before
    std::uint64_t total{};        ///< bytes of the file
    std::uint32_t blocks_sent{};  ///< blocks that the service has taken
    std::uint32_t blocks{};       ///< blocks of the file
    double bytes_per_second{};    ///< of this run's sending; 0 until something has arrived

    friend bool operator==(const upload_progress&, const upload_progress&) = default;
};

/// How an @ref upload goes about its work. Each default is a safe one.
struct upload_options {
    std::uint32_t block_size = 1u << 20;  ///< bytes; at most 1 MiB. Fixed by a record that is resumed
    std::uint32_t window = 4;             ///< blocks under way at once, at least 1; each is held in memory

    /// Between the tries of each request. No @ref retry_policy of a client adds to them.
    backoff pauses{};

    /// Whether a block may be sent again when its answer was lost. Not documented; taken to be harmless, as
    /// a block is named by its number and digest.
    bool resend_blocks = true;

    /// Whether upload_finish may be sent again when its answer was lost. Not documented; taken as harmless.
    bool finish_again = true;

    /** How long a `vid` lives; one that is older is given up for a new one, and all blocks are sent to that.
        Not documented; by default it lives for ever.

        If the blocks take longer than that once more, the upload ends in `errc::timeout`.
    */
    std::optional<std::chrono::seconds> vid_life{};

    /// The caller's explicit word that an init_upload or a save_video whose answer was lost is sent again,
    /// even if that makes a second video.
    bool repeat_unanswered = false;

    bool review = true;                           ///< whether to wait until the video has passed
    backoff review_pauses = default_poll_pauses;  ///< how often to ask for that; past them, `errc::timeout`

    /** Stores the record, so that another process can go on with it.

        Called when the source is hashed, before and after each call that makes something, after each block
        that has arrived, and at the end where anything has changed since. What it returns ends the upload
        before anything more is sent; to succeed it returns nothing.
    */
    std::function<std::optional<error>(const upload_record&)> persist{};

    /// Called with where the upload begins, and after each step that changes it.
    std::function<void(const upload_progress&)> progress{};

    /// Called with each row of @ref upload_table that is taken, for logs. It must not throw.
    std::function<void(const upload_transition&)> trace{};
};

/// What comes out of an @ref upload.
struct uploaded_video {
    std::string media_id{};  ///< for @ref poll_video
    std::string vid{};       ///< what the article's iframe takes, once the video has passed
    sha1_digest filesha{};   ///< of the whole file
};

}  // namespace wxmp

#endif
