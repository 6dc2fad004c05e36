// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
//
// A service whose errors repeat what it was sent: no flow, policy or driver passes a secret on.
#include <wxmp/api/auth/stable_token.hpp>
#include <wxmp/api/auth/token.hpp>
#include <wxmp/api/draft/count.hpp>
#include <wxmp/api/material/get_material.hpp>
#include <wxmp/client.hpp>
#include <wxmp/codec/url.hpp>
#include <wxmp/flow/download.hpp>
#include <wxmp/flow/publish_article.hpp>
#include <wxmp/flow/publish_draft.hpp>
#include <wxmp/flow/upload.hpp>
#include <wxmp/testing/platform_transport.hpp>
#include <wxmp/testing/scripted_transport.hpp>
#include <wxmp/transport/memory_token_store.hpp>
#include <wxmp/transport/token_policy.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cctype>
#include <string>
#include <string_view>
#include <utility>

BOOST_AUTO_TEST_SUITE(transport_secrets)

namespace {

using namespace wxmp;
using namespace std::chrono_literals;
using testing::platform_transport;

const std::string app_secret = "app-secret+of/wx1";

std::string all_of(const error& e) {
    return e.detail() + '\n' + e.rid() + '\n' + e.request_member() + '\n' + e.message() + '\n' +
           e.message_zh();
}

template <class T> std::string what_of(const result<T>& r) {
    try {
        static_cast<void>(r.value());
    } catch (const std::exception& e) {
        return e.what();
    }
    return "nothing thrown";
}

// An error that repeats the request, with all that could tell its secrets.
template <class T> void check(const result<T>& r, const std::string& token, std::string_view path) {
    BOOST_TEST_REQUIRE(!r);
    const auto said = all_of(r.error()) + what_of(r);
    BOOST_TEST(said.find(" request: " + std::string(path)) != said.npos, said);
    BOOST_TEST(said.find("***") != said.npos);
    BOOST_TEST(said.find(app_secret) == said.npos);
    BOOST_TEST(said.find(token) == said.npos);
}

struct world {
    testing::platform p{{.errors_repeat_request = true}};
    testing::account& owner{p.add_account("wx1", secret(app_secret))};
    memory_token_store store;
    client<platform_transport, token_policy<memory_token_store>> c{
        platform_transport(p), options{},
        token_policy(store, auth::stable_token{.appid = "wx1", .secret = secret(app_secret)})};

