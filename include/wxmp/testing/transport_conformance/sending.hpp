// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TESTING_TRANSPORT_CONFORMANCE_SENDING_HPP
#define WXMP_TESTING_TRANSPORT_CONFORMANCE_SENDING_HPP

#include <wxmp/testing/transport_conformance/trial.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

// What a transport puts on the wire.
namespace wxmp::inline v0_1::testing::detail {

inline void sends_the_method(trial& t) {
    for (const auto verb : {method::get, method::post}) {
        auto server = t.serve(ok_reply);
        t.expect_answer(t.send(ask(server.host(), verb)));
        const std::string expected = verb == method::get ? "GET" : "POST";
        t.expect(t.only_request(server).head.starts_with(expected + ' '), "the method is not " + expected);
    }
}

inline void sends_the_target_as_it_is(trial& t) {
    for (const auto* target : {"/", "/a?b=%E4%BD%A0%2f..&c=d+e%20f", "/a/../b/./c", "//a//b?c=//d",
                               "/%7Ea?~b=%41'(;:@!$*,)", "/a?b=c?d/e&&f=&=g"}) {
        auto server = t.serve(ok_reply);
        auto r = ask(server.host());
        r.target = secret(target);
        t.expect_answer(t.send(r), "a request for " + std::string(target));
        const auto head = t.only_request(server).head;
        const auto line = head.substr(0, head.find("\r\n"));
        t.expect(line == "GET " + std::string(target) + " HTTP/1.1",
                 std::string(target) + " was sent as " + line);
    }
}

inline void sends_the_headers_as_they_are(trial& t) {
    auto server = t.serve(ok_reply);
    auto r = post(server.host(), std::string("{\"a\":1}"));
    r.headers = {{"Content-Type", "application/json; charset=utf-8"},
                 {"X-oDD", "a  \"b\"; \xE4\xBD\xA0"},
                 {"X-Long", std::string(4000, 'x')},
                 {"X-Empty", ""}};
    t.expect_answer(t.send(r));
    const auto head = t.only_request(server).head;
    t.expect(holds(head, "\r\nHost: " + server.host() + "\r\n"), "Host is missing or wrong");
    for (const auto& [name, value] : r.headers)
        t.expect(holds(head, "\r\n" + name + (value.empty() ? ":" : ": " + value + "\r\n")),
                 name + " is missing or wrong");
}

inline void adds_no_headers(trial& t) {
    std::string added;
    const std::vector<std::string> expected{"Content-Length", "Host", "X-A"};
    for (const auto verb : {method::get, method::post}) {
        auto server = t.serve(ok_reply);
        auto r = ask(server.host(), verb);
        r.headers = {{"X-A", "b"}};
        t.expect_answer(t.send(r));
        for (const auto& name : header_names(t.only_request(server).head))
            if (!std::binary_search(expected.begin(), expected.end(), name) && !holds(added, name))
                added += ' ' + name;
    }
    t.expect(added.empty(), "it adds" + added);
}

inline void sends_a_get_without_a_body(trial& t) {
    auto server = t.serve(ok_reply);
    t.expect_answer(t.send(ask(server.host())));
    const auto r = t.only_request(server);
    t.expect(r.body.empty(), "the GET has a body");
    const auto sent = header_names(r.head);
    for (const auto* name : {"Content-Length", "Transfer-Encoding", "Content-Type"})
        t.expect(!std::binary_search(sent.begin(), sent.end(), name),
                 "the GET has a header " + std::string(name));
}

inline void sends_an_empty_post_with_its_length(trial& t) {
    auto server = t.serve(ok_reply);
    t.expect_answer(t.send(post(server.host(), {})));
    const auto head = t.only_request(server).head;
    t.expect(holds(head, "\r\nContent-Length: 0\r\n"), "the POST has no Content-Length: 0");
}

inline void tells_the_length_and_sends_no_chunks(trial& t) {
    const auto content = noise(200'000);
    const file_like read{content};
    for (const auto& b : {http::body(content), http::body::borrow(content), http::body::from(read)}) {
        auto server = t.serve(ok_reply);
        t.expect_answer(t.send(post(server.host(), b)));
        const auto head = t.only_request(server).head;
        t.expect(holds(head, "\r\nContent-Length: 200000\r\n"), "Content-Length is missing or wrong");
        t.expect(!holds(head, "\r\nTransfer-Encoding:"), "the request has a Transfer-Encoding");
    }
}

// Sends `content` in each form that a body can have.
inline void send_in_each_form(trial& t, conformance_subject& s, const std::string& content) {
    const memory_source lent{content};
    const file_like read{content};
    for (const auto& b :
         {http::body(content), http::body::borrow(content), http::body::from(lent), http::body::from(read)}) {
        auto server = t.serve(ok_reply);
        const auto what = "a body of " + std::to_string(content.size()) + " bytes";
        if (!t.expect_answer(s.send(post(server.host(), b)), "a request with " + what)) return;
        if (!t.expect(t.only_request(server).body == content, what + " arrived altered")) return;
    }
    t.expect(read.largest <= 1u << 18, "it reads more than 256 KiB of a source at once");
}

inline void sends_bodies_of_any_size(trial& t) {
    const auto s = t.subject();
    for (const std::size_t size : {1u, 65'535u, 65'536u, 65'537u, 1u << 20})
        send_in_each_form(t, *s, noise(size));
}

inline void sends_the_largest_body(trial& t) {
    send_in_each_form(t, *t.subject(), noise(t.options().largest_body));
}

inline void sends_the_pieces_of_a_body_in_order(trial& t) {
    const auto content = noise(300'000);
    const memory_source lent{content};
    const file_like read{content};
    http::body b(std::string("begin"));
    std::string expected = "begin";
    for (std::size_t at = 0; at < content.size(); at += 60'000) {
        b.append_slice(read, at, 30'000);
        b.append("|");
        b.append_slice(lent, at + 30'000, 20'000);
        b.append_borrowed(std::string_view(content).substr(at + 50'000, 10'000));
        expected += content.substr(at, 30'000) + '|' + content.substr(at + 30'000, 30'000);
    }
    auto server = t.serve(ok_reply);
    t.expect_answer(t.send(post(server.host(), b)));
    t.expect(t.only_request(server).body == expected, "the body arrived altered");
}

// When the caller resends a request, the whole body must be sent again.
inline void sends_a_body_again_when_asked_to(trial& t) {
    const file_like read{noise(1 << 20)};
    http::body b(std::string("begin"));
    b.append(http::body::from(read));
    int met = 0;
    auto server = t.serve([&](peer& p, raw_server& s) {
        if (met++ == 0) return p.read_some(), p.reset_at_end();
        while (s.keep(p.read_request())) p.send(ok_reply);
    });
    const auto r = post(server.host(), b);
    const auto s = t.subject();
    t.expect(s->send(r).has_error(), "a reset connection was not an error");
    for (const auto* what : {"the second request", "the third request"}) t.expect_answer(s->send(r), what);
    const auto all = server.requests();
    if (!t.expect(all.size() == 2, "the body arrived " + std::to_string(all.size()) + " times; expected 2"))
        return;
    t.expect(all[0].body == "begin" + read.content && all[1].body == all[0].body, "the body arrived altered");
}

inline void reports_a_source_that_fails(trial& t) {
    for (const std::size_t there : {0u, 1u, 65'536u, 999'999u}) {
        const file_like source{noise(there), 1'000'000};
        auto server = t.serve([](peer& p, raw_server& s) { s.keep(p.read_request()); });
        t.expect_error(t.send(post(server.host(), http::body::from(source))), errc::source_failed);
        server.stop();
        for (const auto& sent : server.requests())
            t.expect(sent.body.size() < 1'000'000u, "it sent bytes that the source did not provide");
    }
}

// The service ignores Expect: a client that waits for 100 Continue loses a second each time.
inline void asks_for_no_100_continue(trial& t) {
    const auto content = noise(2u << 20);
    auto server = t.serve(ok_reply);
    t.expect_answer(t.send(post(server.host(), http::body::borrow(content))));
    t.expect(!holds(t.only_request(server).head, "\r\nExpect:"), "the request has an Expect header");
}

inline void keeps_no_cookies(trial& t) {
    auto server = t.serve("HTTP/1.1 200 OK\r\nSet-Cookie: a=b; Path=/\r\nContent-Length: 0\r\n\r\n");
    const auto s = t.subject();
    for (int i = 0; i != 2; ++i) t.expect_answer(s->send(ask(server.host())));
    for (const auto& r : server.requests()) t.expect(!holds(r.head, "\r\nCookie:"), "it sends a cookie back");
}

}  // namespace wxmp::inline v0_1::testing::detail

#endif
