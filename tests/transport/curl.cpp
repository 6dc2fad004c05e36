// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include "../../examples/transports/curl.hpp"

#include <wxmp/client.hpp>

#include <boost/test/unit_test.hpp>

#include "loopback.hpp"
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

BOOST_AUTO_TEST_SUITE(transport_curl)

namespace {

using wxmp::errc;
using wxmp::testing::raw_server;
using wxmp_test::ask;
using wxmp_test::canary;
using wxmp_test::check_fails;
using wxmp_test::ok;

static_assert(wxmp::blocking_transport<transports::curl>);

using std::chrono::milliseconds;
static_assert(transports::to_curl_timeout(milliseconds(0)) == 0);
static_assert(transports::to_curl_timeout(milliseconds(1)) == 1);
static_assert(transports::to_curl_timeout(milliseconds(0x8000'0000)) == 0x7fff'ffff);
static_assert(transports::to_curl_timeout(milliseconds::max()) == 0x7fff'ffff);
static_assert(transports::to_curl_timeout(milliseconds::min()) == 0);

struct subject {
    subject() { ::setenv("no_proxy", "127.0.0.1", 1); }
    wxmp::result<wxmp::http::response> send(const wxmp::http::request& r) { return curl.send(r); }

    transports::curl curl{};
};

// What every transport owes is in conformance.cpp.
BOOST_AUTO_TEST_CASE(speaks_nothing_but_http) {
    auto r = ask("localhost");
    r.scheme = "file";
    r.target = wxmp::secret("/etc/passwd");
    check_fails(subject().send(r), errc::connect_failed);
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

BOOST_AUTO_TEST_CASE(tells_a_body_that_may_have_arrived_from_a_request_that_did_not) {
    raw_server server([](wxmp::testing::peer& p, raw_server& s) {
        s.keep(p.read_request());
        p.send(ok);
        s.keep(p.read_request());
    });
    subject s;
    auto r = ask(server.host());
    r.verb = wxmp::method::post;
    r.body = wxmp::http::body(std::string("text"));
    BOOST_TEST(s.send(r).has_value());
    check_fails(s.send(r), errc::connection_lost);
    BOOST_TEST(server.requests().size() == 2);
}

BOOST_AUTO_TEST_CASE(refuses_a_target_that_ends_the_line_of_the_request) {
    raw_server server(ok);
    for (const std::string after : {" HTTP/1.1\r\nX-Injected: ", "\n", " ", "\x7f"}) {
        auto r = ask(server.host());
        r.target = wxmp::secret("/x" + after + canary);
        check_fails(subject().send(r), errc::connect_failed);
    }
    BOOST_TEST(server.requests().empty());
}

// A handle keeps nothing of what it was used for before.
BOOST_AUTO_TEST_CASE(sends_no_body_and_no_target_again) {
    raw_server server(ok);
    subject s;
    auto with_body = ask(server.host());
    with_body.verb = wxmp::method::post;
    with_body.body = wxmp::http::body(std::string("text"));
    BOOST_TEST(s.send(with_body).has_value());
    auto r = ask(server.host());
    r.target = wxmp::secret("/y#z");  // as a part of the URL
    BOOST_TEST(s.send(r).has_value());
    BOOST_TEST_REQUIRE(server.requests().size() == 2u);
    const auto last = server.requests().back();
    BOOST_TEST(last.head.starts_with("GET /y HTTP/1.1"));
    BOOST_TEST(last.head.find("Content-Length") == std::string::npos);
    BOOST_TEST(last.body == "");
}

// What lends less than all, or throws, comes to the same as where it is read.
BOOST_AUTO_TEST_CASE(asks_a_source_that_does_not_lend_all) {
    struct faulty {
        bool throws{};
        std::uint64_t size() const { return 4; }
        std::string_view lend(std::uint64_t, std::size_t) const {
            if (throws) throw std::domain_error("it lends nothing");
            return "tex";
        }
        std::size_t read_at(std::uint64_t, void*, std::size_t) const { return lend(0, 4).size(); }
    };
    raw_server server(ok);
    subject s;
    auto r = ask(server.host());
    r.verb = wxmp::method::post;
    const faulty cut{}, throwing{.throws = true};
    r.body = wxmp::http::body::from(cut);
    check_fails(s.send(r), errc::source_failed);
    r.body = wxmp::http::body::from(throwing);
    BOOST_CHECK_THROW(static_cast<void>(s.send(r)), std::domain_error);
}

// What libcurl reads as a URL is sent as it reads it.
BOOST_AUTO_TEST_CASE(sends_what_a_target_says_as_a_part_of_a_url) {
    raw_server server(ok);
    subject s;
    for (const auto& [target, line] : {std::pair{"/x?a=%2f../.", "GET /x?a=%2f../. HTTP/1.1"},
                                       {"/x#y", "GET /x HTTP/1.1"},
                                       {"?x", "GET /?x HTTP/1.1"},
                                       {"/x", "GET /x HTTP/1.1"}}) {
        auto r = ask(server.host());
        r.target = wxmp::secret(target);
        BOOST_TEST(s.send(r).has_value());
        BOOST_TEST(server.requests().back().head.starts_with(line));
    }
}

// It is the server here.
BOOST_AUTO_TEST_CASE(tells_a_proxy_the_whole_url) {
    raw_server server(ok);
    subject s;
    ::setenv("http_proxy", server.host().c_str(), 1);
    const auto r = s.send(ask("service.invalid"));
    ::unsetenv("http_proxy");
    BOOST_TEST(r.has_value());
    BOOST_TEST_REQUIRE(!server.requests().empty());
    BOOST_TEST(server.requests().back().head.starts_with("GET http://service.invalid/x?access_token="));
}

BOOST_AUTO_TEST_CASE(may_be_moved_into_a_client) {
    raw_server server(ok);
    wxmp::client client{transports::curl{}};
    BOOST_TEST(client.next_layer().send(ask(server.host())).has_value());
}

}  // namespace

BOOST_AUTO_TEST_SUITE_END()
