// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// A JPG or PNG picture as a table of pixels.
#ifndef WXMP_EXAMPLES_WXMP_PIXELS_HPP
#define WXMP_EXAMPLES_WXMP_PIXELS_HPP

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tool {

/// Pixels, row by row, each of so many bytes.
struct pixels {
    int width{};
    int height{};
    int channels{};       ///< 1 to 4
    bool has_alpha{};     ///< the last channel tells how much shows
    int jpeg_sampling{};  ///< as libjpeg-turbo names it; of a JPG only
    std::vector<unsigned char> bytes{};
};

/// The pixels of a JPG, in its own colours: grey, RGB or CMYK. Nothing: it is damaged, or larger than most
/// memories.
std::optional<pixels> read_jpeg(std::string_view bytes);

/// The same of a PNG; 16 bits of a channel become 8.
std::optional<pixels> read_png(std::string_view bytes);

/// A JPG of good quality. Empty: it cannot be made.
std::string write_jpeg(const pixels& from);

/// A PNG. Empty: it cannot be made.
std::string write_png(const pixels& from);

/// The same picture with fewer pixels, each the average of those that it stands for.
pixels scale_down(const pixels& from, int width, int height);

}  // namespace tool

#endif
