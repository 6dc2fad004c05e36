// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// Any text as Content-Disposition, Content-Type and boundary.
#include <wxmp/codec/content_disposition.hpp>
#include <wxmp/codec/multipart_head.hpp>

#include "target.hpp"
#include <string>
#include <string_view>

namespace wxmp_fuzz {

void try_content_disposition(std::string_view input) {
    using namespace wxmp;
    if (const auto boundary = boundary_of(input)) require(!boundary->empty(), "an empty boundary");
    const auto d = content_disposition::parse(input);
    if (d && d->filename) require(is_utf8(*d->filename) || !is_utf8(input), "a filename loses its UTF-8");
}

}  // namespace wxmp_fuzz
