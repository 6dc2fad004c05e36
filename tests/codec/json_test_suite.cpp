// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include <wxmp/codec/json_value.hpp>
#include <wxmp/codec/utf8.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

BOOST_AUTO_TEST_SUITE(codec_json_test_suite)

namespace {

namespace json = wxmp::json;

// What vectors/JSONTestSuite holds, by file name.
std::map<std::string, std::string> files_in(const char* folder) {
    std::map<std::string, std::string> all;
    for (const auto& f : std::filesystem::directory_iterator(
             std::string(WXMP_TESTS_DIR "/vectors/JSONTestSuite/") + folder)) {
        std::ifstream in(f.path(), std::ios::binary);
        all[f.path().filename().string()] = std::string(std::istreambuf_iterator<char>(in), {});
    }
    return all;
}

// Raw control characters in strings: the service sends them.
const std::set<std::string> lenient = {"n_string_unescaped_ctrl_char.json", "n_string_unescaped_newline.json",
                                       "n_string_unescaped_tab.json"};

// What the standard leaves open, and what becomes of it here. `replaced`: accepted with U+FFFD for what is no text.
enum class fate { refused, replaced, rounded, infinite };
const std::map<std::string, fate> open_questions = {
    {"i_number_double_huge_neg_exp.json", fate::rounded},  // to 0
    {"i_number_huge_exp.json", fate::refused},             // the exponent does not fit an int
    {"i_number_neg_int_huge_exp.json", fate::infinite},
    {"i_number_pos_double_huge_exp.json", fate::infinite},
    {"i_number_real_neg_overflow.json", fate::infinite},
    {"i_number_real_pos_overflow.json", fate::infinite},
    {"i_number_real_underflow.json", fate::rounded},
    {"i_number_too_big_neg_int.json", fate::rounded},
    {"i_number_too_big_pos_int.json", fate::rounded},
    {"i_number_very_big_negative_int.json", fate::rounded},
    {"i_object_key_lone_2nd_surrogate.json", fate::replaced},
    {"i_string_1st_surrogate_but_2nd_missing.json", fate::replaced},
    {"i_string_1st_valid_surrogate_2nd_invalid.json", fate::replaced},
    {"i_string_UTF-16LE_with_BOM.json", fate::refused},  // not UTF-8
    {"i_string_UTF-8_invalid_sequence.json", fate::replaced},
    {"i_string_UTF8_surrogate_U+D800.json", fate::replaced},
    {"i_string_incomplete_surrogate_and_escape_valid.json", fate::replaced},
    {"i_string_incomplete_surrogate_pair.json", fate::replaced},
    {"i_string_incomplete_surrogates_escape_valid.json", fate::replaced},
    {"i_string_invalid_lonely_surrogate.json", fate::replaced},
    {"i_string_invalid_surrogate.json", fate::replaced},
    {"i_string_invalid_utf-8.json", fate::replaced},
    {"i_string_inverted_surrogates_U+1D11E.json", fate::replaced},
    {"i_string_iso_latin_1.json", fate::replaced},
    {"i_string_lone_second_surrogate.json", fate::replaced},
    {"i_string_lone_utf8_continuation_byte.json", fate::replaced},
    {"i_string_not_in_unicode_range.json", fate::replaced},
    {"i_string_overlong_sequence_2_bytes.json", fate::replaced},
    {"i_string_overlong_sequence_6_bytes.json", fate::replaced},
    {"i_string_overlong_sequence_6_bytes_null.json", fate::replaced},
    {"i_string_truncated-utf-8.json", fate::replaced},
    {"i_string_utf16BE_no_BOM.json", fate::refused},        // not UTF-8
    {"i_string_utf16LE_no_BOM.json", fate::refused},        // not UTF-8
    {"i_structure_500_nested_arrays.json", fate::refused},  // deeper than the limit
    {"i_structure_UTF-8_BOM_empty_object.json", fate::refused},
};

fate fate_of(const std::string& text) {
    const auto v = wxmp::decode<json::value>(text);
    if (!v) return fate::refused;
    const auto written = json::serialize(*v);
    if (written.find("Infinity") != written.npos) return fate::infinite;
    return written.find(wxmp::replacement_character) != written.npos ? fate::replaced : fate::rounded;
}

// What becomes of documents that parsers are known to read differently.
const std::map<std::string, std::string> transformed = {
    {"number_-9223372036854775808.json", "[-9223372036854775808]"},
    {"number_-9223372036854775809.json", "[-9.223372036854776E18]"},
    {"number_1.0.json", "[1E0]"},
    {"number_1.000000000000000005.json", "[1E0]"},
    {"number_1000000000000000.json", "[1000000000000000]"},
    {"number_10000000000000000999.json", "[10000000000000000999]"},
    {"number_1e-999.json", "[0E0]"},
    {"number_1e6.json", "[1E6]"},
    {"number_9223372036854775807.json", "[9223372036854775807]"},
    {"number_9223372036854775808.json", "[9223372036854775808]"},
    {"object_key_nfc_nfd.json", "{\"\xc3\xa9\":\"NFC\",\"e\xcc\x81\":\"NFD\"}"},
    {"object_key_nfd_nfc.json", "{\"e\xcc\x81\":\"NFD\",\"\xc3\xa9\":\"NFC\"}"},
    {"object_same_key_different_values.json", "{\"a\":2}"},
    {"object_same_key_same_value.json", "{\"a\":1}"},
    {"object_same_key_unclear_values.json", "{\"a\":0}"},
    {"string_1_escaped_invalid_codepoint.json", "[\"\ufffd\"]"},
    {"string_1_invalid_codepoint.json", "[\"\ufffd\ufffd\ufffd\"]"},
    {"string_2_escaped_invalid_codepoints.json", "[\"\ufffd\ufffd\"]"},
    {"string_2_invalid_codepoints.json", "[\"\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd\"]"},
    {"string_3_escaped_invalid_codepoints.json", "[\"\ufffd\ufffd\ufffd\"]"},
    {"string_3_invalid_codepoints.json", "[\"\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd\"]"},
    {"string_with_escaped_NULL.json", R"(["A\u0000B"])"},
};

BOOST_AUTO_TEST_CASE(test_parsing) {
    const auto files = files_in("test_parsing");
    std::map<char, int> count;
    std::set<std::string> accepted_on_purpose;
    for (const auto& [name, text] : files) {
        ++count[name[0]];
        const bool accepted = wxmp::decode<json::value>(text).has_value();
        if (name[0] == 'y') BOOST_TEST(accepted, name << " refused");
        if (name[0] == 'n' && accepted) accepted_on_purpose.insert(name);
        if (name[0] != 'i') continue;
        const auto expected = open_questions.find(name);
        BOOST_REQUIRE_MESSAGE(expected != open_questions.end(), name);
        BOOST_TEST((fate_of(text) == expected->second), name);
    }
    BOOST_TEST(accepted_on_purpose == lenient, boost::test_tools::per_element());
    BOOST_TEST(count['y'] == 95);
    BOOST_TEST(count['n'] == 188);
    BOOST_TEST(count['i'] == static_cast<int>(open_questions.size()));
}

BOOST_AUTO_TEST_CASE(test_transform) {
    const auto files = files_in("test_transform");
    BOOST_TEST(files.size() == transformed.size());
    for (const auto& [name, text] : files) {
        const auto v = wxmp::decode<json::value>(text);
        BOOST_REQUIRE_MESSAGE(v, name);
        const auto expected = transformed.find(name);
        BOOST_REQUIRE_MESSAGE(expected != transformed.end(), name);
        BOOST_TEST(json::serialize(*v) == expected->second, name);
    }
}

}  // namespace

BOOST_AUTO_TEST_SUITE_END()
