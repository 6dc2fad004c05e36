// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TESTING_TRANSPORT_CONFORMANCE_FAILING_HPP
#define WXMP_TESTING_TRANSPORT_CONFORMANCE_FAILING_HPP

#include <wxmp/testing/transport_conformance/trial.hpp>

#include <chrono>
#include <string>
#include <string_view>

// What a transport reports when an exchange fails.
namespace wxmp::inline v0_1::testing::detail {

inline void reports_that_nobody_listens(trial& t) {
    auto server = t.serve(ok_reply);
    const auto r = post(server.host());
    server.stop();
    t.expect_error(t.send(r), errc::connect_failed);
}

// ---- Timeouts

// Sends with a short timeout to a server that runs `p`.
template <class Part> void times_out(trial& t, Part p, http::body content = std::string("x")) {
    auto server = t.serve(p);
    auto r = post(server.host(), std::move(content));
    r.timeout = short_time;
    t.expect_error(t.send(r), errc::timeout);
}

inline void times_out_while_waiting(trial& t) {
    times_out(t, [](peer& p, raw_server&) {
        p.read_request();
        p.stall();
    });
}

inline void times_out_in_a_slow_head(trial& t) {
    times_out(t, [](peer& p, raw_server&) {
        p.read_request();
        p.send("HTTP/1.1 200 OK\r\n");
        p.repeat("X-A: bcdef\r\n", std::chrono::milliseconds(10));
    });
}

inline void times_out_in_a_slow_body(trial& t) {
    times_out(t, [](peer& p, raw_server&) {
        p.read_request();
        p.send("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n");
        p.repeat(".", std::chrono::milliseconds(10));
    });
}

inline void times_out_while_sending(trial& t) {
    const file_like source{noise(1 << 20)};
    times_out(
        t,
        [](peer& p, raw_server&) {
            p.read_head();
            p.freeze();
        },
        much(source));
}

// ---- Lost connections

inline const std::string beginnings[] = {"H", "HTTP/1.1 200 OK\r\nContent-Le",
                                         "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n",
                                         "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n123456789",
                                         "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n"};

inline void is_lost_after(trial& t, const std::string& beginning, bool reset) {
    auto server = t.serve([&](peer& p, raw_server& s) {
        s.keep(p.read_request());
        p.send(beginning);
        if (reset) p.reset_at_end();
    });
    t.expect_error(t.send(post(server.host())), errc::connection_lost,
                   "a request whose response ends after " + std::to_string(beginning.size()) + " bytes");
}

inline void reports_a_close_before_the_first_byte(trial& t) { is_lost_after(t, "", false); }
inline void reports_a_reset_before_the_first_byte(trial& t) { is_lost_after(t, "", true); }
inline void reports_a_close_after_the_first_byte(trial& t) {
    for (const auto& b : beginnings) is_lost_after(t, b, false);
}
inline void reports_a_reset_after_the_first_byte(trial& t) {
    for (const auto& b : beginnings) is_lost_after(t, b, true);
}

inline void reports_a_half_closed_connection(trial& t) {
    for (const std::string beginning : {"", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n123"}) {
        auto server = t.serve([&](peer& p, raw_server& s) {
            s.keep(p.read_request());
            p.send(beginning);
            p.half_close();
            p.stall();
        });
        t.expect_error(t.send(post(server.host())), errc::connection_lost);
    }
}

inline void reports_a_reset_while_sending(trial& t) {
    const auto content = noise(16u << 20);
    auto server = t.serve([](peer& p, raw_server&) {
        p.read_head();
        p.reset_at_end();
    });
    t.expect_error(t.send(post(server.host(), http::body::borrow(content))), errc::connection_lost);
}

inline void reports_what_is_not_http(trial& t) {
    auto server = t.serve("SSH-2.0-OpenSSH_9.2\r\n\r\n");
    t.expect_error(t.send(ask(server.host())), errc::connection_lost);
}

// No lost connection and no status makes it retry: only the caller knows whether that is safe.
inline void does_not_send_again(trial& t) {
    for (const std::string reply :
         {"", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n1",
          "HTTP/1.1 503 Later\r\nRetry-After: 0\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
          "HTTP/1.1 408 Slow\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"})
        for (const auto verb : {method::get, method::post}) {
            auto server = t.serve([&](peer& p, raw_server& s) {
                s.keep(p.read_request());
                p.send(reply);
            });
            static_cast<void>(t.send(ask(server.host(), verb)));
            server.stop();
            t.only_request(server);
        }
}

// ---- Secrets

inline void tells_no_secret(trial& t) {
    const auto check = [&](std::string_view when, const http::request& r) {
        const auto answer = t.send(r);
        if (!answer)
            t.expect(!holds(answer.error().message(), canary),
                     "the error " + std::string(when) + " contains a secret");
    };
    const auto secretive = [](const std::string& host) {
        auto r = post(host, R"({"secret":")" + canary + R"("})");
        r.headers = {{"X-Secret", canary}};
        r.timeout = short_time;
        return r;
    };
    for (const std::string reply :
         {"", "SSH-2.0\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n1"}) {
        auto server = t.serve([&](peer& p, raw_server& s) {
            s.keep(p.read_request());
            p.send(reply);
        });
        check("after a lost connection", secretive(server.host()));
    }
    auto server = t.serve([](peer& p, raw_server&) { p.stall(); });
    const auto silent = secretive(server.host());
    check("after a timeout", silent);
    server.stop();
    check("when nobody listens", silent);
    auto large = t.serve(reply_with(std::string(100, 'x')));
    auto limited = secretive(large.host());
    limited.max_response = 10;
    check("after a response that is too large", limited);
    const file_like broken{"", 10};
    limited.body = http::body::from(broken);
    check("when the source fails", limited);
    limited.scheme = "https";
    check("when the server speaks no TLS", limited);
    limited.scheme = "gopher";
    check("for an unknown scheme", limited);
}

}  // namespace wxmp::inline v0_1::testing::detail

#endif
