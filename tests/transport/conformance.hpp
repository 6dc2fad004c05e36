// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// What every transport owes. No header of its own: a test file defines `subject`, opens a suite and
// includes this.
//
//     struct subject {
//         explicit subject(std::string ca_file = {});
//         wxmp::result<wxmp::http::response> send(const wxmp::http::request& r);  // blocks
//         void cancel();                                                          // from any thread
//     };

using wxmp::errc;
using wxmp::method;
using wxmp::http::body;
using wxmp_test::certificate;
using wxmp_test::peer;
using wxmp_test::raw_server;

const std::string canary = "CANARY-dont-tell";
const std::string ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

wxmp::http::request ask(const std::string& host, method verb = method::get, body content = {}) {
    wxmp::http::request r;
    r.verb = verb;
    r.scheme = "http";
    r.host = host;
    r.target = wxmp::secret("/cgi-bin/x?a=%E4%BD%A0%2f..&access_token=" + canary);
    r.safe_target = "/cgi-bin/x?a=%E4%BD%A0%2f..&access_token=***";
    r.body = std::move(content);
    r.timeout = std::chrono::seconds(60);
    r.max_response = 1 << 20;
    return r;
}

std::string bytes(std::size_t size) {
    std::string s(size, '\0');
    std::uint32_t x = 1;
    for (auto& c : s) c = static_cast<char>((x = x * 1664525 + 1013904223) >> 24);
    return s;
}

bool holds(const std::string& text, const std::string& part) { return text.find(part) != text.npos; }

std::string head_of(const std::string& request) { return request.substr(0, request.find("\r\n\r\n") + 4); }
std::string body_of(const std::string& request) { return request.substr(head_of(request).size()); }

// The lines of a head after the first, in lower case and sorted: their order is the transport's own affair.
std::vector<std::string> header_names(const std::string& request) {
    std::vector<std::string> names;
    const auto               head = head_of(request);
    for (auto at = head.find("\r\n") + 2; at + 2 < head.size(); at = head.find("\r\n", at) + 2)
        names.push_back(head.substr(at, head.find(':', at) - at));
    std::sort(names.begin(), names.end());
    return names;
}

// Checks that it failed so, and that the text tells no secret.
void check_fails(const wxmp::result<wxmp::http::response>& r, errc expected) {
    BOOST_TEST_REQUIRE(r.has_error());
    BOOST_TEST(r.error().code().message() == make_error_code(expected).message());
    BOOST_TEST((r.error() == expected));
    BOOST_TEST(!holds(r.error().message(), canary));
    BOOST_TEST(!holds(r.error().message(), "access_token"));
}

// A source outside memory that remembers the largest read, and may have fewer bytes than it says.
struct slow_source {
    std::string         content;
    std::uint64_t       said = content.size();
    mutable std::size_t largest = 0;

    std::uint64_t size() const { return said; }
    std::size_t   read_at(std::uint64_t at, void* out, std::size_t size) const {
        largest = std::max(largest, size);
        return at < content.size() ? content.copy(static_cast<char*>(out), size, static_cast<std::size_t>(at))
                                   : 0;
    }
};

// ---- What is sent

BOOST_AUTO_TEST_CASE(sends_the_request_as_it_is) {
    raw_server server(ok);
    auto       r = ask(server.host(), method::post, body("{\"a\":1}"));
    r.headers = {{"Content-Type", "application/json; charset=utf-8"},
                 {"X-oDD", "a  \"b\"; \xE4\xBD\xA0"},
                 {"X-Empty", ""}};
    BOOST_TEST(subject().send(r).has_value());

    BOOST_TEST_REQUIRE(server.requests().size() == 1u);
    const auto sent = server.requests()[0];
    BOOST_TEST(sent.substr(0, sent.find("\r\n") + 2) == "POST " + r.target.reveal() + " HTTP/1.1\r\n");
    BOOST_TEST(holds(sent, "\r\nHost: " + server.host() + "\r\n"));
    BOOST_TEST(holds(sent, "\r\nContent-Length: 7\r\n"));
    BOOST_TEST(holds(sent, "\r\nContent-Type: application/json; charset=utf-8\r\n"));
    BOOST_TEST(holds(sent, "\r\nX-oDD: a  \"b\"; \xE4\xBD\xA0\r\n"));
    BOOST_TEST(holds(sent, "\r\nX-Empty:"));
    const std::vector<std::string> names{"Content-Length", "Content-Type", "Host", "X-Empty", "X-oDD"};
    BOOST_TEST(header_names(sent) == names, boost::test_tools::per_element());
    BOOST_TEST(body_of(sent) == "{\"a\":1}");
}

