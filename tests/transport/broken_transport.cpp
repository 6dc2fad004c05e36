// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// Transports with one fault each, which the conformance suite has to find: these checks and no others fail.
#include <boost/test/unit_test.hpp>

#include "../../examples/transports/curl.hpp"
#include "../system/transports/subjects.hpp"
#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <exception>
#include <future>
#include <list>
#include <mutex>
#include <set>
#include <stop_token>
#include <string>
#include <utility>

BOOST_AUTO_TEST_SUITE(transport_broken)

namespace {

using wxmp::errc;
using wxmp::http::request;
using wxmp::http::response;
using response_or = wxmp::result<response>;

// A transport that is right, and the stop token of the exchange.
struct inner {
    response_or send(const request& r) { return curl.send(r, stop); }

    transports::curl curl{};
    std::stop_token stop{};
};

// But for what `Fault` does to its requests and its answers.
template <class Fault> struct broken {
    explicit broken(const std::string& file) { right.curl.ca_file = file; }
    response_or send(const request& r, std::stop_token stop) {
        right.stop = std::move(stop);
        return fault.send(right, r);
    }

    inner right{};
    Fault fault{};
};

struct none {
    response_or send(inner& c, const request& r) { return c.send(r); }
};

// Sends a header that nobody asked for, as a library's default would.
struct adds_a_header {
    response_or send(inner& c, request r) {
        r.headers.push_back({"User-Agent", "me/1.0"});
        return c.send(r);
    }
};

// libcurl leaves Content-Length out then, and sends the body in chunks.
struct sends_chunks {
    response_or send(inner& c, request r) {
        if (r.body.size() != 0) r.headers.push_back({"Transfer-Encoding", "chunked"});
        return c.send(r);
    }
};

struct follows_redirects {
    response_or send(inner& c, request r) {
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
    response_or send(inner& c, const request& r) {
        auto answer = c.send(r);
        if (answer) return answer;
        return wxmp::error(static_cast<errc>(answer.error().code().value()), "failed: " + r.target.reveal());
    }
};

// Takes a connection that broke for an answer without a body.
struct swallows_errors {
    response_or send(inner& c, const request& r) {
        auto answer = c.send(r);
        const bool is_lost = !answer && answer.error() == errc::connection_lost;
        return is_lost ? response_or(response{200, {}, {}}) : answer;
    }
};

struct ignores_the_limit {
    response_or send(inner& c, request r) {
        r.max_response = std::min<std::uint64_t>(r.max_response, 1) * (std::uint64_t{8} << 20);
        return c.send(r);
    }
};

struct retries {
    response_or send(inner& c, const request& r) {
        auto answer = c.send(r);
        const bool is_lost = !answer && answer.error() == errc::connection_lost;
        return is_lost ? c.send(r) : answer;
    }
};

struct copies_the_body {
    response_or send(inner& c, request r) {
        std::string all(static_cast<std::size_t>(r.body.size()), '\0');
        if (r.body.read(0, all.data(), all.size()) != all.size()) return c.send(r);
        r.body = wxmp::http::body(std::move(all));
        return c.send(r);
    }
};

struct knows_no_sink {
    response_or send(inner& c, request r) {
        r.sink = nullptr;
        return c.send(r);
    }
};

struct trusts_everybody {
    response_or send(inner& c, request r) {
        r.scheme = "http";
        return c.send(r);
    }
};

struct hears_no_stop {
    response_or send(inner& c, const request& r) {
        c.stop = {};
        return c.send(r);
    }
};

struct takes_a_stop_for_a_break {
    response_or send(inner& c, const request& r) {
        auto answer = c.send(r);
        return c.stop.stop_requested() ? response_or(wxmp::error(errc::connection_lost)) : answer;
    }
};

// As one does that only hears of a stop while it waits.
struct begins_in_spite_of_a_stop {
    response_or send(inner& c, const request& r) {
        if (c.stop.stop_requested()) c.stop = {};
        return c.send(r);
    }
};

struct stays_stopped {
    response_or send(inner& c, const request& r) {
        auto answer = is_stopped ? response_or(wxmp::error(errc::cancelled)) : c.send(r);
        is_stopped = is_stopped || c.stop.stop_requested();
        return answer;
    }
    bool is_stopped{};
};

struct stops_all {
    response_or send(inner& c, const request& r) {
        const auto mine = [] {
            const std::lock_guard lock(mutex);
            return all.emplace(all.end());
        }();
        const std::stop_callback link(std::exchange(c.stop, mine->get_token()), [] {
            const std::lock_guard lock(mutex);
            for (auto& s : all) s.request_stop();
        });
        auto answer = c.send(r);
        const std::lock_guard lock(mutex);
        all.erase(mine);
        return answer;
    }
    inline static std::mutex mutex;
    inline static std::list<std::stop_source> all;
};

struct swallows_exceptions {
    response_or send(inner& c, const request& r) {
        try {
            return c.send(r);
        } catch (const std::exception&) {
            return wxmp::error(errc::connection_lost);
        }
    }
};

// As one does whose library is left in the midst of a call.
struct is_ruined_by_an_exception {
    response_or send(inner& c, const request& r) {
        if (is_ruined) return wxmp::error(errc::connect_failed);
        is_ruined = true;
        auto answer = c.send(r);
        is_ruined = false;
        return answer;
    }
    bool is_ruined{};
};

using names = std::set<std::string>;

template <class Fault> names failures(std::chrono::milliseconds patience) {
    const wxmp_test::adapter a{
        wxmp::testing::make_subject_factory([](const std::string& file) { return broken<Fault>(file); })};
    names failed;
    for (const auto& name : wxmp_test::check_names())
        if (wxmp_test::check(name, a, 2'000'000, patience).outcome == wxmp::testing::check_outcome::failed)
            failed.insert(name);
    return failed;
}

// All of them at once: they mostly wait.
struct all_failures {
    template <class Fault>
    static std::shared_future<names> start(std::chrono::milliseconds patience = std::chrono::seconds(20)) {
        return std::async(std::launch::async, &failures<Fault>, patience).share();
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
    std::shared_future<names> of_deafness = start<hears_no_stop>(std::chrono::seconds(3));
    std::shared_future<names> of_breaks = start<takes_a_stop_for_a_break>();
    std::shared_future<names> of_spite = start<begins_in_spite_of_a_stop>();
    std::shared_future<names> of_staying = start<stays_stopped>();
    std::shared_future<names> of_stops = start<stops_all>();
    std::shared_future<names> of_exceptions = start<swallows_exceptions>();
    std::shared_future<names> of_ruin = start<is_ruined_by_an_exception>();
};

void check_finds(std::shared_future<names> all_failures::*which, const names& expected) {
    ::setenv("no_proxy", "127.0.0.1", 1);
    std::signal(SIGPIPE, SIG_IGN);
    // Its TLS library cleans up at the end of the process: behind those that still use it then, as one case waits for one.
    curl_global_init(CURL_GLOBAL_DEFAULT);
    static const all_failures all;
    const auto& found = (all.*which).get();
    std::string different;
    for (const auto& name : found)
        if (!expected.contains(name)) different += " also " + name;
    for (const auto& name : expected)
        if (!found.contains(name)) different += " not " + name;
    BOOST_TEST(different == "");
}

const names about_stops{"is_cancelled_in_the_body",
                        "is_cancelled_in_the_handshake",
                        "is_cancelled_in_the_head",
                        "is_cancelled_while_connecting",
                        "is_cancelled_while_sending",
                        "is_cancelled_while_waiting",
                        "leaves_others_alone_when_one_is_stopped",
                        "sends_nothing_when_stopped_before",
                        "serves_the_next_request_after_a_stop"};
const names about_exceptions{"reports_what_a_sink_throws", "reports_what_a_source_throws"};

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
    check_finds(&all_failures::of_sink,
                {"ends_when_the_sink_wants_no_more", "gives_the_body_to_a_sink",
                 "reports_a_break_after_a_part_went_to_the_sink", "reports_what_a_sink_throws"});
}

BOOST_AUTO_TEST_CASE(finds_that_there_is_no_tls) {
    check_finds(&all_failures::of_trust,
                {"accepts_a_certificate_that_it_trusts", "refuses_a_certificate_for_another_host",
                 "refuses_a_certificate_that_has_expired", "refuses_a_certificate_that_nobody_vouches_for",
                 "reports_a_server_that_speaks_no_tls", "reports_a_slow_handshake_as_no_connection",
                 "sends_a_large_body_over_tls"});
}

BOOST_AUTO_TEST_CASE(finds_a_stop_that_was_not_heard, *boost::unit_test::label("slow")) {
    check_finds(&all_failures::of_deafness, about_stops);
}

BOOST_AUTO_TEST_CASE(finds_a_stop_that_is_told_wrongly) {
    check_finds(&all_failures::of_breaks, about_stops);
}

BOOST_AUTO_TEST_CASE(finds_a_beginning_after_a_stop) {
    check_finds(&all_failures::of_spite, {"sends_nothing_when_stopped_before"});
}

BOOST_AUTO_TEST_CASE(finds_a_stop_that_lasts) {
    check_finds(&all_failures::of_staying, {"serves_the_next_request_after_a_stop"});
}

BOOST_AUTO_TEST_CASE(finds_a_stop_that_hits_others) {
    check_finds(&all_failures::of_stops, {"leaves_others_alone_when_one_is_stopped"});
}

BOOST_AUTO_TEST_CASE(finds_exceptions_that_were_swallowed) {
    check_finds(&all_failures::of_exceptions, about_exceptions);
}

BOOST_AUTO_TEST_CASE(finds_that_an_exception_does_lasting_harm) {
    check_finds(&all_failures::of_ruin, about_exceptions);
}

// No fault of its own: nobody can stop it.
BOOST_AUTO_TEST_CASE(does_not_try_to_stop_what_takes_no_token) {
    struct unstoppable {
        explicit unstoppable(const std::string& file) { curl.ca_file = file; }
        response_or send(const request& r) { return curl.send(r); }
        transports::curl curl{};
    };
    const wxmp_test::adapter a{
        wxmp::testing::make_subject_factory([](const std::string& file) { return unstoppable(file); })};
    for (const auto& name : about_stops)
        BOOST_TEST((wxmp_test::check(name, a).outcome == wxmp::testing::check_outcome::not_applicable), name);
}

}  // namespace

BOOST_AUTO_TEST_SUITE_END()
