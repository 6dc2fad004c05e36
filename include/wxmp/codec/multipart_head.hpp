// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_CODEC_MULTIPART_HEAD_HPP
#define WXMP_CODEC_MULTIPART_HEAD_HPP

#include <wxmp/codec/content_disposition.hpp>
#include <wxmp/codec/utf8.hpp>
#include <wxmp/data/http.hpp>
#include <wxmp/error/error.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace wxmp::inline v0_1 {

/// The headers of a part.
struct multipart_head {
    std::string name;                     ///< not empty; UTF-8
    std::optional<std::string> filename;  ///< as sent, see @ref content_disposition; UTF-8
    std::string content_type;             ///< as sent; empty if there is none

    friend bool operator==(const multipart_head&, const multipart_head&) = default;
};

namespace detail {

inline bool is_boundary(std::string_view text) noexcept {
    const auto printable = [](char c) { return c >= ' ' && c <= '~'; };
    return !text.empty() && text.size() <= 70 && text.back() != ' ' &&
           std::all_of(text.begin(), text.end(), printable);
}

// Parses the headers of one part, line by line. Functions return what is wrong, or null.
class part_headers {
public:
    const char* take(std::string_view line) {
        for (const char c : line)
            if (is_control(c) && c != '\t') return "header with a control character";
        const auto colon = line.find(':');
        const auto name = line.substr(0, colon);
        const bool blanks = name.find_first_of(" \t") != name.npos;
        if (colon == line.npos || name.empty() || blanks) return "header without name";
        const auto value = trim(line.substr(colon + 1));
        if (http::detail::equal_ignoring_case(name, "Content-Disposition")) return take_disposition(value);
        if (http::detail::equal_ignoring_case(name, "Content-Type")) return take_type(value);
        return is_encoded(name, value) ? "Content-Transfer-Encoding" : nullptr;
    }

    // At the end of the headers: checks that none is missing.
    const char* finish() const noexcept { return head_.name.empty() ? "no name" : nullptr; }

    multipart_head release() noexcept { return std::move(head_); }

private:
    const char* take_disposition(std::string_view value) {
        auto parsed = content_disposition::parse(value);
        if (!parsed || parsed->type != "form-data" || !head_.name.empty()) return "Content-Disposition";
        if (parsed->name.empty()) return "no name";
        if (!is_utf8(parsed->name) || !is_utf8(parsed->filename.value_or(""))) return "name is not UTF-8";
        head_.name = std::move(parsed->name);
        head_.filename = std::move(parsed->filename);
        return nullptr;
    }

    const char* take_type(std::string_view value) {
        if (!head_.content_type.empty()) return "Content-Type";
        head_.content_type = value;
        return nullptr;
    }

    // Deprecated in forms (RFC 7578); passing on the encoded bytes as content would be wrong.
    static bool is_encoded(std::string_view name, std::string_view value) noexcept {
        if (!http::detail::equal_ignoring_case(name, "Content-Transfer-Encoding")) return false;
        for (const char* plain : {"7bit", "8bit", "binary"})
            if (http::detail::equal_ignoring_case(value, plain)) return false;
        return true;
    }

    multipart_head head_;
};

}  // namespace detail

/// The boundary in the value of a Content-Type header. @ref errc::bad_multipart if the type is not
/// multipart/form-data or there is no boundary of 1 to 70 printable ASCII characters.
inline result<std::string> boundary_of(std::string_view content_type) {
    detail::header_value value(content_type);
    std::optional<std::string> boundary;
    if (!http::detail::equal_ignoring_case(value.type(), "multipart/form-data"))
        return error(errc::bad_multipart, "content type is not multipart/form-data");
    while (value.next())
        if (value.is("boundary")) boundary = boundary ? std::string() : value.value();  // refuse a second one
    if (value.broken() || !boundary || !detail::is_boundary(*boundary))
        return error(errc::bad_multipart, "content type without a usable boundary");
    return *std::move(boundary);
}

}  // namespace wxmp::inline v0_1

#endif
