// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_CODEC_FILENAME_HPP
#define WXMP_CODEC_FILENAME_HPP

#include <wxmp/data/http.hpp>

#include <string>
#include <string_view>

namespace wxmp::inline v0_1 {

/// The last component of a path. Both `/` and `\` are separators on any system.
constexpr std::string_view without_folders(std::string_view path) noexcept {
    const auto last = path.find_last_of("/\\");
    return last == path.npos ? path : path.substr(last + 1);
}

/// The part of the name after its last dot, such as `jpg`; empty if there is none. Ignores dots in folders.
constexpr std::string_view extension_of(std::string_view filename) noexcept {
    const auto name = without_folders(filename);
    const auto dot = name.rfind('.');
    return dot == name.npos ? std::string_view() : name.substr(dot + 1);
}

namespace detail {

struct media_extension {
    std::string_view extension;
    std::string_view content_type;
};

// The formats that the service documents for its media.
inline constexpr media_extension media_extensions[] = {
    {"jpg", "image/jpeg"}, {"jpeg", "image/jpeg"}, {"png", "image/png"},      {"gif", "image/gif"},
    {"bmp", "image/bmp"},  {"mp3", "audio/mpeg"},  {"wma", "audio/x-ms-wma"}, {"wav", "audio/wav"},
    {"amr", "audio/amr"},  {"mp4", "video/mp4"},
};

}  // namespace detail

/// The content type for the extension, ignoring case; `application/octet-stream` for no extension or one that
/// the service does not know.
constexpr std::string_view content_type_for(std::string_view filename) noexcept {
    const auto extension = extension_of(filename);
    for (const auto& known : detail::media_extensions)
        if (http::detail::equal_ignoring_case(extension, known.extension)) return known.content_type;
    return "application/octet-stream";
}

/** An ASCII name to send in place of `filename`: `media.jpg` for `照片.jpg`.

    For a peer that may not handle other characters. An extension that is empty or has anything but letters
    and digits is omitted: the result is `media`, which @ref form_data refuses.
*/
inline std::string ascii_filename(std::string_view filename) {
    const auto extension = extension_of(filename);
    for (const char c : extension) {
        const char l = http::detail::lower(c);
        if ((l < 'a' || l > 'z') && (c < '0' || c > '9')) return "media";
    }
    return extension.empty() ? "media" : "media." + std::string(extension);
}

}  // namespace wxmp::inline v0_1

#endif
