// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include "../../examples/transports/curl_multi.hpp"

#include <wxmp/client.hpp>
#include <wxmp/flow/poll.hpp>

#include <boost/test/unit_test.hpp>

#include "loopback.hpp"
#include <algorithm>
#include <chrono>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace {

using wxmp::errc;
using wxmp::testing::raw_server;
using wxmp_test::ask;
using wxmp_test::canary;
using wxmp_test::check_fails;
using wxmp_test::ok;

static_assert(wxmp::callback_transport<transports::curl_multi>);

struct subject {
    subject() { ::setenv("no_proxy", "127.0.0.1", 1); }
    wxmp::result<wxmp::http::response> send(const wxmp::http::request& r) {
        wxmp::result<wxmp::http::response> answer = wxmp::error(wxmp::errc::unexpected_event);
        curl.send(r, [&](auto a) { answer = std::move(a); });
        curl.run();
        return answer;
    }
    void cancel() { curl.cancel(); }

    transports::curl_multi curl{};
};

// What every transport owes is in conformance.cpp.
BOOST_AUTO_TEST_SUITE(transport_curl_multi)

BOOST_AUTO_TEST_CASE(stays_cancelled_until_told_otherwise) {
    raw_server server(ok);
    subject s;
    s.curl.cancel();
    check_fails(s.send(ask(server.host())), errc::cancelled);
    check_fails(s.send(ask(server.host())), errc::cancelled);
    s.curl.cancel(false);
    BOOST_TEST(s.send(ask(server.host())).has_value());
    BOOST_TEST(server.requests().size() == 1u);
}

BOOST_AUTO_TEST_CASE(ends_timers_in_their_order_and_not_too_early) {
    transports::curl_multi c;
    const auto start = c.now();
    std::string order;
    for (const int ms : {30, 10, 20})
        c.wait_until(start + std::chrono::milliseconds(ms), [&, ms] {
            BOOST_TEST((c.now() - start >= std::chrono::milliseconds(ms)));
            order += std::to_string(ms) + ' ';
        });
    c.run();
    BOOST_TEST(order == "10 20 30 ");
}

// A flow that waits has its pause cut short, and then is told.
BOOST_AUTO_TEST_CASE(cancelled_it_ends_a_pause) {
    raw_server server("HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n{\"status\":0}");
    subject s;
    wxmp::options o;
    wxmp::error why;
    wxmp::poll_pace hours;
    o.scheme = "http", o.host = server.host();
    hours.first = hours.longest = std::chrono::hours(10), hours.total = std::chrono::hours(100);
    wxmp::client<transports::curl_multi&> client(s.curl, o);
    const wxmp::upload_video::query_status op{"m"};
    client.run(wxmp::poll_video(op, hours, o), {}, {}, [&](const auto& r) { why = r.error(); });
    std::thread other([&] {
        while (server.requests().empty()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
        s.cancel();
    });
    s.curl.run();
    other.join();
    BOOST_TEST((why == errc::cancelled));
    BOOST_TEST(server.requests().size() == 1u);
}

BOOST_AUTO_TEST_CASE(drops_what_is_under_way_when_it_goes) {
    raw_server server(ok);
    const auto r = ask(server.host());
    bool called = false;
    {
        transports::curl_multi c;
        c.send(r, [&](const auto&) { called = true; });
    }
    BOOST_TEST(!called);
}

// Answers one request, reads a second, and goes.
BOOST_AUTO_TEST_CASE(tells_a_kept_connection_that_broke_from_another) {
    raw_server server([](wxmp::testing::peer& p, raw_server& s) {
        s.keep(p.read_request());
        p.send(ok);
        s.keep(p.read_request());
    });
    subject s;
    const auto r = ask(server.host());
    BOOST_TEST(s.send(r).has_value());
    check_fails(s.send(r), errc::stale_connection);
}

BOOST_AUTO_TEST_CASE(refuses_a_target_with_a_line_break) {
    raw_server server(ok);
    auto r = ask(server.host());
    r.target = wxmp::secret("/x HTTP/1.1\r\nX-Injected: " + canary);
    check_fails(subject().send(r), errc::connect_failed);
    BOOST_TEST(server.requests().empty());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
