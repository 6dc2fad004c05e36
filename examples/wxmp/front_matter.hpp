// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_EXAMPLES_WXMP_FRONT_MATTER_HPP
#define WXMP_EXAMPLES_WXMP_FRONT_MATTER_HPP

#include "problem.hpp"
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace tool {

/// A value of the front matter, and where it stands.
struct meta_value {
    std::string text;
    source_position at{};
};

/** What an article says of itself before it begins: YAML between lines of `---`, or TOML between lines of
    `+++`.

    The names are those of the wire; those that Hugo, Hexo and Jekyll use for the same are read too.
*/
struct front_matter {
    std::optional<meta_value> title{};
    std::optional<meta_value> author{};      ///< several are joined by `, `
    std::optional<meta_value> digest{};      ///< or description, summary, excerpt
    std::optional<meta_value> cover{};       ///< or image, thumbnail, banner …
    std::optional<meta_value> source_url{};  ///< or canonical_url …
    std::optional<meta_value> crop_235_1{};  ///< of the cover, as `0_0_1_0.5`
    std::optional<meta_value> crop_1_1{};    ///< the same, where it is square
    std::optional<meta_value> crop_16_9{};   ///< the same, of a newspic
    std::optional<meta_value> type{};        ///< `newspic`, or nothing
    std::optional<bool> comments{};
    std::size_t end{};  ///< where the article begins, in bytes
    int lines{};        ///< how many lines that is
};

/// Reads the front matter of a text, if there is any. What is broken, or unknown, goes to `found`.
front_matter read_front_matter(std::string_view text, problems& found);

}  // namespace tool

#endif
