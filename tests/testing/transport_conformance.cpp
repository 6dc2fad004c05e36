// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// What the suite says of a transport that does not do as it should.
#include <wxmp/testing/transport_conformance.hpp>

#include <boost/test/unit_test.hpp>

#include "../../examples/transports/curl.hpp"
#include <chrono>
#include <string>
#include <string_view>
#include <utility>

BOOST_AUTO_TEST_SUITE(testing_transport_conformance)

namespace {

using namespace wxmp;
using namespace wxmp::testing;

// Another transport, whose requests and responses `Fault` changes.
template <class Fault> struct faulty {
    explicit faulty(const std::string& file) { right.ca_file = file; }
    result<http::response> send(http::request r) { return Fault::send(right, std::move(r)); }

    transports::curl right{};
};

struct none {
    static result<http::response> send(transports::curl& right, const http::request& r) {
        return right.send(r);
    }
};

struct calls_a_sink_again {
    static result<http::response> send(transports::curl& right, http::request r) {
        if (r.sink)
            r.sink = [sink = r.sink](const http::response& head, std::string_view piece) {
                return sink(head, piece) || sink(head, piece);
            };
        return right.send(r);
    }
};

struct sends_twice {
    static result<http::response> send(transports::curl& right, const http::request& r) {
        static_cast<void>(right.send(r));
        return right.send(r);
    }
};

struct fails {
    static result<http::response> send(transports::curl&, const http::request&) {
        return error(errc::timeout);
    }
};

template <class Fault> std::string discriminators(const std::string& check) {
    const auto report = check_transport([](const std::string& file) { return faulty<Fault>(file); },
                                        {.only = {check}, .patience = std::chrono::seconds(2)});
    const auto* result = report.find(check);
    return result ? std::string(to_string(result->outcome)) + ": " + result->detail : "no such check";
}

BOOST_AUTO_TEST_CASE(a_sink_that_wants_no_more_is_called_no_more) {
    BOOST_TEST(discriminators<none>("ends_when_the_sink_wants_no_more") == "passed: ");
    BOOST_TEST(discriminators<calls_a_sink_again>("ends_when_the_sink_wants_no_more") ==
               "failed: the sink was called 2 times; expected 1");
}

BOOST_AUTO_TEST_CASE(failures_are_sentences) {
    BOOST_TEST(discriminators<sends_twice>("sends_the_method") ==
               "failed: the server received 2 requests; expected 1");
    BOOST_TEST(discriminators<fails>("returns_a_slow_answer") == "failed: the request failed: timed out");
    BOOST_TEST(discriminators<fails>("refuses_an_endless_answer") ==
               "failed: the request failed with: timed out; expected: response is too large");
    BOOST_TEST(discriminators<none>("is_cancelled_while_waiting") ==
               "not applicable: it takes no stop token");
}

}  // namespace

BOOST_AUTO_TEST_SUITE_END()
