// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TESTING_TRANSPORT_CONFORMANCE_STOPPING_HPP
#define WXMP_TESTING_TRANSPORT_CONFORMANCE_STOPPING_HPP

#include <wxmp/testing/transport_conformance/trial.hpp>
#include <wxmp/testing/transport_conformance/unresponsive_port.hpp>

#include <boost/system/errc.hpp>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <new>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>

// What ends an exchange on the client side: a stop request, or an exception from a sink or source.
namespace wxmp::inline v0_1::testing::detail {

inline bool is_stoppable(trial& t, const conformance_subject& s) {
    if (!s.can_stop()) t.not_applicable("it takes no stop token");
    return s.can_stop();
}

// Sends, and requests a stop from another thread shortly after `flag` is set.
inline result<http::response> send_and_stop(conformance_subject& s, const http::request& r,
                                            const std::atomic<bool>& flag) {
    stop_source source;
    const afterwards stop(flag, [&] { source.request_stop(); });
    return s.send(r, source.get_token());
}

// Stops once the server reaches the stage where `p` calls its second argument.
template <class Part> void is_cancelled(trial& t, Part p, http::request r = post("")) {
    const auto s = t.subject();
    if (!is_stoppable(t, *s)) return;
    std::atomic<bool> is_there{};
    auto server = t.serve([&](peer& end, raw_server&) { p(end, [&] { is_there = true; }); });
    r.host = server.host();
    t.expect_error(send_and_stop(*s, r, is_there), errc::cancelled);
}

inline void is_cancelled_while_connecting(trial& t) {
    const auto s = t.subject();
    if (!is_stoppable(t, *s)) return;
    const unresponsive_port nobody;
    auto r = post(nobody.host());
    r.timeout = t.options().patience;
    t.expect_error(send_and_stop(*s, r, true), errc::cancelled);
}

inline void is_cancelled_in_the_handshake(trial& t) {
    auto r = post("");
    r.scheme = "https";
    is_cancelled(
        t,
        [](peer& p, auto there) {
            p.read_some();
            there();
            p.stall();
        },
        r);
}

inline void is_cancelled_while_sending(trial& t) {
    const file_like source{noise(1 << 20)};
    is_cancelled(
        t,
        [](peer& p, auto there) {
            p.read_head();
            there();
            p.freeze();
        },
        post("", much(source)));
}

// Stops after the server has sent the beginning of a response.
inline void is_cancelled_after(trial& t, std::string_view beginning) {
    is_cancelled(t, [&](peer& p, auto there) {
        p.read_request();
        p.send(beginning);
        there();
        p.stall();
    });
}

inline void is_cancelled_while_waiting(trial& t) { is_cancelled_after(t, ""); }
inline void is_cancelled_in_the_head(trial& t) { is_cancelled_after(t, "HTTP/1.1 200 OK\r\nX-A"); }
inline void is_cancelled_in_the_body(trial& t) {
    is_cancelled_after(t, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n123");
}

inline void sends_nothing_when_stopped_before(trial& t) {
    const auto s = t.subject();
    if (!is_stoppable(t, *s)) return;
    auto server = t.serve(ok_reply);
    stop_source source;
    source.request_stop();
    t.expect_error(s->send(post(server.host()), source.get_token()), errc::cancelled);
    server.stop();
    t.expect(server.requests().empty(), "it sent the request nevertheless");
}

inline void serves_the_next_request_after_a_stop(trial& t) {
    const auto s = t.subject();
    if (!is_stoppable(t, *s)) return;
    std::atomic<bool> is_asked{};
    auto server = t.serve([&](peer& p, raw_server& all) {
        if (!is_asked) {
            p.read_request();
            is_asked = true;
            return p.stall();
        }
        while (all.keep(p.read_request())) p.send(ok_reply);
    });
    const auto r = post(server.host());
    t.expect_error(send_and_stop(*s, r, is_asked), errc::cancelled);
    t.expect_answer(s->send(r), "the next request");
    t.expect_answer(s->send(r, stop_source().get_token()), "a request with another stop token");
}

// Two requests in flight; the second server responds once the first client has disconnected.
inline void leaves_others_alone_when_one_is_stopped(trial& t) {
    if (!is_stoppable(t, *t.subject())) return;
    std::atomic<int> asked{};
    std::atomic<bool> are_asked{}, is_gone{};
    const auto read = [&](peer& p) {
        p.read_request();
        if (++asked == 2) are_asked = true;
    };
    auto silent = t.serve([&](peer& p, raw_server&) {
        read(p);
        p.stall();
        is_gone = true;
    });
    auto slow = t.serve([&](peer& p, raw_server&) {
        read(p);
        for (int i = 0; !is_gone && i != 5000; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(1));
        p.send(ok_reply);
    });
    stop_source first, second;
    const afterwards stop(are_asked, [&] { first.request_stop(); });
    const auto answers = t.send_both({post(silent.host()), first.get_token()},  //
                                     {post(slow.host()), second.get_token()});
    t.expect_error(answers[0], errc::cancelled, "the stopped request");
    t.expect_answer(answers[1], "the other request");
}

// ---- Exceptions

struct thrown_on_purpose : std::runtime_error {
    thrown_on_purpose() : std::runtime_error("thrown on purpose") {}
};

// A source that throws partway through.
template <class Exception> struct throwing_source {
    [[nodiscard]] std::uint64_t size() const { return 1'000'000; }
    std::size_t read_at(std::uint64_t at, void* out, std::size_t size) const {
        if (at + size > 300'000) throw Exception();
        std::string(size, 'x').copy(static_cast<char*>(out), size);
        return size;
    }
};

// Sends `r`, whose sink or source throws, and then another request by the same transport.
template <class Exception>
void reports_what_is_thrown(trial& t, const http::request& r, boost::system::error_code told) {
    const auto s = t.subject();
    try {
        const auto answer = s->send(r);
        if (!s->calls_back()) t.expect(false, "the exception was not passed on");
        else if (answer) t.expect(false, "the request succeeded");
        else
            t.expect(answer.error().code() == told,
                     "the request failed with: " + answer.error().code().message() +
                         "; expected: " + told.message());
    } catch (const Exception&) {
        t.expect(!s->calls_back(), "the exception was thrown, and not passed to the handler as an error");
    }
    t.expect_answer(s->send(post(r.host)), "the next request");
}

inline auto not_enough_memory() {
    return boost::system::errc::make_error_code(boost::system::errc::not_enough_memory);
}

template <class Exception> void reports_a_sink(trial& t, boost::system::error_code told) {
    auto server = t.serve(reply_with(noise(300'000)));
    auto r = ask(server.host());
    r.sink = [](const http::response&, std::string_view) -> bool { throw Exception(); };
    reports_what_is_thrown<Exception>(t, r, told);
}

template <class Exception> void reports_a_source(trial& t, boost::system::error_code told) {
    const throwing_source<Exception> source;
    auto server = t.serve(ok_reply);
    reports_what_is_thrown<Exception>(t, post(server.host(), http::body::from(source)), told);
}

inline void reports_what_a_sink_throws(trial& t) {
    reports_a_sink<thrown_on_purpose>(t, make_error_code(errc::exception_thrown));
    reports_a_sink<std::bad_alloc>(t, not_enough_memory());
}

inline void reports_what_a_source_throws(trial& t) {
    reports_a_source<thrown_on_purpose>(t, make_error_code(errc::exception_thrown));
    reports_a_source<std::bad_alloc>(t, not_enough_memory());
}

}  // namespace wxmp::inline v0_1::testing::detail

#endif
