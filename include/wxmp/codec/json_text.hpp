// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_CODEC_JSON_TEXT_HPP
#define WXMP_CODEC_JSON_TEXT_HPP

#include <wxmp/error/error.hpp>

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace wxmp {

namespace json = boost::json;

/// The default maximum nesting depth of JSON.
inline constexpr std::size_t default_max_depth = 64;

namespace detail {

// The service sends raw control characters, invalid UTF-8 and lone surrogates inside strings. A strict
// parser refuses them, so the text is repaired first. Empty if it needs no repair.
std::optional<std::string> repaired_json(std::string_view text);

}  // namespace detail

/** Parses JSON as sent by the service.

    Inside strings, raw control characters are kept, and invalid UTF-8 and lone surrogates become U+FFFD.
    Everything else is strict. Linear in the size.

    @param max_depth maximum nesting of objects and arrays
    @param memory storage for the value
    @return The value, or `errc::bad_json` or `errc::too_deep`.
*/
result<json::value> parse_json(std::string_view text, std::size_t max_depth = default_max_depth,
                               json::storage_ptr memory = {});

/// Writes JSON as the service expects it: raw UTF-8, with escapes only where JSON requires them.
inline std::string write_json(const json::value& v) { return json::serialize(v); }

}  // namespace wxmp

#endif
