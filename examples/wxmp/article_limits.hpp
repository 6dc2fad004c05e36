// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// How long the texts of an article may be, and which pictures are for it alone: for the checks and the help.
#ifndef WXMP_EXAMPLES_WXMP_ARTICLE_LIMITS_HPP
#define WXMP_EXAMPLES_WXMP_ARTICLE_LIMITS_HPP

#include <wxmp/data/limits.hpp>

#include "front_matter.hpp"
#include "language.hpp"
#include "problem.hpp"
#include <cstdint>
#include <string>
#include <string_view>

namespace tool {

/** The limit of a text. Where documents disagree, `usual` is what the lowest allows, and `most` the highest.

    The service's answer is what counts for an account; nothing shows that it takes more than `most`.
*/
struct text_limit {
    std::string_view name;   ///< in words
    std::uint64_t usual;     ///< more is a warning
    std::uint64_t most;      ///< more is an error
    std::string_view to_do;  ///< about one that is too long
    bool is_in_bytes{};      ///< else in characters
};

inline constexpr text_limit title_limit{tr_noop("title"), 32, 64, tr_noop("write a shorter one")};
inline constexpr text_limit author_limit{tr_noop("author"), 16, 16,
                                         tr_noop("name fewer, or write a shorter one")};
inline constexpr text_limit digest_limit{tr_noop("digest"), 120, 128, tr_noop("write a shorter one")};
inline constexpr text_limit source_url_limit{tr_noop("source URL"), 1024, 1024,
                                             tr_noop("give a shorter address"), true};
inline constexpr text_limit content_limit{tr_noop("content"), 19'999, 19'999,
                                          tr_noop("make two articles of it, or use a plain --theme")};
inline constexpr text_limit content_size_limit{tr_noop("content"), (1u << 20) - 1, (1u << 20) - 1,
                                               tr_noop("make two articles of it"), true};

/// The largest picture that `media/uploadimg` takes by all documents, in bytes: "under 1 MB". Larger ones become
/// materials.
inline constexpr std::uint64_t largest_inline_picture = (1u << 20) - 1;

/// `at most 32 characters (some accounts: 64)`: for the help.
std::string describe(const text_limit& l);

/// Tells of a text that is too long. A text of an option stands in no line.
void check_length(const text_limit& l, const meta_value& text, problems& found);

/// Tells of a source URL that is too long, or is no address of a page.
void check_source_url(const meta_value& url, problems& found);

/// What the library refuses to send, which agrees with what is above.
wxmp::limits limits_of_library();

}  // namespace tool

#endif
