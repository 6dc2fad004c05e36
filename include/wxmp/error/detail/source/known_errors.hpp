// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_ERROR_DETAIL_SOURCE_KNOWN_ERRORS_HPP
#define WXMP_ERROR_DETAIL_SOURCE_KNOWN_ERRORS_HPP

#include <wxmp/error/catalogue.hpp>
#include <wxmp/error/detail/source/catalogue.hpp>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <span>
#include <string_view>

// Compiled in one translation unit of a program, through wxmp/src.hpp.
namespace wxmp::inline v0_1::detail::source {

// Appends the texts that were packed by tests/generate/catalogue.py, which says how; returns their end.
inline char* unpack(std::string_view packed, char* to) noexcept {
    const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(packed[at]); };
    while (!packed.empty()) {
        const std::size_t n = byte(0);
        const bool is_new = n < 128;
        const auto size = is_new ? n + 1 : n - 124;
        to = std::copy_n(is_new ? &packed[1] : to - (byte(1) | byte(2) << 8), size, to);
        packed.remove_prefix(is_new ? 1 + size : 3);
    }
    return to;
}

// A program holds the catalogue packed, as most never read more than one entry of it: it takes less than half
// the room, and no pointer has to be relocated at each start.
struct unpacked_catalogue {
    [[gnu::cold]] unpacked_catalogue() noexcept {
        unpack({packed_texts, sizeof packed_texts - 1}, texts);
        std::string_view rest(texts, sizeof texts);
        const auto next = [&rest] {
            const auto text = rest.substr(0, rest.find('\n'));
            rest.remove_prefix(text.size() + 1);
            return text;
        };
        for (std::size_t i = 0; i != std::size(all); ++i) {
            const auto& p = packed_errors[i];
            all[i] = {p.code, next(), next(), next(), next(), next(), p.group, p.retry, p.conditions};
        }
    }

    char texts[unpacked_size];
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
