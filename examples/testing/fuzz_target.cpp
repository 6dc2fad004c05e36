// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include <wxmp/src.hpp>
#include <wxmp/testing/round_trip.hpp>

#include <cstdlib>

struct product {
    std::string key;
    std::optional<int> price{};
};
BOOST_DESCRIBE_STRUCT(product, (), (key, price))

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (!wxmp::testing::check_round_trip<product>(text).empty()) std::abort();
    return 0;
}
