// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include <wxmp/client.hpp>

#include <boost/test/unit_test.hpp>

#include "../../examples/transports/beast.hpp"
#include "raw_server.hpp"
#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace {

using namespace std::string_literals;

static_assert(wxmp::awaitable_transport<transports::beast>);

// Runs one coroutine to its end, as an application's event loop would.
struct subject {
    explicit subject(std::string ca_file = {}) : transport(io.get_executor(), ca_file) {}

    wxmp::result<wxmp::http::response> send(const wxmp::http::request& r) { return run(transport.send(r)); }
    void cancel() {
        boost::asio::post(io, [this] { signal.emit(boost::asio::cancellation_type::terminal); });
    }

    template <class T> T run(boost::asio::awaitable<T> task) {
        std::optional<T>   outcome;
        std::exception_ptr thrown;
        const auto         end = [&](std::exception_ptr e, T value) {
            thrown = e;
            outcome = std::move(value);
        };
        boost::asio::co_spawn(io, std::move(task), boost::asio::bind_cancellation_slot(signal.slot(), end));
        io.restart();
        io.run();
        if (thrown) std::rethrow_exception(thrown);
        return std::move(outcome.value());
    }

    boost::asio::io_context          io{};
    boost::asio::cancellation_signal signal{};
    transports::beast                transport;
};

BOOST_AUTO_TEST_SUITE(transport_beast)

#include "conformance.hpp"
#include "sinks.hpp"

// ---- Its own

BOOST_AUTO_TEST_CASE(has_several_exchanges_under_way) {
    raw_server first([](peer& p, raw_server& s) {
        s.keep(p.read_request());
        p.stall();
    });
    raw_server second(ok);
    subject    s;
    std::string order;
    auto       slow = ask(first.host());
    const auto fast = ask(second.host());
    slow.timeout = std::chrono::milliseconds(500);
    const auto told = [&](char name) {
        return [&order, name](std::exception_ptr, const auto&) { order += name; };
    };
    boost::asio::co_spawn(s.io, s.transport.send(slow), told('s'));
    boost::asio::co_spawn(s.io, s.transport.send(fast), told('f'));
    s.io.run();
    BOOST_TEST(order == "fs");
}

BOOST_AUTO_TEST_CASE(waits) {
    subject    s;
    const auto until =
        std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now()) +
        std::chrono::milliseconds(20);
    boost::asio::co_spawn(s.io, s.transport.wait_until(until), boost::asio::detached);
    s.io.run();
    BOOST_TEST((std::chrono::system_clock::now() >= until));
}

BOOST_AUTO_TEST_CASE(a_wait_is_cancelled_as_asio_does) {
    subject            s;
    std::exception_ptr thrown;
    const auto         end = [&](std::exception_ptr e) { thrown = e; };
    boost::asio::co_spawn(s.io, s.transport.wait_until(wxmp::time_point(std::chrono::hours(24 * 365 * 100))),
                          boost::asio::bind_cancellation_slot(s.signal.slot(), end));
    s.cancel();
    s.io.run();
    BOOST_TEST_REQUIRE((thrown != nullptr));
    BOOST_CHECK_THROW(std::rethrow_exception(thrown), boost::system::system_error);
}

BOOST_AUTO_TEST_CASE(refuses_a_file_of_certificates_that_is_not_there) {
    boost::asio::io_context io;
    BOOST_CHECK_THROW(transports::beast(io.get_executor(), "/no/such/file"), boost::system::system_error);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
