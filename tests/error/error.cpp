// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include <wxmp/error/error.hpp>

#include <boost/test/unit_test.hpp>

#include <limits>
#include <set>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

BOOST_AUTO_TEST_SUITE(error_error)

namespace {

using wxmp::condition;
using wxmp::errc;
using wxmp::error;
using wxmp::make_api_code;
using wxmp::result;

static_assert(std::is_default_constructible_v<error> && !std::is_aggregate_v<error>);
static_assert(std::is_nothrow_move_constructible_v<error> && std::is_nothrow_copy_constructible_v<error>);
static_assert(boost::system::is_error_code_enum<errc>::value);

// Programs store these numbers: they never change.
struct numbered {
    errc e;
    int number;
};
constexpr numbered stable[] = {
    {errc::bad_json, 1},          {errc::too_deep, 2},
    {errc::too_large, 3},         {errc::missing_member, 4},
    {errc::wrong_type, 5},        {errc::out_of_range, 6},
    {errc::invalid_utf8, 7},      {errc::forbidden_character, 8},
    {errc::limit_exceeded, 9},    {errc::bad_multipart, 10},
    {errc::bad_query, 11},        {errc::unknown_call, 12},
    {errc::http_status, 13},      {errc::connect_failed, 14},
    {errc::connection_lost, 15},  {errc::timeout, 16},
    {errc::cancelled, 17},        {errc::source_failed, 18},
    {errc::source_changed, 19},   {errc::already_submitted, 20},
    {errc::not_passed, 21},       {errc::outcome_unknown, 22},
    {errc::unexpected_event, 23}, {errc::no_timer, 24},
    {errc::bad_record, 25},       {errc::store_failed, 26},
    {errc::stale_connection, 27}, {errc::deadline_exceeded, 28},
    {errc::exception_thrown, 29}, {errc::no_progress, 30},
};

BOOST_AUTO_TEST_CASE(codes_are_stable_numbers) {
    for (const auto& [e, number] : stable) {
        BOOST_TEST(static_cast<int>(e) == number);
        const wxmp::error_code code = e;
        BOOST_TEST(code.value() == number);
        BOOST_TEST(code.failed());
        BOOST_CHECK(code.category() == wxmp::errc_category());
    }
}

BOOST_AUTO_TEST_CASE(every_code_has_a_message_of_its_own) {
    const auto unknown = wxmp::errc_category().message(0);
    std::set<std::string> seen{unknown};
    int count = 0;
    for (int i = 1; i != 200; ++i) {
        const auto text = wxmp::errc_category().message(i);
        BOOST_TEST(!text.empty());
        if (text == unknown) continue;
        BOOST_TEST(seen.insert(text).second, text << " is the message of two codes");
        ++count;
    }
    BOOST_TEST(count == static_cast<int>(std::size(stable)));
    for (const auto& s : stable) BOOST_TEST(wxmp::make_error_code(s.e).message() != unknown);
}

// The ids make categories equal over the borders of shared libraries.
BOOST_AUTO_TEST_CASE(categories_have_fixed_ids) {
    struct same_errc final : boost::system::error_category {
        same_errc() noexcept : error_category(0xa3d1'7c5e'09b2'4f61) {}
        const char* name() const noexcept override { return ""; }
        std::string message(int) const override { return {}; }
    };
    struct same_api final : boost::system::error_category {
        same_api() noexcept : error_category(0xa3d1'7c5e'09b2'4f62) {}
        const char* name() const noexcept override { return ""; }
        std::string message(int) const override { return {}; }
    };
    BOOST_CHECK(wxmp::errc_category() == same_errc());
    BOOST_CHECK(wxmp::api_category() == same_api());
    BOOST_CHECK(wxmp::errc_category() != wxmp::api_category());
    BOOST_TEST(wxmp::errc_category().name() == std::string_view("wxmp"));
    BOOST_TEST(wxmp::api_category().name() == std::string_view("wxmp.api"));
}

BOOST_AUTO_TEST_CASE(any_number_of_the_service_is_a_code) {
    for (const int number :
         {std::numeric_limits<int>::min(), -1, 1, 40001, 123456789, std::numeric_limits<int>::max()}) {
        const error e = error::from_api(number, "text");
        BOOST_TEST(e.api_code() == number);
        BOOST_TEST(e.code().value() == number);
        BOOST_TEST(e.code().failed());
        BOOST_TEST(!e.code().message().empty());
        BOOST_TEST(e.message().find(std::to_string(number)) != std::string::npos);
    }
    BOOST_TEST(make_api_code(123456789).message() == "return code 123456789");
    BOOST_TEST(!make_api_code(0).failed());
}

BOOST_AUTO_TEST_CASE(the_same_number_in_both_categories_is_two_codes) {
    BOOST_CHECK(make_api_code(1) != wxmp::make_error_code(errc::bad_json));
    BOOST_CHECK(!(error::from_api(16, "") == errc::timeout));
    BOOST_TEST(error(errc::timeout).api_code() == 0);
}

BOOST_AUTO_TEST_CASE(no_error) {
    const error none;
    BOOST_TEST(!none.code().failed());
    BOOST_TEST(none.detail().empty());
    BOOST_TEST(none.rid().empty());
    BOOST_TEST(none.http_status() == 0);
    BOOST_TEST(none.api_code() == 0);
    BOOST_CHECK(none == error());
    BOOST_CHECK(none != error(errc::timeout));
}

BOOST_AUTO_TEST_CASE(each_part_counts_in_a_comparison) {
    const auto e = [] { return error::from_api(40007, "invalid media_id rid: 1-2"); };
    BOOST_CHECK(e() == e());
    BOOST_CHECK(e() != e().with_http_status(200));
    BOOST_CHECK(e() != error::from_api(40007, "invalid media_id rid: 1-3"));
    BOOST_CHECK(e() != error::from_api(40008, "invalid media_id rid: 1-2"));
    BOOST_CHECK(e() != error(make_api_code(40007), "invalid media_id rid: 1-2"));
    BOOST_CHECK(e() != e().with_request_member("/media_id"));
    BOOST_TEST(e().with_request_member("/media_id").request_member() == "/media_id");
    BOOST_TEST(e().request_member().empty());
}

BOOST_AUTO_TEST_CASE(copies_share_their_texts_and_change_apart) {
    const auto e = error::from_api(40007, "invalid media_id rid: 1-2");
    auto copy = e;
    BOOST_TEST(&copy.detail() == &e.detail());
    const auto changed = std::move(copy).with_request_member("/media_id");
    BOOST_TEST(changed.request_member() == "/media_id");
    BOOST_TEST(changed.detail() == e.detail());
    BOOST_TEST(changed.rid() == "1-2");
    BOOST_TEST(e.request_member().empty());
    auto assigned = changed;
    assigned = e;
    BOOST_CHECK(assigned == e);
    const auto& same = assigned;
    assigned = same;
    BOOST_CHECK(assigned == e);
    BOOST_TEST(std::exchange(assigned, error()).detail() == e.detail());
    BOOST_TEST(assigned.detail().empty());
}

BOOST_AUTO_TEST_CASE(the_rid_is_found_whatever_stands_around_it) {
    struct example {
        std::string_view errmsg, rid;
    };
    constexpr example examples[] = {
        {"invalid media_id rid: 6141b79a-7c6e812d-5514c622", "6141b79a-7c6e812d-5514c622"},
        {"invalid media_id hint: [OYpFsA0rE-1] rid: 6141b79a-7c6e812d-5514c622",
         "6141b79a-7c6e812d-5514c622"},
        {"invalid ip 1.2.3.4 ipv6 ::ffff:1.2.3.4, not in whitelist, rid: 62f0a1-B2-c3 hint: [x]",
         "62f0a1-B2-c3"},
        {"rid: 62f0a1", "62f0a1"},
        {"rid: 62f0a1, hint: [rid]", "62f0a1"},
        {"rid: 62f0a1\n", "62f0a1"},
        {"rid: 1 rid: 2", "2"},
        {"invalid media_id hint: [OYpFsA0rE-1]", ""},
        {"ok", ""},
        {"", ""},
        {"rid: ", ""},
        {"rid:", ""},
        {"rid: xyz", ""},
    };
    for (const auto& [errmsg, rid] : examples) {
        BOOST_TEST(error::rid_of(errmsg) == rid, errmsg);
        const auto e = error::from_api(40007, std::string(errmsg));
        BOOST_TEST(e.rid() == rid);
        BOOST_TEST(e.detail() == errmsg);
    }
}

BOOST_AUTO_TEST_CASE(another_code_keeps_the_rest) {
    const auto e = error::from_api(53401, "abnormal status rid: 1-2")
                       .with_http_status(201)
                       .with_code(errc::already_submitted);
    BOOST_CHECK(e == errc::already_submitted);
    BOOST_TEST(e.rid() == "1-2");
    BOOST_TEST(e.http_status() == 201);
    BOOST_TEST(e.detail() == "abnormal status rid: 1-2");
    BOOST_TEST(e.api_code() == 0);
}

BOOST_AUTO_TEST_CASE(a_message_is_one_readable_line) {
    BOOST_TEST(error(errc::wrong_type, "/articles/0/title").message() ==
               "member has the wrong type: /articles/0/title");
    BOOST_TEST(error(errc::timeout).message() == "timed out");
    BOOST_TEST(error(errc::http_status).with_http_status(502).message() == "unexpected HTTP status 502");
    BOOST_TEST(error::from_api(88008, "comment is not exists rid: 1-2").message() ==
               "user_comment_id not found: comment is not exists rid: 1-2 (88008)");
    BOOST_TEST(error::from_api(1234567, "").message() == "return code 1234567 (1234567)");
    const auto forged = error::from_api(-1, std::string("a\r\nerror: b\x1b[31m\0\x7f", 18)).message();
    for (const char c : forged) BOOST_TEST((static_cast<unsigned char>(c) >= 0x20 && c != 0x7f));
}

BOOST_AUTO_TEST_CASE(a_message_is_told_in_chinese_too) {
    BOOST_TEST(error(errc::wrong_type, "/articles/0/title").message_zh() ==
               "字段类型不正确: /articles/0/title");
    BOOST_TEST(error(errc::timeout).message_zh() == "请求超时");
    BOOST_TEST(error(errc::http_status).with_http_status(502).message_zh() == "意外的 HTTP 状态码 502");
    BOOST_TEST(error::from_api(88008, "comment is not exists rid: 1-2").message_zh() ==
               "该留言不存在: comment is not exists rid: 1-2 (88008)");
    BOOST_TEST(error::from_api(1234567, "").message_zh() == "返回码 1234567 (1234567)");
    const error foreign(boost::system::error_code(2, boost::system::generic_category()), "x");
    BOOST_TEST(foreign.message_zh() == foreign.message());
    BOOST_TEST(error::from_api(-1, "a\nb").message_zh() == "系统繁忙: a b (-1)");

    const auto unknown = error(static_cast<errc>(0)).message_zh();
    std::set<std::string> seen{unknown};
    for (const auto& s : stable) {
        const auto text = error(s.e).message_zh();
        BOOST_TEST(seen.insert(text).second, text << " is the message of two codes");
        BOOST_TEST(text != error(s.e).message());
    }
}

BOOST_AUTO_TEST_CASE(value_throws_what_the_error_says) {
    const result<int> bad = error::from_api(40001, "invalid credential rid: 1-2");
    try {
        (void)bad.value();
        BOOST_ERROR("nothing was thrown");
    } catch (const boost::system::system_error& e) {
        BOOST_CHECK(e.code() == make_api_code(40001));
        BOOST_CHECK(e.code() == condition::token_rejected);
        BOOST_TEST(std::string_view(e.what()).find("invalid credential rid: 1-2") != std::string_view::npos);
    }
    const result<void> none = error(errc::no_timer);
    BOOST_CHECK_THROW(none.value(), boost::system::system_error);
    BOOST_TEST(result<int>(7).value() == 7);
}

}  // namespace

BOOST_AUTO_TEST_SUITE_END()
