// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TESTING_PLATFORM_STORED_FILE_HPP
#define WXMP_TESTING_PLATFORM_STORED_FILE_HPP

#include <wxmp/api/media_type.hpp>
#include <wxmp/codec/filename.hpp>
#include <wxmp/data/download.hpp>
#include <wxmp/data/http.hpp>
#include <wxmp/testing/platform/rules.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace wxmp::inline v0_1::testing {

/// An uploaded file.
struct stored_file {
    std::string filename;      ///< as sent
    std::string content_type;  ///< as sent
    std::string bytes;         ///< the content
    std::string url;           ///< of an image or video; else empty
};

namespace detail {

inline bool has_extension(std::string_view filename, std::string_view extensions) noexcept {
    const auto extension = extension_of(filename);
    while (!extensions.empty()) {
        const auto word = extensions.substr(0, extensions.find(' '));
        if (http::detail::equal_ignoring_case(word, extension)) return true;
        extensions.remove_prefix(word.size() == extensions.size() ? word.size() : word.size() + 1);
    }
    return false;
}

inline bool is_webp(std::string_view filename, std::string_view bytes) noexcept {
    const bool by_content = bytes.starts_with("RIFF") && bytes.size() >= 12 && bytes.substr(8, 4) == "WEBP";
    return by_content || has_extension(filename, "webp");
}

// Validates a file: a return code, or 0.
inline int fault_of(const stored_file& f, const media_limits& l, int too_large) noexcept {
    if (f.filename.empty()) return 41005;
    if (is_webp(f.filename, f.bytes)) return 40113;
    if (extension_of(f.filename).empty()) return 40005;
    if (!l.extensions.empty() && !has_extension(f.filename, l.extensions)) return 40005;
    if (f.bytes.empty()) return 44001;
    return f.bytes.size() > l.bytes ? too_large : 0;
}

inline stored_file to_stored(const http::file& f) {
    return {f.filename, f.content_type, f.content.text(), {}};
}

inline http::download to_download(const stored_file& f, std::string filename) {
    return {std::move(filename), f.content_type, f.bytes};
}

// The return code for a file of this type that is too large.
inline int too_large(media_type type) noexcept {
    constexpr int codes[] = {40009, 40010, 40011, 40012};  // in the order of media_type
    return codes[static_cast<std::size_t>(type)];
}

inline std::string make_video_url(id_source& ids) {
    std::string url = "http://vweixinp.tc.qq.com/" + ids.text(32, id_source::hex);
    url += ".f10.mp4?vkey=" + ids.text(64, id_source::hex);
    return url;
}

}  // namespace detail

}  // namespace wxmp::inline v0_1::testing

#endif
