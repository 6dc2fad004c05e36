// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// Transports with one fault each, which the conformance suite has to find: these checks and no others fail.
#include <boost/test/unit_test.hpp>

#include "../../examples/transports/curl.hpp"
#include "../system/transports/subjects.hpp"
#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <future>
#include <set>
#include <string>
#include <utility>

namespace {

using wxmp::errc;
using wxmp::http::request;
using wxmp::http::response;
using response_or = wxmp::result<response>;

// A transport that is right, but for what `Fault` does to its requests and its answers.
template <class Fault> struct broken {
    explicit broken(const std::string& file) { curl.ca_file = file; }
    response_or send(const request& r) { return fault.send(curl, r); }
    void cancel() { curl.cancel(); }

    transports::curl curl{};
    Fault fault{};
};

struct none {
    response_or send(transports::curl& c, const request& r) { return c.send(r); }
};

// Sends a header that nobody asked for, as a library's default would.
struct adds_a_header {
    response_or send(transports::curl& c, request r) {
        r.headers.push_back({"User-Agent", "me/1.0"});
        return c.send(r);
    }
};

// libcurl leaves Content-Length out then, and sends the body in chunks.
struct sends_chunks {
    response_or send(transports::curl& c, request r) {
        if (r.body.size() != 0) r.headers.push_back({"Transfer-Encoding", "chunked"});
        return c.send(r);
    }
};

struct follows_redirects {
    response_or send(transports::curl& c, request r) {
        auto answer = c.send(r);
        if (!answer || answer->status / 100 != 3) return answer;
        const std::string to(wxmp::http::find_header(answer->headers, "Location"));
        if (to.empty()) return answer;
        const auto host = to.find("//") + 2;
        r.host = to.substr(host, to.find('/', host) - host);
        return c.send(r);
    }
};

struct tells_the_target {
    response_or send(transports::curl& c, const request& r) {
        auto answer = c.send(r);
        if (answer) return answer;
        return wxmp::error(static_cast<errc>(answer.error().code().value()), "failed: " + r.target.reveal());
    }
};

// Takes a connection that broke for an answer without a body.
struct swallows_errors {
    response_or send(transports::curl& c, const request& r) {
        auto answer = c.send(r);
        const bool is_lost = !answer && answer.error() == errc::connection_lost;
        return is_lost ? response_or(response{200, {}, {}}) : answer;
    }
};

struct ignores_the_limit {
    response_or send(transports::curl& c, request r) {
        r.max_response = std::min<std::uint64_t>(r.max_response, 1) * (std::uint64_t{8} << 20);
        return c.send(r);
    }
};

struct retries {
    response_or send(transports::curl& c, const request& r) {
        auto answer = c.send(r);
        const bool is_lost = !answer && answer.error() == errc::connection_lost;
        return is_lost ? c.send(r) : answer;
    }
};

struct copies_the_body {
    response_or send(transports::curl& c, request r) {
        std::string all(static_cast<std::size_t>(r.body.size()), '\0');
        if (r.body.read(0, all.data(), all.size()) != all.size()) return c.send(r);
        r.body = wxmp::http::body(std::move(all));
        return c.send(r);
    }
};

struct knows_no_sink {
    response_or send(transports::curl& c, request r) {
        r.sink = nullptr;
        return c.send(r);
    }
};

struct trusts_everybody {
    response_or send(transports::curl& c, request r) {
        r.scheme = "http";
        return c.send(r);
    }
};

using names = std::set<std::string>;

template <class Fault> names failures() {
    const wxmp_test::adapter a{
        wxmp::testing::make_subject_factory([](const std::string& file) { return broken<Fault>(file); })};
    names failed;
    for (const auto& name : wxmp_test::check_names())
        if (wxmp_test::check(name, a, 2'000'000).outcome == wxmp::testing::verdict::failed)
            failed.insert(name);
    return failed;
}

// All of them at once: they mostly wait.
struct all_failures {
    template <class Fault> static std::shared_future<names> start() {
        return std::async(std::launch::async, &failures<Fault>).share();
    }

