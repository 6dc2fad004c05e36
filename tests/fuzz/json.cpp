// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// JSON text through our reader and through Boost.JSON, what is written read again, and every instruction set
// against the portable code. The first byte of an input chooses the type, the rest is the text.
#include <wxmp/src.hpp>
#include <wxmp/wxmp.hpp>

#include <boost/json/src.hpp>

#include "../codec/difference.hpp"
#include "../codec/text_engines.hpp"
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
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

void require_none(const std::string& difference) {
    if (difference.empty()) return;
    std::fprintf(stderr, "%s\n", difference.c_str());
    std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const std::string text(reinterpret_cast<const char*>(data) + 1, size - 1);
    const auto compare = comparisons[data[0] % comparisons.size()];
    for (const auto* e : all_text_engines()) {
        if (!e->available()) continue;
        const use_text_engine in_use(*e);
        require_none(compare(text));
        if (!agrees(*e, '"' + text)) require_none(std::string(e->name) + " differs on: " + text);
    }
    return 0;
}
