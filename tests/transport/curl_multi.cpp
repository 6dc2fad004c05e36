// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include "../../examples/transports/curl_multi.hpp"

#include <wxmp/client.hpp>
#include <wxmp/flow/poll.hpp>

#include <boost/test/unit_test.hpp>

#include "loopback.hpp"
#include <chrono>
#include <cstdlib>
#include <stop_token>
#include <string>
#include <utility>

BOOST_AUTO_TEST_SUITE(transport_curl_multi)

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
        curl.send(r, {}, [&](auto a) { answer = std::move(a); });
        curl.run();
        return answer;
    }

    transports::curl_multi curl{};
};

// What every transport owes is in conformance.cpp.
// A run that waits is ended by its stop token, from another thread, or by its handle.
BOOST_AUTO_TEST_CASE(ends_a_pause_when_the_run_is_stopped) {
    for (const bool by_handle : {false, true}) {
        transports::curl_multi transport;
        std::stop_source source;
        wxmp::run_handle handle;
        raw_server server([&](wxmp::testing::peer& p, raw_server& s) {
            s.keep(p.read_request());
            p.send("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 12\r\n\r\n{\"status\":0}");
            p.stall();
            if (!by_handle) source.request_stop();
        });
        wxmp::options o;
        o.scheme = "http";
        o.host = server.host();
        const std::chrono::hours hours(10);
        const wxmp::backoff pauses{.tries = 0, .first = hours, .longest = hours, .total = 100 * hours};
        wxmp::client<transports::curl_multi&> client(transport, o);
        const wxmp::upload_video::query_status op{"m"};
        wxmp::error why;
        handle = client.run(wxmp::poll_video(op, pauses, o), {.stop = source.get_token()},
                            [&](const auto& r) { why = r ? wxmp::error() : r.error(); });
        if (by_handle)
            transport.wait_until(wxmp::detail::system_now().steady + std::chrono::milliseconds(100),
                                 std::stop_token(), [&] { handle.cancel(); });
        transport.run();
        BOOST_TEST((why == errc::cancelled));
        BOOST_TEST(server.requests().size() == 1u);
    }
}

// What was begun is never told; a stop that comes later reaches nobody.
BOOST_AUTO_TEST_CASE(drops_what_is_under_way_when_it_goes) {
    raw_server server(ok);
    const auto r = ask(server.host());
    std::stop_source source;
    bool called = false;
    {
        transports::curl_multi c;
        c.send(r, source.get_token(), [&](const auto&) { called = true; });
        c.wait_until(wxmp::time_point(), source.get_token(), [&] { called = true; });
    }
    source.request_stop();
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

}  // namespace

BOOST_AUTO_TEST_SUITE_END()
