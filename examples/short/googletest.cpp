// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// The user's code of daily_note.hpp, tested in GoogleTest.
#include <wxmp/testing/scripted_transport.hpp>

#include "short/daily_note.hpp"
#include "short/simulated_account.hpp"
#include <gtest/gtest.h>

static const std::string jpeg = "\xff\xd8\xff\xe0";  // what one begins with

TEST(PublishNote, BecomesPublic) {
    simulated_account account;
    auto client = account.client();
    const auto address = publish_note(client, "Boats", "They leave at six & are back by noon.", jpeg);
    ASSERT_TRUE(address.has_value());
    const auto page = account.service.published(*address);
    ASSERT_TRUE(page);
    EXPECT_EQ(*page->text->content, "<p>They leave at six &amp; are back by noon.</p>");
}

TEST(PublishNote, DoesNotMakeADraftTwice) {
    simulated_account account;
    auto client = account.client();
    account.service.inject({.call = "/cgi-bin/draft/add", .what = wxmp::testing::fault::lose_answer{}});
    const auto address = publish_note(client, "Boats", "They leave at six.", jpeg);
    ASSERT_TRUE(address.has_error());
    EXPECT_TRUE(address.error() == wxmp::condition::outcome_unknown);
    EXPECT_EQ(account.service.calls<wxmp::draft::add>(), 1u);
}

TEST(PublishNote, DoesNotSendATitleThatIsTooLong) {
    wxmp::client client{wxmp::testing::scripted_transport()};
    client.next_layer().reply(R"({"media_id":"COVER","url":"http://mmbiz.qpic.cn/c"})");
    const auto address = publish_note(client, std::string(65, 'x'), "They leave at six.", jpeg);
    ASSERT_TRUE(address.has_error());
    EXPECT_EQ(address.error().request_member(), "/articles/0/title");
    EXPECT_EQ(client.next_layer().sent().size(), 1u);  // the cover
}
