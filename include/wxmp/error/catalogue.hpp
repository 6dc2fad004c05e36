// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_ERROR_CATALOGUE_HPP
#define WXMP_ERROR_CATALOGUE_HPP

#include <wxmp/version.hpp>

#include <cstdint>
#include <span>
#include <string_view>

namespace wxmp {

enum class condition;

/// What a return code of the service is about.
enum class error_group : std::uint8_t {
    comment,     ///< comments and replies
    content,     ///< what an article or a message says and links to
    media,       ///< a file, or the material made of it
    other,       ///< nothing of the others, as success
    parameter,   ///< the shape of the request or a value in it
    permission,  ///< what the account, the caller or a user allows
    publish,     ///< a publication
    quota,       ///< how often a call is made, or how much is stored
    system,      ///< the service itself
    token,       ///< the access token or other credentials
};

/// What to do after a return code of the service.
enum class retry_advice : std::uint8_t {
    never,          ///< the same request will fail again
    backoff,        ///< again, with growing delays
    refresh_token,  ///< once more, with a new access token
    next_day,       ///< tomorrow, Beijing time
};

/// One return code of the service. Texts are single lines of UTF-8 and end with the program.
struct known_error {
    int code{};                   ///< as `errcode` has it
    std::string_view name;        ///< what `errmsg` usually begins with; may be empty
    std::string_view meaning;     ///< what is wrong, in English
    std::string_view meaning_zh;  ///< the same in Chinese
    std::string_view advice;      ///< what the caller is to do about it: one sentence, in English
    std::string_view advice_zh;   ///< the same in Chinese
    error_group group{};          ///< what it is about
    retry_advice retry{};         ///< whether the request may be sent again, and when
    std::uint8_t conditions{};    ///< bit n is set where the @ref condition with the number n holds

    /// Whether an error with this code equals the condition.
    [[nodiscard]] constexpr bool is(condition c) const noexcept {
        const auto bit = static_cast<unsigned>(c);
        return bit < 8 && (conditions >> bit & 1U) != 0;
    }
};

/// Every return code known to this library, by ascending code. It is compiled once: see wxmp/src.hpp.
std::span<const known_error> catalogue() noexcept;

/// The entry of a return code, or null. Logarithmic in the size of the catalogue.
const known_error* find_known_error(int code) noexcept;

}  // namespace wxmp

#endif
