// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include <wxmp/testing/golden.hpp>

#include <cstdio>

struct count_by_author {  // a call that the library does not have
    static constexpr wxmp::endpoint at = wxmp::endpoint::post_json("/cgi-bin/draft/count_by_author");
    struct response {
        std::uint64_t total_count{};
    };
    std::string author;
};
BOOST_DESCRIBE_STRUCT(count_by_author, (), (author))
BOOST_DESCRIBE_STRUCT(count_by_author::response, (), (total_count))

int main() {
    const auto failures = wxmp::testing::check_golden_file<count_by_author>("golden", "count_by_author.json");
    for (const auto& f : failures) std::puts(f.c_str());
    return failures.empty() ? 0 : 1;
}
