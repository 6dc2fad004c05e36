// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include <wxmp/codec/utf8.hpp>
#include <wxmp/error/condition.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <limits>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <string_view>
#include <utility>

BOOST_AUTO_TEST_SUITE(error_catalogue)

namespace {

using wxmp::catalogue;
using wxmp::condition;
using wxmp::error_group;
using wxmp::find_known_error;
using wxmp::known_error;
using wxmp::retry_advice;

// The columns of the table after the code; it is tab-separated, without quotes.
enum column { name, meaning, meaning_zh, advice, advice_zh, group, retry, conditions, columns };
using row = std::array<std::string, columns>;

std::map<int, row> table() {
    std::ifstream in(WXMP_TESTS_DIR "/generate/errcodes.tsv");
    BOOST_REQUIRE_MESSAGE(in, "no errcodes.tsv");
    std::map<int, row> rows;
    std::string line;
    std::getline(in, line);
    BOOST_TEST(line == "code\terrmsg\tmeaning\tmeaning_zh\tadvice\tadvice_zh\tcategory\tretry\tconditions");
    while (std::getline(in, line)) {
        const auto tab = line.find('\t');
        row cells;
        std::size_t at = tab;
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

// As the table has them.
std::string conditions_of(const known_error& e) {
    constexpr std::pair<condition, const char*> all[] = {
        {condition::token_rejected, "token_rejected"},       {condition::retryable, "retryable"},
        {condition::rate_limited, "rate_limited"},           {condition::quota_exhausted, "quota_exhausted"},
        {condition::permission_denied, "permission_denied"}, {condition::not_found, "not_found"},
        {condition::outcome_unknown, "outcome_unknown"},
    };
    std::string text;
    for (const auto& [c, word] : all)
        if (e.is(c)) (text += text.empty() ? "" : " ") += word;
    return text;
}

// Whether there is a character from U+4E00 to U+9FFF, whose UTF-8 begins with E4 to E9.
bool has_han(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte >= 0xe4 && byte <= 0xe9;
    });
}

std::string file(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

BOOST_AUTO_TEST_CASE(is_the_table_row_by_row) {
    const auto rows = table();
    BOOST_TEST(rows.size() == catalogue().size());
    for (const auto& k : catalogue()) {
        const auto at = rows.find(k.code);
        BOOST_REQUIRE_MESSAGE(at != rows.end(), k.code);
        const auto& r = at->second;
        BOOST_TEST(k.name == r[name], k.code);
        BOOST_TEST(k.meaning == r[meaning], k.code);
        BOOST_TEST(k.meaning_zh == r[meaning_zh], k.code);
        BOOST_TEST(k.advice == r[advice], k.code);
        BOOST_TEST(k.advice_zh == r[advice_zh], k.code);
        BOOST_TEST(name_of(k.group) == r[group], k.code);
        BOOST_TEST(name_of(k.retry) == r[retry], k.code);
        BOOST_TEST(conditions_of(k) == r[conditions], k.code);
    }
}

BOOST_AUTO_TEST_CASE(is_sorted_without_repeats) {
    const auto all = catalogue();
    const auto not_ascending = [](const auto& a, const auto& b) { return a.code >= b.code; };
    BOOST_CHECK(std::adjacent_find(all.begin(), all.end(), not_ascending) == all.end());
}

BOOST_AUTO_TEST_CASE(every_row_is_found_and_nothing_else) {
    for (const auto& k : catalogue()) BOOST_TEST(find_known_error(k.code) == &k);
    std::size_t found = 0;
    for (int code = -2000; code != 100'000; ++code) found += find_known_error(code) != nullptr;
    for (const auto& k : catalogue()) found += k.code >= 100'000;
    BOOST_TEST(found == catalogue().size());
    for (const int code :
         {std::numeric_limits<int>::min(), -2, 1, 40000, 9001011, std::numeric_limits<int>::max()})
        BOOST_TEST(find_known_error(code) == nullptr);
}

BOOST_AUTO_TEST_CASE(texts_are_single_lines) {
    for (const auto& k : catalogue()) {
        for (const auto text : {k.meaning, k.meaning_zh, k.advice, k.advice_zh})
            BOOST_TEST(!text.empty(), k.code);
        for (const auto text : {k.name, k.meaning, k.meaning_zh, k.advice, k.advice_zh}) {
            BOOST_TEST(wxmp::is_utf8(text));
            BOOST_TEST(std::none_of(text.begin(), text.end(),
                                    [](char c) { return static_cast<unsigned char>(c) < 0x20; }));
        }
        BOOST_TEST(wxmp::make_api_code(k.code).message() == k.meaning);
    }
}

BOOST_AUTO_TEST_CASE(chinese_texts_say_more_than_the_family) {
    const std::set<std::string_view> families = {"留言", "内容",       "素材", "其他", "参数", "权限",
                                                 "发布", "频率与额度", "系统", "凭证", "错误"};
    for (const auto& k : catalogue()) {
        BOOST_TEST(has_han(k.meaning_zh), k.code);
        BOOST_TEST(has_han(k.advice_zh), k.code);
        BOOST_TEST(!has_han(k.meaning), k.code);
        BOOST_TEST(!families.contains(k.meaning_zh), k.code);
    }
}

// A caller who has the words only still knows which code it was.
BOOST_AUTO_TEST_CASE(each_code_has_words_of_its_own) {
    // What tells these apart is not documented.
    const std::set<int> alike = {53403, 53407, 53408};
    std::set<std::string_view> english, chinese, advices;
    for (const auto& k : catalogue()) {
        if (alike.contains(k.code) && k.code != *alike.begin()) continue;
        BOOST_TEST(english.insert(k.meaning).second, k.code << ": " << k.meaning);
        BOOST_TEST(chinese.insert(k.meaning_zh).second, k.code << ": " << k.meaning_zh);
        BOOST_TEST(advices.insert(k.advice).second, k.code << ": " << k.advice);
    }
}

BOOST_AUTO_TEST_CASE(advice_is_one_sentence) {
    for (const auto& k : catalogue()) {
        BOOST_TEST((k.advice.ends_with('.') && k.advice_zh.ends_with("。")), k.code);
        BOOST_TEST(k.advice.find(". ") == k.advice.npos, k.code);
    }
}

// Not that table: what the headers tell users may come.
BOOST_AUTO_TEST_CASE(knows_every_code_that_a_call_names) {
    const std::regex errors("Errors: ([^@]*?)(\\n *\\n|@see|\\*/)");
    const std::regex number("-?\\b[0-9]+\\b");
    const std::sregex_iterator end;
    std::set<int> codes;
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(WXMP_TESTS_DIR "/../include/wxmp/api")) {
        if (!entry.is_regular_file()) continue;
        const auto text = file(entry.path());
        for (std::sregex_iterator p(text.begin(), text.end(), errors); p != end; ++p) {
            const auto paragraph = p->str(1);
            for (std::sregex_iterator n(paragraph.begin(), paragraph.end(), number); n != end; ++n)
                codes.insert(std::stoi(n->str()));
        }
    }
    BOOST_TEST(codes.size() > 40U);
    for (const int code : codes) BOOST_TEST(find_known_error(code) != nullptr, code);
}

BOOST_AUTO_TEST_CASE(knows_what_current_documents_add) {
    for (const int code : {40227, 41039, 45110, 53401, 53402, 53403, 53404, 53405, 53406, 53407, 53408})
        BOOST_TEST(find_known_error(code) != nullptr, code);
    BOOST_TEST(find_known_error(45110)->name == "author size out of limit");
}

BOOST_AUTO_TEST_CASE(says_what_to_do) {
    BOOST_CHECK(find_known_error(40001)->retry == retry_advice::refresh_token);
    BOOST_CHECK(find_known_error(-1)->group == error_group::system);
    BOOST_TEST(find_known_error(45009)->is(condition::quota_exhausted));
    BOOST_TEST(!find_known_error(45009)->is(condition::retryable));
    BOOST_TEST(find_known_error(40164)->advice.find("whitelist") != std::string_view::npos);
    BOOST_TEST(find_known_error(88005)->meaning_zh == "已经回复过");
}

}  // namespace

BOOST_AUTO_TEST_SUITE_END()
