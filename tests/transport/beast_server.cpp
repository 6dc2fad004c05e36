// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include "../../examples/server/beast_server.hpp"

#include <boost/test/unit_test.hpp>

#include "../../examples/transports/curl.hpp"
#include "raw_client.hpp"
#include <chrono>
#include <string>
#include <thread>
#include <vector>

BOOST_AUTO_TEST_SUITE(server_beast_server)

namespace {

using servers::beast_server;
using servers::served;
using wxmp_test::raw_client;

// Says what it was asked for.
served echo(const wxmp::http::request& r) {
    const std::string verb = r.verb == wxmp::method::post ? "POST " : "GET ";
    return {{200,
             {{"X-Type", std::string(wxmp::http::find_header(r.headers, "content-type"))}},
             verb + r.safe_target + ' ' + r.body.text()},
            false,
            {}};
}

wxmp::http::request ask(const beast_server& s, std::string target, wxmp::http::body body = {}) {
    wxmp::http::request r;
    r.verb = body.size() != 0 ? wxmp::method::post : wxmp::method::get;
    r.scheme = "http";
    r.host = s.host();
    r.target = wxmp::secret(std::move(target));
    r.headers = {{"Content-Type", "text/plain"}};
    r.body = std::move(body);
    r.timeout = std::chrono::seconds(60);
    return r;
}

std::string status_line(const std::string& answer) { return answer.substr(0, answer.find("\r\n")); }

BOOST_AUTO_TEST_CASE(tells_the_handler_the_request) {
    wxmp::http::request seen;
    beast_server server([&](const wxmp::http::request& r) { return seen = r, echo(r); });
    transports::curl client;
    const auto r =
        client.send(ask(server, "/a?b=c&access_token=T&appid=d&secret=S", wxmp::http::body("text")));
    BOOST_TEST_REQUIRE(r.has_value());
    BOOST_TEST(r->status == 200);
    BOOST_TEST(r->body == "POST /a?b=c&access_token=***&appid=d&secret=*** text");
    BOOST_TEST(wxmp::http::find_header(r->headers, "X-Type") == "text/plain");
    BOOST_TEST((seen.verb == wxmp::method::post));
    BOOST_TEST(seen.scheme == "http");
    BOOST_TEST(seen.host == server.host());
    BOOST_TEST(seen.target.reveal() == "/a?b=c&access_token=T&appid=d&secret=S");
}

BOOST_AUTO_TEST_CASE(keeps_connections_and_serves_several) {
    beast_server server(echo);
    raw_client first(server.host());
    raw_client second(server.host());
    for (const auto* target : {"/1", "/2", "/3"}) {
        const auto request = "GET " + std::string(target) + " HTTP/1.1\r\nHost: x\r\n\r\n";
        BOOST_TEST(first.ask(request).ends_with("GET " + std::string(target) + ' '));
        BOOST_TEST(second.ask(request).ends_with("GET " + std::string(target) + ' '));
    }
}

BOOST_AUTO_TEST_CASE(closes_when_asked_to) {
    beast_server server(echo);
    raw_client client(server.host());
    const auto answer = client.ask_to_the_end("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    BOOST_TEST(status_line(answer) == "HTTP/1.1 200 OK");
}

BOOST_AUTO_TEST_CASE(loses_an_answer) {
    beast_server server([](const wxmp::http::request&) { return served{{200, {}, "lost"}, true, {}}; });
    transports::curl client;
    const auto r = client.send(ask(server, "/"));
    BOOST_TEST_REQUIRE(r.has_error());
    BOOST_TEST((r.error() == wxmp::errc::connection_lost));
    raw_client raw(server.host());
    BOOST_TEST(raw.ask_to_the_end("GET / HTTP/1.1\r\nHost: x\r\n\r\n").empty());
}

BOOST_AUTO_TEST_CASE(answers_others_while_one_answer_is_delayed) {
    beast_server server([](const wxmp::http::request& r) {
        return served{
            {200, {}, "done"}, false, std::chrono::milliseconds(r.safe_target == "/slow" ? 1'000'000 : 1)};
    });
    auto slow = ask(server, "/slow");
    slow.timeout = std::chrono::milliseconds(500);
    std::thread other([&] {
        transports::curl client;
        const auto r = client.send(slow);
        BOOST_TEST((r.has_error() && r.error() == wxmp::errc::timeout));
    });
    transports::curl client;
    BOOST_TEST(client.send(ask(server, "/")).has_value());
    other.join();
}

BOOST_AUTO_TEST_CASE(refuses_what_the_service_refuses) {
    beast_server server(echo);
    const auto refused = [&](const std::string& request) {
        return status_line(raw_client(server.host()).ask_to_the_end(request));
    };
    BOOST_TEST(
        refused("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n") ==
        "HTTP/1.1 412 Precondition Failed");
    BOOST_TEST(refused("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 67108865\r\n\r\n") ==
               "HTTP/1.1 413 Payload Too Large");
    BOOST_TEST(refused("nonsense\r\n\r\n") == "HTTP/1.1 400 Bad Request");
    BOOST_TEST(refused("GET / HTTP/1.1\r\nContent-Length: x\r\n\r\n") == "HTTP/1.1 400 Bad Request");
    BOOST_TEST(refused("PUT / HTTP/1.1\r\nHost: x\r\n\r\n") == "HTTP/1.1 405 Method Not Allowed");
    BOOST_TEST(refused("GET / HTTP/1.1\r\nX: " + std::string(100'000, 'x') + "\r\n\r\n") ==
               "HTTP/1.1 431 Request Header Fields Too Large");
}

BOOST_AUTO_TEST_CASE(answers_a_client_that_waits_to_be_asked) {
    beast_server server(echo);
    raw_client client(server.host());
    const auto interim =
        client.ask("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
    BOOST_TEST(interim == "HTTP/1.1 100 Continue\r\n\r\n");
    BOOST_TEST(client.ask("hi").ends_with("POST / hi"));
}

BOOST_AUTO_TEST_CASE(takes_a_large_body_whole) {
    std::uint64_t size{};
    beast_server server([&](const wxmp::http::request& r) {
        return size = r.body.size(), served{{200, {}, {}}, false, {}};
    });
    const std::string content(20u << 20, 'x');
    transports::curl client;
    BOOST_TEST(client.send(ask(server, "/", wxmp::http::body::borrow(content))).has_value());
    BOOST_TEST(size == content.size());
}

BOOST_AUTO_TEST_CASE(goes_on_when_clients_vanish) {
    beast_server server(echo);
    for (const auto* part : {"", "G", "GET / HTTP/1.1\r\n", "POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\nabc",
                             "GET / HTTP/1.1\r\n\r\n"})
        for (const bool reset : {false, true}) {
            raw_client client(server.host());
            client.send(part);
            if (reset) client.reset_at_end();
        }
    BOOST_TEST(raw_client(server.host()).ask("GET /still HTTP/1.1\r\n\r\n").ends_with("GET /still "));
}

BOOST_AUTO_TEST_CASE(turns_an_exception_of_the_handler_into_a_status) {
    beast_server server([](const wxmp::http::request&) -> served { throw std::runtime_error("fault"); });
    transports::curl client;
    const auto r = client.send(ask(server, "/"));
    BOOST_TEST_REQUIRE(r.has_value());
    BOOST_TEST(r->status == 500);
}

BOOST_AUTO_TEST_CASE(stops_with_connections_open) {
    beast_server first(echo);
    raw_client idle(first.host());
    idle.send("POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\nabc");
    const auto port = first.host();
    {
        beast_server second(echo);
        raw_client kept(second.host());
        BOOST_TEST(kept.ask("GET / HTTP/1.1\r\n\r\n").ends_with("GET / "));
        BOOST_TEST(second.host() != port);
        BOOST_TEST(second.url() == "http://" + second.host());
    }
    BOOST_CHECK_THROW(
        beast_server(echo, static_cast<std::uint16_t>(std::stoi(port.substr(port.find(':') + 1)))),
        boost::system::system_error);
}

}  // namespace

BOOST_AUTO_TEST_SUITE_END()
