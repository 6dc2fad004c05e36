// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include <wxmp/client.hpp>

#include <boost/test/unit_test.hpp>

#include "../../examples/transports/curl.hpp"
#include "raw_server.hpp"
#include <algorithm>
#include <chrono>
#include <csignal>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace {

using namespace std::string_literals;

static_assert(wxmp::blocking_transport<transports::curl>);

struct subject {
    explicit subject(std::string ca_file = {}) {
        ::setenv("no_proxy", "127.0.0.1", 1);
        std::signal(SIGPIPE, SIG_IGN);  // OpenSSL raises it when the peer is gone
        curl.ca_file = std::move(ca_file);
    }
    wxmp::result<wxmp::http::response> send(const wxmp::http::request& r) { return curl.send(r); }
    void cancel() { curl.cancel(); }

    transports::curl curl{};
};

BOOST_AUTO_TEST_SUITE(transport_curl)

#include "conformance.hpp"
#include "sinks.hpp"

// ---- Its own

BOOST_AUTO_TEST_CASE(keeps_its_connection) {
    raw_server server(ok);
    subject    s;
    for (int i = 0; i != 5; ++i) BOOST_TEST(s.send(ask(server.host(), method::post, body("x"))).has_value());
    BOOST_TEST(server.requests().size() == 5u);
    BOOST_TEST(server.connections() == 1);
}

// Answers one request, reads a second, and goes.
void answer_once(peer& p, raw_server& s) {
    s.keep(p.read_request());
    p.send(ok);
    s.keep(p.read_request());
}

BOOST_AUTO_TEST_CASE(does_not_send_again_when_a_kept_connection_breaks) {
    for (const auto& content : {body(), body("x")}) {
        raw_server server(answer_once);
        subject    s;
        const auto r = ask(server.host(), method::post, content);
        BOOST_TEST(s.send(r).has_value());
        check_fails(s.send(r), errc::connection_lost);
        server.stop();
        BOOST_TEST(server.requests().size() == 2u);
    }
}

BOOST_AUTO_TEST_CASE(replaces_a_connection_that_was_closed_meanwhile) {
    raw_server server([](peer& p, raw_server& s) {
        s.keep(p.read_request());
        p.send(ok);
    });
    subject s;
    for (int i = 1; i != 4; ++i) {
        BOOST_TEST(s.send(ask(server.host(), method::post, body("x"))).has_value());
        while (server.closed() != i) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    BOOST_TEST(server.requests().size() == 3u);
    BOOST_TEST(server.connections() == 3);
}

BOOST_AUTO_TEST_CASE(stays_cancelled_until_told_otherwise) {
    raw_server server(ok);
    subject    s;
    s.curl.cancel();
    check_fails(s.send(ask(server.host())), errc::cancelled);
    check_fails(s.send(ask(server.host())), errc::cancelled);
    s.curl.cancel(false);
    BOOST_TEST(s.send(ask(server.host())).has_value());
    BOOST_TEST(server.requests().size() == 1u);
}

BOOST_AUTO_TEST_CASE(tells_its_progress) {
    const auto content = bytes(300'000);
    raw_server server("HTTP/1.1 200 OK\r\nContent-Length: 300000\r\n\r\n" + content);
    subject    s;
    curl_off_t sent{}, received{};
    s.curl.progress = [&](curl_off_t out, curl_off_t in) {
        BOOST_TEST((out >= sent && in >= received));
        sent = out, received = in;
    };
    BOOST_TEST(s.send(ask(server.host(), method::post, body::borrow(content))).has_value());
    BOOST_TEST(sent == 300'000);
    BOOST_TEST(received == 300'000);
}

BOOST_AUTO_TEST_CASE(speaks_nothing_but_http) {
    auto r = ask("localhost");
    r.scheme = "file";
    r.target = wxmp::secret("/etc/passwd");
    check_fails(subject().send(r), errc::connect_failed);
}

BOOST_AUTO_TEST_CASE(refuses_a_target_with_a_line_break) {
    raw_server server(ok);
    auto       r = ask(server.host());
    r.target = wxmp::secret("/x HTTP/1.1\r\nX-Injected: " + canary);
    check_fails(subject().send(r), errc::connect_failed);
    BOOST_TEST(server.requests().empty());
}

BOOST_AUTO_TEST_CASE(may_be_moved_into_a_client) {
    raw_server server(ok);
    wxmp::client client{transports::curl{}};
    BOOST_TEST(client.next_layer().send(ask(server.host())).has_value());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
