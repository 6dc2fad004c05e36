// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_DATA_REDACT_HPP
#define WXMP_DATA_REDACT_HPP

#include <wxmp/data/secret.hpp>
#include <wxmp/detail/compiled.hpp>

#include <span>
#include <string>
#include <string_view>

namespace wxmp::inline v0_1 {

/** Makes text from outside safe to print: replaces with `***` what shows one of these secrets.

    A server may repeat what it was sent. A secret is found in any case, percent-encoded any number of times,
    and in part: eight characters of it in a row are hidden. A shorter one is hidden where it stands alone,
    not in a word. O(n log m) for a text of n and secrets of m bytes.
*/
inline std::string redact(std::string_view text, std::span<const secret> secrets) {
    return detail::compiled.redact(text, secrets);
}

/** Makes a URL, or just its query, safe to print without knowing its secrets.

    Replaces with `***` the user and password before the host, and each value whose name contains token,
    secret, ticket, code or password, in the query, the fragment, and the parameters of a path; in any case,
    percent-encoded any number of times, and in URLs that are values themselves.
*/
inline std::string redact_url(std::string_view url) { return detail::compiled.redact_url(url); }

}  // namespace wxmp::inline v0_1

#endif
