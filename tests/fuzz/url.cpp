// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// Any text in URLs: encoded and decoded it is the same; a redacted URL shows no user, and no value of a secret's name. And
// any text with any secrets: what is left shows no eight characters of one in a row.
#include <wxmp/codec/url.hpp>
#include <wxmp/data/redact.hpp>

#include "target.hpp"
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace wxmp;
using namespace wxmp_fuzz;

const std::string canary = "CANARY0123456789";

bool shows_canary(const std::string& text) {
    const std::vector<secret> secrets{secret(canary)};
    return redact(text, secrets) != text;
}

std::string in_lower_case(std::string text) {
    for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    return text;
}

void try_secrets(std::string_view input) {
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

}  // namespace

namespace wxmp_fuzz {

void try_url(std::string_view input) {
    try_secrets(input);
    const std::string text(input);
    require(percent_decode(percent_encode(text)).value() == text, "percent-encoding loses a byte");
    if (const auto target = parse_target(text))
        for (const auto& [name, value] : target->query)
            require(target->find(name) != nullptr, "a name is lost");
    if (shows_canary(text)) return;

    for (const auto& url : {text + "&access_token=" + canary, text + "#token=" + canary + "/" + text,
                            "https://user:" + canary + "@h/" + text}) {
        const auto redacted = redact_url(url);
        require(!shows_canary(redacted), "it shows a secret: " + redacted);
    }
}

}  // namespace wxmp_fuzz