    // The token in use, after a call that needs one.
    std::string token() {
        BOOST_REQUIRE(c(draft::count{}));
        return store.load().value()->token.reveal();
    }
    void refuse(std::string_view call, std::uint32_t times = 1) {
        p.inject({.call = std::string(call), .times = times, .what = testing::fault::error_code{45009}});
    }
};

BOOST_AUTO_TEST_CASE(of_a_call_under_policies) {
    world w;
    const auto token = w.token();
    w.refuse("/cgi-bin/draft/count");
    check(w.c(draft::count{}), token, "/cgi-bin/draft/count");
}

BOOST_AUTO_TEST_CASE(of_a_token_that_is_refused_again_and_again) {
    world w;
    const auto token = w.token();
    w.p.inject({.call = "/cgi-bin/draft/count", .times = 9, .what = testing::fault::error_code{40001}});
    const auto r = w.c(draft::count{});
    check(r, token, "/cgi-bin/draft/count");
    check(r, w.store.load().value()->token.reveal(), "/cgi-bin/draft/count");
}

BOOST_AUTO_TEST_CASE(of_a_renewal) {
    world w;
    w.refuse("/cgi-bin/stable_token", 99);
    check(w.c(draft::count{}), app_secret, "/cgi-bin/stable_token");
}

BOOST_AUTO_TEST_CASE(of_a_renewal_with_a_plain_token) {
    world w;
    w.refuse("/cgi-bin/token", 99);
    client c(platform_transport(w.p), options{},
             token_policy(w.store, auth::token{.appid = "wx1", .secret = secret(app_secret)}));
    check(c(draft::count{}), percent_encode(app_secret), "/cgi-bin/token");
}

BOOST_AUTO_TEST_CASE(of_each_step_of_an_upload) {
    const std::string bytes = "video";
    const memory_source source(bytes);
    for (const auto* step : {"init_upload", "upload_block", "upload_finish", "save_video"}) {
        world w;
        const auto token = w.token();
        const auto path = std::string("/cgi-bin/material/upload_video?action=") + step;
        w.refuse(path, 99);
        BOOST_TEST_CONTEXT(step) {
            check(w.c.run(upload("v.mp4", bytes.size(), {"title", "words", false}, w.c.settings()),
                          {.source = source}),
                  token, path);
        }
    }
}

BOOST_AUTO_TEST_CASE(of_a_download) {
    world w;
    const auto token = w.token();
    w.refuse("/cgi-bin/material/get_material");
    const auto to_nothing = [](std::string_view) { return result<void>(); };
    check(w.c.run(download(material::get_material{"m"}, to_nothing, w.c.settings())), token,
          "/cgi-bin/material/get_material");
}

BOOST_AUTO_TEST_CASE(of_what_publishes) {
    world w;
    const auto token = w.token();
    w.refuse("/cgi-bin/freepublish/submit");
    check(w.c.run(publish_draft("m", w.c.settings())), token, "/cgi-bin/freepublish/submit");
    w.refuse("/cgi-bin/publish/submit");
    check(w.c.run(publish_article("m", w.c.settings())), token, "/cgi-bin/publish/submit");
}

// A server need not repeat it as it was sent.
BOOST_AUTO_TEST_CASE(in_any_form) {
    const std::string token = "98_AbCd-Ef+Gh/0123456789";
    auto upper = token;
    std::transform(upper.begin(), upper.end(), upper.begin(),
                   [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    for (const auto& said : {token, upper, percent_encode(token), percent_encode(percent_encode(token)),
                             token.substr(0, 10), token.substr(9)}) {
        testing::scripted_transport t;
        t.reply(R"({"errcode":40003,"errmsg":"got [)" + said + R"(] rid: 1-2"})");
        client c(std::move(t));
        c.access_token(secret(token));
        BOOST_TEST(c(draft::count{}).error().detail() == "got [***] rid: 1-2");
    }
}

// An app secret is made of what a rid is made of.
BOOST_AUTO_TEST_CASE(in_place_of_a_rid) {
    const std::string hex = "0123456789abcdef0123456789abcdef";
    testing::scripted_transport t;
    t.reply(R"({"errcode":40125,"errmsg":"no. rid: )" + hex + R"("})");
    client c(std::move(t));
    const auto r = c(auth::stable_token{.appid = "wx1", .secret = secret(hex)});
    BOOST_TEST(r.error().rid() == "***");
    BOOST_TEST(all_of(r.error()).find(hex) == std::string::npos);
}

// As libcurl does, of a URL that it cannot take.
BOOST_AUTO_TEST_CASE(in_what_a_transport_says) {
    testing::scripted_transport t;
    t.fail(error(errc::connect_failed, "bad URL: /p?access_token=98_AbCd-Ef"));
    client c(std::move(t));
    c.access_token(secret("98_AbCd-Ef"));
    BOOST_TEST(c(draft::count{}).error().detail() == "bad URL: /p?access_token=***");
}

// As Redis does, of a command that it does not know.
BOOST_AUTO_TEST_CASE(in_what_a_store_says) {
    struct repeating_store : memory_token_store {
        result<void> invalidate(const secret& token) {
            return error(errc::store_failed, "unknown command, with args beginning with: " + token.reveal());
        }
    };
    testing::platform p;
    p.add_account("wx1", secret(app_secret));
    repeating_store store;
    client c(platform_transport(p), options{},
             token_policy(store, auth::stable_token{.appid = "wx1", .secret = secret(app_secret)},
                          {.again = {.tries = 1}}));
    BOOST_REQUIRE(c(draft::count{}));
    p.inject({.call = "/cgi-bin/draft/count", .what = testing::fault::error_code{40001}});
    const auto r = c(draft::count{});
    BOOST_TEST_REQUIRE(!r);
    BOOST_CHECK(r.error() == errc::store_failed);
    BOOST_TEST(r.error().detail() == "unknown command, with args beginning with: ***");
}

}  // namespace

BOOST_AUTO_TEST_SUITE_END()
