// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include "file_kind.hpp"

#include <wxmp/codec/filename.hpp>

#include "html_policy.hpp"
#include "language.hpp"
#include <algorithm>
#include <string>

namespace tool {

namespace {

struct kind_facts {
    file_kind kind;
    std::string_view words;
    std::string_view extensions;  // between spaces, the usual one first
};

constexpr kind_facts facts[] = {
    {file_kind::jpeg, tr_noop("a JPG picture"), " jpg jpeg "},
    {file_kind::png, tr_noop("a PNG picture"), " png "},
    {file_kind::gif, tr_noop("a GIF picture"), " gif "},
    {file_kind::bmp, tr_noop("a BMP picture"), " bmp "},
    {file_kind::webp, tr_noop("a WebP picture"), " webp "},
    {file_kind::heic, tr_noop("a HEIC picture"), " heic heif "},
    {file_kind::avif, tr_noop("an AVIF picture"), " avif "},
    {file_kind::tiff, tr_noop("a TIFF picture"), " tiff tif "},
    {file_kind::svg, tr_noop("an SVG drawing"), " svg "},
    {file_kind::mp4, tr_noop("an MP4 video"), " mp4 m4v "},
    {file_kind::quicktime, tr_noop("a QuickTime video"), " mov qt "},
    {file_kind::matroska, tr_noop("a WebM or Matroska video"), " webm mkv "},
    {file_kind::avi, tr_noop("an AVI video"), " avi "},
    {file_kind::pdf, tr_noop("a PDF document"), " pdf "},
    {file_kind::html, tr_noop("an HTML page"), " html htm "},
};

const kind_facts* facts_of(file_kind kind) {
    for (const auto& f : facts)
        if (f.kind == kind) return &f;
    return nullptr;
}

// A file begins with `first`, and has these bytes at this place.
struct signature {
    std::string_view first;
    std::size_t at;
    std::string_view bytes;
    file_kind kind;
};

using namespace std::string_view_literals;

constexpr signature signatures[] = {
    {"\xff\xd8\xff"sv, 0, {}, file_kind::jpeg}, {"\x89PNG\r\n\x1a\n"sv, 0, {}, file_kind::png},
    {"GIF87a"sv, 0, {}, file_kind::gif},        {"GIF89a"sv, 0, {}, file_kind::gif},
    {"BM"sv, 6, "\0\0\0\0"sv, file_kind::bmp},  {"RIFF"sv, 8, "WEBP"sv, file_kind::webp},
    {"RIFF"sv, 8, "AVI "sv, file_kind::avi},    {"II*\0"sv, 0, {}, file_kind::tiff},
    {"MM\0*"sv, 0, {}, file_kind::tiff},        {"\x1a\x45\xdf\xa3"sv, 0, {}, file_kind::matroska},
    {"%PDF-"sv, 0, {}, file_kind::pdf},         {{}, 4, "moov"sv, file_kind::quicktime},
    {{}, 4, "mdat"sv, file_kind::quicktime},    {{}, 4, "wide"sv, file_kind::quicktime},
};

bool has_signature(std::string_view beginning, const signature& s) {
    return beginning.starts_with(s.first) && beginning.size() > s.at &&
           beginning.substr(s.at).starts_with(s.bytes);
}

// Of a file of boxes, by its brand.
file_kind kind_of_brand(std::string_view brand) {
    for (const auto* heic : {"heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1"})
        if (brand == heic) return file_kind::heic;
    if (brand == "avif" || brand == "avis") return file_kind::avif;
    return brand == "qt  " ? file_kind::quicktime : file_kind::mp4;
}

file_kind kind_of_text(std::string_view text) {
    if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
    text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n\f"), text.size()));
    if (!text.starts_with('<')) return file_kind::unknown;
    const auto lower = to_lower_case(text);
    const auto has = [&lower](std::string_view tag) { return lower.find(tag) != lower.npos; };
    if (lower.starts_with("<!doctype html") || has("<html") || has("<head") || has("<body"))
        return file_kind::html;
    if (has("<svg")) return file_kind::svg;
    return lower.starts_with("<?xml") ? file_kind::unknown : file_kind::html;
}

}  // namespace

file_kind kind_of(std::string_view beginning) {
    beginning = beginning.substr(0, telling_bytes);
    if (beginning.size() >= 12 && beginning.substr(4, 4) == "ftyp")
        return kind_of_brand(beginning.substr(8, 4));
    for (const auto& s : signatures)
        if (has_signature(beginning, s)) return s.kind;
    return kind_of_text(beginning);
}

file_kind claimed_kind(std::string_view filename) {
    const auto extension = ' ' + to_lower_case(wxmp::extension_of(filename)) + ' ';
    if (extension.size() == 2) return file_kind::unknown;
    for (const auto& f : facts)
        if (f.extensions.find(extension) != f.extensions.npos) return f.kind;
    return file_kind::unknown;
}

std::string words_of(file_kind kind) {
    const auto* known = facts_of(kind);
    return known ? tr(known->words) : tr("a file of an unknown kind");
}

std::string_view usual_extension(file_kind kind) {
    const auto* known = facts_of(kind);
    return known ? known->extensions.substr(1, known->extensions.find(' ', 1) - 1) : std::string_view();
}

bool is_fit_picture(file_kind kind) {
    return kind == file_kind::jpeg || kind == file_kind::png || kind == file_kind::gif ||
           kind == file_kind::bmp;
}

}  // namespace tool
