// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TESTING_TRANSPORT_CONFORMANCE_RAW_SERVER_HPP
#define WXMP_TESTING_TRANSPORT_CONFORMANCE_RAW_SERVER_HPP

#include <wxmp/testing/transport_conformance/peer.hpp>

#include <arpa/inet.h>
#include <atomic>
#include <chrono>
#include <csignal>
#include <functional>
#include <memory>
#include <mutex>
#include <netinet/in.h>
#include <poll.h>
#include <stdexcept>
#include <string>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <utility>
#include <vector>

namespace wxmp::inline v0_1::testing {

/** A scripted server on a free loopback port, which serves one connection at a time.

    Of HTTP it knows only where a request ends, so it corrects nothing that a client sends wrong. POSIX only;
    needs OpenSSL's libssl.
*/
class raw_server {
public:
    using part = std::function<void(peer&, raw_server&)>;  ///< what it does on one connection

    /** Runs `p` on each connection. Throws `std::runtime_error` if it cannot listen.

        @param shown certificate to present; if set, connections use TLS
        @param patience how long to wait for an unresponsive client
    */
    explicit raw_server(part p, std::shared_ptr<const certificate> shown = {},
                        std::chrono::milliseconds patience = std::chrono::seconds(20))
        : part_(std::move(p)),
          shown_(std::move(shown)),
          patience_(patience),
          socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        auto* any = reinterpret_cast<sockaddr*>(&address);
        socklen_t size = sizeof address;
        if (::bind(socket_, any, size) != 0 || ::listen(socket_, 16) != 0 ||
            ::getsockname(socket_, any, &size) != 0)
            throw std::runtime_error("cannot listen on the loopback");
        port_ = ntohs(address.sin_port);
        thread_ = std::thread([this] { run(); });
    }

    /// Responds to every request with these bytes.
    explicit raw_server(std::string reply, std::shared_ptr<const certificate> shown = {},
                        std::chrono::milliseconds patience = std::chrono::seconds(20))
        : raw_server(
              [reply = std::move(reply)](peer& p, raw_server& s) {
                  while (s.keep(p.read_request())) p.send(reply);
              },
              std::move(shown), patience) {}

    ~raw_server() { stop(); }

    /// Closes all connections and the port.
    void stop() {
        stop_ = true;
        if (thread_.joinable()) thread_.join();
        if (socket_ != -1) ::close(std::exchange(socket_, -1));
    }

    /// Records one request; false if it is empty.
    bool keep(received_request request) {
        if (request.head.empty()) return false;
        const std::lock_guard lock(mutex_);
        requests_.push_back(std::move(request));
        return true;
    }

    /// Host and port, as in a Host header.
    [[nodiscard]] std::string host() const { return "127.0.0.1:" + std::to_string(port_); }

    /// The recorded requests.
    [[nodiscard]] std::vector<received_request> requests() const {
        const std::lock_guard lock(mutex_);
        return requests_;
    }

    /// Number of connections accepted.
    [[nodiscard]] int connections() const { return connections_; }

    /// Number of connections closed again.
    [[nodiscard]] int closed() const { return closed_; }

private:
    void run() {
        sigset_t broken_pipe;  // raised by OpenSSL when the client has disconnected
        sigemptyset(&broken_pipe);
        sigaddset(&broken_pipe, SIGPIPE);
        pthread_sigmask(SIG_BLOCK, &broken_pipe, nullptr);
        while (!stop_) {
            pollfd p{socket_, POLLIN, 0};
            if (::poll(&p, 1, 10) <= 0) continue;
            const int client = ::accept(socket_, nullptr, nullptr);
            if (client == -1) continue;
            ++connections_;
            play(client);
            ++closed_;
        }
    }

    void play(int client) {
        peer end(client, stop_, shown_.get(), patience_);
        part_(end, *this);
    }

    part part_;
    std::shared_ptr<const certificate> shown_;
    std::chrono::milliseconds patience_;
    int socket_;
    unsigned port_{};
    mutable std::mutex mutex_;
    std::vector<received_request> requests_;
    std::atomic<int> connections_{};
    std::atomic<int> closed_{};
    std::atomic<bool> stop_{};
    std::thread thread_;
};

}  // namespace wxmp::inline v0_1::testing

#endif
