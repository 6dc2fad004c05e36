// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include <wxmp/api/auth/token.hpp>
#include <wxmp/api/publish/submit.hpp>
#include <wxmp/client.hpp>
#include <wxmp/flow/poll.hpp>
#include <wxmp/testing/transport_conformance/raw_server.hpp>
#include <wxmp/transport/memory_token_store.hpp>

#include "../../../examples/transports/beast_token.hpp"
#include "subjects.hpp"
#include "waiting.hpp"
#include <list>

namespace {

namespace asio = boost::asio;
using wxmp::errc;
using wxmp::http::request;
using wxmp::http::response;
using wxmp::testing::peer;
using wxmp::testing::raw_server;

// What an application has around it.
struct loop {
    void run() {
        io.restart();
        io.run();
    }

    asio::io_context io{};
};

struct awaitable : loop {
    template <class T> using task = asio::awaitable<T>;
    explicit awaitable(const std::string& ca_file) : transport(io.get_executor(), ca_file) {}

    auto send(const request& r, std::stop_token stop) { return transport.send(r, std::move(stop)); }
    template <class Handler> void spawn(task<wxmp::result<response>> t, Handler told) {
        asio::co_spawn(io, std::move(t), std::move(told));
    }
    void wait_until(wxmp::time_point t, std::stop_token stop, auto told) {
        asio::co_spawn(io, transport.wait_until(t, std::move(stop)),
                       [told](std::exception_ptr, wxmp::result<void>) { told(); });
    }
    void on_progress(auto told) { transport.progress = told; }

    transports::beast transport;
};

struct token : loop {
    explicit token(const std::string& ca_file) : transport(io.get_executor(), ca_file) {}

    template <class Handler> void send(const request& r, std::stop_token stop, Handler told) {
        transport.send(r, std::move(stop), std::move(told));
    }
    void wait_until(wxmp::time_point t, std::stop_token stop, auto told) {
        transport.wait_until(t, std::move(stop), told);
    }
    void on_progress(auto told) { transport.next_layer().progress = told; }

    transports::beast_token transport;
};

// ---- The checks of the suite that request a stop, which becomes the emission of a slot

struct emits_on_stop {
    emits_on_stop(asio::io_context& io, const std::stop_token& stop)
        : link(stop,
               [this, &io] { asio::post(io, [this] { signal.emit(asio::cancellation_type::terminal); }); }) {}

    asio::cancellation_signal signal{};
    std::stop_callback<std::function<void()>> link;
};

struct by_slots : loop {
    std::list<emits_on_stop> all{};
    auto slot_for(const std::stop_token& stop) { return all.emplace_back(io, stop).signal.slot(); }
};

struct awaitable_by_slot : by_slots {
    template <class T> using task = asio::awaitable<T>;
    explicit awaitable_by_slot(const std::string& ca_file) : transport(io.get_executor(), ca_file) {}

    task<wxmp::result<response>> send(const request& r, std::stop_token stop) {
        const auto slot = slot_for(stop);
        co_return co_await asio::co_spawn(io, transport.send(r),
                                          asio::bind_cancellation_slot(slot, asio::use_awaitable));
    }
    template <class Handler> void spawn(task<wxmp::result<response>> t, Handler told) {
        asio::co_spawn(io, std::move(t), std::move(told));
    }

    transports::beast transport;
};

struct token_by_slot : by_slots {
    explicit token_by_slot(const std::string& ca_file) : transport(io.get_executor(), ca_file) {}

    template <class Handler> void send(const request& r, std::stop_token stop, Handler told) {
        transport.send(r, asio::bind_cancellation_slot(slot_for(stop), std::move(told)));
    }

    transports::beast_token transport;
};

template <class Harness> std::string is_cancelled_by_its_slot() {
    const wxmp_test::adapter a{
        wxmp::testing::make_subject_factory([](const std::string& ca_file) { return Harness(ca_file); })};
    int checks = 0;
    for (const auto& name : wxmp_test::check_names()) {
        if (!name.starts_with("is_cancelled_") && !name.ends_with("_stop") && !name.ends_with("_is_stopped"))
            continue;
        ++checks;
        const auto r = wxmp_test::check(name, a);
        if (r.outcome != wxmp::testing::check_outcome::passed) return name + ": " + r.detail;
    }
    return checks == 8 ? "" : std::to_string(checks) + " checks were made";
}

// ---- A client in a coroutine that is cancelled, or whose run is stopped

enum class by { slot, token };

// Where it happens: the part of a server, or what a store calls.
struct scene : loop {
    explicit scene(by b) : how(b) {}

