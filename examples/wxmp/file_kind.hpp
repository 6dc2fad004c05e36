// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// What a file is, by its first bytes and not by its name.
#ifndef WXMP_EXAMPLES_WXMP_FILE_KIND_HPP
#define WXMP_EXAMPLES_WXMP_FILE_KIND_HPP

#include <cstddef>
#include <string>
#include <string_view>

namespace tool {

enum class file_kind {
    unknown,
    jpeg,
    png,
    gif,
    bmp,
    webp,
    heic,
    avif,
    tiff,
    svg,
    mp4,
    quicktime,
    matroska,
    avi,
    pdf,
    html,
};

/// How much of a file tells its kind.
inline constexpr std::size_t telling_bytes = 512;

/// The kind of a file that begins with these bytes.
file_kind kind_of(std::string_view beginning);

/// The kind that a file's name claims, by its extension.
file_kind claimed_kind(std::string_view filename);

/// In words: `a JPG picture`.
std::string words_of(file_kind kind);

/// The extension that files of this kind have, without a dot. Empty: none is known.
std::string_view usual_extension(file_kind kind);

/// Whether the service takes it as a picture.
bool is_fit_picture(file_kind kind);

}  // namespace tool

#endif
