// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TESTING_TRANSPORT_CONFORMANCE_CONNECTING_HPP
#define WXMP_TESTING_TRANSPORT_CONFORMANCE_CONNECTING_HPP

#include <wxmp/testing/transport_conformance/trial.hpp>

#include <atomic>
#include <chrono>
#include <memory>
#include <string>
#include <thread>
#include <vector>

// How a transport opens and reuses connections, with and without TLS.
namespace wxmp::inline v0_1::testing::detail {

inline constexpr auto no_reuse = "it makes a connection for each request";

inline void keeps_its_connection(trial& t) {
    auto server = t.serve(ok_reply);
    const auto s = t.subject();
    for (int i = 0; i != 5; ++i) t.expect_answer(s->send(post(server.host())));
    t.expect_requests(server, 5);
    if (server.connections() == 5) return t.not_applicable(no_reuse);
    t.expect(server.connections() == 1,
             "it opened " + std::to_string(server.connections()) + " connections for 5 requests");
}

inline void replaces_a_connection_that_was_closed(trial& t) {
    auto server = t.serve([](peer& p, raw_server& s) {
        s.keep(p.read_request());
        p.send(ok_reply);
    });
    const auto s = t.subject();
    for (int i = 1; i != 4; ++i) {
        t.expect_answer(s->send(post(server.host())));
        for (int waited = 0; server.closed() != i && waited != 2000; ++waited)
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        // Clients may notice the close on another thread.
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    t.expect_requests(server, 3);
}

// The server answers one request, reads a second on the same connection, and drops it.
inline void does_not_send_again_on_a_kept_connection(trial& t) {
    for (const auto& content : {http::body(), http::body(std::string("x"))}) {
        std::atomic<bool> is_kept{};
        auto server = t.serve([&](peer& p, raw_server& s) {
            s.keep(p.read_request());
            p.send(ok_reply);
            if (s.keep(p.read_request())) is_kept = true;
        });
        const auto s = t.subject();
        t.expect_answer(s->send(post(server.host(), content)));
        const auto second = s->send(post(server.host(), content));
        server.stop();
        if (!is_kept) return t.not_applicable(no_reuse);
        const bool is_stale = second.has_error() && second.error() == errc::stale_connection;
        if (!is_stale) t.expect_error(second, errc::connection_lost);
        t.expect(server.requests().size() == 2, "it sent the request again");
    }
}

// Neither of two servers responds until both have a request.
inline void has_two_requests_under_way(trial& t) {
    std::atomic<int> asked{};
    const auto talk = [&](peer& p, raw_server& s) {
        s.keep(p.read_request());
        ++asked;
        for (int i = 0; asked < 2 && i != 5000; ++i)
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        p.send(asked == 2 ? ok_reply : "HTTP/1.1 500 Alone\r\nContent-Length: 0\r\n\r\n");
    };
    auto a = t.serve(talk);
    auto b = t.serve(talk);
    for (const auto& answer : t.send_both({post(a.host())}, {post(b.host())}))
        if (t.expect_answer(answer))
            t.expect(answer->body == "ok",
                     "the second request was not sent before the first had its response");
}

// ---- TLS

inline http::request ask_securely(const raw_server& s) {
    auto r = post(s.host(), std::string("text"));
    r.scheme = "https";
    return r;
}

inline void accepts_a_certificate_that_it_trusts(trial& t) {
    const auto shown = std::make_shared<certificate>("IP:127.0.0.1");
    auto server = t.serve(ok_reply, shown);
    const auto r = t.send(ask_securely(server), shown->file());
    if (t.expect_answer(r)) t.expect(r->body == "ok", "the response body is wrong");
    t.expect(t.only_request(server).body == "text", "the request body arrived altered");
}

inline void sends_a_large_body_over_tls(trial& t) {
    const auto shown = std::make_shared<certificate>("IP:127.0.0.1");
    const file_like source{noise(3'000'001)};
    auto server = t.serve(ok_reply, shown);
    auto r = ask_securely(server);
    r.body = http::body::from(source);
    t.expect_answer(t.send(r, shown->file()));
    t.expect(t.only_request(server).body == source.content, "the request body arrived altered");
}

inline void is_refused(trial& t, const std::shared_ptr<const certificate>& shown,
                       const std::string& ca_file) {
    auto server = t.serve(ok_reply, shown);
    t.expect_error(t.send(ask_securely(server), ca_file), errc::connect_failed);
    t.expect(server.requests().empty(), "it sent the request nevertheless");
}

inline void refuses_a_certificate_that_nobody_vouches_for(trial& t) {
    const auto shown = std::make_shared<certificate>("IP:127.0.0.1");
    is_refused(t, shown, {});
    is_refused(t, shown, certificate("IP:127.0.0.1").file());
}

inline void refuses_a_certificate_that_has_expired(trial& t) {
    const auto shown = std::make_shared<certificate>("IP:127.0.0.1", std::chrono::hours(-1));
    is_refused(t, shown, shown->file());
}

inline void refuses_a_certificate_for_another_host(trial& t) {
    const auto shown = std::make_shared<certificate>("DNS:api.example.com");
    is_refused(t, shown, shown->file());
}

inline void reports_a_server_that_speaks_no_tls(trial& t) {
    auto server = t.serve([](peer& p, raw_server&) { p.send("HTTP/1.1 400 Bad Request\r\n\r\n"); });
    t.expect_error(t.send(ask_securely(server)), errc::connect_failed);
}

inline void reports_a_slow_handshake_as_no_connection(trial& t) {
    auto server = t.serve([](peer& p, raw_server&) { p.stall(); });
    auto r = ask_securely(server);
    r.timeout = short_time;
    t.expect_error(t.send(r), errc::connect_failed);
}

}  // namespace wxmp::inline v0_1::testing::detail

#endif
