// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// JSON text through our reader and through Boost.JSON, what is written read again, and every instruction set
// against the portable code. The first byte of an input chooses the type, the rest is the text.
#include <wxmp/wxmp.hpp>

#include "../codec/difference.hpp"
#include "../codec/text_engines.hpp"
#include "target.hpp"
#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace wxmp_test;
using comparison = std::string (*)(std::string_view);

constexpr std::array comparisons = {
    comparison(&difference<whole>),
    comparison(&value_difference),
    comparison(&difference<std::vector<std::string>>),
    comparison(&difference<draft::add>),
    comparison(&difference<draft::batchget::response>),
    comparison(&difference<comment::list::response>),
    comparison(&difference<material::get_material::response>),
    comparison(&difference<freepublish::get::response>),
};

}  // namespace

namespace wxmp_fuzz {

void try_json(std::string_view input) {
    if (input.empty()) return;
    const std::string text(input.substr(1));
    const auto compare = comparisons[static_cast<unsigned char>(input[0]) % comparisons.size()];
    for (const auto* e : text_engine::engines) {
        if (!e->available()) continue;
        const use_text_engine in_use(*e);
        require_none(compare(text));
        require(agrees(*e, '"' + text), std::string(e->name) + " differs on: " + text);
    }
}

}  // namespace wxmp_fuzz
