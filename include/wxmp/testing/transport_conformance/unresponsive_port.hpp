// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TESTING_TRANSPORT_CONFORMANCE_UNRESPONSIVE_PORT_HPP
#define WXMP_TESTING_TRANSPORT_CONFORMANCE_UNRESPONSIVE_PORT_HPP

#include <wxmp/version.hpp>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdexcept>
#include <string>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>
#include <vector>

namespace wxmp::inline v0_1::testing {

/** A loopback port that never accepts, with a full backlog: an attempt to connect hangs.

    This holds on Linux; elsewhere the connection may succeed, but nothing is ever sent on it. POSIX only.
*/
class unresponsive_port {
public:
    /// Throws `std::runtime_error` if it cannot listen.
    unresponsive_port() {
        address_.sin_family = AF_INET;
        address_.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address_;
        const int listening = add_socket();
        if (::bind(listening, address(), size) != 0 || ::listen(listening, 0) != 0 ||
            ::getsockname(listening, address(), &size) != 0)
            throw std::runtime_error("cannot listen on the loopback");
        for (int i = 0; i != 8; ++i) {  // more than the backlog holds
            const int waiting = add_socket();
            ::fcntl(waiting, F_SETFL, O_NONBLOCK);
            static_cast<void>(::connect(waiting, address(), size));
        }
    }
    ~unresponsive_port() {
        for (const int s : sockets_) ::close(s);
    }
    unresponsive_port(const unresponsive_port&) = delete;
    unresponsive_port& operator=(const unresponsive_port&) = delete;

    /// Host and port, as in a Host header.
    [[nodiscard]] std::string host() const { return "127.0.0.1:" + std::to_string(ntohs(address_.sin_port)); }

private:
    sockaddr* address() { return reinterpret_cast<sockaddr*>(&address_); }

    int add_socket() { return sockets_.emplace_back(::socket(AF_INET, SOCK_STREAM, 0)); }

    sockaddr_in address_{};
    std::vector<int> sockets_;
};

}  // namespace wxmp::inline v0_1::testing

#endif
