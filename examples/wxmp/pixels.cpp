// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include "pixels.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <memory>
#include <png.h>
#include <turbojpeg.h>
#include <utility>

namespace tool {

namespace {

constexpr std::int64_t most_pixels = 200'000'000;
constexpr int jpeg_quality = 90;

struct jpeg_freer {
    void operator()(void* handle) const { tjDestroy(handle); }
    void operator()(unsigned char* bytes) const { tjFree(bytes); }
};
using jpeg_handle = std::unique_ptr<void, jpeg_freer>;

struct png_freer {
    void operator()(png_image* i) const { png_image_free(i); }
};

const unsigned char* unsigned_bytes(std::string_view bytes) {
    return reinterpret_cast<const unsigned char*>(bytes.data());
}

bool fits_memory(std::int64_t width, std::int64_t height) {
    return width > 0 && height > 0 && width * height <= most_pixels;
}

int jpeg_format(int channels) { return channels == 1 ? TJPF_GRAY : channels == 3 ? TJPF_RGB : TJPF_CMYK; }

// Which pixels of a line one of a shorter line stands for, and how much of the first and of the last one.
struct pixel_span {
    int first, last;
    double of_first, of_last;
};

std::vector<pixel_span> spans_of(int longer, int shorter) {
    std::vector<pixel_span> spans;
    for (int i = 0; i != shorter; ++i) {
        const double begin = static_cast<double>(i) * longer / shorter;
        const double end = (i + 1.0) * longer / shorter;
        const int first = static_cast<int>(begin);
        const int last = std::max(static_cast<int>(std::ceil(end)) - 1, first);
        spans.push_back({first, std::min(last, longer - 1), std::min(end, first + 1.0) - begin, end - last});
    }
    return spans;
}

// Colours count as much as they show.
void average(const pixels& from, const pixel_span& across, const pixel_span& down, unsigned char* to) {
    const auto channels = static_cast<std::size_t>(from.channels);
    std::array<double, 4> sums{};
    double area = 0;
    double shown = 0;
    for (int y = down.first; y <= down.last; ++y) {
        const auto at = static_cast<std::size_t>(y) * static_cast<std::size_t>(from.width) +
                        static_cast<std::size_t>(across.first);
        const auto* pixel = from.bytes.data() + at * channels;
        const double of_row = y == down.first ? down.of_first : y == down.last ? down.of_last : 1;
        for (int x = across.first; x <= across.last; ++x, pixel += channels) {
            const double of_column = x == across.first  ? across.of_first
                                     : x == across.last ? across.of_last
                                                        : 1;
            const double part = of_row * of_column;
            const double weight = from.has_alpha ? part * pixel[channels - 1] / 255 : part;
            area += part;
            shown += weight;
            for (std::size_t c = 0; c != channels; ++c) sums[c] += weight * pixel[c];
        }
    }
    for (std::size_t c = 0; c != channels; ++c)
        to[c] = static_cast<unsigned char>(shown > 0 ? sums[c] / shown + 0.5 : 0);
    if (from.has_alpha) to[channels - 1] = static_cast<unsigned char>(255 * shown / area + 0.5);
}

}  // namespace

std::optional<pixels> read_jpeg(std::string_view bytes) {
    const jpeg_handle jpeg(tjInitDecompress());
    pixels made;
    int colours = 0;
    const auto size = static_cast<unsigned long>(bytes.size());
    if (!jpeg || tjDecompressHeader3(jpeg.get(), unsigned_bytes(bytes), size, &made.width, &made.height,
                                     &made.jpeg_sampling, &colours) != 0)
        return std::nullopt;
    if (!fits_memory(made.width, made.height)) return std::nullopt;
    made.channels = colours == TJCS_GRAY ? 1 : colours == TJCS_CMYK || colours == TJCS_YCCK ? 4 : 3;
    made.bytes.resize(static_cast<std::size_t>(made.width) * static_cast<std::size_t>(made.height) *
                      static_cast<std::size_t>(made.channels));
    const auto done = tjDecompress2(jpeg.get(), unsigned_bytes(bytes), size, made.bytes.data(), made.width, 0,
                                    made.height, jpeg_format(made.channels), TJFLAG_ACCURATEDCT);
    // What only warns of it shows it all the same.
    if (done != 0 && tjGetErrorCode(jpeg.get()) != TJERR_WARNING) return std::nullopt;
    return made;
}

std::string write_jpeg(const pixels& from) {
    const jpeg_handle jpeg(tjInitCompress());
    if (!jpeg) return {};
    unsigned char* bytes = nullptr;
    unsigned long size = 0;
    const int sampling = from.channels == 1 ? TJSAMP_GRAY : std::max(from.jpeg_sampling, 0);
    const auto done = tjCompress2(jpeg.get(), from.bytes.data(), from.width, 0, from.height,
                                  jpeg_format(from.channels), &bytes, &size, sampling, jpeg_quality, 0);
    const std::unique_ptr<unsigned char, jpeg_freer> owned(bytes);
    return done == 0 ? std::string(reinterpret_cast<const char*>(bytes), size) : std::string();
}

std::optional<pixels> read_png(std::string_view bytes) {
    png_image png{};
    png.version = PNG_IMAGE_VERSION;
    const std::unique_ptr<png_image, png_freer> frees(&png);
    if (png_image_begin_read_from_memory(&png, bytes.data(), bytes.size()) == 0) return std::nullopt;
    if (!fits_memory(png.width, png.height)) return std::nullopt;
    png.format &= PNG_FORMAT_FLAG_ALPHA | PNG_FORMAT_FLAG_COLOR;
    pixels made{.width = static_cast<int>(png.width), .height = static_cast<int>(png.height)};
    made.has_alpha = (png.format & PNG_FORMAT_FLAG_ALPHA) != 0;
    made.channels = static_cast<int>(PNG_IMAGE_PIXEL_CHANNELS(png.format));
    made.bytes.resize(PNG_IMAGE_SIZE(png));
    if (png_image_finish_read(&png, nullptr, made.bytes.data(), 0, nullptr) == 0) return std::nullopt;
    return made;
}

std::string write_png(const pixels& from) {
    png_image png{};
    png.version = PNG_IMAGE_VERSION;
    png.width = static_cast<png_uint_32>(from.width);
    png.height = static_cast<png_uint_32>(from.height);
    if (from.channels >= 3) png.format |= PNG_FORMAT_FLAG_COLOR;
    if (from.has_alpha) png.format |= PNG_FORMAT_FLAG_ALPHA;
    std::string bytes(PNG_IMAGE_PNG_SIZE_MAX(png), '\0');
    png_alloc_size_t size = bytes.size();
    const auto done = png_image_write_to_memory(&png, bytes.data(), &size, 0, from.bytes.data(), 0, nullptr);
    bytes.resize(done != 0 ? size : 0);
    return bytes;
}

pixels scale_down(const pixels& from, int width, int height) {
    pixels to{width, height, from.channels, from.has_alpha, from.jpeg_sampling, {}};
    const auto channels = static_cast<std::size_t>(from.channels);
    to.bytes.resize(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * channels);
    auto* pixel = to.bytes.data();
    const auto across = spans_of(from.width, width);
    for (const auto& down : spans_of(from.height, height))
        for (const auto& span : across) {
            average(from, span, down, pixel);
            pixel += channels;
        }
    return to;
}

}  // namespace tool
