// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
//
// The text engine against the conversion through json::value, document by document: the same is accepted, with the
// same values, and the same is refused, with the same error at the same place.
#include <wxmp/wxmp.hpp>

#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>

#include "../thorough.hpp"
#include "difference.hpp"
#include <algorithm>
#include <bit>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <random>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

BOOST_AUTO_TEST_SUITE(codec_text_engine)

namespace {

using namespace wxmp;
using namespace wxmp_test;
using std::string_literals::operator""s;

using comparison = std::string (*)(std::string_view text);

struct subject {
    std::string name;
    comparison request;
    comparison response;
};

template <operation Op> subject of(std::string name) {
    return {std::move(name), &difference<Op>, &difference<typename Op::response>};
}

std::vector<subject> all_subjects() {
    return {of<auth::token>("auth/token"),
            of<auth::stable_token>("auth/stable_token"),
            of<comment::close>("comment/close"),
            of<comment::list>("comment/list"),
            of<comment::reply_add>("comment/reply_add"),
            of<draft::add>("draft/add"),
            of<draft::batchget>("draft/batchget"),
            of<draft::count>("draft/count"),
            of<draft::get>("draft/get"),
            of<draft::switch_>("draft/switch_"),
            of<draft::update>("draft/update"),
            of<freepublish::batchget>("freepublish/batchget"),
            of<freepublish::get>("freepublish/get"),
            of<freepublish::getarticle>("freepublish/getarticle"),
            of<freepublish::submit>("freepublish/submit"),
            of<material::add_material>("material/add_material"),
            of<material::add_news>("material/add_news"),
            of<material::batchget_material>("material/batchget_material"),
            of<material::get_material>("material/get_material"),
            of<material::get_materialcount>("material/get_materialcount"),
            of<material::update_news>("material/update_news"),
            of<media::get>("media/get"),
            of<media::upload>("media/upload"),
            of<media::uploadimg>("media/uploadimg"),
            of<openapi::quota_get>("openapi/quota_get"),
            of<openapi::rid_get>("openapi/rid_get"),
            of<publish::query>("publish/query"),
            of<publish::submit>("publish/submit"),
            of<publish::update>("publish/update"),
            of<publish::uploadnews>("publish/uploadnews"),
            of<upload_video::init_upload>("upload_video/init_upload"),
            of<upload_video::query_status>("upload_video/query_status"),
            of<upload_video::save_video>("upload_video/save_video"),
            of<upload_video::upload_block>("upload_video/upload_block"),
            of<upload_video::upload_finish>("upload_video/upload_finish")};
}

struct recorded {
    std::string text;
    comparison compare;
};

// Every JSON body in the fixtures, and the document above.
std::vector<recorded> all_recorded() {
    std::vector<recorded> all{{std::string(document), &difference<whole>}};
    const auto add = [&all](const json::value& from, comparison compare) {
        if (const auto* body = from.as_object().if_contains("body"))
            all.push_back({json::serialize(*body), compare});
    };
    for (const auto& s : all_subjects()) {
        std::ifstream in(WXMP_TESTS_DIR "/golden/" + s.name + ".json");
        const auto fixture = json::parse(std::string(std::istreambuf_iterator<char>(in), {}));
        add(fixture.at("request"), s.request);
        if (const auto* several = fixture.as_object().if_contains("responses"))
            for (const auto& r : several->as_array()) add(r, s.response);
        else add(fixture.at("response"), s.response);
    }
    return all;
}

using random_source = std::mt19937;

std::string_view one_of(std::span<const std::string_view> all, random_source& random) {
    return all[random() % all.size()];
}

// The text of some value in the document, where one begins.
std::string_view some_value(const std::string& text, random_source& random) {
    const auto at = text.find_first_of(":[,", random() % (text.size() + 1));
    if (at == text.npos) return {};
    const auto rest = std::string_view(text).substr(at + 1);
    json_reader in(rest);
    std::string value;
    return in.exact_text(value) && value.size() <= rest.size() ? rest.substr(0, value.size())
                                                               : rest.substr(0, 0);
}

// Changes the document in one place, with a sense for where it hurts.
void mutate(std::string& text, random_source& random) {
    using namespace std::string_view_literals;
    static constexpr std::string_view values[] = {"null",
                                                  "true",
                                                  "false",
                                                  "0",
                                                  "1",
                                                  "-0",
                                                  "1.0",
                                                  "1.5",
                                                  "1e2",
                                                  "-1",
                                                  "300",
                                                  "1e400",
                                                  "1.10",
                                                  "-0.0",
                                                  "18446744073709551615",
                                                  "18446744073709551616",
                                                  "9223372036854775808",
                                                  "-9223372036854775809",
                                                  "\"\"",
                                                  "\"1\"",
                                                  "\"x\"",
                                                  "\"007\"",
                                                  "\"99999999999999999999\"",
                                                  "[]",
                                                  "{}",
                                                  "[1]",
                                                  "[[]]",
                                                  "{\"a\":1}",
                                                  "{\"a\":\"b\"}",
                                                  "[{\"a\":\"b\"}]",
                                                  "[{\"a\":\"b\"},{}]",
                                                  "\"\\ud800\"",
                                                  "\"\\udc00\\ud83d\\ude00\"",
                                                  "\"\\u00\"",
                                                  "\"\xff\"",
                                                  "\"\xe4\xb8\"",
                                                  "\"\xe4\xb8\xad\"",
                                                  "\"\x01\n\"",
                                                  "\"\\\\\\\"\"",
                                                  "\"fixed\"",
                                                  "1e99999999999",
                                                  " 1 ",
                                                  "\t[ ]\n",
                                                  "nul",
                                                  "01",
                                                  "\"\\x\"",
                                                  "1e+",
                                                  "\"\0\""sv};
    static constexpr std::string_view pieces[] = {"\"",
                                                  "\\",
                                                  "{",
                                                  "}",
                                                  "[",
                                                  "]",
                                                  ",",
                                                  ":",
                                                  "0",
                                                  "-",
                                                  ".",
                                                  "e",
                                                  " ",
                                                  "\n",
                                                  "\x01",
                                                  "\x80",
                                                  "\xff",
                                                  "\xe4",
                                                  "\xf0\x9f\x98\x80",
                                                  "u",
                                                  "\\u12",
                                                  "n",
                                                  "t",
                                                  "/",
                                                  "\"a\":1,",
                                                  "\"a\":\"b\",",
                                                  "\"number\":0,",
                                                  "\"errcode\":1,",
                                                  "\"must\":{\"a\":\"c\",\"id\":1},",
                                                  "\"one\":{\"a\":1},\"one\":{\"a\":\"q\"},",
                                                  "\"text\":{},\"text\":\"t\",",
                                                  "\"others\":1,",
                                                  "\"x\":1,\"y\":[ 1.10 ],\"x\":2,",
                                                  "\\u0061"};
    const auto at = random() % (text.size() + 1);
    switch (random() % 8) {
    case 0: text.insert(at, one_of(pieces, random)); break;
    case 1: text.erase(at, 1 + random() % 3); break;
    case 2: text.replace(std::min(at, text.size()), 1, one_of(pieces, random)); break;
    case 3:
        text.insert(text.find_first_of("{", at) == text.npos ? at : text.find_first_of("{", at) + 1,
                    one_of(pieces, random));
        break;
    case 4: text.resize(at); break;
    case 5: {
        const std::string value(some_value(text, random));
        const auto from = text.find(value);
        text.insert(from == text.npos ? 0 : from, value + ",");
        break;
    }
    default:
        const auto value = some_value(text, random);
        if (value.data())
            text.replace(static_cast<std::size_t>(value.data() - text.data()), value.size(),
                         one_of(values, random));
    }
}

// Counts what is different and shows the first few.
class report {
public:
    void add(const std::string& difference) {
        ++compared_;
        if (difference.empty()) return;
        if (++different_ <= 10) BOOST_ERROR(difference);
    }
    void expect(std::size_t at_least) const {
        BOOST_TEST_MESSAGE(compared_ << " documents, " << different_ << " differences");
        BOOST_TEST(compared_ >= at_least);
        BOOST_TEST(different_ == 0u);
    }

private:
    std::size_t compared_{};
    std::size_t different_{};
};

BOOST_AUTO_TEST_CASE(recorded_documents) {
    report found;
    for (const auto& r : all_recorded()) {
        found.add(r.compare(r.text));
        found.add(value_difference(r.text));
    }
    found.expect(35);
}

BOOST_AUTO_TEST_CASE(every_truncation) {
    report found;
    for (const auto& r : all_recorded())
        for (std::size_t n = 0; n != r.text.size(); ++n) found.add(r.compare(r.text.substr(0, n)));
    found.expect(5'000);
}

BOOST_AUTO_TEST_CASE(every_changed_byte_of_a_document) {
    report found;
    const auto bytes = "\"\\{}[],:0-.eutn/ \n\x01\x80\xff\xe4"s;
    for (std::size_t at = 0; at != document.size(); ++at)
        for (std::size_t i = at % wxmp_test::stride; i < bytes.size(); i += wxmp_test::stride) {
            std::string text(document);
            text[at] = bytes[i];
            found.add(difference<whole>(text));
            found.add(value_difference(text));
        }
    found.expect(7'000 / wxmp_test::stride);
}

BOOST_AUTO_TEST_CASE(random_documents) {
    report found;
    random_source random(20260101);
    const auto all = all_recorded();
    for (int round = 0; round < 40'000; round += wxmp_test::stride) {
        const auto& r = random() % 3 == 0 ? all.front() : all[random() % all.size()];
        auto text = r.text;
        for (auto n = 1 + random() % 3; n != 0; --n) mutate(text, random);
        found.add(r.compare(text));
    }
    found.expect(40'000 / wxmp_test::stride);
}

BOOST_AUTO_TEST_CASE(forms_of_at_most_one) {
    const std::string few = R"("few":[{"a":"b"}])";
    const auto at = document.find(few);
    for (const auto* form :
         {"null", "[]", "{}", "{ }", "{ \"a\":\"b\"}", "\"\"", "{\"a\":\"b\"}", "\"b\"", "[{}]", "[\"\"]",
          "[[]]", "{\"\":1}", "{\"a\":\"b\",\"\":{}}", "{", "\"", "{]", "0"}) {
        auto text = std::string(document).replace(at, few.size(), "\"few\":" + std::string(form));
        BOOST_TEST(difference<whole>(text) == "", form);
    }
}

BOOST_AUTO_TEST_CASE(an_exact_text_begins_after_blanks) {
    json_reader in(" \n\t[1, 2 ] ");
    std::string text;
    BOOST_TEST(in.exact_text(text));
    BOOST_TEST(text == "[1, 2 ]");
}

BOOST_AUTO_TEST_CASE(unknown_members_keep_their_exact_text) {
    for (const auto* text :
         {"1.10", "1e400", "12345678901234567890123", "-0.0", "1E5", "\"\\u4e2d\\/\\u0000\"", "[ 1 ,\t2 ]",
          "{\"a\":1,\"a\":2}", "18446744073709551616", "{ }", "\"\xe4\xb8\xad\""}) {
        const auto v = decode<part>("{\"a\":\"\",\"k\" :\n" + std::string(text) + " }");
        BOOST_TEST_REQUIRE(v.has_value(), text);
        BOOST_TEST(v->others.entries.at(0).json == text);
        BOOST_TEST(encode(*v).value() == "{\"a\":\"\",\"k\":" + std::string(text) + "}");
    }
}

BOOST_AUTO_TEST_CASE(unknown_members_are_sent_as_json_whatever_they_were) {
    const auto v = decode<part>("{\"a\":\"\",\"k\":[1.10,\"\xff\x01\\ud800\"]}").value();
    BOOST_TEST(v.others.entries.at(0).json == "[1.10,\"\xef\xbf\xbd\\u0001\xef\xbf\xbd\"]");
    const auto spaced = decode<part>("{\"a\":\"\",\"k\":\"a b\tc\x1f d\"}").value();
    BOOST_TEST(spaced.others.entries.at(0).json == "\"a b\\tc\\u001f d\"");
    part own{"", {}, {}, {{{"k", "\"\n\xff\""}}}};
    BOOST_TEST(encode(own).value() == "{\"a\":\"\",\"k\":\"\\n\xef\xbf\xbd\"}");
}

BOOST_AUTO_TEST_CASE(a_member_that_is_named_as_ours_is_kept) {
    BOOST_TEST(encode(decode<part>(R"({"a":"","others":[1]})").value()).value() ==
               R"({"a":"","others":[1]})");
}

BOOST_AUTO_TEST_CASE(unknown_members_replace_what_they_are_named_as) {
    part v{"own", {}, {}, {{{"x", "1"}, {"a", "\"other\""}, {"x", "2"}, {"id", "3"}, {"id", "4"}}}};
    BOOST_TEST(encode(v).value() == R"({"a":"other","x":2,"id":4})");
    BOOST_TEST(encode(v).value() == json::serialize(to_value(v).value()));
    v.a = "\xff";
    BOOST_TEST((encode(v).error() == error(errc::invalid_utf8, "/a")));
}

BOOST_AUTO_TEST_CASE(many_equal_and_unequal_names) {
    std::string text = R"({"a":"")";
    for (int i = 0; i != 20'000; ++i) text += ",\"k" + std::to_string(i % 15'000) + "\":" + std::to_string(i);
    text += '}';
    BOOST_TEST(difference<part>(text) == "");
    BOOST_TEST(decode<part>(text)->others.entries.size() == 15'000u);
}

BOOST_AUTO_TEST_CASE(a_repeated_member_starts_anew) {
    const auto v = decode<whole>(R"({"number":1,"small":1,"yes":1,"text":"","matrix":[[1]],"matrix":[],)"
                                 R"("must":{"a":"x","id":1,"k":1},"must":{"a":"y"}})")
                       .value();
    BOOST_TEST(v.must.a == "y");
    BOOST_TEST(!v.must.id);
    BOOST_TEST(v.must.others.entries.empty());
    BOOST_TEST(v.matrix.empty());
}

BOOST_AUTO_TEST_CASE(text_that_is_not_utf8_is_not_written) {
    for (const std::string bad : {"\xff", "\xe4\xb8", "\xc0\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\x80"})
        for (const std::size_t size : {0u, 1u, 60u, 61u, 62u, 63u, 64u, 65u, 127u, 128u, 1000u}) {
            part v{std::string(size, 'x') + bad, {}, {}, {}};
            BOOST_TEST((encode(v).error() == error(errc::invalid_utf8, "/a")));
            v.a += std::string(size, 'y');
            BOOST_TEST((encode(v).error() == error(errc::invalid_utf8, "/a")));
            std::string kept = "kept";
            BOOST_TEST(!encode_to(kept, v));
            BOOST_TEST(kept == "kept");
        }
}

BOOST_AUTO_TEST_CASE(strings_at_every_offset_and_of_every_length) {
    for (const std::string_view piece : {"x", "\"", "\\", "\n", "中", "\xf0\x9f\x98\x80", "/\x1f"})
        for (std::size_t n = 0; n != 200; ++n) {
            std::string text(n % 67, 'a');
            for (std::size_t i = 0; i != n; ++i) text += i % 5 == 4 ? "b" : std::string(piece);
            const auto written = encode(text).value();
            BOOST_TEST_REQUIRE(written == json::serialize(json::value(text)));
            BOOST_TEST_REQUIRE(decode<std::string>(written).value() == text);
            BOOST_TEST_REQUIRE(decode<std::vector<std::string>>('[' + written + ']').value().at(0) == text);
        }
}

BOOST_AUTO_TEST_CASE(a_last_string_of_every_length_with_any_byte_anywhere) {
    for (std::size_t size = 0; size != 70; ++size)
        for (std::size_t at = 0; at <= size; ++at)
            for (const std::string_view piece : {"", "\"", "\\n", "\x1f", "\x7f", "\xff", "中"}) {
                const auto text =
                    '"' + std::string(at, 'x') + std::string(piece) + std::string(size - at, 'x');
                for (const std::string_view rest : {"", "\"", "\" ", "\"\""})
                    BOOST_TEST_REQUIRE(value_difference(text + std::string(rest)) == "");
            }
}

BOOST_AUTO_TEST_CASE(words_tell_how_they_begin) {
    using namespace detail::text_engine;
    const auto word = [](std::string text) { return text.resize(8, '7'), word_at(text.data()); };
    for (unsigned at = 0; at != 9; ++at)
        for (unsigned byte = 0; byte != 0x100; ++byte) {
            const auto c = static_cast<char>(byte);
            const auto w = word(std::string(at, '0') + c);
            const bool is_digit = c >= '0' && c <= '9';
            const bool is_plain = byte >= 0x20 && byte < 0x80 && c != '"' && c != '\\';
            if (std::endian::native != std::endian::little) continue;
            BOOST_TEST_REQUIRE(count_of_digits(w) == (is_digit ? 8u : std::min(at, 8u)));
            BOOST_TEST_REQUIRE(count_of_plain(w) == (is_plain ? 8u : std::min(at, 8u)));
        }
}

BOOST_AUTO_TEST_CASE(megabytes_of_what_is_slow_elsewhere) {
    const auto repeated = [](std::string_view piece) {
        std::string text = "\"";
        while (text.size() < 1'000'000) text += piece;
        return text + '"';
    };
    for (const std::string_view piece :
         {"\\\\", "\\\"", "\xff", "\\ud83d\\ude00", "\\ud800", "\\n", "\x01", "中"}) {
        const auto text = repeated(piece);
        const auto want = parse_json(text).value();
        BOOST_TEST((decode<std::string>(text).value() == std::string_view(want.as_string())));
    }
    for (const std::string_view piece : {"[", "{\"a\":", "\"", "\\", "1", "{\"a\":[", "]", ",", "\xff"}) {
        const auto text = repeated(piece).substr(1);
        BOOST_TEST((outcome(decode<part>(text)) == outcome(through_value<part>(text))));
    }
}

BOOST_AUTO_TEST_CASE(depth) {
    const auto nested = [](std::size_t n) {
        return "{\"a\":\"\",\"k\":" + std::string(n, '[') + std::string(n, ']') + '}';
    };
    BOOST_TEST(decode<part>(nested(63)).has_value());
    BOOST_TEST((decode<part>(nested(64)).error() == error(errc::too_deep)));
    BOOST_TEST((decode<part>(nested(2), 2).error() == error(errc::too_deep)));
    BOOST_TEST((decode<part>("{}", 0).error() == error(errc::too_deep)));
    BOOST_TEST((decode<part>("{\"a\":1,\"k\":[[").error() == errc::bad_json));
}

BOOST_AUTO_TEST_CASE(values_are_written_as_boost_json_writes_them) {
    for (const auto* text : {"{}", "[]", R"({"a":[1,-2,1.5,true,null,{"":"\""}],"中":"\n"})"})
        BOOST_TEST(encode(parse_json(text).value()).value() == json::serialize(parse_json(text).value()));
    BOOST_TEST((encode(json::value{{"a", {1, "\xff"}}}).error() == error(errc::invalid_utf8, "/a/1")));
}

// Whether the reader takes a document.
bool reads(std::string_view text, bool is_strict) {
    json_reader in(text, default_max_depth, is_strict);
    in.skip();
    return in.ends();
}

BOOST_AUTO_TEST_CASE(test_suite_of_parsers) {
    // Strictly, those of what the standard leaves open are taken that are numbers.
    const std::set<std::string> refused_numbers = {"i_number_huge_exp.json"};
    std::map<char, int> count;
    for (const auto* folder : {"test_parsing", "test_transform"})
        for (const auto& f : std::filesystem::directory_iterator(
                 std::string(WXMP_TESTS_DIR "/vectors/JSONTestSuite/") + folder)) {
            std::ifstream in(f.path(), std::ios::binary);
            const std::string text(std::istreambuf_iterator<char>(in), {});
            const auto name = f.path().filename().string();
            const char kind = name[1] == '_' ? name[0] : 't';
            ++count[kind];
            BOOST_TEST(reads(text, false) == parse_json(text).has_value(), name);
            BOOST_TEST(difference<std::vector<std::string>>(text) == "");
            BOOST_TEST(difference<std::vector<std::int64_t>>(text) == "");
            BOOST_TEST(value_difference(text) == "");
            BOOST_TEST(difference<part>("{\"a\":\"\",\"k\":" + text + "}") == "");
            if (kind == 'y') BOOST_TEST(reads(text, true), name);
            if (kind == 'n') BOOST_TEST(!reads(text, true), name);
            if (kind == 'i')
                BOOST_TEST(reads(text, true) ==
                               (name.starts_with("i_number") && !refused_numbers.contains(name)),
                           name);
        }
    BOOST_TEST(count['y'] == 95);
    BOOST_TEST(count['n'] == 188);
    BOOST_TEST(count['i'] == 35);
}

}  // namespace

BOOST_AUTO_TEST_SUITE_END()
