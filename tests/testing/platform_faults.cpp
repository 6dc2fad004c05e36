// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include <wxmp/client.hpp>
#include <wxmp/testing/platform_transport.hpp>

#include <boost/test/unit_test.hpp>

#include "platform_world.hpp"
#include <chrono>
#include <cstdint>
#include <string>

BOOST_AUTO_TEST_SUITE(testing_platform_faults)

namespace {

using namespace wxmp;
using namespace wxmp::testing;
using namespace std::chrono_literals;
using material::add_material;
using publish::query;

const add_material cover{media_type::image, {"cover.jpg", {"cover"}}};

// The answer to `cover` with this fault asked for by a header.
answer with_header(world& w, std::string text) {
    auto r = prepare(cover).value();
    authorize(r, w.token);
    r.headers.push_back({"x-wxmp-fault", std::move(text)});
    return w.p.handle(r, w.now);
}

int code_of_answer(const answer& a) { return code_in(complete<add_material>(a.response)); }

// A world with a client over the transport.
struct connected : world {
    explicit connected(options o = {}) : c(platform_transport(p, now), std::move(o)) {
        c.access_token(token);
    }

    error fails(fault::any what) {
        p.inject({.call = call_name(add_material::at), .what = what});
        return c(cover).error();
    }
    std::size_t stored() const { return owner.media.materials().size(); }

    client<platform_transport> c;
};

// A source that says it has more than it has.
struct short_source {
    std::uint64_t size() const { return 10; }
    std::size_t read_at(std::uint64_t, void*, std::size_t) const { return 0; }
};

BOOST_AUTO_TEST_CASE(a_fault_strikes_the_call_it_names_once) {
    world w;
    w.p.inject({.call = "/cgi-bin/publish/query", .what = fault::error_code{45009}});
    BOOST_TEST(w.code_of(cover) == 0);
    BOOST_TEST(w.code_of(query{"x"}) == 45009);
    BOOST_TEST(w.code_of(query{"x"}) == 40007);
    BOOST_TEST(w.p.faults_left() == 0u);
}

BOOST_AUTO_TEST_CASE(a_fault_can_wait_and_last) {
    world w;
    w.p.inject({.nth = 2, .times = 2, .what = fault::error_code{-1}});
    BOOST_TEST(w.code_of(query{"x"}) == 40007);
    BOOST_TEST(w.code_of(query{"x"}) == -1);
    BOOST_TEST(w.p.faults_left() == 1u);
    BOOST_TEST(w.code_of(cover) == -1);
    BOOST_TEST(w.code_of(query{"x"}) == 40007);
}

BOOST_AUTO_TEST_CASE(a_path_names_all_of_its_actions) {
    world w;
    w.p.inject({.call = "/cgi-bin/material/upload_video", .what = fault::error_code{45009}});
    w.p.inject(
        {.call = "/cgi-bin/material/upload_video?action=save_video", .what = fault::error_code{45011}});
    BOOST_TEST(w.code_of(upload_video::upload_finish{"x"}) == 45009);
    BOOST_TEST(w.code_of(upload_video::upload_finish{"x"}) == 40218);
    BOOST_TEST(w.code_of(upload_video::save_video{"t", "d", "x", false}) == 45011);
}

BOOST_AUTO_TEST_CASE(some_faults_keep_the_call_from_happening) {
    connected w;
    BOOST_TEST(w.fails(fault::error_code{48001}).api_code() == 48001);
    const auto status = w.fails(fault::http_status{502});
    BOOST_TEST((status == errc::http_status));
    BOOST_TEST(status.http_status() == 502);
    BOOST_TEST((w.fails(fault::lose_request{}) == errc::connection_lost));
    BOOST_TEST(w.fails(fault::expire_token{}).api_code() == 42001);
    BOOST_TEST(w.c(cover).error().api_code() == 42001);
    BOOST_TEST(w.stored() == 0u);
}

BOOST_AUTO_TEST_CASE(others_only_hide_that_it_happened) {
    connected w;
    const auto lost = w.fails(fault::lose_answer{});
    BOOST_TEST((lost == errc::connection_lost));
    BOOST_TEST((lost == condition::outcome_unknown));
    BOOST_TEST(w.stored() == 1u);
    BOOST_TEST((w.fails(fault::truncate{5}) == errc::bad_json));
    BOOST_TEST(w.stored() == 2u);
    BOOST_TEST((w.fails(fault::delay{30s}) == errc::timeout));
    BOOST_TEST(w.stored() == 3u);
    BOOST_TEST((w.c.next_layer().now().wall == w.now + 30s));
    w.p.inject({.what = fault::delay{29s}});
    BOOST_TEST(w.c(cover).has_value());
    BOOST_TEST((w.c.next_layer().now().wall == w.now + 59s));
}

BOOST_AUTO_TEST_CASE(whatever_was_sent_is_counted) {
    connected w;
    std::uint64_t sent = 0;
    for (const auto& what : {fault::any(fault::lose_request{}), fault::any(fault::lose_answer{}),
                             fault::any(fault::error_code{-1}), fault::any(fault::http_status{500})}) {
        w.fails(what);
        BOOST_TEST(w.p.calls<add_material>() == ++sent);
    }
    BOOST_TEST(w.stored() == 1u);
}

BOOST_AUTO_TEST_CASE(the_header_asks_for_the_same) {
    world w;
    BOOST_TEST(code_of_answer(with_header(w, "errcode=45009")) == 45009);
    BOOST_TEST(with_header(w, "http=500").response.status == 500);
    BOOST_TEST(w.owner.media.materials().empty());
    BOOST_TEST(with_header(w, "truncate=10").response.body.size() == 10u);
    BOOST_TEST(with_header(w, "lose").lost);
    BOOST_TEST((with_header(w, "delay=300").delay == 300ms));
    BOOST_TEST(w.owner.media.materials().size() == 3u);
    BOOST_TEST(with_header(w, "drop").lost);
    BOOST_TEST(code_of_answer(with_header(w, "expire")) == 42001);
    BOOST_TEST(w.owner.media.materials().size() == 3u);
}

BOOST_AUTO_TEST_CASE(a_header_that_makes_no_sense_is_refused) {
    world w;
    for (const char* text : {"nothing", "errcode", "errcode=", "errcode=x", "errcode=1 ", "http=7",
                             "truncate=-1", "delay=-1", "lose=1"})
        BOOST_TEST(with_header(w, text).response.status == 400, text);
    BOOST_TEST(w.owner.media.materials().empty());
}

BOOST_AUTO_TEST_CASE(the_transport_does_what_every_transport_owes) {
    options o;
    o.max_response = 20;
    connected w(o);
    BOOST_TEST((w.c(cover).error() == errc::too_large));
    const short_source source;
    BOOST_TEST((w.c(media::uploadimg{{"a.jpg", http::body::from(source)}}).error() == errc::source_failed));
    BOOST_TEST(w.p.calls<media::uploadimg>() == 0u);
    const auto start = w.c.next_layer().now().steady;
    w.c.next_layer().wait_until(start + 5s);
    w.c.next_layer().wait_until(start);
    BOOST_TEST((w.c.next_layer().now().steady == start + 5s));
    BOOST_TEST((w.c.next_layer().now().wall == w.now + 5s));
}

}  // namespace

BOOST_AUTO_TEST_SUITE_END()
