// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include <wxmp/testing/mutations.hpp>
#include <wxmp/testing/round_trip.hpp>

#include <boost/describe/class.hpp>
#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace wxmp_test {

// Texts that are not written as they are read.
struct growing {
    std::string text;
};
struct garbled {
    std::string text;
};

}  // namespace wxmp_test

template <> struct wxmp::codec<wxmp_test::growing> : wxmp::text_form<wxmp_test::growing> {
    static const std::string& text(const wxmp_test::growing& v) noexcept { return v.text; }
    static bool parse(wxmp_test::growing& v, std::string_view text) {
        v.text = std::string(text) + '!';
        return true;
    }
};

template <> struct wxmp::codec<wxmp_test::garbled> : wxmp::text_form<wxmp_test::garbled> {
    static const std::string& text(const wxmp_test::garbled& v) noexcept { return v.text; }
    static bool parse(wxmp_test::garbled& v, std::string_view) { return v.text = "\xff", true; }
};

BOOST_AUTO_TEST_SUITE(testing_mutations)

namespace {

using namespace wxmp;
using namespace wxmp::testing;

struct price {
    std::string currency;
    std::uint64_t cents{};
    std::optional<std::string> note{};
};
BOOST_DESCRIBE_STRUCT(price, (), (currency, cents, note))

const json::value good = json::parse(R"({"currency":"CNY","cents":1290,"note":"with tax"})");

// What is wrong with a codec that reads prices as `change` makes them.
template <class Change> failures faults_of(Change change) {
    failures out;
    const auto trip = [&](json::value v) -> result<json::value> {
        if (v.is_object()) change(v.get_object());
        const auto decoded = from_value<price>(v);
        if (!decoded) return decoded.error();
        return to_value(*decoded);
    };
    check_mutations(out, good, wxmp::detail::members<price>, trip);
    return out;
}

void require_told(const failures& all, const std::string& sentence) {
    BOOST_TEST((std::find(all.begin(), all.end(), sentence) != all.end()), sentence);
}

BOOST_AUTO_TEST_CASE(a_described_type_passes) {
    BOOST_TEST(check_mutations<price>(good).empty());
    BOOST_TEST(faults_of([](auto&) {}).empty());
}

BOOST_AUTO_TEST_CASE(a_value_has_to_be_complete) {
    BOOST_TEST(check_mutations<price>(json::value(7)) == failures{"the value is not an object"});
    BOOST_TEST(check_mutations<price>(json::parse(R"({"currency":"CNY","cents":1290})")) ==
               failures{"/note is not in the value"});
    BOOST_TEST(check_mutations<price>(json::parse(R"({"currency":"CNY","cents":"1290","note":"x"})")) ==
               failures{R"(the unchanged value: encoded as {"currency":"CNY","cents":1290,"note":"x"})"});
    BOOST_TEST(check_mutations<price>(json::parse(R"({"currency":7,"cents":1290,"note":"x"})")) ==
               failures{"the unchanged value is refused: member has the wrong type: /currency"});
}

BOOST_AUTO_TEST_CASE(each_fault_is_told_with_its_member) {
    require_told(faults_of([](json::object& o) { o.emplace("currency", "CNY"); }),
                 "/currency left out: accepted, though it is required");
    require_told(faults_of([](json::object& o) {
                     if (!o.contains("note")) o.erase("cents");
                 }),
                 "/note left out: refused, though it is optional");
    require_told(faults_of([](json::object& o) {
                     if (!o.contains("cents")) o["currency"] = json::array();
                 }),
                 "/cents left out: expected the error \"required member is missing\" of this member, got "
                 "\"member has the wrong type: /currency\"");
    require_told(faults_of([](json::object& o) {
                     if (o.if_contains("note") && o["note"].is_array()) o.erase("note");
                 }),
                 "/note as [[]]: accepted");
    require_told(faults_of([](json::object& o) {
                     if (o.if_contains("cents") && o["cents"].is_string()) o["cents"] = 1;
                 }),
                 "/cents as a string: decoded to another value");
    require_told(faults_of([](json::object& o) {
                     if (o.erase("wxmp_unknown") != 0) o["cents"] = 1;
                 }),
                 "/cents beside an unknown member: decoded to another value");
    require_told(faults_of([](json::object& o) {
                     if (!o.empty() && o.begin()->key() == "note") o["cents"] = 1;
                 }),
                 "the members in reverse order: decoded to another value");
}

BOOST_AUTO_TEST_CASE(any_text_makes_the_round_trip_or_is_refused) {
    for (const char* text : {"", "{}", "[]", "{\"currency\":\"\xff\",\"cents\":\"1\"}",
                             R"({"currency":"\ud800","cents":1,"other":[]})"})
        BOOST_TEST(check_round_trip<price>(text).empty(), text);
    BOOST_TEST(check_round_trip<wxmp_test::growing>(R"("a")") ==
               failures{R"(encoded as "a!", then as "a!!")"});
    BOOST_TEST(check_round_trip<wxmp_test::garbled>(R"("a")") ==
               failures{"decoded, but not encoded: text is not UTF-8"});
    BOOST_TEST(check_round_trip<wxmp_test::garbled>("7").empty());
}

}  // namespace

BOOST_AUTO_TEST_SUITE_END()
