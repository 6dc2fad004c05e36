// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// The user's code of daily_note.hpp, tested in Boost.Test.
#define BOOST_TEST_MODULE daily_note
#include <wxmp/testing/scripted_transport.hpp>

#include <boost/test/included/unit_test.hpp>

#include "short/daily_note.hpp"
#include "short/simulated_account.hpp"

namespace {

const std::string jpeg = "\xff\xd8\xff\xe0";  // what one begins with

BOOST_AUTO_TEST_CASE(a_note_becomes_public) {
    simulated_account account;
    auto client = account.client();
    const auto address = publish_note(client, "Boats", "They leave at six & are back by noon.", jpeg);
    BOOST_REQUIRE(address.has_value());
    const auto page = account.service.published(*address);
    BOOST_REQUIRE(page);
    BOOST_TEST(*page->text->content == "<p>They leave at six &amp; are back by noon.</p>");
}

BOOST_AUTO_TEST_CASE(a_draft_is_not_made_twice) {
    simulated_account account;
    auto client = account.client();
    account.service.inject({.call = "/cgi-bin/draft/add", .what = wxmp::testing::fault::lose_answer{}});
    const auto address = publish_note(client, "Boats", "They leave at six.", jpeg);
    BOOST_REQUIRE(address.has_error());
    BOOST_TEST((address.error() == wxmp::condition::outcome_unknown));
    BOOST_TEST(account.service.calls<wxmp::draft::add>() == 1u);
}

BOOST_AUTO_TEST_CASE(a_title_that_is_too_long_is_not_sent) {
    wxmp::client client{wxmp::testing::scripted_transport()};
    client.next_layer().reply(R"({"media_id":"COVER","url":"http://mmbiz.qpic.cn/c"})");
    const auto address = publish_note(client, std::string(65, 'x'), "They leave at six.", jpeg);
    BOOST_REQUIRE(address.has_error());
    BOOST_TEST(address.error().request_member() == "/articles/0/title");
    BOOST_TEST(client.next_layer().sent().size() == 1u);  // the cover
}

}  // namespace
