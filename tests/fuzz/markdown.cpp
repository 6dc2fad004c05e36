// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// Any text as Markdown, as the tool `wxmp` reads it: its title, its pictures, its HTML. Needs libcmark.
#include "../../examples/wxmp/markdown.cpp"

#include "target.hpp"
#include <string>
#include <string_view>

namespace wxmp_fuzz {

void try_markdown(std::string_view input) {
    tool::markdown text(input);
    text.take_title();
    for (const auto& p : text.pictures()) {
        require(p.line >= 1, "a picture without a line");
        if (p.target.size() % 2 == 0) text.set_address(p, "http://h/p");
        else text.replace(p, "<b>video</b>");
    }
    require(text.html().find('\0') == std::string::npos, "a NUL in the HTML");
}

}  // namespace wxmp_fuzz
