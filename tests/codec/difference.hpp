// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TESTS_CODEC_DIFFERENCE_HPP
#define WXMP_TESTS_CODEC_DIFFERENCE_HPP

#include <wxmp/api/freepublish/get.hpp>
#include <wxmp/codec/json_value.hpp>
#include <wxmp/codec/members.hpp>

#include "oracle.hpp"
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// A document read by the text engine and by way of json::value: nothing may differ.
namespace wxmp_test {

using namespace wxmp;

// All forms that a member may have, in one struct.
struct part {
    std::string a;
    std::optional<opaque_id> id{};
    std::optional<sha1_digest> sha{};
    unknown_members others{};
};
BOOST_DESCRIBE_STRUCT(part, (), (a, id, sha, others))

// What most members are, under names of many lengths.
struct usual {
    std::uint64_t id{};
    std::int32_t errcode{};
    flag is_top{};
    std::uint32_t position_in_list{};
    std::chrono::sys_seconds only_fans_can_comment_since{};
    std::string media_id;
    std::optional<std::string> content_source_url{};
    std::optional<flag> need_open_comment{};
    std::optional<std::chrono::sys_seconds> until{};
};
BOOST_DESCRIBE_STRUCT(usual, (),
                      (id, errcode, is_top, position_in_list, only_fans_can_comment_since, media_id,
                       content_source_url, need_open_comment, until))

struct whole {
    std::int64_t number{};
    std::uint8_t small{};
    bool yes{};
    std::string text;
    std::optional<flag> on{};
    std::optional<std::vector<part>> parts{};
    std::optional<part> one{};
    std::optional<usual> most{};
    part must;
    at_most_one<part> few{};
    std::vector<std::vector<std::uint32_t>> matrix{};
    std::optional<constant<"fixed">> fixed{};
    std::optional<freepublish::publication_status> state{};
    unknown_members others{};
};
BOOST_DESCRIBE_STRUCT(whole, (),
                      (number, small, yes, text, on, parts, one, most, must, few, matrix, fixed, state,
                       others))

inline constexpr std::string_view document =
    R"({"number":-12,"small":"7","yes":true,"text":"a\u4e2d\ud83d\ude00\n\"\/",)"
    R"("on":1,"parts":[{"a":"x","id":5,"z":[1.10]},{"a":"y"}],"one":null,)"
    R"("most":{"id":1234567890123,"errcode":0,"is_top":1,"position_in_list":42,)"
    R"("only_fans_can_comment_since":1700000000,"media_id":"m","content_source_url":"https://example.com/",)"
    R"("need_open_comment":0,"until":1},"must":{"a":"","sha":"da39a3ee5e6b4b0d3255bfef95601890afd80709"},)"
    R"("few":[{"a":"b"}],"matrix":[[1,2],[],[3]],"fixed":"fixed","state":2,)"
    R"("later":{"k":[1e400,12345678901234567890123,null]},"x":"\ud800"})";

// A number that no double holds cannot be kept by way of a value; as text it can.
inline const std::string infinite = "not finite";

// What became of a document: the value as text; or the error. The reason why a text is no JSON is not compared.
template <class T> std::string outcome(const result<T>& v) {
    if (v) {
        const auto value = to_value(*v);
        return value ? json::serialize(*value) : infinite;
    }
    const auto& e = v.error();
    return e.code().message() + '@' + (e == errc::bad_json ? "" : e.detail());
}

// Whether there are more digits in a row, with a point, than a double has.
inline bool has_long_numbers(std::string_view text) {
    std::size_t digits = 0;
    for (const char c : text) {
        digits = (c >= '0' && c <= '9') || c == '.' ? digits + 1 : 0;
        if (digits > 15) return true;
    }
    return false;
}

template <class T> result<T> through_value(std::string_view text) {
    const auto v = parse_json(text);
    if (!v) return v.error();
    value_walk::has_long_numbers = has_long_numbers(text);
    return value_walk::run<T>(*v);
}

// Empty, or how the two differ.
template <class T> std::string difference(std::string_view text) {
    const auto want = through_value<T>(text);
    // Boost.JSON rounds what is no integer of 64 bits, and forgets the sign of a zero.
    const bool may_differ = value_walk::met_double || text.find("-0") != text.npos;
    const auto got = decode<T>(text);
    const auto expected = outcome(want);
    const auto differs = [&](std::string_view how, std::string_view found) {
        return std::string(text) + "\n  as a value: " + expected + "\n  " + std::string(how) +
               std::string(found);
    };
    if (expected == infinite) return got ? "" : differs("as text: ", "refused");
    if (!got) return may_differ || outcome(got) == expected ? "" : differs("as text: ", outcome(got));
    // What is kept unread is another text of the same value: by way of that value, both are the same.
    const auto written = encode(*got);
    if (!written) return differs("not written: ", outcome(written));
    if (const auto found = outcome(through_value<T>(*written)); found != expected && !may_differ)
        return differs("as text: ", found);
    if (const auto again = decode<T>(*written); !again || encode(*again).value() != *written)
        return differs("not read again: ", *written);
    // Through its text once more, as Boost.JSON may read a number that it wrote as its neighbour.
    if (want && !may_differ && json::serialize(parse_json(encode(*want).value()).value()) != expected)
        return differs("not written as the value is", "");
    return {};
}

// The same for a value itself, read by our reader and by Boost.JSON's parser.
inline std::string value_difference(std::string_view text) {
    const auto want = parse_json(text);
    const auto got = decode<json::value>(text);
    if (want.has_value() != got.has_value()) return std::string(text) + ": read by one, refused by the other";
    if (!want || json::serialize(*want) == json::serialize(*got)) return {};  // a NaN is not even itself
    return std::string(text) + "\n  by Boost.JSON: " + json::serialize(*want) +
           "\n  here: " + json::serialize(*got);
}

}  // namespace wxmp_test

#endif
