// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// Which article's comments a command is about.
#ifndef WXMP_EXAMPLES_WXMP_COMMENT_OPTIONS_HPP
#define WXMP_EXAMPLES_WXMP_COMMENT_OPTIONS_HPP

#include <wxmp/api/comment/list.hpp>
#include <wxmp/api/comment/reply_add.hpp>

#include "command.hpp"
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

namespace tool {

inline std::optional<wxmp::index_from_0> index_of(const arguments& a) {
    if (!a.has("--index")) return std::nullopt;
    return wxmp::index_from_0{a.small_number("--index")};
}

/// A call on the article that is named.
template <class Op> Op of_article(const arguments& a) {
    return {.msg_data_id = a.number("MSG_DATA_ID"), .index = index_of(a)};
}

/// A call on one of its comments.
template <class Op> Op of_comment(const arguments& a, std::uint64_t id) {
    return {.msg_data_id = a.number("MSG_DATA_ID"), .index = index_of(a), .user_comment_id = id};
}

inline wxmp::comment::reply_add reply_to(const arguments& a, std::uint64_t id, std::string content) {
    return {.msg_data_id = a.number("MSG_DATA_ID"),
            .index = index_of(a),
            .user_comment_id = id,
            .content = std::move(content)};
}

inline wxmp::comment::comment_filter filter_of(const std::string& text) {
    using enum wxmp::comment::comment_filter;
    return text == "plain" ? plain : text == "elected" ? elected : all;
}

}  // namespace tool

#endif
