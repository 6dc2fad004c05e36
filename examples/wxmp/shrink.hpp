// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_EXAMPLES_WXMP_SHRINK_HPP
#define WXMP_EXAMPLES_WXMP_SHRINK_HPP

#include "file_kind.hpp"
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tool {

/// A picture that was made smaller.
struct shrunk_picture {
    std::string bytes;
    int width{};
    int height{};
};

/** Scales a JPG or PNG picture down, as little as it takes to have at most so many bytes.

    What a camera told of a JPG, as how it is to be turned, stays. Nothing: it is damaged, or too large for
    that.
*/
std::optional<shrunk_picture> shrink_picture(std::string_view bytes, file_kind kind, std::uint64_t most);

/// Whether pictures of this kind can be scaled.
bool can_be_shrunk(file_kind kind);

}  // namespace tool

#endif
