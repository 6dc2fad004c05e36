// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include <wxmp/data/endpoint.hpp>

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(data_endpoint)

namespace {

using wxmp::endpoint;
using wxmp::method;
using wxmp::payload;

constexpr endpoint read = wxmp::endpoint::get("/cgi-bin/token");
static_assert(read.verb == method::get && read.path == "/cgi-bin/token" && read.body == payload::none);
static_assert(read.is_idempotent && read.needs_token && read.action_name.empty() &&
              read.success_member.empty());

constexpr endpoint json = wxmp::endpoint::post_json("/a");
static_assert(json.verb == method::post && json.body == payload::json && json.needs_token &&
              !json.is_idempotent);
static_assert(wxmp::endpoint::post_form("/a").body == payload::form &&
              !wxmp::endpoint::post_form("/a").is_idempotent);
static_assert(wxmp::endpoint::post_octets("/a").body == payload::octets &&
              !wxmp::endpoint::post_octets("/a").is_idempotent);
static_assert(wxmp::endpoint::post_empty("/a").body == payload::none &&
              !wxmp::endpoint::post_empty("/a").is_idempotent);
static_assert(wxmp::endpoint::post_empty("/a").verb == method::post);

// Each refinement changes one thing, whatever the order.
constexpr endpoint refined = json.query("x", "y").action("go").idempotent().without_token().zero_in("ret");
constexpr endpoint otherwise = json.zero_in("ret").without_token().idempotent().action("go").query("x", "y");
static_assert(refined.verb == method::post && refined.path == "/a" && refined.body == payload::json);
static_assert(refined.action_name == "go" && refined.is_idempotent && !refined.needs_token &&
              refined.success_member == "ret");
static_assert(refined.query_members[0] == "x" && refined.query_members[1] == "y" &&
              refined.query_members[2].empty());
static_assert(otherwise.action_name == "go" && otherwise.is_idempotent && !otherwise.needs_token);
static_assert(otherwise.success_member == "ret" && otherwise.query_members[1] == "y");
static_assert(!json.is_idempotent && json.action_name.empty(), "a refinement is a copy");

static_assert(refined.in_query("x") && refined.in_query("y") && !refined.in_query("z"));
static_assert(!json.in_query("x"));
static_assert(json.query("a", "b", "c").in_query("c"));
static_assert(read.in_query("anything") && wxmp::endpoint::post_empty("/a").in_query("anything"));
static_assert(!wxmp::endpoint::post_form("/a").in_query("media") &&
              !wxmp::endpoint::post_octets("/a").query("vid").in_query("data"));

BOOST_AUTO_TEST_CASE(is_a_value_at_run_time_too) {
    const endpoint copy = refined;
    BOOST_TEST(copy.path == "/a");
    BOOST_TEST(copy.in_query("y"));
    BOOST_TEST(!copy.in_query("media_id"));
}

}  // namespace

BOOST_AUTO_TEST_SUITE_END()
