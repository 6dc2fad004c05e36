// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// What every transport owes to a sink. No header of its own: to be included after conformance.hpp.

// What a sink was given.
struct sunk {
    wxmp::http::response head{};
    std::string bytes{};
    std::size_t largest{};
    std::size_t pieces{};
    std::size_t most = std::string::npos;  // pieces that it wants

    wxmp::http::sink sink() {
        return [this](const wxmp::http::response& r, std::string_view piece) {
            BOOST_TEST(!piece.empty());
            if (pieces == most) return false;
            head = r;
            bytes += piece;
            largest = std::max(largest, piece.size());
            ++pieces;
            return true;
        };
    }
};

BOOST_AUTO_TEST_CASE(gives_the_body_to_a_sink) {
    const auto content = bytes(3u << 20);
    const std::string plain = "Content-Length: " + std::to_string(content.size()) + "\r\n\r\n" + content;
    const std::string chunked = "Transfer-Encoding: chunked\r\n\r\n100000\r\n" + content.substr(0, 1 << 20) +
                                "\r\n1\r\n" + content[1 << 20] + "\r\n1fffff;x=y\r\n" +
                                content.substr((1 << 20) + 1) + "\r\n0\r\nX-Trailer: 1\r\n\r\n";
    for (const auto& coded : {plain, chunked}) {
        raw_server server(
            "HTTP/1.1 100 Continue\r\nX-Interim: 1\r\n\r\nHTTP/1.1 206 Partial\r\nX-A: 1\r\nX-B: 2\r\n" +
            coded);
        auto r = ask(server.host());
        sunk to;
        r.sink = to.sink();
        r.max_response = 10;  // is not for what goes to a sink
        const auto answer = subject().send(r);
        BOOST_TEST_REQUIRE(answer.has_value());
        BOOST_TEST(answer->status == 206);
        BOOST_TEST(wxmp::http::find_header(answer->headers, "X-B") == "2");
        BOOST_TEST(answer->body.empty());
        BOOST_TEST((to.bytes == content));
        BOOST_TEST(to.head.status == 206);
        BOOST_TEST(to.head.body.empty());
        BOOST_TEST(wxmp::http::find_header(to.head.headers, "x-a") == "1");
        BOOST_TEST(wxmp::http::find_header(to.head.headers, "X-Interim").empty());
        BOOST_TEST(to.largest <= 1u << 18);  // in parts, not as a whole
    }
}

BOOST_AUTO_TEST_CASE(gives_nothing_to_a_sink_where_there_is_nothing) {
    raw_server server("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    auto r = ask(server.host());
    sunk to;
    r.sink = to.sink();
    BOOST_TEST(subject().send(r).has_value());
    BOOST_TEST(to.pieces == 0u);
}

BOOST_AUTO_TEST_CASE(collects_what_is_not_for_a_sink) {
    for (const std::string status : {"302 Found", "404 Not Found", "500 Oops"}) {
        raw_server server("HTTP/1.1 " + status + "\r\nContent-Length: 5\r\n\r\n12345");
        auto r = ask(server.host());
        sunk to;
        r.sink = to.sink();
        r.max_response = 5;
        const auto answer = subject().send(r);
        BOOST_TEST_REQUIRE(answer.has_value());
        BOOST_TEST(answer->body == "12345");
        r.max_response = 4;
        check_fails(subject().send(r), errc::too_large);
        BOOST_TEST(to.pieces == 0u);
    }
}

BOOST_AUTO_TEST_CASE(ends_when_the_sink_wants_no_more) {
    for (const std::size_t most : {0u, 1u, 3u}) {
        const auto content = bytes(1000);
        raw_server endless([&](peer& p, raw_server&) {
            p.read_request();
            p.send("HTTP/1.1 200 OK\r\n\r\n");
            while (p.send(content)) {
            }
        });
        auto r = ask(endless.host());
        sunk to;
        to.most = most;
        r.sink = to.sink();
        check_fails(subject().send(r), errc::cancelled);
        BOOST_TEST(to.pieces == most);
    }
}

BOOST_AUTO_TEST_CASE(reports_a_break_after_a_part_went_to_the_sink) {
    raw_server server([](peer& p, raw_server& s) {
        s.keep(p.read_request());
        p.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n12345");
    });
    auto r = ask(server.host());
    sunk to;
    r.sink = to.sink();
    check_fails(subject().send(r), errc::connection_lost);
    BOOST_TEST(to.bytes == "12345");
}
