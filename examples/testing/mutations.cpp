// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include <wxmp/testing/mutations.hpp>

#include <boost/json/parse.hpp>

#include <cstdio>

struct product {
    std::string key;             // required
    std::optional<int> price{};  // optional
};
BOOST_DESCRIBE_STRUCT(product, (), (key, price))

int main() {
    const auto good = boost::json::parse(R"({"key":"k","price":1290})");
    const auto failures = wxmp::testing::check_mutations<product>(good);
    for (const auto& f : failures) std::puts(f.c_str());
    return failures.empty() ? 0 : 1;
}
