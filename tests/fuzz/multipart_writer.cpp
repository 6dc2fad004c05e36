// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// Forms of any parts: refused with the name of what is wrong, or read as they were written.
#include <wxmp/codec/multipart_reader.hpp>
#include <wxmp/codec/multipart_writer.hpp>

#include "target.hpp"
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using namespace wxmp;
using namespace wxmp_fuzz;

// A quote is written as %22, as browsers do: a name that has %22 itself is read as one with a quote.
std::string as_read(std::string name) {
    for (auto at = name.find("%22"); at != name.npos; at = name.find("%22", at)) name.replace(at, 3, 1, '"');
    return name;
}

struct written {
    std::string name;
    std::optional<std::string> filename;
    std::string data;
};

}  // namespace

namespace wxmp_fuzz {

void try_multipart_writer(std::string_view input) {
    pieces in(input);
    form_data form;
    std::vector<written> all;
    std::uint64_t random = in.byte();
    while (!in.at_end() && all.size() != 8) {
        written w{in.text(), std::nullopt, {}};
        if (in.below(2) == 1) w.filename = in.text();
        w.data = in.text();
        if (w.filename) form.add_file(w.name, {*w.filename, http::body(w.data)});
        else form.add_text(w.name, w.data);
        all.push_back(std::move(w));
    }
    const auto encoded = form.encode([&random] { return random++; });
    if (!encoded) return require(!encoded.error().detail().empty(), "refused without a reason");
    const auto bytes = encoded->body.text();
    const auto parts = read_form(encoded->content_type, bytes);
    require(parts.has_value() && parts->size() == all.size(), "a form is not read as it was written");
    for (std::size_t i = 0; i != all.size(); ++i) {
        const auto& got = (*parts)[i];
        require(got.name == as_read(all[i].name) && got.data == all[i].data,
                "part " + std::to_string(i) + " differs");
        require(got.filename.has_value() == all[i].filename.has_value(), "a file is none");
        if (got.filename)
            require(*got.filename == as_read(std::string(without_folders(*all[i].filename))),
                    "another filename: " + *got.filename);
    }
}

}  // namespace wxmp_fuzz
