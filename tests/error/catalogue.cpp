// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include <wxmp/codec/utf8.hpp>
#include <wxmp/error/errc.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <fstream>
#include <limits>
#include <map>
#include <string>
#include <string_view>

namespace {

using wxmp::catalogue;
using wxmp::error_group;
using wxmp::find_known_error;
using wxmp::retry_advice;

static_assert(find_known_error(40001)->retry == retry_advice::refresh_token);
static_assert(find_known_error(-1)->group == error_group::system);
static_assert(find_known_error(123456789) == nullptr);

// Tab-separated, without quotes: code, errmsg, meaning, category, retry.
std::map<int, std::array<std::string, 4>> table() {
    std::ifstream in(WXMP_TESTS_DIR "/generate/errcodes.tsv");
    BOOST_REQUIRE_MESSAGE(in, "no errcodes.tsv");
    std::map<int, std::array<std::string, 4>> rows;
    std::string                               line;
    std::getline(in, line);
    BOOST_TEST(line == "code\terrmsg\tmeaning\tcategory\tretry");
    while (std::getline(in, line)) {
        const auto                 tab = line.find('\t');
        std::array<std::string, 4> cells;
        std::size_t                at = tab;
        for (auto& cell : cells) {
            BOOST_REQUIRE_MESSAGE(at != line.npos, line);
            const auto next = line.find('\t', at + 1);
            cell = line.substr(at + 1, next == line.npos ? next : next - at - 1);
            at = next;
        }
        BOOST_TEST((at == line.npos), line);
        BOOST_TEST(rows.emplace(std::stoi(line.substr(0, tab)), cells).second, line);
    }
    return rows;
}

std::string_view name_of(error_group g) {
    switch (g) {
    case error_group::comment: return "comment";
    case error_group::content: return "content";
    case error_group::media: return "media";
    case error_group::other: return "other";
    case error_group::parameter: return "parameter";
    case error_group::permission: return "permission";
    case error_group::publish: return "publish";
    case error_group::quota: return "quota";
    case error_group::system: return "system";
    case error_group::token: return "token";
    }
    return "?";
}

std::string_view name_of(retry_advice r) {
    switch (r) {
    case retry_advice::never: return "never";
    case retry_advice::backoff: return "backoff";
    case retry_advice::refresh_token: return "refresh_token";
    case retry_advice::next_day: return "next_day";
    }
    return "?";
}

BOOST_AUTO_TEST_SUITE(error_catalogue)

BOOST_AUTO_TEST_CASE(is_the_table_row_by_row) {
    const auto rows = table();
    BOOST_TEST(rows.size() == std::size(catalogue));
    for (const auto& k : catalogue) {
        const auto row = rows.find(k.code);
        BOOST_REQUIRE_MESSAGE(row != rows.end(), k.code);
        BOOST_TEST(k.name == row->second[0], k.code);
        BOOST_TEST(k.meaning == row->second[1], k.code);
        BOOST_TEST(name_of(k.group) == row->second[2], k.code);
        BOOST_TEST(name_of(k.retry) == row->second[3], k.code);
    }
}

BOOST_AUTO_TEST_CASE(is_sorted_without_repeats) {
    const auto not_ascending = [](const auto& a, const auto& b) { return a.code >= b.code; };
    BOOST_CHECK(std::adjacent_find(std::begin(catalogue), std::end(catalogue), not_ascending) ==
                std::end(catalogue));
}

BOOST_AUTO_TEST_CASE(every_row_is_found_and_nothing_else) {
    for (const auto& k : catalogue) BOOST_TEST(find_known_error(k.code) == &k);
    std::size_t found = 0;
    for (int code = -2000; code != 100'000; ++code) found += find_known_error(code) != nullptr;
    for (const auto& k : catalogue) found += k.code >= 100'000;
    BOOST_TEST(found == std::size(catalogue));
    for (const int code :
         {std::numeric_limits<int>::min(), -2, 1, 40000, 9001011, std::numeric_limits<int>::max()})
        BOOST_TEST(find_known_error(code) == nullptr);
}

BOOST_AUTO_TEST_CASE(meanings_are_single_lines) {
    for (const auto& k : catalogue) {
        BOOST_TEST(!k.meaning.empty());
        for (const auto text : {k.name, k.meaning}) {
            BOOST_TEST(wxmp::is_utf8(text));
            BOOST_TEST(std::none_of(text.begin(), text.end(),
                                    [](char c) { return static_cast<unsigned char>(c) < 0x20; }));
        }
        BOOST_TEST(wxmp::make_api_code(k.code).message() == k.meaning);
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
