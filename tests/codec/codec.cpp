// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include <wxmp/codec/base64.hpp>
#include <wxmp/codec/json_value.hpp>
#include <wxmp/codec/members.hpp>

#include <boost/describe/class.hpp>
#include <boost/json/value_from.hpp>
#include <boost/test/unit_test.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace {

using namespace wxmp;
using std::string_literals::operator""s;

enum class level : std::int32_t { low = 0, high = 5 };
enum class small : std::uint8_t { one = 1 };
enum class shade { dark, light, nameless };

struct inner {
    std::string a;
};
BOOST_DESCRIBE_STRUCT(inner, (), (a))

struct base {
    int id{};
};
BOOST_DESCRIBE_STRUCT(base, (), (id))

struct outer : base {
    std::string name;
    std::optional<int> count{};
    std::vector<inner> list{};
    std::optional<std::vector<inner>> more{};
    std::optional<std::string> delete_{};
    unknown_members others{};
};
BOOST_DESCRIBE_STRUCT(outer, (base), (name, count, list, more, delete_, others))

struct odd_names {
    int x_{};
    int y__{};
    flag on{};
};
BOOST_DESCRIBE_STRUCT(odd_names, (), (x_, y__, on))

struct long_names {
    int name_with_twenty_eight_chars{};
    std::string name_with_twenty_nine_letters{};
    int name_that_is_longer_than_two_of_the_pieces_it_is_copied_by_here{};
};
BOOST_DESCRIBE_STRUCT(long_names, (),
                      (name_with_twenty_eight_chars, name_with_twenty_nine_letters,
                       name_that_is_longer_than_two_of_the_pieces_it_is_copied_by_here))

struct observed {
    std::string text;
    static inline int writes = 0;
};

struct nothing {};
BOOST_DESCRIBE_STRUCT(nothing, (), ())

}  // namespace

template <> struct wxmp::codec<observed> : text_form<observed> {
    static const std::string& text(const observed& v) { return ++observed::writes, v.text; }
    static bool parse(observed& v, std::string_view text) { return v.text = text, true; }
};

template <> struct wxmp::wire_texts<shade> {
    static constexpr wire_text<shade> table[] = {{shade::dark, "暗"}, {shade::light, "light"}};
};

BOOST_AUTO_TEST_SUITE(codec_codec)

