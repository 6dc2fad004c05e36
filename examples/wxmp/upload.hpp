// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_EXAMPLES_WXMP_UPLOAD_HPP
#define WXMP_EXAMPLES_WXMP_UPLOAD_HPP

#include <wxmp/flow/upload_options.hpp>

#include "session.hpp"
#include <filesystem>
#include <optional>
#include <string>

namespace tool {

/// What to upload, and how.
struct video_job {
    std::filesystem::path file;
    std::string title;  ///< empty: the name of the file
    std::string description{};
    bool is_original{};              ///< claim it
    std::filesystem::path record{};  ///< where to keep how far it is; empty: nowhere
    bool repeat_unanswered{};        ///< see wxmp::upload_options
};

/// What is wrong with it, as far as that can be known without asking.
std::optional<wxmp::error> check_video(const wxmp::options& settings, const video_job& job);

/// Uploads a video and waits until it may be used in articles.
result<wxmp::uploaded_video> upload_video(session& s, const video_job& job);

}  // namespace tool

#endif
