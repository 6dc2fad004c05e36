// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TESTING_TRANSPORT_CONFORMANCE_RECEIVING_HPP
#define WXMP_TESTING_TRANSPORT_CONFORMANCE_RECEIVING_HPP

#include <wxmp/testing/transport_conformance/trial.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

// How a transport handles a response.
namespace wxmp::inline v0_1::testing::detail {

inline std::string listed(const std::vector<http::header>& headers) {
    std::string all;
    for (const auto& h : headers) all += ' ' + h.name + '=' + h.value;
    return all;
}

inline void returns_status_headers_and_body(trial& t) {
    const std::string body("{\0\r\n}", 5);
    auto server =
        t.serve("HTTP/1.1 404 Not Found\r\nX-A: 1\r\ncontent-length: 5\r\nX-B:  c=d; e \r\n\r\n" + body);
    const auto r = t.send(ask(server.host()));
    if (!t.expect_answer(r)) return;
    t.expect(r->status == 404, "the status is " + std::to_string(r->status) + "; expected 404");
    t.expect(r->body == body, "the response body is wrong");
    t.expect(r->headers.size() == 3, "the headers are" + listed(r->headers));
    for (const auto& [name, value] : {http::header{"x-a", "1"}, {"Content-Length", "5"}, {"X-B", "c=d; e"}})
        t.expect(http::find_header(r->headers, name) == value, "the headers are" + listed(r->headers));
}

inline void keeps_repeated_and_empty_headers(trial& t) {
    auto server = t.serve("HTTP/1.1 200 OK\r\nX-A: b, c\r\nX-A: d\r\nX-Empty:\r\nContent-Length: 0\r\n\r\n");
    const auto r = t.send(ask(server.host()));
    if (!t.expect_answer(r)) return;
    auto got = r->headers;
    std::stable_sort(got.begin(), got.end(), [](auto& a, auto& b) { return a.name < b.name; });
    const std::vector<http::header> expected{
        {"Content-Length", "0"}, {"X-A", "b, c"}, {"X-A", "d"}, {"X-Empty", ""}};
    t.expect(got == expected, "the headers are" + listed(got));
}

inline void keeps_the_order_of_headers(trial& t) {
    auto server =
        t.serve("HTTP/1.1 200 OK\r\nX-B: 1\r\nX-A: 2\r\nX-C: 3\r\nX-A: 4\r\nContent-Length: 0\r\n\r\n");
    const auto r = t.send(ask(server.host()));
    if (!t.expect_answer(r)) return;
    const std::vector<http::header> expected{
        {"X-B", "1"}, {"X-A", "2"}, {"X-C", "3"}, {"X-A", "4"}, {"Content-Length", "0"}};
    t.expect(r->headers == expected, "the headers are" + listed(r->headers));
}

inline void returns_an_answer_without_a_body(trial& t) {
    for (const std::string reply :
         {"HTTP/1.1 204 No Content\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"}) {
        auto server = t.serve(reply);
        const auto r = t.send(post(server.host()));
        if (t.expect_answer(r))
            t.expect(r->body.empty() && r->status / 100 == 2,
                     "status or body differ from what the server sent");
    }
}

inline void returns_a_chunked_answer_without_its_coding(trial& t) {
    auto server = t.serve(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nA;x=y\r\n0123456789\r\n0\r\n\r\n");
    const auto r = t.send(ask(server.host()));
    if (t.expect_answer(r)) t.expect(r->body == "abc0123456789", "the response body is wrong");
}

inline void returns_an_answer_that_the_end_ends(trial& t) {
    auto server = t.serve([](peer& p, raw_server& s) {
        s.keep(p.read_request());
        p.send("HTTP/1.1 200 OK\r\n\r\nall of it");
    });
    const auto r = t.send(ask(server.host()));
    if (t.expect_answer(r)) t.expect(r->body == "all of it", "the response body is wrong");
}

inline void returns_the_answer_after_an_interim_one(trial& t) {
    auto server = t.serve("HTTP/1.1 100 Continue\r\nX-Interim: 1\r\n\r\n" + ok_reply);
    const auto r = t.send(post(server.host()));
    if (!t.expect_answer(r)) return;
    t.expect(r->status == 200 && r->body == "ok", "it returned the interim response");
    t.expect(http::find_header(r->headers, "X-Interim").empty(),
             "the headers include those of the interim response");
}

inline void returns_a_slow_answer(trial& t) {
    auto server = t.serve([](peer& p, raw_server& s) {
        s.keep(p.read_request());
        p.send_slowly(ok_reply, std::chrono::milliseconds(2));
    });
    const auto r = t.send(ask(server.host()));
    if (t.expect_answer(r)) t.expect(r->body == "ok", "the response body is wrong");
}

inline void takes_a_timeout_of_any_length(trial& t) {
    auto server = t.serve(ok_reply);
    auto r = ask(server.host());
    const std::chrono::milliseconds century = std::chrono::hours(24 * 365 * 100);
    for (const auto time : {std::chrono::milliseconds(0), century, std::chrono::milliseconds::max()}) {
        r.timeout = time;
        t.expect_answer(t.send(r), "a request with a timeout of " + std::to_string(time.count()) + " ms");
    }
}

// The server sends all, shuts down its sending side, and keeps reading.
inline void returns_the_answer_of_a_half_closed_connection(trial& t) {
    for (const auto* head : {"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n", "HTTP/1.1 200 OK\r\n\r\n"}) {
        auto server = t.serve([&](peer& p, raw_server& s) {
            s.keep(p.read_request());
            p.send(std::string(head) + "ok");
            p.half_close();
            p.stall();
        });
        const auto r = t.send(ask(server.host()));
        if (t.expect_answer(r)) t.expect(r->body == "ok", "the response body is wrong");
    }
}

inline void follows_no_redirect(trial& t) {
    for (const auto* status : {"301", "302", "303", "307", "308"}) {
        auto other = t.serve(ok_reply);
        auto server = t.serve("HTTP/1.1 " + std::string(status) + " Elsewhere\r\nLocation: http://" +
                              other.host() + "/\r\nContent-Length: 0\r\n\r\n");
        const auto r = t.send(ask(server.host()));
        if (t.expect_answer(r))
            t.expect(std::to_string(r->status) == status,
                     "the status is " + std::to_string(r->status) + "; expected " + status);
        t.expect(other.connections() == 0, "it followed the redirect with status " + std::string(status));
    }
}

inline void accepts_an_answer_up_to_the_limit(trial& t) {
    const auto content = noise(4u << 20);
    auto server = t.serve(reply_with(content));
    auto r = ask(server.host());
    for (const std::uint64_t limit : {content.size(), content.size() + 1, std::size_t{0}}) {
        r.max_response = limit;
        const auto answer = t.send(r);
        if (t.expect_answer(answer, "a request with a limit of " + std::to_string(limit) + " bytes"))
            t.expect(answer->body == content, "the response body is wrong");
    }
}

inline void refuses_an_answer_past_the_limit(trial& t) {
    const auto content = noise((4u << 20) + 1);
    for (const auto& reply :
         {reply_with(content),
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n400001\r\n" + content + "\r\n0\r\n\r\n"}) {
        auto server = t.serve(reply);
        auto r = ask(server.host());
        r.max_response = 4u << 20;
        t.expect_error(t.send(r), errc::too_large);
    }
}

inline void refuses_an_endless_answer(trial& t) {
    const auto content = noise(1000);
    auto server = t.serve([&](peer& p, raw_server&) {
        p.read_request();
        p.send("HTTP/1.1 200 OK\r\n\r\n");
        for (int i = 0; i != 50'000 && p.send(content);) ++i;
    });
    t.expect_error(t.send(ask(server.host())), errc::too_large);
}

// Records what a sink is given.
struct sunk {
    http::response head{};
    std::string bytes{};
    std::size_t largest{};
    std::size_t calls{};
    std::size_t most = std::string::npos;  // pieces to accept

    http::sink sink() {
        return [this](const http::response& r, std::string_view piece) {
            if (calls++ >= most) return false;
            head = r;
            bytes += piece;
            largest = std::max(largest, piece.size());
            return !piece.empty();
        };
    }
};

inline void gives_the_body_to_a_sink(trial& t) {
    const auto content = noise(3u << 20);
    const std::string plain = "Content-Length: " + std::to_string(content.size()) + "\r\n\r\n" + content;
    const std::string chunked = "Transfer-Encoding: chunked\r\n\r\n100000\r\n" + content.substr(0, 1 << 20) +
                                "\r\n1\r\n" + content[1 << 20] + "\r\n1fffff;x=y\r\n" +
                                content.substr((1 << 20) + 1) + "\r\n0\r\n\r\n";
    for (const auto& coded : {plain, chunked}) {
        auto server = t.serve("HTTP/1.1 206 Partial\r\nX-A: 1\r\nX-B: 2\r\n" + coded);
        auto r = ask(server.host());
        sunk to;
        r.sink = to.sink();
        r.max_response = 10;  // does not apply to a sink
        const auto answer = t.send(r);
        if (!t.expect_answer(answer)) return;
        t.expect(answer->body.empty(), "the response contains the body as well");
        t.expect(answer->status == 206 && http::find_header(answer->headers, "X-B") == "2",
                 "status or headers of the response are wrong");
        t.expect(to.bytes == content, "the sink received other bytes than the server sent");
        t.expect(to.head.status == 206 && http::find_header(to.head.headers, "x-a") == "1",
                 "status or headers given to the sink are wrong");
        t.expect(to.head.body.empty(), "the response given to the sink has a body");
        t.expect(to.largest <= 1u << 18, "the sink received more than 256 KiB at once");
    }
}

inline void gives_nothing_to_a_sink_where_there_is_nothing(trial& t) {
    auto server = t.serve("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    auto r = ask(server.host());
    sunk to;
    r.sink = to.sink();
    t.expect_answer(t.send(r));
    t.expect(to.calls == 0, "the sink was called for an empty body");
}

inline void collects_what_is_not_for_a_sink(trial& t) {
    for (const std::string status : {"302 Found", "404 Not Found", "500 Oops"}) {
        auto server = t.serve("HTTP/1.1 " + status + "\r\nContent-Length: 5\r\n\r\n12345");
        auto r = ask(server.host());
        sunk to;
        r.sink = to.sink();
        r.max_response = 5;
        const auto answer = t.send(r);
        if (t.expect_answer(answer))
            t.expect(answer->body == "12345", "the response body with status " + status + " is wrong");
        r.max_response = 4;
        t.expect_error(t.send(r), errc::too_large);
        t.expect(to.calls == 0, "the sink was called for the body with status " + status);
    }
}

inline void ends_when_the_sink_wants_no_more(trial& t) {
    for (const std::size_t most : {0u, 1u, 3u}) {
        const auto content = noise(1000);
        auto server = t.serve([&](peer& p, raw_server&) {
            p.read_request();
            p.send("HTTP/1.1 200 OK\r\n\r\n");
            for (int i = 0; i != 50'000 && p.send(content);) ++i;
        });
        auto r = ask(server.host());
        sunk to;
        to.most = most;
        r.sink = to.sink();
        t.expect_error(t.send(r), errc::cancelled);
        t.expect(to.calls == most + 1, "the sink was called " + std::to_string(to.calls) +
                                           " times; expected " + std::to_string(most + 1));
    }
}

inline void reports_a_break_after_a_part_went_to_the_sink(trial& t) {
    auto server = t.serve([](peer& p, raw_server& s) {
        s.keep(p.read_request());
        p.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n12345");
    });
    auto r = ask(server.host());
    sunk to;
    r.sink = to.sink();
    t.expect_error(t.send(r), errc::connection_lost);
    t.expect(to.bytes == "12345", "the sink did not receive the bytes before the break");
}

inline void tells_its_progress(trial& t) {
    const auto s = t.subject();
    if (!s->reports_progress()) return t.not_applicable("it reports no progress");
    const auto content = noise(300'000);
    auto server = t.serve(reply_with(content));
    std::uint64_t sent{}, received{};
    bool goes_back{};
    s->on_progress([&](std::uint64_t out, std::uint64_t in) {
        goes_back = goes_back || out < sent || in < received;
        sent = out, received = in;
    });
    t.expect_answer(s->send(post(server.host(), http::body::borrow(content))));
    t.expect(!goes_back, "the reported progress decreased");
    t.expect(sent == content.size() && received == content.size(),
             "at the end it reported " + std::to_string(sent) + " bytes sent and " +
                 std::to_string(received) + " received; expected 300000 of each");
}

}  // namespace wxmp::inline v0_1::testing::detail

#endif
