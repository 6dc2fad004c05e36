// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// Any bytes as a form: however they are cut, the parts and the error are the same; what is read at once agrees. And as
// each header that a form has. Bytes: a number for the cuts, a boundary, the body.
#include <wxmp/codec/content_disposition.hpp>
#include <wxmp/codec/multipart_head.hpp>
#include <wxmp/codec/multipart_reader.hpp>

#include "target.hpp"
#include <algorithm>
#include <random>
#include <string>
#include <string_view>

namespace {

using namespace wxmp;
using namespace wxmp_fuzz;

struct transcript {
    std::string all{};

    void part_begin(multipart_head&& h) {
        all += "<" + h.name + "|" + h.filename.value_or("-") + "|" + h.content_type + ">";
    }
    void part_data(std::string_view bytes) { all += bytes; }
    void part_end() { all += "<end>"; }
};

constexpr multipart_limits most{.max_parts = 5, .max_header_bytes = 200, .max_part_bytes = 500};

template <class Next> std::string read(const std::string& boundary, std::string_view body, Next next_size) {
    transcript t;
    multipart_reader reader(boundary, most);
    result<void> fed;
    while (!body.empty() && fed) {
        const auto chunk = body.substr(0, next_size());
        fed = reader.feed(chunk, t);
        body.remove_prefix(chunk.size());
    }
    const auto end = reader.finish();
    return t.all + (end ? "complete" : end.error().message());
}

void try_headers(std::string_view value) {
    if (const auto boundary = boundary_of(value)) require(!boundary->empty(), "an empty boundary");
    const auto d = content_disposition::parse(value);
    if (d && d->filename) require(is_utf8(*d->filename) || !is_utf8(value), "a filename loses its UTF-8");
}

}  // namespace

namespace wxmp_fuzz {

void try_multipart_reader(std::string_view input) {
    pieces in(input);
    std::minstd_rand random(in.byte() + 1u);
    const auto boundary = in.below(2) == 0 ? std::string("B") : in.text();
    const auto body = in.rest();
    try_headers(body);
    const auto whole = read(boundary, body, [&] { return body.size(); });
    const auto cut = read(boundary, body, [&] { return std::size_t{1} + random() % 7; });
    const auto by_byte = read(boundary, body, [] { return std::size_t{1}; });
    require(whole == cut && whole == by_byte, "cut otherwise, it reads otherwise:\n" + whole + "\n" + cut);
    const auto parts = read_form("multipart/form-data; boundary=B", body, most);
    if (boundary == "B")
        require(parts.has_value() == whole.ends_with("complete"), "read at once, it is another form");
}

}  // namespace wxmp_fuzz