    // From any thread.
    void end() {
        if (how == by::token) stop.request_stop();
        else asio::post(io, [this] { signal.emit(asio::cancellation_type::terminal); });
    }
    wxmp::run_options how_to_run() {
        return {.stop = how == by::token ? stop.get_token() : std::stop_token()};
    }

    // What the coroutine says.
    std::string run(asio::awaitable<std::string> work) {
        std::string said;
        asio::co_spawn(
            io, std::move(work),
            asio::bind_cancellation_slot(signal.slot(), [&](std::exception_ptr thrown, std::string all) {
                said = thrown ? "it threw" : std::move(all);
            }));
        loop::run();
        return said;
    }

    by how;
    asio::cancellation_signal signal{};
    std::stop_source stop{};
    transports::beast transport{io.get_executor()};
    raw_server other{"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"};
};

template <class T> std::string said_of(const wxmp::result<T>& r) {
    return r ? "an answer" : r.error().code().message();
}

// The same coroutine goes on: with an exchange, and a wait.
asio::awaitable<std::string> go_on(scene& s) {
    request r;
    r.scheme = "http";
    r.host = s.other.host();
    r.target = wxmp::secret("/");
    const auto answer = co_await s.transport.send(r);
    const auto waited = co_await s.transport.wait_until(wxmp_test::in(std::chrono::milliseconds(1)));
    co_return ", then " + said_of(answer) + (waited ? "" : " and no wait");
}

std::string expected(errc e) { return make_error_code(e).message() + ", then an answer"; }

wxmp::options options_for(const raw_server& server) {
    wxmp::options o;
    o.scheme = "http";
    o.host = server.host();
    return o;
}

template <class Call> asio::awaitable<std::string> run_and_go_on(scene& s, Call call) {
    const auto ended = co_await call();
    const auto after = co_await go_on(s);
    co_return said_of(ended) + after;
}

// The token is being got when it happens: the lease is given back.
std::string gives_its_lease_back(by how) {
    scene s(how);
    wxmp::memory_token_store store;
    raw_server silent([&](peer& p, raw_server&) {
        p.read_request();
        s.end();
        p.stall();
    });
    const wxmp::auth::stable_token grant{.appid = "wx1", .secret = wxmp::secret("CANARY")};
    wxmp::client<transports::beast&, wxmp::token_policy<wxmp::memory_token_store>> client(
        s.transport, options_for(silent), wxmp::token_policy(store, grant));
    const wxmp::upload_video::query_status op{"m"};
    const auto said = s.run(run_and_go_on(s, [&] { return client(op, s.how_to_run()); }));
    if (said != expected(errc::cancelled)) return said;
    const auto lease = store.lease(std::chrono::seconds(1));
    return lease && *lease == 2 ? "" : "the lease was not given back";
}

// The call may have been carried out.
std::string leaves_a_call_unknown(by how) {
    scene s(how);
    raw_server silent([&](peer& p, raw_server&) {
        p.read_request();
        s.end();
        p.stall();
    });
    wxmp::client<transports::beast&> client(s.transport, options_for(silent));
    client.access_token(wxmp::secret("CANARY"));
    const wxmp::publish::submit op{"m"};
    const auto said = s.run(run_and_go_on(s, [&] { return client(op, s.how_to_run()); }));
    return said == expected(errc::outcome_unknown) ? "" : said;
}

// It happens when the answer is there and its connection is closed: a pause of hours has begun.
std::string ends_a_pause(by how) {
    scene s(how);
    raw_server server([&](peer& p, raw_server& all) {
        all.keep(p.read_request());
        p.send("HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n{\"status\":0}");
        p.stall();
        s.end();
    });
    const auto o = options_for(server);
    wxmp::client<transports::beast&> client(s.transport, o);
    client.access_token(wxmp::secret("CANARY"));
    const std::chrono::hours hours(10);
    const wxmp::backoff pauses{.tries = 0, .first = hours, .longest = hours, .total = 100 * hours};
    const wxmp::upload_video::query_status op{"m"};
    const auto said =
        s.run(run_and_go_on(s, [&] { return client.run(wxmp::poll_video(op, pauses, o), s.how_to_run()); }));
    if (said != expected(errc::cancelled)) return said;
    return server.requests().size() == 1 ? "" : "it asked again";
}

template <std::string (*Scene)(by)> std::string in_both_ways() {
    if (const auto wrong = Scene(by::slot); !wrong.empty()) return "by its slot: " + wrong;
    const auto wrong = Scene(by::token);
    return wrong.empty() ? "" : "by a token: " + wrong;
}

// ---- Others of its own

std::string refuses_a_file_of_certificates_that_is_not_there() {
    try {
        awaitable("/no/such/file");
        return "it took the file";
    } catch (const boost::system::system_error&) {
        return "";
    }
}

// The caller's functions may throw what Asio throws.
std::string lets_a_system_error_out() {
    awaitable a("");
    raw_server server("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    request r;
    r.scheme = "http";
    r.host = server.host();
    r.target = wxmp::secret("/");
    r.sink = [](const response&, std::string_view) -> bool {
        throw boost::system::system_error(make_error_code(errc::bad_record));
    };
    std::string said = "it did not end";
    a.spawn(a.send(r, {}), [&](std::exception_ptr thrown, const wxmp::result<response>& answer) {
        try {
            if (thrown) std::rethrow_exception(thrown);
            said = "it ended with " + said_of(answer);
        } catch (const boost::system::system_error& e) {
            said = e.code() == make_error_code(errc::bad_record) ? "" : e.what();
        }
    });
    a.run();
    return said;
}

// Nobody listens there. The operation is a variable of its own, for the sake of g++ 12.
asio::awaitable<std::string> ask_for_a_token(wxmp::client<transports::beast&>& client) {
    const wxmp::auth::token op{{}, "wx1", wxmp::secret("s")};
    const auto grant = co_await client(op);
    co_return grant.has_error() && grant.error() == errc::connect_failed ? "" : "it did not fail so";
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
    request r;
    r.scheme = "http", r.host = "127.0.0.1:1";
    auto answer = transport.send(r, asio::use_future);
    l.run();
    return answer.get().error() == errc::connect_failed ? "" : "it holds something else";
}

const wxmp_test::exceptions except{
    {"keeps_the_order_of_headers", "its header map keeps those of one name together"},
    {"keeps_its_connection", wxmp_test::connects_each_time},
    {"does_not_send_again_on_a_kept_connection", wxmp_test::connects_each_time}};

wxmp_test::own_checks with_waiting(wxmp_test::own_checks more, wxmp_test::own_checks waiting) {
    more.merge(waiting);
    return more;
}

const bool added = wxmp_test::add_adapter<awaitable>(
    "beast", except,
    with_waiting({{"carries_a_client", &carries_a_client},
                  {"lets_a_system_error_out", &lets_a_system_error_out},
                  {"is_cancelled_by_its_slot", &is_cancelled_by_its_slot<awaitable_by_slot>},
                  {"gives_its_lease_back", &in_both_ways<gives_its_lease_back>},
                  {"leaves_a_call_unknown", &in_both_ways<leaves_a_call_unknown>},
                  {"ends_a_pause", &in_both_ways<ends_a_pause>},
                  {"refuses_a_file_of_certificates_that_is_not_there",
                   &refuses_a_file_of_certificates_that_is_not_there}},
                 wxmp_test::waiting_checks<awaitable>()));
const bool token_added = wxmp_test::add_adapter<token>(
    "beast_token", except,
    with_waiting({{"may_return_a_future", &may_return_a_future},
                  {"is_cancelled_by_its_slot", &is_cancelled_by_its_slot<token_by_slot>}},
                 wxmp_test::waiting_checks<token>()));

}  // namespace
