// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_ERROR_CATALOGUE_HPP
#define WXMP_ERROR_CATALOGUE_HPP

#include <wxmp/detail/compiled.hpp>

#include <cstdint>
#include <span>
#include <string_view>

namespace wxmp::inline v0_1 {

enum class condition;

/// The subject of a return code of the service.
enum class error_group : std::uint8_t {
    comment,     ///< comments and replies
    content,     ///< text and links of an article or a message
    media,       ///< a file, or the material made from it
    other,       ///< none of the others, such as success
    parameter,   ///< the format of the request or a value in it
    permission,  ///< permissions of the account, the caller or a user
    publish,     ///< a publication
    quota,       ///< number of calls, or amount of storage
    system,      ///< the service itself
    token,       ///< the access token or other credentials
};

/// Whether and how to retry after a return code of the service.
enum class retry_advice : std::uint8_t {
    never,          ///< the same request will fail again
    backoff,        ///< retry with increasing delays
    refresh_token,  ///< retry once, with a new access token
    next_day,       ///< retry the next day, Beijing time
};

/// One return code of the service. Texts are single lines of UTF-8 with static lifetime.
struct known_error {
    int code{};                   ///< as in `errcode`
    std::string_view name;        ///< what `errmsg` usually begins with; may be empty
    std::string_view meaning;     ///< what is wrong, in English
    std::string_view meaning_zh;  ///< the same in Chinese
    std::string_view advice;      ///< what to do about it: one sentence, in English
    std::string_view advice_zh;   ///< the same in Chinese
    error_group group{};          ///< its subject
    retry_advice retry{};         ///< whether the request may be sent again, and when
    std::uint8_t conditions{};    ///< bit n is set if the @ref condition with value n holds

    /// Whether an error with this code matches the condition.
    [[nodiscard]] constexpr bool is(condition c) const noexcept {
        const auto bit = static_cast<unsigned>(c);
        return bit < 8 && (conditions >> bit & 1U) != 0;
    }
};

/// All return codes known to this library, in ascending order. Compiled once: see wxmp/src.hpp.
inline std::span<const known_error> catalogue() noexcept { return detail::compiled.catalogue(); }

/// The entry of a return code, or null. Logarithmic in the size of the catalogue.
inline const known_error* find_known_error(int code) noexcept {
    return detail::compiled.find_known_error(code);
}

}  // namespace wxmp::inline v0_1

#endif
