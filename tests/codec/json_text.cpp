// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include <wxmp/codec/json_value.hpp>
#include <wxmp/codec/utf8.hpp>

#include <boost/test/unit_test.hpp>

#include "../thorough.hpp"
#include <random>
#include <string>
#include <string_view>

BOOST_AUTO_TEST_SUITE(codec_json_text)

namespace {

namespace json = wxmp::json;
using wxmp::errc;

// The text of a document that is one string, or `refused`.
std::string text_of(std::string_view literal) {
    const auto v = wxmp::decode<json::value>(literal);
    return v && v->is_string() ? std::string(v->as_string()) : "refused";
}

std::string in_quotes(std::string_view raw) { return '"' + std::string(raw) + '"'; }

std::string nested(std::size_t depth, std::string_view open, std::string_view close) {
    std::string text;
    for (std::size_t i = 0; i != depth; ++i) text += open;
    text += '1';
    for (std::size_t i = 0; i != depth; ++i) text += close;
    return text;
}

bool is_refused(std::string_view text, errc e = errc::bad_json) {
    const auto v = wxmp::decode<json::value>(text);
    return !v && v.error() == e;
}

BOOST_AUTO_TEST_CASE(raw_control_characters_in_strings_are_kept) {
    for (int c = 0; c != 0x20; ++c) {
        const std::string raw{'a', static_cast<char>(c), 'b'};
        BOOST_TEST(text_of(in_quotes(raw)) == raw, c);
        const auto as_key = wxmp::decode<json::value>('{' + in_quotes(raw) + ":1}");
        BOOST_REQUIRE(as_key);
        BOOST_TEST(as_key->as_object().contains(raw), c);
    }
    BOOST_TEST(text_of("\"\x7f\"") == "\x7f");
}

BOOST_AUTO_TEST_CASE(control_characters_elsewhere_are_blanks_or_refused) {
    for (int c = 0; c != 0x20; ++c) {
        const bool is_blank = c == '\t' || c == '\n' || c == '\r';
        const auto text = std::string("[") + static_cast<char>(c) + "1]";
        BOOST_TEST(wxmp::decode<json::value>(text).has_value() == is_blank, c);
    }
}

BOOST_AUTO_TEST_CASE(invalid_utf8_in_strings_is_replaced) {
    const std::string r(wxmp::replacement_character);
    BOOST_TEST(text_of("\"a\xff\x62\"") == "a" + r + "b");
    BOOST_TEST(text_of("\"\xc3(\"") == r + "(");
    BOOST_TEST(text_of("\"\xe4\xb8\"") == r);
    BOOST_TEST(text_of("\"\xe4\xb8\xad\xe4\xb8\"") == "中" + r);
    BOOST_TEST(text_of("\"\xf0\x9f\x98\"") == r);
    BOOST_TEST(text_of("\"\xed\xa0\x80\"") == r + r + r);
    BOOST_TEST(text_of("\"\xc0\xaf\"") == r + r);
    BOOST_TEST(text_of("\"\xf4\x90\x80\x80\"") == r + r + r + r);
    const auto key = wxmp::decode<json::value>("{\"\xff\":1}");
    BOOST_REQUIRE(key);
    BOOST_TEST(key->as_object().contains(r));
    BOOST_TEST(is_refused("[1\xff]"));
}

BOOST_AUTO_TEST_CASE(a_cut_character_does_not_swallow_what_follows) {
    const std::string r(wxmp::replacement_character);
    BOOST_TEST(text_of("\"\xe4\\\"b\"") == r + "\"b");
    BOOST_TEST(text_of("\"\xe4\xb8\\n\"") == r + "\n");
    const auto v = wxmp::decode<json::value>("{\"a\":\"\xe4\",\"b\":\"\xf0\x9f\"}");
    BOOST_REQUIRE(v);
    BOOST_TEST(std::string(v->at("a").as_string()) == r);
    BOOST_TEST(std::string(v->at("b").as_string()) == r);
}

BOOST_AUTO_TEST_CASE(escapes) {
    const std::string r(wxmp::replacement_character);
    BOOST_TEST(text_of(R"("\"\\\/\b\f\n\r\t\u0041\u4e2d\u4E2D")") == "\"\\/\b\f\n\r\tA中中");
    BOOST_TEST(text_of(R"("http:\/\/mmbiz.qpic.cn\/x")") == "http://mmbiz.qpic.cn/x");
    BOOST_TEST(text_of(R"("\ud83d\ude00")") == "\xf0\x9f\x98\x80");
    BOOST_TEST(text_of(R"("\uD83D\uDE00\uD83D\uDE00")") == "\xf0\x9f\x98\x80\xf0\x9f\x98\x80");
    BOOST_TEST(text_of(R"("\u0000")") == std::string(1, '\0'));
    BOOST_TEST(text_of(R"("\\ud800")") == R"(\ud800)");
    for (const std::string_view bad :
         {R"("\x")", R"("\u12")", R"("\u12g4")", R"("\")", R"("\U0041")", R"("\u")", R"("\ud83d\u12")"})
        BOOST_TEST(is_refused(bad), bad);
    BOOST_TEST(is_refused("\"\\\n\""));
    BOOST_TEST(is_refused("\"\\\xff\""));
}

BOOST_AUTO_TEST_CASE(lone_surrogates_are_replaced) {
    const std::string r(wxmp::replacement_character);
    BOOST_TEST(text_of(R"("a\ud83db")") == "a" + r + "b");
    BOOST_TEST(text_of(R"("a\ude00b")") == "a" + r + "b");
    BOOST_TEST(text_of(R"("\ud83d")") == r);
    BOOST_TEST(text_of(R"("\ud83d\ud83d\ude00")") == r + "\xf0\x9f\x98\x80");
    BOOST_TEST(text_of(R"("\ude00\ud83d")") == r + r);
    BOOST_TEST(text_of(R"("\ud83d\u0041")") == r + "A");
    BOOST_TEST(text_of(R"("\ud83d\n")") == r + "\n");
    BOOST_TEST(text_of(R"("\ud83d\\ude00")") == r + R"(\ude00)");
    BOOST_TEST(text_of("\"\\ud83d\xff\"") == r + r);
}

BOOST_AUTO_TEST_CASE(everything_else_is_strict) {
    // clang-format off
    for (const std::string_view bad :
         {"", " ", "{", "}", "[", "]", "[1,]", "[,1]", "{\"a\":1,}", "{\"a\" 1}", "{a:1}", "{'a':1}",
          "{\"a\":1 \"b\":2}", "nul", "True", "NaN", "Infinity", "-Infinity", "+1", "01", "1.", ".5", "-", "1e",
          "1e+", "0x10", "1 2", "{}{}", "{}x", "[1]]", "// no\n1", "1 // no", "/* no */1", "\xef\xbb\xbf{}",
          "\xef\xbb\xbf", "{}\xef\xbb\xbf", "\"a", "a\"", "'a'", "\"a\"\"b\"", "\xa0" "1",
          "{\"errcode\":0}\xff", "<html></html>", "(function(){})"})
        // clang-format on
        BOOST_TEST(is_refused(bad), bad);
    using namespace std::string_view_literals;
    for (const auto bad : {"\0"sv, "{}\0"sv, "[1\0]"sv, "1\0"sv, "\0{}"sv}) BOOST_TEST(is_refused(bad));
}

BOOST_AUTO_TEST_CASE(blanks_around_the_document) {
    for (const std::string_view good : {" \t\r\n{} \t\r\n", "\n[ ]\n", " 1 ", "\"\"\n"})
        BOOST_TEST(wxmp::decode<json::value>(good).has_value());
}

BOOST_AUTO_TEST_CASE(nesting_up_to_the_limit) {
    BOOST_TEST(wxmp::default_max_depth == 64u);
    for (const auto& [open, close] :
         {std::pair("[", "]"), std::pair("{\"a\":", "}"), std::pair(" [ ", " ] ")}) {
        BOOST_TEST(wxmp::decode<json::value>(nested(64, open, close)).has_value());
        BOOST_TEST(is_refused(nested(65, open, close), errc::too_deep));
        BOOST_TEST(wxmp::decode<json::value>(nested(100, open, close), 100).has_value());
        const auto shallow = wxmp::decode<json::value>(nested(2, open, close), 1);
        BOOST_TEST((!shallow && shallow.error() == errc::too_deep));
        BOOST_TEST(wxmp::decode<json::value>(nested(1, open, close), 1).has_value());
    }
}

BOOST_AUTO_TEST_CASE(deep_bombs_are_refused_at_the_limit) {
    for (const std::string_view open : {"[", "{\"a\":", "[{\"a\":", " [\n"}) {
        std::string bomb;
        while (bomb.size() < 1'000'000) bomb += open;
        BOOST_TEST(is_refused(bomb, errc::too_deep));
    }
    BOOST_TEST(is_refused(std::string(1'000'000, ']')));
    BOOST_TEST(is_refused(std::string(1'000'000, '"') + '\\'));
    BOOST_TEST(is_refused('"' + std::string(1'000'001, '\\')));
}

BOOST_AUTO_TEST_CASE(brackets_in_strings_do_not_nest) {
    BOOST_TEST(wxmp::decode<json::value>(in_quotes(std::string(1000, '['))).has_value());
    BOOST_TEST(wxmp::decode<json::value>("[\"\\\"[[[\",\"" + std::string(500, '{') + "\"]").has_value());
}

constexpr std::string_view document =
    "{\"errcode\":0,\"errmsg\":\"o\\u006b \\ud83d\\ude00 \xe4\xb8\xad\x01\xff\",\"total\":-12.5e+3,"
    "\"list\":[true,false,null,{\"k\":[]}],\"\\/\":{}}";

BOOST_AUTO_TEST_CASE(every_truncation_is_refused) {
    BOOST_REQUIRE(wxmp::decode<json::value>(document));
    for (std::size_t n = 0; n != document.size(); ++n) BOOST_TEST(is_refused(document.substr(0, n)), n);
}

// A broken document gives one of two errors, or a value that can be written and read again.
BOOST_AUTO_TEST_CASE(every_changed_byte_is_handled) {
    for (std::size_t at = 0; at != document.size(); ++at)
        for (auto c = at % wxmp_test::stride; c < 256; c += wxmp_test::stride) {
            std::string text(document);
            text[at] = static_cast<char>(c);
            const auto v = wxmp::decode<json::value>(text);
            if (!v) BOOST_REQUIRE((v.error() == errc::bad_json || v.error() == errc::too_deep));
            else BOOST_REQUIRE(wxmp::decode<json::value>(json::serialize(*v)));
        }
}

BOOST_AUTO_TEST_CASE(random_strings_of_telling_bytes) {
    constexpr std::string_view bytes = "a\"\\u0d8dcnf/\x01\x80\xbf\xc3\xe4\xed\xf0\xf4\xff{}[]:,";
    std::mt19937 random(7);
    int good = 0;
    for (int round = 0; round < 200'000; round += wxmp_test::stride) {
        std::string text = "[\"";
        for (auto n = random() % 12; n != 0; --n) text += bytes[random() % bytes.size()];
        text += "\"]";
        const auto v = wxmp::decode<json::value>(text);
        if (!v) continue;
        ++good;
        const auto written = json::serialize(*v);
        BOOST_REQUIRE(wxmp::is_utf8(written));
        BOOST_REQUIRE(wxmp::decode<json::value>(written).value() == *v);
    }
    BOOST_TEST(good > 10'000 / wxmp_test::stride);
}

BOOST_AUTO_TEST_CASE(whole_numbers_are_exact_up_to_64_bits) {
    for (const std::string_view n : {"0", "-1", "2650177668", "9007199254740993", "9223372036854775807",
                                     "-9223372036854775808", "9223372036854775808", "18446744073709551615"})
        BOOST_TEST(json::serialize(wxmp::decode<json::value>(n).value()) == n);
    BOOST_TEST(wxmp::decode<json::value>("18446744073709551616").value().is_double());
}

BOOST_AUTO_TEST_CASE(text_is_written_raw) {
    BOOST_TEST(wxmp::encode(std::string("中 \xf0\x9f\x98\x80 <a href='x'>&/\x7f")).value() ==
               "\"中 \xf0\x9f\x98\x80 <a href='x'>&/\x7f\"");
    BOOST_TEST(wxmp::encode(std::string("\"\\")).value() == R"("\"\\")");
    std::string controls;
    for (int c = 0; c != 0x20; ++c) controls += static_cast<char>(c);
    const auto written = wxmp::encode(controls).value();
    for (const char c : written) BOOST_TEST(static_cast<unsigned char>(c) >= 0x20);
    BOOST_TEST(text_of(written) == controls);
}

BOOST_AUTO_TEST_CASE(a_long_text_comes_through_whole) {
    std::string text;
    for (int i = 0; i != 300'000; ++i) text += i % 7 == 0 ? "\n" : i % 5 == 0 ? "中" : "x";
    BOOST_TEST((text_of(in_quotes(text)) == text));
    BOOST_TEST((text_of(json::serialize(json::value(text))) == text));
}

BOOST_AUTO_TEST_CASE(errors_hold_nothing_of_the_text) {
    const auto v = wxmp::decode<json::value>("{\"access_token\":\"SECRET\"");
    BOOST_REQUIRE(!v);
    BOOST_TEST(v.error().message().find("SECRET") == std::string::npos);
}

}  // namespace

BOOST_AUTO_TEST_SUITE_END()