BOOST_AUTO_TEST_CASE(sends_a_get_without_a_body) {
    raw_server server(ok);
    const auto r = ask(server.host());
    BOOST_TEST(subject().send(r).has_value());
    BOOST_TEST_REQUIRE(server.requests().size() == 1u);
    const auto sent = server.requests()[0];
    BOOST_TEST(sent == "GET " + r.target.reveal() + " HTTP/1.1\r\nHost: " + server.host() + "\r\n\r\n");
}

BOOST_AUTO_TEST_CASE(sends_an_empty_post_with_its_length) {
    raw_server server(ok);
    BOOST_TEST(subject().send(ask(server.host(), method::post)).has_value());
    BOOST_TEST_REQUIRE(server.requests().size() == 1u);
    const std::vector<std::string> names{"Content-Length", "Host"};
    BOOST_TEST(header_names(server.requests()[0]) == names, boost::test_tools::per_element());
    BOOST_TEST(holds(server.requests()[0], "\r\nContent-Length: 0\r\n"));
}

BOOST_AUTO_TEST_CASE(sends_bodies_of_any_size_and_kind) {
    subject s;
    for (const std::size_t size : {1u, 65'535u, 65'536u, 65'537u, 1u << 20, 16u << 20}) {
        const auto                content = bytes(size);
        const wxmp::memory_source lent{content};
        const slow_source         read{content};
        for (const auto& b : {body(content), body::borrow(content), body::from(lent), body::from(read)}) {
            raw_server server(ok);
            BOOST_TEST(s.send(ask(server.host(), method::post, b)).has_value());
            BOOST_TEST_REQUIRE(server.requests().size() == 1u);
            BOOST_TEST(holds(server.requests()[0], "\r\nContent-Length: " + std::to_string(size) + "\r\n"));
            BOOST_TEST((body_of(server.requests()[0]) == content));
        }
        BOOST_TEST(read.largest <= 1u << 18);  // in parts, not as a whole
    }
}

BOOST_AUTO_TEST_CASE(sends_the_pieces_of_a_body_in_order) {
    const auto                content = bytes(300'000);
    const wxmp::memory_source lent{content};
    const slow_source         read{content};
    body                      b("begin");
    std::string               expected = "begin";
    for (std::size_t at = 0; at < content.size(); at += 60'000) {
        b.append_slice(read, at, 30'000);
        b.append("|");
        b.append_slice(lent, at + 30'000, 20'000);
        b.append_borrowed(std::string_view(content).substr(at + 50'000, 10'000));
        expected += content.substr(at, 30'000) + '|' + content.substr(at + 30'000, 30'000);
    }
    raw_server server(ok);
    BOOST_TEST(subject().send(ask(server.host(), method::post, b)).has_value());
    BOOST_TEST_REQUIRE(server.requests().size() == 1u);
    BOOST_TEST((body_of(server.requests()[0]) == expected));
}

BOOST_AUTO_TEST_CASE(reports_a_source_that_fails) {
    for (const std::size_t there : {0u, 1u, 65'536u, 999'999u}) {
        const slow_source source{bytes(there), 1'000'000};
        raw_server        server([](peer& p, raw_server& s) { s.keep(p.read_request()); });
        check_fails(subject().send(ask(server.host(), method::post, body::from(source))),
                    errc::source_failed);
        server.stop();
        for (const auto& sent : server.requests()) BOOST_TEST(body_of(sent).size() < 1'000'000u);
    }
}

// ---- What comes back

BOOST_AUTO_TEST_CASE(returns_status_headers_and_body) {
    raw_server server(
        "HTTP/1.1 404 Not Found\r\nX-A: 1\r\ncontent-length: 5\r\nSet-Cookie: a=b; c\r\nSet-Cookie:  d \r\n"
        "X-Empty:\r\n\r\n{\0\r\n}"s);
    const auto r = subject().send(ask(server.host()));
    BOOST_TEST_REQUIRE(r.has_value());
    BOOST_TEST(r->status == 404);
    BOOST_TEST((r->body == "{\0\r\n}"s));
    const std::vector<wxmp::http::header> expected{{"X-A", "1"},
                                                   {"content-length", "5"},
                                                   {"Set-Cookie", "a=b; c"},
                                                   {"Set-Cookie", "d"},
                                                   {"X-Empty", ""}};
    BOOST_TEST((r->headers == expected));
}

BOOST_AUTO_TEST_CASE(returns_a_chunked_response_without_its_coding) {
    raw_server server(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nA;x=y\r\n0123456789\r\n0\r\n\r\n");
    const auto r = subject().send(ask(server.host()));
    BOOST_TEST_REQUIRE(r.has_value());
    BOOST_TEST(r->body == "abc0123456789");
}

BOOST_AUTO_TEST_CASE(returns_a_response_that_the_end_of_the_connection_ends) {
    raw_server server([](peer& p, raw_server& s) {
        s.keep(p.read_request());
        p.send("HTTP/1.1 200 OK\r\n\r\nall of it");
    });
    const auto r = subject().send(ask(server.host()));
    BOOST_TEST_REQUIRE(r.has_value());
    BOOST_TEST(r->body == "all of it");
}

BOOST_AUTO_TEST_CASE(returns_the_response_after_an_interim_one) {
    raw_server server("HTTP/1.1 100 Continue\r\nX-Interim: 1\r\n\r\n" + ok);
    const auto r = subject().send(ask(server.host(), method::post, body("x")));
    BOOST_TEST_REQUIRE(r.has_value());
    BOOST_TEST(r->status == 200);
    BOOST_TEST(r->body == "ok");
    BOOST_TEST(wxmp::http::find_header(r->headers, "X-Interim").empty());
}

BOOST_AUTO_TEST_CASE(does_not_follow_a_redirect) {
    raw_server other(ok);
    raw_server server("HTTP/1.1 302 Found\r\nLocation: http://" + other.host() +
                      "/\r\nContent-Length: 0\r\n\r\n");
    const auto r = subject().send(ask(server.host()));
    BOOST_TEST_REQUIRE(r.has_value());
    BOOST_TEST(r->status == 302);
    BOOST_TEST(server.requests().size() == 1u);
    BOOST_TEST(other.connections() == 0);
}

BOOST_AUTO_TEST_CASE(accepts_a_response_up_to_the_limit) {
    const auto content = bytes(100'000);
    raw_server server("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n" + content);
    auto       r = ask(server.host());
    r.max_response = 100'000;
    const auto answer = subject().send(r);
    BOOST_TEST_REQUIRE(answer.has_value());
    BOOST_TEST((answer->body == content));
    r.max_response = 99'999;
    check_fails(subject().send(r), errc::too_large);
}

BOOST_AUTO_TEST_CASE(refuses_a_larger_response_of_unknown_size) {
    const auto content = bytes(1000);
    raw_server chunked("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3e8\r\n" + content +
                       "\r\n0\r\n\r\n");
    auto       r = ask(chunked.host());
    r.max_response = 999;
    check_fails(subject().send(r), errc::too_large);

    raw_server endless([&](peer& p, raw_server&) {
        p.read_request();
        p.send("HTTP/1.1 200 OK\r\n\r\n");
        while (p.send(content)) {}
    });
    r.host = endless.host();
    check_fails(subject().send(r), errc::too_large);
}

BOOST_AUTO_TEST_CASE(has_no_limit_when_it_is_zero) {
    const auto content = bytes(3u << 20);
    raw_server server("HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(content.size()) + "\r\n\r\n" +
                      content);
    auto       r = ask(server.host());
    r.max_response = 0;
    r.timeout = {};
    const auto answer = subject().send(r);
    BOOST_TEST_REQUIRE(answer.has_value());
    BOOST_TEST((answer->body == content));
}

// ---- What goes wrong

BOOST_AUTO_TEST_CASE(reports_that_nobody_listens) {
    raw_server server(ok);
    const auto r = ask(server.host(), method::post, body("x"));
    server.stop();
    check_fails(subject().send(r), errc::connect_failed);
}

BOOST_AUTO_TEST_CASE(reports_a_silent_server) {
    raw_server server([](peer& p, raw_server& s) {
        s.keep(p.read_request());
        p.stall();
    });
    auto r = ask(server.host(), method::post, body("x"));
    r.timeout = std::chrono::milliseconds(500);
    check_fails(subject().send(r), errc::timeout);
}

BOOST_AUTO_TEST_CASE(limits_the_whole_exchange_and_not_each_pause) {
    raw_server server([](peer& p, raw_server&) {
        p.read_request();
        p.send("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n");
        while (p.send(".")) std::this_thread::sleep_for(std::chrono::milliseconds(10));
    });
    auto r = ask(server.host());
    r.timeout = std::chrono::milliseconds(500);
    check_fails(subject().send(r), errc::timeout);
}

BOOST_AUTO_TEST_CASE(reports_a_server_that_does_not_read) {
    const slow_source source{bytes(1 << 20), std::uint64_t{1} << 20};
    body              large;
    for (int i = 0; i != 64; ++i) large.append(body::from(source));
    raw_server server([](peer& p, raw_server&) {
        p.read_head();
        while (p.send("")) std::this_thread::sleep_for(std::chrono::milliseconds(10));
    });
    auto r = ask(server.host(), method::post, large);
    r.timeout = std::chrono::milliseconds(500);
    check_fails(subject().send(r), errc::timeout);
}

BOOST_AUTO_TEST_CASE(reports_a_connection_that_breaks) {
    const std::string parts[] = {"",
                                 "H",
                                 "HTTP/1.1 200 OK\r\nContent-Le",
                                 "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n",
                                 "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n123456789",
                                 "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n"};
    for (const bool reset : {false, true})
        for (const auto& part : parts) {
            raw_server server([&](peer& p, raw_server& s) {
                s.keep(p.read_request());
                p.send(part);
                if (reset) p.reset_at_end();
            });
            BOOST_TEST_CONTEXT("after " << part << (reset ? " with a reset" : "")) {
                check_fails(subject().send(ask(server.host(), method::post, body("x"))),
                            errc::connection_lost);
                BOOST_TEST(server.requests().size() == 1u);  // and is not sent again
            }
        }
}

BOOST_AUTO_TEST_CASE(reports_a_connection_that_breaks_while_sending) {
    const auto content = bytes(16u << 20);
    raw_server server([](peer& p, raw_server&) {
        p.read_head();
        p.reset_at_end();
    });
    check_fails(subject().send(ask(server.host(), method::post, body::borrow(content))),
                errc::connection_lost);
    BOOST_TEST(server.connections() == 1);
}

BOOST_AUTO_TEST_CASE(reports_what_is_not_http) {
    raw_server server("SSH-2.0-OpenSSH_9.2\r\n\r\n");
    check_fails(subject().send(ask(server.host())), errc::connection_lost);
}

BOOST_AUTO_TEST_CASE(is_cancelled_from_another_thread) {
    raw_server server([](peer& p, raw_server& s) {
        s.keep(p.read_request());
        p.stall();
    });
    subject     s;
    std::thread other([&] {
        while (server.requests().empty()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
        s.cancel();
    });
    check_fails(s.send(ask(server.host(), method::post, body("x"))), errc::cancelled);
    other.join();
}

// ---- TLS

wxmp::http::request ask_securely(const std::string& host) {
    auto r = ask(host, method::post, body("secret"));
    r.scheme = "https";
    return r;
}

BOOST_AUTO_TEST_CASE(refuses_a_certificate_that_nobody_vouches_for) {
    const auto shown = std::make_shared<certificate>("IP:127.0.0.1");
    raw_server server(ok, shown);
    const auto r = subject().send(ask_securely(server.host()));
    check_fails(r, errc::connect_failed);
    BOOST_TEST(!r.error().detail().empty());
    BOOST_TEST(server.requests().empty());
}

BOOST_AUTO_TEST_CASE(accepts_a_certificate_that_it_was_told_to_trust) {
    const auto shown = std::make_shared<certificate>("IP:127.0.0.1");
    raw_server server(ok, shown);
    const auto r = subject(shown->file()).send(ask_securely(server.host()));
    BOOST_TEST_REQUIRE(r.has_value());
    BOOST_TEST(r->body == "ok");
    BOOST_TEST_REQUIRE(server.requests().size() == 1u);
    BOOST_TEST(body_of(server.requests()[0]) == "secret");
}

BOOST_AUTO_TEST_CASE(sends_a_large_body_over_tls) {
    const auto        shown = std::make_shared<certificate>("IP:127.0.0.1");
    const slow_source source{bytes(3'000'001)};
    raw_server        server(ok, shown);
    auto              r = ask_securely(server.host());
    r.body = body::from(source);
    BOOST_TEST(subject(shown->file()).send(r).has_value());
    BOOST_TEST_REQUIRE(server.requests().size() == 1u);
    BOOST_TEST((body_of(server.requests()[0]) == source.content));
}

BOOST_AUTO_TEST_CASE(refuses_a_certificate_for_another_host) {
    const auto shown = std::make_shared<certificate>("DNS:api.example.com");
    raw_server server(ok, shown);
    check_fails(subject(shown->file()).send(ask_securely(server.host())), errc::connect_failed);
    BOOST_TEST(server.requests().empty());
}

BOOST_AUTO_TEST_CASE(reports_a_server_that_speaks_no_tls) {
    raw_server server([](peer& p, raw_server&) { p.send("HTTP/1.1 400 Bad Request\r\n\r\n"); });
    check_fails(subject().send(ask_securely(server.host())), errc::connect_failed);
}

BOOST_AUTO_TEST_CASE(reports_a_handshake_that_takes_too_long_as_no_connection) {
    raw_server server([](peer& p, raw_server&) { p.stall(); });
    auto       r = ask_securely(server.host());
    r.timeout = std::chrono::milliseconds(500);
    check_fails(subject().send(r), errc::connect_failed);
}
