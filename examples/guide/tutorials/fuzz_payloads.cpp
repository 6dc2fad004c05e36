// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
//! [type]
#include <wxmp/testing/mutations.hpp>
#include <wxmp/testing/round_trip.hpp>

#include <boost/json/parse.hpp>

#include <cstdio>
#include <cstdlib>

struct product {
    std::string key;
    std::optional<int> price{};
    std::vector<std::string> tags{};
};
BOOST_DESCRIBE_STRUCT(product, (), (key, price, tags))
//! [type]

//! [target]
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    for (const auto& wrong : wxmp::testing::check_round_trip<product>(text))
        std::puts(wrong.c_str()), std::abort();
    return 0;
}
//! [target]

#ifdef FUZZING
#include <wxmp/src.hpp>

#include <boost/json/src.hpp>
#else
//! [mutations]
int main() {
    const auto good = boost::json::parse(R"({"key":"k","price":1290,"tags":["a","b"]})");
    const auto failures = wxmp::testing::check_mutations<product>(good);
    for (const auto& f : failures) std::puts(f.c_str());
    //! [mutations]
    for (const std::string_view text : {"", "{", R"({"key":"k"})", R"({"key":"\ud800","price":"12"})"})
        LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
    std::printf("%zu failures\n", failures.size());
    return failures.empty() ? 0 : 1;
}
#endif
