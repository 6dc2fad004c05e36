// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TESTS_TRANSPORT_RAW_CLIENT_HPP
#define WXMP_TESTS_TRANSPORT_RAW_CLIENT_HPP

#include <arpa/inet.h>
#include <cstdint>
#include <cstdlib>
#include <netinet/in.h>
#include <stdexcept>
#include <string>
#include <string_view>
#include <sys/socket.h>
#include <unistd.h>

namespace wxmp_test {

/// A connection that sends what it is told, well-formed or not.
class raw_client {
public:
    /// Connects to `host`, as `127.0.0.1:80`.
    explicit raw_client(const std::string& host) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        address.sin_port = htons(static_cast<std::uint16_t>(std::stoi(host.substr(host.find(':') + 1))));
        if (::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
            throw std::runtime_error("cannot connect to " + host);
    }
    ~raw_client() { ::close(socket_); }
    raw_client(const raw_client&) = delete;
    raw_client& operator=(const raw_client&) = delete;

    /// Sends these bytes.
    void send(std::string_view bytes) {
        static_cast<void>(::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL));
    }

    /// Sends these bytes and returns one answer, which tells its Content-Length or has no body.
    std::string ask(std::string_view bytes) {
        send(bytes);
        std::string answer;
        auto end = answer.npos;
        while ((end = answer.find("\r\n\r\n")) == answer.npos && more(answer)) {
        }
        const auto length = answer.find("Content-Length: ");
        const auto size = length < end ? std::strtoull(answer.c_str() + length + 16, nullptr, 10) : 0;
        while (answer.size() < end + 4 + size && more(answer)) {
        }
        return answer;
    }

    /// Sends these bytes and returns all that comes until the server closes.
    std::string ask_to_the_end(std::string_view bytes) {
        send(bytes);
        std::string answer;
        while (more(answer)) {
        }
        return answer;
    }

    /// The connection will end with a reset and not in order.
    void reset_at_end() {
        const linger at_once{1, 0};
        ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    }

private:
    bool more(std::string& answer) {
        char chunk[4096];
        const auto got = ::recv(socket_, chunk, sizeof chunk, 0);
        if (got > 0) answer.append(chunk, static_cast<std::size_t>(got));
        return got > 0;
    }

    int socket_;
};

}  // namespace wxmp_test

#endif
