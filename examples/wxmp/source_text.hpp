// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_EXAMPLES_WXMP_SOURCE_TEXT_HPP
#define WXMP_EXAMPLES_WXMP_SOURCE_TEXT_HPP

#include "problem.hpp"
#include <cstddef>
#include <string_view>
#include <vector>

namespace tool {

/// A place in a text as parsers count: the column in bytes.
struct byte_position {
    int line{};    ///< from 1
    int column{};  ///< from 1, in bytes

    friend bool operator==(const byte_position&, const byte_position&) = default;
};

/// The place of this byte of a text, whose lines end with `\n`.
byte_position place_in(std::string_view text, std::size_t at);

/// The lines of a UTF-8 text, which must outlive it.
class source_text {
public:
    explicit source_text(std::string_view text);

    int lines() const { return static_cast<int>(lines_.size()); }

    /// A line from 1, without what ends it; empty past the end.
    std::string_view line(int number) const;

    /** Where `wanted` stands that a parser saw near here: the nearest one in its line, or the first one in
        the next lines, as parsers do not count what they have skipped. The place itself if there is none. */
    byte_position find(byte_position near, std::string_view wanted) const;

    /// The same place for people: its column in characters.
    source_position position(byte_position at) const;

private:
    std::vector<std::string_view> lines_;
};

}  // namespace tool

#endif
