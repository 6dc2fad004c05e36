// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TESTING_TRANSPORT_CONFORMANCE_PEER_HPP
#define WXMP_TESTING_TRANSPORT_CONFORMANCE_PEER_HPP

#include <wxmp/testing/transport_conformance/certificate.hpp>

#include <algorithm>
#include <atomic>
#include <cctype>
#include <chrono>
#include <cstddef>
#include <cstdlib>
#include <openssl/ssl.h>
#include <poll.h>
#include <string>
#include <string_view>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <utility>

namespace wxmp::inline v0_1::testing {

/// A request as received on the wire.
struct received_request {
    std::string head{};  ///< through the blank line; empty if the client disconnected first
    std::string body{};  ///< with any transfer coding removed
};

/** The server's end of one connection. Calls do nothing once the client has disconnected or the server stops.

    It waits for an unresponsive client no longer than `patience`, so that no client can hang it.
*/
class peer {
public:
    using clock = std::chrono::steady_clock;  ///< for its deadlines

    /// Owns the socket; for TLS, presents the certificate `shown`.
    peer(int socket, const std::atomic<bool>& stop, const certificate* shown,
         std::chrono::milliseconds patience)
        : socket_(socket), stop_(stop), patience_(patience) {
        const timeval limit{patience.count() / 1000, patience.count() % 1000 * 1000};
        ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
        ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
        if (shown) start_tls(*shown);
    }
    ~peer() {
        if (tls_) SSL_free(tls_);
        if (context_) SSL_CTX_free(context_);
        ::close(socket_);
    }
    peer(const peer&) = delete;
    peer& operator=(const peer&) = delete;

    /// Reads one request; what arrived of it if the client disconnects.
    received_request read_request() {
        received_request r{read_head(), {}};
        in_.erase(0, r.head.size());
        if (is_chunked(r.head)) r.body = read_chunks();
        else r.body = take(content_length(r.head));
        return r;
    }

    /// Reads and returns the head, and leaves it in the buffer; empty if the client disconnects first.
    std::string read_head() {
        auto end = std::string::npos;
        while ((end = in_.find("\r\n\r\n")) == end_of_text && more()) {
        }
        return end == end_of_text ? std::string() : in_.substr(0, end + 4);
    }

    /// Waits until some bytes arrive.
    void read_some() { more(); }

    /// Sends these bytes; false if the client has disconnected.
    bool send(std::string_view bytes) {
        while (!bytes.empty() && !stop_) {
            const auto size = std::min<std::size_t>(bytes.size(), 1 << 20);
            const auto done = tls_ ? SSL_write(tls_, bytes.data(), static_cast<int>(size))
                                   : static_cast<int>(::send(socket_, bytes.data(), size, MSG_NOSIGNAL));
            if (done <= 0) return false;
            bytes.remove_prefix(static_cast<std::size_t>(done));
        }
        return !stop_;
    }

    /// Sends these bytes one at a time, with a pause after each.
    bool send_slowly(std::string_view bytes, std::chrono::milliseconds pause) {
        for (const auto& c : bytes) {
            if (!send({&c, 1})) return false;
            std::this_thread::sleep_for(pause);
        }
        return true;
    }

    /// Sends these bytes over and over, as @ref send_slowly does, until the client disconnects, the server
    /// stops or the patience runs out.
    void repeat(std::string_view bytes, std::chrono::milliseconds pause) {
        const auto end = clock::now() + patience_;
        for (std::size_t i = 0; poll_until(end, POLLOUT) && send(bytes.substr(i % bytes.size(), 1)); ++i)
            std::this_thread::sleep_for(pause);
    }

    /// Discards input until the client disconnects, the server stops or the patience runs out.
    void stall() {
        const auto end = clock::now() + patience_;
        while (poll_until(end, POLLIN) && discard()) {
        }
        in_.clear();
    }

    /// Neither reads nor sends until the server stops or the patience runs out.
    void freeze() {
        const auto end = clock::now() + patience_;
        while (clock::now() < end && !stop_) std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }

    /// Shuts down the sending side; the client may still send.
    void half_close() { ::shutdown(socket_, SHUT_WR); }

    /// Makes the connection end with a reset rather than an orderly close.
    void reset_at_end() {
        const linger at_once{1, 0};
        ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    }

private:
    static constexpr auto end_of_text = std::string::npos;

    void start_tls(const certificate& shown) {
        context_ = SSL_CTX_new(TLS_server_method());
        SSL_CTX_use_certificate(context_, shown.x509());
        SSL_CTX_use_PrivateKey(context_, shown.key());
        tls_ = SSL_new(context_);
        SSL_set_fd(tls_, socket_);
        SSL_accept(tls_);  // a failed handshake surfaces in the first read
    }

    static std::string lower(std::string text) {
        std::transform(text.begin(), text.end(), text.begin(),
                       [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        return text;
    }

    static bool is_chunked(const std::string& head) {
        return lower(head).find("\r\ntransfer-encoding: chunked\r\n") != end_of_text;
    }

    static std::size_t content_length(const std::string& head) {
        const auto text = lower(head);
        const auto at = text.find("\r\ncontent-length:");
        return at == end_of_text ? 0 : std::strtoull(text.c_str() + at + 17, nullptr, 10);
    }

    // Takes `size` bytes, or what arrives of them.
    std::string take(std::size_t size) {
        in_.reserve(size);
        while (in_.size() < size && more()) {
        }
        auto rest = in_.size() > size ? in_.substr(size) : std::string();
        in_.resize(std::min(in_.size(), size));
        return std::exchange(in_, std::move(rest));
    }

    std::string read_chunks() {
        for (std::string body;;) {
            auto end = end_of_text;
            while ((end = in_.find("\r\n")) == end_of_text && more()) {
            }
            const auto size = std::strtoull(in_.c_str(), nullptr, 16);
            in_.erase(0, end == end_of_text ? end : end + 2);
            body += take(size);
            take(2);
            if (size == 0) return body;
        }
    }

    // Waits until the socket is ready for `events`, or has failed; false when the server stops or at `end`.
    bool poll_until(clock::time_point end, short events) const {
        while (!stop_ && clock::now() < end) {
            pollfd p{socket_, events, 0};
            if (::poll(&p, 1, 10) > 0) return true;
        }
        return false;
    }

    // Waits for more input; false on disconnect, stop or timeout.
    bool more() {
        const bool is_there = tls_ && SSL_pending(tls_) > 0;
        return (is_there ? !stop_ : poll_until(clock::now() + patience_, POLLIN)) && receive();
    }

    // Discards what has arrived, encrypted or not; false on disconnect.
    bool discard() {
        char chunk[65'536];
        return ::recv(socket_, chunk, sizeof chunk, 0) > 0;
    }

    bool receive() {
        char chunk[65'536];
        const auto got = tls_ ? SSL_read(tls_, chunk, sizeof chunk)
                              : static_cast<int>(::recv(socket_, chunk, sizeof chunk, 0));
        if (got <= 0) return false;
        in_.append(chunk, static_cast<std::size_t>(got));
        return true;
    }

    int socket_;
    const std::atomic<bool>& stop_;
    std::chrono::milliseconds patience_;
    SSL_CTX* context_{};
    SSL* tls_{};
    std::string in_;
};

}  // namespace wxmp::inline v0_1::testing

#endif
