// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_ERROR_DETAIL_SOURCE_ERROR_TEXTS_HPP
#define WXMP_ERROR_DETAIL_SOURCE_ERROR_TEXTS_HPP

#include <wxmp/error/error.hpp>

#include <atomic>
#include <string>
#include <string_view>

// Compiled in one translation unit of a program, through wxmp/src.hpp.
namespace wxmp::inline v0_1::detail::source {

inline const error_texts* make_texts(std::string_view detail, std::string_view request_member,
                                     std::string_view rid) {
    return new error_texts{std::string(detail), std::string(request_member), std::string(rid)};
}

inline const error_texts& no_texts() noexcept {
    static const error_texts none;
    return none;
}

inline void release(const error_texts& t) noexcept {
    if (t.owners.fetch_sub(1, std::memory_order_acq_rel) == 1) delete &t;
}

inline bool is(const error& e, condition c) noexcept {
    // A failing gateway sends 5xx, whatever became of the request; any other status is a refusal.
    if (e == errc::http_status && e.http_status() < 500) return false;
    return e.code() == make_error_condition(c);
}

}  // namespace wxmp::inline v0_1::detail::source

#endif
