// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include "shrink.hpp"

#include "pixels.hpp"
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

namespace tool {

namespace {

constexpr int most_tries = 12;
constexpr double close_enough = 0.03;  // to the most that it may have

int scaled(int length, double factor) { return std::max(static_cast<int>(std::lround(length * factor)), 1); }

// As the size of a picture follows its area, or the middle where that has been tried.
double next_factor(double factor, double part, double fits, double too_large) {
    const auto guess = factor * std::sqrt(part) - close_enough / 8;
    return guess > fits && guess < too_large ? guess : (fits + too_large) / 2;
}

// Those segments in front of a JPG that tell how it is shown: Exif, and its colour profile.
std::string shown_segments(std::string_view jpeg) {
    std::string kept;
    for (jpeg.remove_prefix(std::min<std::size_t>(jpeg.size(), 2)); jpeg.size() >= 4;) {
        const auto byte = [jpeg](std::size_t at) { return static_cast<unsigned char>(jpeg[at]); };
        const std::size_t size = 2u + 256u * byte(2) + byte(3);
        const bool is_about_all = jpeg[0] == '\xff' && byte(1) >= 0xe0 && byte(1) <= 0xfe;
        if (!is_about_all || size < 4 || size > jpeg.size()) break;
        const auto inside = jpeg.substr(4, size - 4);
        const bool is_exif = byte(1) == 0xe1 && inside.starts_with("Exif");
        if (is_exif || (byte(1) == 0xe2 && inside.starts_with("ICC_PROFILE"))) kept += jpeg.substr(0, size);
        jpeg.remove_prefix(size);
    }
    return kept;
}

}  // namespace

bool can_be_shrunk(file_kind kind) { return kind == file_kind::jpeg || kind == file_kind::png; }

std::optional<shrunk_picture> shrink_picture(std::string_view bytes, file_kind kind, std::uint64_t most) {
    const bool is_jpeg = kind == file_kind::jpeg;
    const auto whole = is_jpeg ? read_jpeg(bytes) : read_png(bytes);
    const auto segments = is_jpeg ? shown_segments(bytes) : std::string();
    if (!whole || segments.size() >= most) return std::nullopt;
    const auto room = most - segments.size();
    std::optional<shrunk_picture> best;
    double fits = 0;
    double too_large = 1;
    double factor = 1;
    for (int tries = 0; tries != most_tries; ++tries) {
        const int width = scaled(whole->width, factor);
        const int height = scaled(whole->height, factor);
        const auto smaller = factor < 1 ? scale_down(*whole, width, height) : *whole;
        auto made = is_jpeg ? write_jpeg(smaller) : write_png(smaller);
        if (made.empty()) return std::nullopt;
        const auto part = static_cast<double>(room) / static_cast<double>(made.size());
        if (is_jpeg) made.insert(2, segments);
        if (part >= 1) best = {std::move(made), width, height};
        (part >= 1 ? fits : too_large) = factor;
        if (fits == 1 || (part >= 1 && part < 1 + close_enough)) break;
        factor = next_factor(factor, part, fits, too_large);
    }
    return best;
}

}  // namespace tool