namespace {

static_assert(described<outer> && encodable<outer> && encodable<std::vector<outer>> &&
              encodable<std::optional<level>>);
static_assert(!described<std::string> && !encodable<http::body> && !encodable<unknown_members> &&
              !encodable<double>);

// `text` read as a T and written again; or the name of the error and where it is.
template <class T> std::string again(std::string_view text) {
    const auto v = decode<T>(text);
    if (!v) return v.error().code().message() + '@' + v.error().detail();
    return encode(*v).value();
}
constexpr const char* wrong_type = "member has the wrong type@";
constexpr const char* out_of_range = "number is out of range@";

template <class T> void check_whole_numbers() {
    using limits = std::numeric_limits<T>;
    const auto low = std::to_string(limits::min());
    const auto high = std::to_string(limits::max());
    for (const auto& text : {low, high, "0"s, "1"s, "100"s}) {
        BOOST_TEST(again<T>(text) == text);
        BOOST_TEST(again<T>('"' + text + '"') == text);
    }
    if constexpr (sizeof(T) < 8) {
        const auto below = std::to_string(static_cast<std::int64_t>(limits::min()) - 1);
        const auto above = std::to_string(static_cast<std::int64_t>(limits::max()) + 1);
        BOOST_TEST(again<T>(below) == out_of_range);
        BOOST_TEST(again<T>(above) == out_of_range);
        BOOST_TEST(again<T>('"' + above + '"') == out_of_range);
        BOOST_TEST(again<T>(above + ".0") == out_of_range);
    }
    for (const std::string_view text :
         {"1e30", "-1e30", "1.5", "-0.5", "1e400", "99999999999999999999999", "-99999999999999999999999"})
        BOOST_TEST(again<T>(text) == out_of_range, text);
    for (const std::string_view text :
         {"\"\"", "\" 1\"", "\"1 \"", "\"+1\"", "\"1.0\"", "\"1e2\"", "\"0x1\"", "\"one\"", "\"1\\u0000\"",
          "\"--1\"", "\"-\"", "true", "false", "null", "[]", "[1]", "{}"})
        BOOST_TEST(again<T>(text) == wrong_type, text);
    BOOST_TEST(again<T>("\"99999999999999999999999\"") == out_of_range);
    BOOST_TEST(again<T>("1.0") == "1");
    BOOST_TEST(again<T>("1e2") == "100");
    BOOST_TEST(again<T>("-0.0") == "0");
    BOOST_TEST(again<T>("\"007\"") == "7");
}

BOOST_AUTO_TEST_CASE(whole_numbers_of_every_width) {
    check_whole_numbers<std::int8_t>();
    check_whole_numbers<std::int16_t>();
    check_whole_numbers<std::int32_t>();
    check_whole_numbers<std::int64_t>();
    check_whole_numbers<std::uint8_t>();
    check_whole_numbers<std::uint16_t>();
    check_whole_numbers<std::uint32_t>();
    check_whole_numbers<std::uint64_t>();
}

BOOST_AUTO_TEST_CASE(numbers_of_every_length_are_written) {
    std::uint64_t power = 1;
    for (int digits = 1; digits != 21; ++digits, power *= 10)
        for (const std::uint64_t n : {power - 1, power, power + 1, 9 * power, power / 7, 0 - power}) {
            BOOST_TEST(encode(n).value() == std::to_string(n));
            const auto with_sign = static_cast<std::int64_t>(n);
            BOOST_TEST(encode(with_sign).value() == std::to_string(with_sign));
        }
}

BOOST_AUTO_TEST_CASE(ids_beyond_32_and_53_bits_are_exact) {
    for (const std::string text : {"2650177668", "9007199254740993", "9223372036854775807"}) {
        BOOST_TEST(again<std::int64_t>(text) == text);
        BOOST_TEST(again<std::uint64_t>('"' + text + '"') == text);
    }
    BOOST_TEST(again<std::int64_t>("9223372036854775808") == out_of_range);
    BOOST_TEST(again<std::int64_t>("\"9223372036854775808\"") == out_of_range);
    BOOST_TEST(again<std::int64_t>("-9223372036854775809") == out_of_range);
    BOOST_TEST(again<std::uint64_t>("18446744073709551616") == out_of_range);
    BOOST_TEST(again<std::uint64_t>("-1") == out_of_range);
}

// 2^63 and 2^64 are the first that do not fit: the largest that do would be these, if a double rounded them.
BOOST_AUTO_TEST_CASE(floating_point_numbers_at_the_edge) {
    BOOST_TEST(again<std::int64_t>("9223372036854775807.0") == "9223372036854775807");
    BOOST_TEST(again<std::int64_t>("9223372036854775808.0") == out_of_range);
    BOOST_TEST(again<std::int64_t>("9223372036854774784.0") == "9223372036854774784");
    BOOST_TEST(again<std::int64_t>("-9223372036854774784.0") == "-9223372036854774784");
    BOOST_TEST(again<std::int64_t>("-9223372036854777856.0") == out_of_range);
    BOOST_TEST(again<std::uint64_t>("18446744073709551616.0") == out_of_range);
    BOOST_TEST(again<std::uint64_t>("18446744073709549568.0") == "18446744073709549568");
    BOOST_TEST(again<std::uint64_t>("-1.0") == out_of_range);
    BOOST_TEST(again<std::uint64_t>("18446744073709551615.000e0") == "18446744073709551615");
    BOOST_TEST(again<std::int64_t>("1.50e2") == "150");
    BOOST_TEST(again<std::int64_t>("-1500E-2") == "-15");
    BOOST_TEST(again<std::int64_t>("1.5") == out_of_range);
    BOOST_TEST(again<std::int64_t>("1e-1") == out_of_range);
    BOOST_TEST(again<std::int64_t>("-0.00e999999999") == "0");
    BOOST_TEST(again<std::int64_t>("1e999999999") == out_of_range);
    BOOST_TEST(again<std::int64_t>("1e-999999999") == out_of_range);
}

BOOST_AUTO_TEST_CASE(yes_and_no) {
    for (const std::string_view yes : {"true", "1", "\"1\"", "1.0"}) {
        BOOST_TEST(again<bool>(yes) == "true", yes);
        BOOST_TEST(again<flag>(yes) == "1", yes);
    }
    for (const std::string_view no : {"false", "0", "\"0\"", "0.0", "-0"}) {
        BOOST_TEST(again<bool>(no) == "false", no);
        BOOST_TEST(again<flag>(no) == "0", no);
    }
    for (const std::string_view text : {"2", "-1", "\"2\"", "0.5", "1e10"})
        BOOST_TEST(again<flag>(text) == out_of_range, text);
    for (const std::string_view text : {"null", "\"true\"", "\"yes\"", "\"\"", "[]", "{}"})
        BOOST_TEST(again<bool>(text) == wrong_type, text);
}

BOOST_AUTO_TEST_CASE(enumerations_keep_numbers_without_a_name) {
    BOOST_TEST(again<level>("5") == "5");
    BOOST_TEST(again<level>("\"5\"") == "5");
    BOOST_TEST(again<level>("77") == "77");
    BOOST_TEST(again<level>("-77") == "-77");
    BOOST_CHECK(decode<level>("5").value() == level::high);
    BOOST_TEST(again<level>("2147483648") == out_of_range);
    BOOST_TEST(again<small>("255") == "255");
    BOOST_TEST(again<small>("256") == out_of_range);
    BOOST_TEST(again<small>("true") == wrong_type);
}

BOOST_AUTO_TEST_CASE(enumerations_of_texts_know_only_these) {
    BOOST_CHECK(decode<shade>("\"暗\"").value() == shade::dark);
    BOOST_TEST(again<shade>("\"暗\"") == "\"暗\"");
    BOOST_TEST(again<shade>("\"light\"") == "\"light\"");
    for (const std::string_view text :
         {"\"Light\"", "\"\"", "\"light \"", "\"light\\u0000\"", "0", "null", "[\"light\"]"})
        BOOST_TEST(again<shade>(text) == wrong_type, text);
    const auto none = encode(shade::nameless);
    BOOST_REQUIRE(!none);
    BOOST_CHECK(none.error() == errc::out_of_range);
}

BOOST_AUTO_TEST_CASE(texts) {
    for (const std::string_view text : {"\"\"", "\"a\"", "\"中\\\"\\\\\\n\"", "\"a\\u0000b\""})
        BOOST_TEST(again<std::string>(text) == text);
    for (const std::string_view text : {"1", "null", "true", "[]", "{}"})
        BOOST_TEST(again<std::string>(text) == wrong_type, text);
    BOOST_TEST(decode<std::string>("\"a\\u0000b\"").value() == "a\0b"s);
}

BOOST_AUTO_TEST_CASE(odd_fields) {
    BOOST_TEST(again<opaque_id>("\"x1\"") == "\"x1\"");
    BOOST_TEST(again<opaque_id>("2247483647_1") == "not JSON@extra data");
    BOOST_TEST(again<opaque_id>("2650177668") == "\"2650177668\"");
    BOOST_TEST(again<opaque_id>("18446744073709551615") == "\"18446744073709551615\"");
    for (const std::string_view text : {"1.5", "null", "true", "[]", "{}"})
        BOOST_TEST(again<opaque_id>(text) == wrong_type, text);

    BOOST_TEST(again<std::chrono::sys_seconds>("1700000000") == "1700000000");
    BOOST_TEST(again<std::chrono::sys_seconds>("\"-1\"") == "-1");
    BOOST_TEST(again<index_from_0>("\"3\"") == "3");
    BOOST_TEST(again<index_from_1>("4294967295") == "4294967295");
    BOOST_TEST(again<index_from_1>("4294967296") == out_of_range);
    BOOST_TEST(again<index_from_1>("-1") == out_of_range);

    using mpnews = constant<"mpnews">;
    BOOST_TEST(again<mpnews>("\"mpnews\"") == "\"mpnews\"");
    for (const std::string_view text : {"\"mpnew\"", "\"mpnewss\"", "\"mpnews\\u0000\"", "\"\"", "1", "null"})
        BOOST_TEST(again<mpnews>(text) == wrong_type, text);

    constexpr std::string_view sha = "\"da39a3ee5e6b4b0d3255bfef95601890afd80709\"";
    BOOST_TEST(again<sha1_digest>(sha) == sha);
    BOOST_TEST(again<sha1_digest>("\"DA39A3EE5E6B4B0D3255BFEF95601890AFD80709\"") == sha);
    for (const std::string_view text : {"\"\"", "\"da39\"", "1", "null"})
        BOOST_TEST(again<sha1_digest>(text) == wrong_type, text);

    BOOST_TEST(decode<secret>("\"s\"").value().take() == "s");
    BOOST_TEST(again<secret>("\"s\"") == "\"s\"");
    BOOST_TEST(again<secret>("1") == wrong_type);
}

BOOST_AUTO_TEST_CASE(optionals_and_lists) {
    BOOST_CHECK(!decode<std::optional<int>>("null").value());
    BOOST_TEST(again<std::optional<int>>("\"1\"") == "1");
    BOOST_TEST(again<std::optional<int>>("[]") == wrong_type);
    BOOST_TEST(again<std::vector<int>>("[]") == "[]");
    BOOST_TEST(again<std::vector<int>>("[1,\"2\",3.0]") == "[1,2,3]");
    BOOST_TEST(again<std::vector<int>>("[1,null]") == wrong_type + "/1"s);
    BOOST_TEST(again<std::vector<std::vector<int>>>("[[1],[2,3],[]]") == "[[1],[2,3],[]]");
    BOOST_TEST(again<std::vector<std::vector<int>>>("[[1],[2,\"x\"]]") == wrong_type + "/1/1"s);
    for (const std::string_view text : {"{}", "1", "\"[]\"", "null"})
        BOOST_TEST(again<std::vector<int>>(text) == wrong_type, text);
}

BOOST_AUTO_TEST_CASE(structs_with_bases) {
    constexpr std::string_view all =
        R"({"id":7,"name":"n","count":2,"list":[{"a":"x"},{"a":"y"}],"more":[],"delete":"d"})";
    BOOST_TEST(again<outer>(all) == all);
    BOOST_TEST(again<outer>(R"({"list":[],"name":"","id":1})") == R"({"id":1,"name":"","list":[]})");
    BOOST_TEST(again<outer>(R"({"id":1,"name":"","list":[],"count":null,"more":null,"delete":null})") ==
               R"({"id":1,"name":"","list":[]})");
    BOOST_TEST(again<nothing>("{}") == "{}");
    BOOST_TEST(again<nothing>(R"({"a":1})") == "{}");
    for (const std::string_view text : {"[]", "null", "1", "\"{}\""})
        BOOST_TEST(again<nothing>(text) == wrong_type, text);
}

BOOST_AUTO_TEST_CASE(one_trailing_underscore_is_ours) {
    BOOST_TEST(again<odd_names>(R"({"x":1,"y_":2,"on":"1"})") == R"({"x":1,"y_":2,"on":1})");
    BOOST_TEST(again<odd_names>(R"({"x_":1,"y_":2,"on":1})") == "required member is missing@/x");
}

BOOST_AUTO_TEST_CASE(names_of_any_length) {
    const auto text = R"({"name_with_twenty_eight_chars":1,"name_with_twenty_nine_letters":"two",)"
                      R"("name_that_is_longer_than_two_of_the_pieces_it_is_copied_by_here":3})"s;
    BOOST_TEST(encode(long_names{1, "two", 3}).value() == text);
    BOOST_TEST(encode(decode<long_names>(text).value()).value() == text);
}

BOOST_AUTO_TEST_CASE(errors_say_where) {
    BOOST_TEST(again<outer>(R"({"name":"","list":[]})") == "required member is missing@/id");
    BOOST_TEST(again<outer>(R"({"id":1,"name":null,"list":[]})") == "member has the wrong type@/name");
    BOOST_TEST(again<outer>(R"({"id":1,"name":"","list":[{"a":"x"},{}]})") ==
               "required member is missing@/list/1/a");
    BOOST_TEST(again<outer>(R"({"id":1,"name":"","list":[],"more":[{"a":1}]})") ==
               "member has the wrong type@/more/0/a");
    BOOST_TEST(again<outer>(R"({"id":1e99,"name":"","list":[]})") == "number is out of range@/id");
    BOOST_TEST(again<outer>("{\"id\":1") == "not JSON@incomplete JSON");
}

BOOST_AUTO_TEST_CASE(a_string_that_is_cut_is_incomplete) {
    const std::string text(100, 'x');
    for (const auto& cut : {text, "\\n" + text, "中" + text, "\x01" + text, text + "\\"}) {
        BOOST_TEST(again<std::string>('"' + cut) == "not JSON@incomplete JSON", cut);
        BOOST_TEST(again<outer>(R"({"id":1,"unknown":")" + cut) == "not JSON@incomplete JSON", cut);
    }
}

BOOST_AUTO_TEST_CASE(a_text_is_appended_to_what_is_there) {
    std::string out = "before";
    BOOST_TEST(encode_to(out, inner{"x"}).has_value());
    BOOST_TEST(out == R"(before{"a":"x"})");
    BOOST_TEST(!encode_to(out, inner{"\xff"}));
    BOOST_TEST(!encode_to(out, json::value{json::array{1, "\xff"}}));
    BOOST_TEST(out == R"(before{"a":"x"})");
}

BOOST_AUTO_TEST_CASE(base64_is_that_of_the_standard_without_padding) {
    const std::pair<std::string_view, std::string_view> pairs[] = {
        {"", ""}, {"f", "Zg"}, {"fo", "Zm8"}, {"foo", "Zm9v"}, {"foob", "Zm9vYg"}, {"\xfb\xff\xfe", "+//+"}};
    for (const auto& [bytes, text] : pairs) {
        BOOST_TEST(to_base64(bytes) == text);
        BOOST_TEST(from_base64(text).value() == bytes);
    }
    // Six bits too many, bits that no byte has, padding, and other characters.
    for (const std::string_view text : {"A", "Zm9vA", "Zh", "Zm9", "Zg==", "Z g", "Zg\n", "-_", "中"})
        BOOST_TEST(!from_base64(text).has_value(), text);
}

BOOST_AUTO_TEST_CASE(the_last_of_equal_names_counts) {
    BOOST_TEST(again<inner>(R"({"a":"first","a":"last"})") == R"({"a":"last"})");
    BOOST_TEST(again<outer>(R"({"id":1,"name":"","list":[],"x":1,"x":2})") ==
               R"({"id":1,"name":"","list":[],"x":2})");
}

// Where the first one was. Few are compared with each other, many found by a table.
BOOST_AUTO_TEST_CASE(the_last_of_equal_unknown_names_counts_among_any_number) {
    for (std::size_t names = 1; names != 60; ++names) {
        outer v{{1}, "n", {}, {}, {}, {}, {}};
        std::string sent, kept;
        // Told once, twice or three times.
        for (std::size_t round = 0; round != 3; ++round)
            for (std::size_t i = 0; i != names; ++i) {
                if (round > i % 3) continue;
                const auto name = "x" + std::to_string(i);
                v.others.entries.push_back({name, std::to_string(100 * round + i)});
                sent += ",\"" + name + "\":" + v.others.entries.back().json;
            }
        for (std::size_t i = 0; i != names; ++i)
            kept += ",\"x" + std::to_string(i) + "\":" + std::to_string(100 * (i % 3) + i);
        const std::string known = R"("id":1,"name":"n","list":[])";
        BOOST_TEST(encode(v).value() == "{" + known + kept + "}");
        BOOST_TEST(again<outer>("{" + known + sent + "}") == "{" + known + kept + "}");
    }
}

BOOST_AUTO_TEST_CASE(unknown_members_are_kept_in_order_and_sent_last) {
    constexpr std::string_view in =
        R"({"z":{"b":[1,{"c":null}],"a":"\u4e2d\/"},"id":1,"":true,"name":"n","a/~":0,"list":[],"m":18446744073709551615})";
    const auto v = decode<outer>(in).value();
    BOOST_REQUIRE(v.others.entries.size() == 4u);
    BOOST_TEST(v.others.entries[0].name == "z");
    BOOST_TEST(v.others.entries[0].json == R"({"b":[1,{"c":null}],"a":"\u4e2d\/"})");
    BOOST_TEST(
        encode(v).value() ==
        R"({"id":1,"name":"n","list":[],"z":{"b":[1,{"c":null}],"a":"\u4e2d\/"},"":true,"a/~":0,"m":18446744073709551615})");
    BOOST_TEST(again<inner>(R"({"a":"x","b":1})") == R"({"a":"x"})");
    // Even one that is called as the C++ member that keeps them.
    BOOST_TEST(again<outer>(R"({"id":1,"name":"","list":[],"others":2})") ==
               R"({"id":1,"name":"","list":[],"others":2})");
}

BOOST_AUTO_TEST_CASE(names_in_pointers_are_escaped) {
    outer v{{1}, "n", {}, {}, {}, {}, {}};
    v.others.entries = {{"a/b~c~1", "]"}};
    const auto bad = encode(v);
    BOOST_REQUIRE(!bad);
    BOOST_CHECK(bad.error() == errc::bad_json);
    BOOST_TEST(bad.error().detail() == "/a~1b~0c~01");
}

BOOST_AUTO_TEST_CASE(unknown_members_that_are_no_json_are_refused) {
    outer v{{1}, "n", {}, {}, {}, {}, {}};
    for (const std::string json : {"", "{", "1 2", "nul", "1,\"x\":2"}) {
        v.others.entries = {{"x", json}};
        const auto bad = encode(v);
        BOOST_TEST((!bad && bad.error() == errc::bad_json && bad.error().detail() == "/x"), json);
    }
    v.others.entries = {{"x", std::string(65, '[') + std::string(65, ']')}};
    BOOST_TEST((encode(v).error() == errc::too_deep));
    v.others.entries = {{"\xff", "1"}};
    BOOST_TEST((encode(v).error() == errc::invalid_utf8));
}

BOOST_AUTO_TEST_CASE(text_that_is_not_utf8_is_not_sent) {
    outer v{{1}, "n", {}, {{"good"}, {"bad\xff"}}, {}, {}, {}};
    const auto bad = encode(v);
    BOOST_REQUIRE(!bad);
    BOOST_CHECK(bad.error() == errc::invalid_utf8);
    BOOST_TEST(bad.error().detail() == "/list/1/a");
    BOOST_TEST((encode(opaque_id("\x80")).error() == errc::invalid_utf8));
    const auto hidden = encode(secret("SECRET\xc0"));
    BOOST_REQUIRE(!hidden);
    BOOST_TEST(hidden.error().message().find("SECRET") == std::string::npos);
}

// Of texts that fit on the stack, that fit into the first room, and that have more escapes than it was made for.
BOOST_AUTO_TEST_CASE(texts_of_any_size_and_escapes_are_written) {
    for (std::size_t size = 900; size < 3000; size += 97)
        for (const std::size_t step : {1u, 2u, 50u, 5000u}) {
            std::string text(size, 'a');
            for (std::size_t i = 0; i < size; i += step) text[i] = '\x01';
            std::string out = "before";
            BOOST_TEST(encode_to(out, text).has_value());
            BOOST_TEST(out.starts_with("before\""));
            BOOST_TEST((decode<std::string>(std::string_view(out).substr(6)).value() == text));
            text += '\xff';
            const auto kept = out;
            BOOST_TEST((encode_to(out, text).error() == errc::invalid_utf8));
            BOOST_TEST((out == kept));
        }
}

// The stack has room for 1024 bytes, and a string gets its room in steps of 16 KiB.
BOOST_AUTO_TEST_CASE(pieces_at_each_border_of_the_room_are_written) {
    for (const std::size_t border : {1024u, 16384u, 32768u})
        for (std::size_t before = border - 70; before != border + 10; ++before) {
            const std::vector<std::string> texts{std::string(before, 'a'), "\"", "\x01中\n",
                                                 std::string(60, '\\'), ""};
            BOOST_TEST_REQUIRE(encode(texts).value() == json::serialize(json::value_from(texts)));
            std::vector<std::int64_t> numbers(before / 4, 123);
            numbers.insert(numbers.end(), {before % 4 == 0 ? 4 : 44, -1, 1'234'567'890'123, 0});
            BOOST_TEST_REQUIRE(encode(numbers).value() == json::serialize(json::value_from(numbers)));
            const inner last{std::string(before, 'b')};
            BOOST_TEST_REQUIRE(encode(last).value() == "{\"a\":\"" + last.a + "\"}");
            const outer object{{1}, last.a, 2, {{"c"}, {"d"}}, {}, {}, {}};
            BOOST_TEST_REQUIRE(encode(object).value() == "{\"id\":1,\"name\":\"" + object.name +
                                                             R"(","count":2,"list":[{"a":"c"},{"a":"d"}]})");
        }
}

BOOST_AUTO_TEST_CASE(a_text_is_written_as_often_as_its_size_takes) {
    for (const auto& [size, times] : {std::pair(10u, 1), std::pair(5000u, 2)}) {
        const observed v{std::string(size, 'x')};
        observed::writes = 0;
        BOOST_TEST(encode(v).value().size() == size + 2);
        BOOST_TEST(observed::writes == times);
        std::string out;
        BOOST_TEST(encode_to(out, v).has_value());
        BOOST_TEST(observed::writes == 2 * times);
    }
}

BOOST_AUTO_TEST_CASE(what_has_no_room_is_only_counted) {
    char room[10];
    std::optional<error> fault;
    json_writer out(room, sizeof room);
    out.raw("[[[[[");
    BOOST_TEST((out.size() == 5 && out.is_complete()));
    out.raw("\"1234\",");
    BOOST_TEST((out.size() == 12 && !out.is_complete()));
    out.raw(",");
    out.number(-123);
    BOOST_TEST(out.text("ab", json_path(fault)));
    BOOST_TEST(out.size() == 12 + 1 + 4 + 4);
    BOOST_TEST(std::string_view(room, 5) == "[[[[[");
}

// What is on the stack at first moves to the list, of which more may follow.
BOOST_AUTO_TEST_CASE(lists_of_any_size_are_read) {
    for (std::size_t size = 0; size < 5000; size = size < 20 ? size + 1 : size * 5 / 4) {
        std::vector<std::string> texts;
        std::vector<std::int64_t> numbers;
        for (std::size_t i = 0; i != size; ++i) {
            numbers.push_back(static_cast<std::int64_t>(i));
            texts.push_back(std::string(i % 40, 'a') + std::to_string(i));
        }
        BOOST_TEST_REQUIRE(
            (decode<std::vector<std::int64_t>>(json::serialize(json::value_from(numbers))).value() ==
             numbers));
        BOOST_TEST_REQUIRE(
            (decode<std::vector<std::string>>(json::serialize(json::value_from(texts))).value() == texts));
    }
    std::string text = "[";
    for (int i = 0; i != 3000; ++i) text += "1,";
    BOOST_TEST((decode<std::vector<int>>(text + "{}]").error() == error(errc::wrong_type, "/3000")));
}

BOOST_AUTO_TEST_CASE(a_value_and_its_text_agree) {
    const auto v = from_value<outer>(json::parse(R"({"id":"1","name":"n","list":[]})")).value();
    BOOST_TEST(json::serialize(to_value(v).value()) == encode(v).value());
    BOOST_TEST((from_value<outer>(json::value(1)).error() == errc::wrong_type));
    const auto deep = decode<nothing>(R"({"a":[[1]]})", 2);
    BOOST_TEST((!deep && deep.error() == errc::too_deep));
}

}  // namespace

BOOST_AUTO_TEST_SUITE_END()
