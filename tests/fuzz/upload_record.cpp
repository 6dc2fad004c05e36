// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// Any text as the record of an upload: refused, or written as it was read; and an upload resumed from it asks for
// something that can be given, or ends.
#include <wxmp/flow/upload.hpp>

#include "target.hpp"
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace {

using namespace wxmp;
using namespace wxmp_fuzz;

void resume(upload_record r) {
    const auto size = r.filesize;
    upload u(std::move(r));
    const auto a = u.next({});
    if (const auto* f = std::get_if<flows::fetch>(&a))
        require(f->size != 0 && f->offset < size && f->size <= size - f->offset,
                "it reads past the end of its file");
}

}  // namespace

namespace wxmp_fuzz {

void try_upload_record(std::string_view input) {
    // A digest that is right is hardly ever found by chance.
    if (auto r = decode<upload_record>(input)) {
        const auto text = write_upload_record(*r);
        if (text) {
            const auto again = read_upload_record(*text);
            if (again) {
                require(write_upload_record(*again).value() == *text, "it is written otherwise");
                resume(*again);
            } else require(again.error() == errc::bad_record, "another error: " + again.error().message());
        }
    }
    const auto read = read_upload_record(input);
    if (!read) return require(read.error() == errc::bad_record, "another error: " + read.error().message());
    resume(*read);
}

}  // namespace wxmp_fuzz
