// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include <wxmp/error/error.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <initializer_list>
#include <limits>
#include <set>
#include <string>
#include <string_view>

BOOST_AUTO_TEST_SUITE(error_condition)

namespace {

using wxmp::condition;
using wxmp::errc;
using wxmp::error;
using enum wxmp::condition;

constexpr condition all[] = {token_rejected,    retryable, rate_limited,   quota_exhausted,
                             permission_denied, not_found, outcome_unknown};

bool answers(const error& e, std::initializer_list<condition> yes) {
    for (const auto c : all) {
        const bool want = std::find(yes.begin(), yes.end(), c) != yes.end();
        if ((e == c) != want) {
            BOOST_TEST_MESSAGE(e.message()
                               << (want ? " is not: " : " is: ") << make_error_condition(c).message());
            return false;
        }
    }
    return true;
}

bool api(int code, std::initializer_list<condition> yes) { return answers(error::from_api(code, ""), yes); }

BOOST_AUTO_TEST_CASE(numbers_messages_and_category_are_fixed) {
    struct same final : boost::system::error_category {
        same() noexcept : error_category(0xa3d1'7c5e'09b2'4f63) {}
        const char* name() const noexcept override { return ""; }
        std::string message(int) const override { return {}; }
    };
    std::set<std::string> messages;
    for (std::size_t i = 0; i != std::size(all); ++i) {
        const auto c = wxmp::make_error_condition(all[i]);
        BOOST_TEST(c.value() == static_cast<int>(i) + 1);
        BOOST_CHECK(c.category() == same());
        BOOST_TEST(c.category().name() == std::string_view("wxmp.condition"));
        BOOST_TEST(messages.insert(c.message()).second);
    }
    const auto& category = wxmp::make_error_condition(retryable).category();
    for (const int other : {-1, 0, 8, 1000}) BOOST_TEST(category.message(other) == "unknown wxmp condition");
}

BOOST_AUTO_TEST_CASE(a_token_that_is_refused) {
    for (const int code : {40001, 40014, 42001}) BOOST_TEST(api(code, {token_rejected}));
    for (const int code : {40013, 40125, 40002}) BOOST_TEST(api(code, {}));  // a new token does not help
}

BOOST_AUTO_TEST_CASE(too_many_calls) {
    BOOST_TEST(api(45011, {rate_limited, retryable}));
    BOOST_TEST(api(45009, {quota_exhausted}));
    for (const int code : {45028, 45101, 45104, 48006, 45034}) BOOST_TEST(api(code, {quota_exhausted}));
    BOOST_TEST(api(53501, {rate_limited, retryable}));
}

BOOST_AUTO_TEST_CASE(a_busy_service) {
    for (const int code : {-1, 45085, 61450}) BOOST_TEST(api(code, {retryable}));
}

BOOST_AUTO_TEST_CASE(what_is_not_allowed) {
    for (const int code : {40164, 48001, 48004, 45106, 88000}) BOOST_TEST(api(code, {permission_denied}));
    BOOST_TEST(api(89503, {permission_denied, retryable}));  // the administrator may still agree
    BOOST_TEST(api(89506, {permission_denied}));
}

BOOST_AUTO_TEST_CASE(what_is_not_there) {
    for (const int code : {40007, 53502, 53600, 87009, 88001, 88008, 88009})
        BOOST_TEST(api(code, {not_found}));
}

BOOST_AUTO_TEST_CASE(what_is_said_of_drafts) {
    for (const int code : {53404, 53406}) BOOST_TEST(api(code, {permission_denied}));
    for (const int code : {40227, 41039, 45110, 53401, 53402, 53403, 53405, 53407, 53408})
        BOOST_TEST(api(code, {}));
}

BOOST_AUTO_TEST_CASE(numbers_that_are_no_condition_answer_no) {
    const auto& category = wxmp::make_error_condition(retryable).category();
    for (const int code : {-1, 40001, 45009, 48001, 88008})
        for (const int number : {std::numeric_limits<int>::min(), -1, 0, 8, 9, 32, 33, 1000})
            BOOST_TEST(!category.equivalent(wxmp::make_api_code(code), number));
}

BOOST_AUTO_TEST_CASE(other_codes_answer_no) {
    for (const int code : {0, 1, 44001, 47001, 45003, 88007, 88010, 123456789}) BOOST_TEST(api(code, {}));
}

BOOST_AUTO_TEST_CASE(a_code_in_the_catalogue_answers_as_its_advice_says) {
    for (const auto& k : wxmp::catalogue()) {
        const auto e = error::from_api(k.code, "");
        BOOST_TEST((e == retryable) == (k.retry == wxmp::retry_advice::backoff), k.code);
        BOOST_TEST((e == token_rejected) == (k.retry == wxmp::retry_advice::refresh_token), k.code);
        if (k.group == wxmp::error_group::permission) BOOST_TEST((e == permission_denied), k.code);
        for (const auto c : all) BOOST_TEST((e == c) == k.is(c), k.code);
        BOOST_TEST(!(e == outcome_unknown));
    }
}

BOOST_AUTO_TEST_CASE(faults_of_this_side) {
    BOOST_TEST(answers(error(errc::timeout), {retryable, outcome_unknown}));
    BOOST_TEST(answers(error(errc::connection_lost), {retryable, outcome_unknown}));
    BOOST_TEST(answers(error(errc::stale_connection), {retryable, outcome_unknown}));
    BOOST_TEST(answers(error(errc::connect_failed), {retryable}));
    BOOST_TEST(answers(error(errc::store_failed), {retryable}));
    BOOST_TEST(answers(error(errc::outcome_unknown), {outcome_unknown}));
    BOOST_TEST(answers(error(errc::unknown_call), {not_found}));
    for (const auto e : {errc::bad_json, errc::too_deep, errc::missing_member, errc::wrong_type,
                         errc::out_of_range, errc::invalid_utf8, errc::forbidden_character,
                         errc::limit_exceeded, errc::cancelled, errc::source_failed, errc::source_changed,
                         errc::already_submitted, errc::not_passed, errc::unexpected_event, errc::no_timer,
                         errc::deadline_exceeded, errc::exception_thrown, errc::no_progress})
        BOOST_TEST(answers(error(e), {}));
    BOOST_TEST(answers(error(), {}));
}

BOOST_AUTO_TEST_CASE(a_status_that_blames_the_request_is_final) {
    const auto status = [](int s) { return error(errc::http_status).with_http_status(s); };
    for (const int s : {500, 502, 503, 504}) BOOST_TEST(answers(status(s), {retryable, outcome_unknown}));
    for (const int s : {301, 400, 403, 404, 412}) BOOST_TEST(answers(status(s), {}));
}

BOOST_AUTO_TEST_CASE(codes_of_others_answer_no) {
    const error foreign(boost::system::error_code(1, boost::system::generic_category()), "");
    BOOST_TEST(answers(foreign, {}));
    BOOST_TEST(answers(error(boost::system::error_code(40001, boost::system::system_category())), {}));
}

}  // namespace

BOOST_AUTO_TEST_SUITE_END()
