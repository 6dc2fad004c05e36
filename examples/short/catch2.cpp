// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// The user's code of daily_note.hpp, tested in Catch2 of version 2. With version 3, include
// <catch2/catch_test_macros.hpp> without the macro, and link Catch2::Catch2WithMain.
#define CATCH_CONFIG_MAIN
#include <wxmp/testing/scripted_transport.hpp>

#include "short/daily_note.hpp"
#include "short/simulated_account.hpp"
#include <catch2/catch.hpp>

static const std::string jpeg = "\xff\xd8\xff\xe0";  // what one begins with

TEST_CASE("a note becomes public") {
    simulated_account account;
    auto client = account.client();
    const auto address = publish_note(client, "Boats", "They leave at six & are back by noon.", jpeg);
    REQUIRE(address.has_value());
    const auto page = account.service.published(*address);
    REQUIRE(page);
    CHECK(*page->text->content == "<p>They leave at six &amp; are back by noon.</p>");
}

TEST_CASE("a draft is not made twice") {
    simulated_account account;
    auto client = account.client();
    account.service.inject({.call = "/cgi-bin/draft/add", .what = wxmp::testing::fault::lose_answer{}});
    const auto address = publish_note(client, "Boats", "They leave at six.", jpeg);
    REQUIRE(address.has_error());
    CHECK((address.error() == wxmp::condition::outcome_unknown));
    CHECK(account.service.calls<wxmp::draft::add>() == 1);
}

TEST_CASE("a title that is too long is not sent") {
    wxmp::client client{wxmp::testing::scripted_transport()};
    client.next_layer().reply(R"({"media_id":"COVER","url":"http://mmbiz.qpic.cn/c"})");
    const auto address = publish_note(client, std::string(65, 'x'), "They leave at six.", jpeg);
    REQUIRE(address.has_error());
    CHECK(address.error().request_member() == "/articles/0/title");
    CHECK(client.next_layer().sent().size() == 1);  // the cover
}