    std::shared_future<names> of_none = start<none>();
    std::shared_future<names> of_header = start<adds_a_header>();
    std::shared_future<names> of_chunks = start<sends_chunks>();
    std::shared_future<names> of_redirects = start<follows_redirects>();
    std::shared_future<names> of_secret = start<tells_the_target>();
    std::shared_future<names> of_errors = start<swallows_errors>();
    std::shared_future<names> of_limit = start<ignores_the_limit>();
    std::shared_future<names> of_retries = start<retries>();
    std::shared_future<names> of_copies = start<copies_the_body>();
    std::shared_future<names> of_sink = start<knows_no_sink>();
    std::shared_future<names> of_trust = start<trusts_everybody>();
};

void check_finds(std::shared_future<names> all_failures::*which, const names& expected) {
    ::setenv("no_proxy", "127.0.0.1", 1);
    std::signal(SIGPIPE, SIG_IGN);
    static const all_failures all;
    const auto& found = (all.*which).get();
    std::string different;
    for (const auto& name : found)
        if (!expected.contains(name)) different += " also " + name;
    for (const auto& name : expected)
        if (!found.contains(name)) different += " not " + name;
    BOOST_TEST(different == "");
}

BOOST_AUTO_TEST_SUITE(transport_broken)

BOOST_AUTO_TEST_CASE(finds_nothing_where_nothing_is) { check_finds(&all_failures::of_none, {}); }

BOOST_AUTO_TEST_CASE(finds_a_header_that_was_added) {
    check_finds(&all_failures::of_header, {"adds_no_headers"});
}

BOOST_AUTO_TEST_CASE(finds_chunks) {
    check_finds(&all_failures::of_chunks, {"tells_the_length_and_sends_no_chunks"});
}

BOOST_AUTO_TEST_CASE(finds_a_redirect_that_was_followed) {
    check_finds(&all_failures::of_redirects, {"follows_no_redirect"});
}

BOOST_AUTO_TEST_CASE(finds_a_secret_in_an_error) {
    check_finds(&all_failures::of_secret, {"tells_no_secret"});
}

BOOST_AUTO_TEST_CASE(finds_errors_that_were_swallowed) {
    check_finds(&all_failures::of_errors,
                {"does_not_send_again_on_a_kept_connection", "reports_a_break_after_a_part_went_to_the_sink",
                 "reports_a_close_after_the_first_byte", "reports_a_close_before_the_first_byte",
                 "reports_a_half_closed_connection", "reports_a_reset_after_the_first_byte",
                 "reports_a_reset_before_the_first_byte", "reports_a_reset_while_sending",
                 "reports_what_is_not_http", "sends_a_body_again_when_asked_to"});
}

BOOST_AUTO_TEST_CASE(finds_a_limit_that_was_ignored) {
    check_finds(&all_failures::of_limit,
                {"collects_what_is_not_for_a_sink", "refuses_an_answer_past_the_limit"});
}

BOOST_AUTO_TEST_CASE(finds_a_second_attempt) {
    check_finds(&all_failures::of_retries,
                {"does_not_send_again", "does_not_send_again_on_a_kept_connection",
                 "reports_a_break_after_a_part_went_to_the_sink", "sends_a_body_again_when_asked_to"});
}

BOOST_AUTO_TEST_CASE(finds_a_body_that_was_copied) {
    check_finds(&all_failures::of_copies, {"sends_bodies_of_any_size", "sends_the_largest_body"});
}

BOOST_AUTO_TEST_CASE(finds_a_sink_that_was_not_used) {
    check_finds(&all_failures::of_sink, {"ends_when_the_sink_wants_no_more", "gives_the_body_to_a_sink",
                                         "reports_a_break_after_a_part_went_to_the_sink"});
}

BOOST_AUTO_TEST_CASE(finds_that_there_is_no_tls) {
    check_finds(&all_failures::of_trust,
                {"accepts_a_certificate_that_it_trusts", "refuses_a_certificate_for_another_host",
                 "refuses_a_certificate_that_has_expired", "refuses_a_certificate_that_nobody_vouches_for",
                 "reports_a_server_that_speaks_no_tls", "reports_a_slow_handshake_as_no_connection",
                 "sends_a_large_body_over_tls"});
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
