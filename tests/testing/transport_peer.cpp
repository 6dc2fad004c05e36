// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include <wxmp/testing/transport_conformance/peer.hpp>

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <chrono>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

BOOST_AUTO_TEST_SUITE(testing_transport_peer)

namespace {

using namespace std::chrono_literals;
using wxmp::testing::peer;
using clock_type = std::chrono::steady_clock;

constexpr auto patience = 1s;
constexpr auto late = 900ms;

// A peer and the client's end of its connection, with `client` running on another thread.
template <class Client, class Peer> std::chrono::milliseconds time_of(Client client, Peer run) {
    int ends[2];
    BOOST_REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
    const std::atomic<bool> stop{};
    peer p(ends[0], stop, nullptr, patience);
    std::thread other([&] { client(ends[1]); });
    const auto start = clock_type::now();
    run(p);
    const auto time = clock_type::now() - start;
    other.join();
    ::close(ends[1]);
    return std::chrono::duration_cast<std::chrono::milliseconds>(time);
}

BOOST_AUTO_TEST_CASE(a_late_byte_does_not_prolong_a_stall) {
    const auto client = [](int socket) {
        std::this_thread::sleep_for(late);
        static_cast<void>(::send(socket, "x", 1, 0));
    };
    const auto time = time_of(client, [](peer& p) { p.stall(); });
    BOOST_TEST(time.count() >= 1000);
    BOOST_TEST(time.count() < 1800);
}

BOOST_AUTO_TEST_CASE(a_client_that_stops_reading_does_not_prolong_a_repetition) {
    const auto client = [](int socket) {
        const auto end = clock_type::now() + late;
        for (char chunk[4096]; clock_type::now() < end;)
            static_cast<void>(::recv(socket, chunk, sizeof chunk, MSG_DONTWAIT));
    };
    const auto time = time_of(client, [](peer& p) { p.repeat("abc", std::chrono::milliseconds(0)); });
    BOOST_TEST(time.count() >= 1000);
    BOOST_TEST(time.count() < 1800);
}

BOOST_AUTO_TEST_CASE(a_disconnect_ends_a_stall) {
    const auto client = [](int socket) {
        static_cast<void>(::send(socket, "x", 1, 0));
        ::shutdown(socket, SHUT_RDWR);
    };
    BOOST_TEST(time_of(client, [](peer& p) { p.stall(); }).count() < 900);
}

}  // namespace

BOOST_AUTO_TEST_SUITE_END()
