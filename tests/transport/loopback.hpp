// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// Requests to a server on the loopback, for what is tried with one adapter alone.
#ifndef WXMP_TESTS_TRANSPORT_LOOPBACK_HPP
#define WXMP_TESTS_TRANSPORT_LOOPBACK_HPP

#include <wxmp/testing/transport_conformance/raw_server.hpp>
#include <wxmp/transport/transport.hpp>

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <string>

namespace wxmp_test {

const std::string canary = "CANARY-dont-tell";
const std::string ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

inline wxmp::http::request ask(const std::string& host) {
    wxmp::http::request r;
    r.verb = wxmp::method::get;
    r.scheme = "http";
    r.host = host;
    r.target = wxmp::secret("/x?access_token=" + canary);
    r.safe_target = "/x?access_token=***";
    r.timeout = std::chrono::seconds(60);
    return r;
}

// Checks that it failed so, and that the text tells no secret.
inline void check_fails(const wxmp::result<wxmp::http::response>& r, wxmp::errc expected) {
    BOOST_TEST_REQUIRE(r.has_error());
    BOOST_TEST(r.error().code().message() == make_error_code(expected).message());
    BOOST_TEST((r.error() == expected));
    BOOST_TEST(r.error().message().find(canary) == std::string::npos);
}

}  // namespace wxmp_test

#endif
