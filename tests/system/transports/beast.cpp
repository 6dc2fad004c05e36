// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include <wxmp/api/auth/token.hpp>
#include <wxmp/client.hpp>

#include "../../../examples/transports/beast_token.hpp"
#include "subjects.hpp"
#include <list>

namespace {

namespace asio = boost::asio;
using wxmp::http::response;

// What an application has around it: the loop, and a signal for each exchange.
struct loop {
    void run() {
        io.restart();
        io.run();
        signals.clear();
    }
    void cancel() {
        asio::post(io, [this] {
            for (auto& s : signals) s.emit(asio::cancellation_type::terminal);
        });
    }
    template <class Handler> auto cancellable(Handler told) {
        return asio::bind_cancellation_slot(signals.emplace_back().slot(), std::move(told));
    }

    asio::io_context io{};
    std::list<asio::cancellation_signal> signals{};
};

struct awaitable : loop {
    template <class T> using task = asio::awaitable<T>;
    explicit awaitable(const std::string& ca_file) : transport(io.get_executor(), ca_file) {}

    auto send(const wxmp::http::request& r) { return transport.send(r); }
    template <class Handler> void spawn(task<wxmp::result<response>> t, Handler told) {
        const auto end = [told](std::exception_ptr thrown, wxmp::result<response> r) mutable {
            if (!thrown) told(std::move(r));
        };
        asio::co_spawn(io, std::move(t), cancellable(end));
    }

    void on_progress(auto told) { transport.progress = told; }

    transports::beast transport;
};

struct token : loop {
    explicit token(const std::string& ca_file) : transport(io.get_executor(), ca_file) {}

    template <class Handler> void send(const wxmp::http::request& r, Handler told) {
        transport.send(r, cancellable(std::move(told)));
    }
    void on_progress(auto told) { transport.next_layer().progress = told; }

    transports::beast_token transport;
};

// ---- Its own

std::string waits() {
    loop l;
    transports::beast transport(l.io.get_executor());
    const auto now =
        std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
    bool early = true;
    asio::co_spawn(
        l.io, transport.wait_until(now + std::chrono::milliseconds(20)), [&](std::exception_ptr thrown) {
            early = thrown || std::chrono::system_clock::now() < now + std::chrono::milliseconds(20);
        });
    l.run();
    return early ? "the wait ended too early" : "";
}

std::string a_wait_is_cancelled_as_asio_does() {
    loop l;
    transports::beast transport(l.io.get_executor());
    std::exception_ptr thrown;
    const wxmp::time_point late{std::chrono::hours(24 * 365 * 100)};
    asio::co_spawn(l.io, transport.wait_until(late),
                   l.cancellable([&](std::exception_ptr e) { thrown = e; }));
    l.cancel();
    l.run();
    return thrown ? "" : "it threw nothing";
}

std::string refuses_a_file_of_certificates_that_is_not_there() {
    try {
        awaitable("/no/such/file");
        return "it took the file";
    } catch (const boost::system::system_error&) {
        return "";
    }
}

// Nobody listens there. The operation is a variable of its own, for the sake of g++ 12.
asio::awaitable<std::string> ask_for_a_token(wxmp::client<transports::beast&>& client) {
    const wxmp::auth::token op{{}, "wx1", wxmp::secret("s")};
    const auto grant = co_await client(op);
    co_return grant.has_error() && grant.error() == wxmp::errc::connect_failed ? "" : "it did not fail so";
}

std::string carries_a_client() {
    loop l;
    transports::beast transport(l.io.get_executor());
    wxmp::options o;
    o.scheme = "http", o.host = "127.0.0.1:1";
    wxmp::client<transports::beast&> client(transport, o);
    std::string wrong = "it did not end";
    asio::co_spawn(l.io, ask_for_a_token(client),
                   [&](std::exception_ptr, std::string said) { wrong = said; });
    l.run();
    return wrong;
}

std::string may_return_a_future() {
    loop l;
    transports::beast_token transport(l.io.get_executor());
    wxmp::http::request r;
    r.scheme = "http", r.host = "127.0.0.1:1";
    auto answer = transport.send(r, asio::use_future);
    l.run();
    return answer.get().error() == wxmp::errc::connect_failed ? "" : "it holds something else";
}

const wxmp_test::exceptions except{
    {"keeps_the_order_of_headers", "its header map keeps those of one name together"},
    {"keeps_its_connection", wxmp_test::connects_each_time},
    {"does_not_send_again_on_a_kept_connection", wxmp_test::connects_each_time}};

const bool added = wxmp_test::add_adapter<awaitable>(
    "beast", except,
    {{"carries_a_client", &carries_a_client},
     {"waits", &waits},
     {"a_wait_is_cancelled_as_asio_does", &a_wait_is_cancelled_as_asio_does},
     {"refuses_a_file_of_certificates_that_is_not_there",
      &refuses_a_file_of_certificates_that_is_not_there}});
const bool token_added =
    wxmp_test::add_adapter<token>("beast_token", except, {{"may_return_a_future", &may_return_a_future}});

}  // namespace
