// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TESTS_TRANSPORT_RAW_SERVER_HPP
#define WXMP_TESTS_TRANSPORT_RAW_SERVER_HPP

#include "certificate.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <atomic>
#include <cctype>
#include <csignal>
#include <cstdlib>
#include <functional>
#include <memory>
#include <mutex>
#include <netinet/in.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <stdexcept>
#include <string>
#include <string_view>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <utility>
#include <vector>

namespace wxmp_test {

/// The server's end of one connection. Calls do nothing once the client has gone or the server stops.
class peer {
public:
    /// Takes the socket and, for TLS, the certificate to show.
    peer(int socket, const std::atomic<bool>& stop, const certificate* shown) : socket_(socket), stop_(stop) {
        if (shown) start_tls(*shown);
    }
    ~peer() {
        if (tls_) SSL_free(tls_);
        if (context_) SSL_CTX_free(context_);
        ::close(socket_);
    }
    peer(const peer&) = delete;
    peer& operator=(const peer&) = delete;

    /// Reads one request, head and body; what there is of it if the client goes away.
    std::string read_request() {
        while (head_size() == std::string::npos && more()) {}
        const auto head = head_size();
        const auto size = head == std::string::npos ? in_.size() : head + content_length(in_.substr(0, head));
        while (in_.size() < size && more()) {}
        auto request = in_.substr(0, size);
        in_.erase(0, request.size());
        return request;
    }

    /// Reads up to the end of the head.
    void read_head() {
        while (head_size() == std::string::npos && more()) {}
    }

    /// Sends these bytes; false if the client has gone.
    bool send(std::string_view bytes) {
        while (!bytes.empty() && !stop_) {
            const int size = static_cast<int>(std::min<std::size_t>(bytes.size(), 1 << 20));
            const auto done =
                tls_ ? SSL_write(tls_, bytes.data(), size)
                     : static_cast<int>(::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL));
            if (done <= 0) return false;
            bytes.remove_prefix(static_cast<std::size_t>(done));
        }
        return !stop_;
    }

    /// Keeps silent until the client goes or the server stops.
    void stall() {
        while (more()) {}
    }

    /// The connection will end with a reset and not in order.
    void reset_at_end() {
        const linger at_once{1, 0};
        ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    }

private:
    void start_tls(const certificate& shown) {
        context_ = SSL_CTX_new(TLS_server_method());
        SSL_CTX_use_certificate(context_, shown.x509());
        SSL_CTX_use_PrivateKey(context_, shown.key());
        tls_ = SSL_new(context_);
        SSL_set_fd(tls_, socket_);
        SSL_accept(tls_);  // a client that refuses shows in the first read
    }

    std::size_t head_size() const {
        const auto end = in_.find("\r\n\r\n");
        return end == std::string::npos ? end : end + 4;
    }

    static std::size_t content_length(std::string head) {
        std::transform(head.begin(), head.end(), head.begin(),
                       [](unsigned char c) { return std::tolower(c); });
        const auto at = head.find("\r\ncontent-length:");
        return at == std::string::npos ? 0 : std::strtoull(head.c_str() + at + 17, nullptr, 10);
    }

    // Waits for bytes; false when none will come.
    bool more() {
        char chunk[65'536];
        while (!stop_) {
            pollfd p{socket_, POLLIN, 0};
            if (!(tls_ && SSL_pending(tls_) > 0) && ::poll(&p, 1, 10) == 0) continue;
            const auto got = tls_ ? SSL_read(tls_, chunk, sizeof chunk)
                                  : static_cast<int>(::recv(socket_, chunk, sizeof chunk, 0));
            if (got <= 0) return false;
            in_.append(chunk, static_cast<std::size_t>(got));
            return true;
        }
        return false;
    }

    int                      socket_;
    const std::atomic<bool>& stop_;
    SSL_CTX*                 context_{};
    SSL*                     tls_{};
    std::string              in_;
};

/** A server that plays its part by hand, on a free port of the loopback, one connection after the other.

    It knows no HTTP but where a request ends, so that nothing a client sends wrongly is put right.
*/
class raw_server {
public:
    using part = std::function<void(peer&, raw_server&)>;

    /// Plays `p` on each connection; over TLS with `shown`.
    explicit raw_server(part p, std::shared_ptr<const certificate> shown = {})
        : part_(std::move(p)), shown_(std::move(shown)), socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        auto*     any = reinterpret_cast<sockaddr*>(&address);
        socklen_t size = sizeof address;
        if (::bind(socket_, any, size) != 0 || ::listen(socket_, 16) != 0 ||
            ::getsockname(socket_, any, &size) != 0)
            throw std::runtime_error("cannot listen on the loopback");
        port_ = ntohs(address.sin_port);
        thread_ = std::thread([this] { run(); });
    }

    /// Answers every request with these bytes.
    explicit raw_server(std::string reply, std::shared_ptr<const certificate> shown = {})
        : raw_server(
              [reply = std::move(reply)](peer& p, raw_server& s) {
                  while (s.keep(p.read_request())) p.send(reply);
              },
              std::move(shown)) {}

    ~raw_server() { stop(); }

    /// Closes everything; the port refuses connections from now on.
    void stop() {
        stop_ = true;
        if (thread_.joinable()) thread_.join();
        if (socket_ != -1) ::close(std::exchange(socket_, -1));
    }

    /// Records one request; false if there was none.
    bool keep(std::string request) {
        if (request.empty()) return false;
        const std::lock_guard lock(mutex_);
        requests_.push_back(std::move(request));
        return true;
    }

    /// As in a Host header.
    [[nodiscard]] std::string host() const { return "127.0.0.1:" + std::to_string(port_); }

    /// What was recorded.
    [[nodiscard]] std::vector<std::string> requests() const {
        const std::lock_guard lock(mutex_);
        return requests_;
    }

    /// How many connections were made.
    [[nodiscard]] int connections() const { return connections_; }

    /// How many of them it has closed.
    [[nodiscard]] int closed() const { return closed_; }

private:
    void run() {
        sigset_t broken_pipe;  // what OpenSSL raises when the client has gone
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
        peer end(client, stop_, shown_.get());
        part_(end, *this);
    }

    part                               part_;
    std::shared_ptr<const certificate> shown_;
    int                                socket_;
    unsigned                           port_{};
    mutable std::mutex                 mutex_;
    std::vector<std::string>           requests_;
    std::atomic<int>                   connections_{};
    std::atomic<int>                   closed_{};
    std::atomic<bool>                  stop_{};
    std::thread                        thread_;
};

}  // namespace wxmp_test

#endif
