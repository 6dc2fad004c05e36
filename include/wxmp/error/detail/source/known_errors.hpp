// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_ERROR_DETAIL_SOURCE_KNOWN_ERRORS_HPP
#define WXMP_ERROR_DETAIL_SOURCE_KNOWN_ERRORS_HPP

#include <wxmp/error/catalogue.hpp>
#include <wxmp/error/detail/source/catalogue.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <span>
#include <string_view>

// Compiled in one translation unit of a program, through wxmp/src.hpp.
namespace wxmp::inline v0_1::detail::source {

// The catalogue as a program holds it: all texts behind one another, without a pointer to each, which would
// take as much room again, and be relocated at each start.
struct packed_error {
    static constexpr std::string_view known_error::*texts[] = {&known_error::name, &known_error::meaning,
                                                               &known_error::meaning_zh, &known_error::advice,
                                                               &known_error::advice_zh};

    int code;
    std::uint16_t sizes[std::size(texts)];
    error_group group;
    retry_advice retry;
    std::uint8_t conditions;
};

consteval std::size_t size_of_known_texts() {
    std::size_t size = 0;
    for (const auto& e : known_errors)
        for (const auto text : packed_error::texts) size += (e.*text).size();
    return size;
}

consteval auto pack_known_texts() {
    std::array<char, size_of_known_texts()> all{};
    std::size_t at = 0;
    for (const auto& e : known_errors)
        for (const auto text : packed_error::texts)
            for (const char c : e.*text) all[at++] = c;
    return all;
}

consteval auto pack_known_errors() {
    std::array<packed_error, std::size(known_errors)> all{};
    for (std::size_t i = 0; i != all.size(); ++i) {
        const auto& e = known_errors[i];
        all[i] = {e.code, {}, e.group, e.retry, e.conditions};
        for (std::size_t t = 0; t != std::size(packed_error::texts); ++t)
            all[i].sizes[t] = static_cast<std::uint16_t>((e.*packed_error::texts[t]).size());
    }
    return all;
}

inline constexpr auto packed_texts = pack_known_texts();
inline constexpr auto packed_errors = pack_known_errors();

struct unpacked_catalogue {
    unpacked_catalogue() noexcept {
        const char* at = packed_texts.data();
        for (std::size_t i = 0; i != packed_errors.size(); ++i) {
            const auto& p = packed_errors[i];
            all[i] = {p.code, {}, {}, {}, {}, {}, p.group, p.retry, p.conditions};
            for (std::size_t t = 0; t != std::size(packed_error::texts); ++t) {
                all[i].*packed_error::texts[t] = {at, p.sizes[t]};
                at += p.sizes[t];
            }
        }
    }

    known_error all[std::size(packed_errors)];
};

inline std::span<const known_error> catalogue() noexcept {
    static const unpacked_catalogue unpacked;
    return unpacked.all;
}

inline const known_error* find_known_error(int code) noexcept {
    const auto all = catalogue();
    const auto at = std::lower_bound(all.begin(), all.end(), code,
                                     [](const known_error& e, int c) { return e.code < c; });
    return at != all.end() && at->code == code ? &*at : nullptr;
}

}  // namespace wxmp::inline v0_1::detail::source

#endif
