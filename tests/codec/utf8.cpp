// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include <wxmp/codec/utf8.hpp>

#include <boost/test/unit_test.hpp>

#include <random>
#include <string>
#include <string_view>

BOOST_AUTO_TEST_SUITE(codec_utf8)

namespace {

using wxmp::is_utf8;

// Decodes by the definition: the value of the bits, and then whether this was its shortest form.
bool is_utf8_slowly(std::string_view text) {
    while (!text.empty()) {
        const auto first = static_cast<unsigned char>(text[0]);
        std::size_t size = 1;
        char32_t value = first;
        if (first >= 0x80) {
            if ((first & 0xe0) == 0xc0) size = 2, value = first & 0x1f;
            else if ((first & 0xf0) == 0xe0) size = 3, value = first & 0x0f;
            else if ((first & 0xf8) == 0xf0) size = 4, value = first & 0x07;
            else return false;
        }
        if (text.size() < size) return false;
        for (std::size_t i = 1; i != size; ++i) {
            const auto next = static_cast<unsigned char>(text[i]);
            if ((next & 0xc0) != 0x80) return false;
            value = (value << 6) | (next & 0x3f);
        }
        const std::size_t shortest = value < 0x80 ? 1 : value < 0x800 ? 2 : value < 0x10000 ? 3 : 4;
        if (size != shortest || value > 0x10ffff || (value >= 0xd800 && value <= 0xdfff)) return false;
        text.remove_prefix(size);
    }
    return true;
}

std::string encoded(char32_t c) {
    const auto byte = [](char32_t b) { return static_cast<char>(b); };
    if (c < 0x80) return {byte(c)};
    if (c < 0x800) return {byte(0xc0 | c >> 6), byte(0x80 | (c & 0x3f))};
    if (c < 0x10000) return {byte(0xe0 | c >> 12), byte(0x80 | (c >> 6 & 0x3f)), byte(0x80 | (c & 0x3f))};
    return {byte(0xf0 | c >> 18), byte(0x80 | (c >> 12 & 0x3f)), byte(0x80 | (c >> 6 & 0x3f)),
            byte(0x80 | (c & 0x3f))};
}

static_assert(is_utf8("") && is_utf8("中文") && !is_utf8("\xff"));
static_assert(is_utf8(wxmp::replacement_character));

BOOST_AUTO_TEST_CASE(every_text_of_one_to_three_bytes) {
    int valid = 0;
    int wrong = 0;
    for (int a = 0; a != 256; ++a) {
        std::string text{static_cast<char>(a)};
        valid += is_utf8(text);
        wrong += is_utf8(text) != is_utf8_slowly(text);
        for (int b = 0; b != 256; ++b) {
            text = {static_cast<char>(a), static_cast<char>(b)};
            wrong += is_utf8(text) != is_utf8_slowly(text);
            for (const int c : {0x00, 0x7f, 0x80, 0x9f, 0xa0, 0xbf, 0xc0, 0xff}) {
                text = {static_cast<char>(a), static_cast<char>(b), static_cast<char>(c)};
                wrong += is_utf8(text) != is_utf8_slowly(text);
            }
        }
    }
    BOOST_TEST(valid == 128);
    BOOST_TEST(wrong == 0);
}

BOOST_AUTO_TEST_CASE(every_code_point) {
    int wrong = 0;
    for (char32_t c = 0; c != 0x110000; ++c) {
        const bool is_surrogate = c >= 0xd800 && c <= 0xdfff;
        wrong += is_utf8(encoded(c)) == is_surrogate;
    }
    BOOST_TEST(wrong == 0);
    for (const char32_t c : {0x110000u, 0x13ffffu, 0x1fffffu}) BOOST_TEST(!is_utf8(encoded(c)));
}

BOOST_AUTO_TEST_CASE(forms_that_are_too_long) {
    for (const std::string_view text :
         {"\xc0\x80", "\xc0\xaf", "\xc1\xbf", "\xe0\x80\x80", "\xe0\x80\xaf", "\xe0\x9f\xbf",
          "\xf0\x80\x80\x80", "\xf0\x80\x80\xaf", "\xf0\x8f\xbf\xbf", "\xf8\x88\x80\x80\x80",
          "\xfc\x84\x80\x80\x80\x80"})
        BOOST_TEST(!is_utf8(text));
}

BOOST_AUTO_TEST_CASE(cut_anywhere_inside_a_character) {
    for (const char32_t c : {0x80u, 0x7ffu, 0x800u, 0xffffu, 0x10000u, 0x10ffffu}) {
        const auto whole = encoded(c);
        for (std::size_t n = 1; n != whole.size(); ++n) {
            BOOST_TEST(!is_utf8(whole.substr(0, n)));
            BOOST_TEST(!is_utf8(whole.substr(n)));
            BOOST_TEST(!is_utf8(whole.substr(0, n) + 'x'));
            BOOST_TEST(!is_utf8(whole.substr(0, n) + whole));
        }
    }
}

BOOST_AUTO_TEST_CASE(random_texts_of_telling_bytes) {
    constexpr std::string_view bytes =
        "a\x7f\x80\x8f\x90\x9f\xa0\xbf\xc1\xc2\xdf\xe0\xe1\xed\xef\xf0\xf1\xf4\xf5\xff";
    std::mt19937 random(1);
    for (int round = 0; round != 100'000; ++round) {
        std::string text;
        for (auto n = random() % 9; n != 0; --n) text += bytes[random() % bytes.size()];
        BOOST_REQUIRE_EQUAL(is_utf8(text), is_utf8_slowly(text));
    }
}

}  // namespace

BOOST_AUTO_TEST_SUITE_END()
