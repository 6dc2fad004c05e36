// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// Any text with any secrets: what is left shows no eight characters of one in a row.
#include <wxmp/data/redact.hpp>

#include "target.hpp"
#include <cctype>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace wxmp;

std::string in_lower_case(std::string text) {
    for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    return text;
}

}  // namespace

namespace wxmp_fuzz {

void try_redact(std::string_view input) {
    pieces in(input);
    const auto hidden = in.text();
    const std::vector<secret> secrets{secret(hidden), secret(in.text())};
    auto text = in.text();
    text += hidden.substr(0, in.byte());
    text += in.rest();
    const auto redacted = in_lower_case(redact(text, secrets));
    const auto of = in_lower_case(hidden);
    for (std::size_t i = 0; i + 8 <= of.size(); ++i) {
        const auto part = of.substr(i, 8);
        if (part.find('*') == part.npos) require(redacted.find(part) == redacted.npos, "it shows " + part);
    }
}

}  // namespace wxmp_fuzz
