// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_EXAMPLES_TRANSPORTS_HTTPLIB_HPP
#define WXMP_EXAMPLES_TRANSPORTS_HTTPLIB_HPP

#include <wxmp/transport/transport.hpp>

#include "socket_watch.hpp"
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <httplib.h>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <sys/socket.h>
#include <sys/types.h>
#include <utility>

#ifndef CPPHTTPLIB_OPENSSL_SUPPORT
#error "cpp-httplib has to have TLS: -DCPPHTTPLIB_OPENSSL_SUPPORT, as of pkg-config --cflags cpp-httplib"
#endif

namespace transports {

/** What cpp-httplib reads an answer from, in place of its own streams. From those it takes a head of any size: it would
    be kept in memory, and a long status line ends the program, as `std::regex` runs out of stack. A line that the end
    of the connection cuts would pass for a whole one.

    Has no time limits: the socket is watched.
*/
class httplib_stream final : public ::httplib::Stream {
public:
    httplib_stream(int socket, SSL* tls, const bool& has_head)
        : socket_(socket), tls_(tls), has_head_(has_head) {}

    bool is_readable() const override { return true; }
    bool is_writable() const override { return true; }
    int socket() const override { return socket_; }
    void get_remote_ip_and_port(std::string&, int&) const override {}
    void get_local_ip_and_port(std::string&, int&) const override {}

    ssize_t read(char* out, std::size_t size) override {
        const bool is_in_line = size == 1;  // so the library reads lines, and nothing else
        if (at_ == end_ && !fill()) return is_in_line ? -1 : ended_;
        const auto n = std::min(size, end_ - at_);
        std::copy_n(block_.data() + at_, n, out);
        at_ += n;
        lines_ += n;
        if (has_head_ && (!is_in_line || *out == '\n')) lines_ = 0;
        return lines_ > most_lines ? -1 : static_cast<ssize_t>(n);
    }

    ssize_t write(const char* bytes, std::size_t size) override {
        if (!tls_) return ::send(socket_, bytes, size, MSG_NOSIGNAL);
        return SSL_write(tls_, bytes, static_cast<int>(size));
    }

private:
    static constexpr std::size_t most_lines = 8'192;  // bytes of a head, or of one line after it

    bool fill() {
        const auto size = static_cast<int>(block_.size());
        ended_ =
            tls_ ? SSL_read(tls_, block_.data(), size) : ::recv(socket_, block_.data(), block_.size(), 0);
        at_ = 0;
        end_ = ended_ > 0 ? static_cast<std::size_t>(ended_) : 0;
        return end_ != 0;
    }

    int socket_;
    SSL* tls_;
    const bool& has_head_;
    std::array<char, 16'384> block_{};
    std::size_t at_{};
    std::size_t end_{};
    ssize_t ended_{};  // what the last read came to
    std::size_t lines_{};
};

/// A client of cpp-httplib, with or without TLS, that reads by such a stream.
template <class Client> class httplib_client final : public Client {
public:
    /// @param has_head set once the head of the answer has been read
    httplib_client(const std::string& host, int port, const bool& has_head)
        : Client(host, port), has_head_(has_head) {}

private:
    bool process_socket(const typename Client::Socket& s,
                        std::function<bool(::httplib::Stream&)> callback) override {
        httplib_stream stream(s.sock, s.ssl, has_head_);
        return callback(stream);
    }

    const bool& has_head_;
};

/** Blocking, over cpp-httplib 0.11, built with `pkg-config --cflags cpp-httplib`: without, Debian's crashes.

    A connection and a watching thread for each request. Several threads may send at a time. TLS may raise
    SIGPIPE. Neither the timeout nor a stop ends a name lookup.
*/
class httplib {
public:
    std::string ca_file{};  ///< PEM file of the certificates to trust; empty: the system's

    /// Told how many bytes of both bodies have passed.
    std::function<void(std::uint64_t sent, std::uint64_t received)> progress{};

    wxmp::result<wxmp::http::response> send(const wxmp::http::request& r, std::stop_token stop = {}) {
        if (stop.stop_requested()) return wxmp::error(wxmp::errc::cancelled);
        exchange x{r, progress};
        socket_watch watch(r.timeout, std::move(stop));
        const auto outcome = r.scheme == "https" ? send_by<::httplib::SSLClient>(x, watch)
                                                 : send_by<::httplib::ClientImpl>(x, watch);
        return x.finish(outcome, watch.finish());
    }

private:
    using enum wxmp::errc;

    // What the library's functions are given and tell. What a function of the caller's throws passes through.
    struct exchange {
        const wxmp::http::request& request;
        const std::function<void(std::uint64_t, std::uint64_t)>& progress;
        wxmp::http::response answer{};
        std::uint64_t sent{};
        std::uint64_t received{};
        bool has_head{};
        wxmp::errc fault = connection_lost;  // what a break means just now
        std::string block{};

        ::httplib::Request to_send() {
            const bool is_post = request.verb == wxmp::method::post;
            const auto size = static_cast<std::size_t>(request.body.size());
            ::httplib::Request out;
            out.method = is_post ? "POST" : "GET";
            out.path = request.target.reveal();
            for (const auto& [name, value] : request.headers) out.headers.emplace(name, value);
            if (is_post) out.headers.emplace("Content-Length", std::to_string(size));
            out.content_length_ = size;
            block.resize(std::min<std::size_t>(size, 65'536));
            if (size != 0)
                out.content_provider_ = [this](std::size_t at, std::size_t left, ::httplib::DataSink& to) {
                    return give_body(at, left, to);
                };
            out.response_handler = [this](const ::httplib::Response& in) {
                take_head(in);
                return in.status >= 200;  // it takes an interim answer for the last one
            };
            out.content_receiver = [this](const char* bytes, std::size_t n, std::uint64_t, std::uint64_t) {
                return take_body({bytes, n});
            };
            return out;
        }

        bool give_body(std::uint64_t at, std::size_t left, ::httplib::DataSink& to) {
            const auto want = std::min(left, block.size());
            const auto got = request.body.read(at, block.data(), want);
            if (got != want) {
                fault = source_failed;
                return false;
            }
            sent += got;
            tell_progress();
            return to.write(block.data(), got);
        }

        void take_head(const ::httplib::Response& in) {
            has_head = true;
            answer = {in.status, {}, {}};
            for (const auto& [name, value] : in.headers) answer.headers.push_back({name, value});
        }

        bool take_body(std::string_view piece) {
            received += piece.size();
            tell_progress();
            const auto end = wxmp::take_body(request, answer, piece);
            if (end) fault = *end;
            return !end;
        }

        void tell_progress() const {
            if (progress) progress(sent, received);
        }

        // `ended`: why the watch has ended it.
        wxmp::result<wxmp::http::response> finish(const ::httplib::Result& outcome,
                                                  std::optional<wxmp::errc> ended) {
            using enum ::httplib::Error;
            const auto e = outcome.error();
            if (e == Connection || e >= SSLConnection) fault = connect_failed;
            if (ended == cancelled || (ended && fault == connection_lost)) fault = *ended;
            if (!outcome || ended) return wxmp::error(fault, ::httplib::to_string(e));
            if (answer.status == 0) take_head(*outcome);  // it told none of a 204
            return std::move(answer);
        }
    };

    template <class Client>::httplib::Result send_by(exchange& x, socket_watch& watch) const {
        const auto& host = x.request.host;
        const auto colon = host.find(':');
        const int port = colon != host.npos            ? std::atoi(host.c_str() + colon + 1)
                         : x.request.scheme == "https" ? 443
                                                       : 80;
        httplib_client<Client> client(host.substr(0, colon), port, x.has_head);
        client.set_ca_cert_path(ca_file);  // if it is empty: the system's
        client.set_url_encode(false);
        client.set_keep_alive(true);  // or it adds a header
        client.set_decompress(false);
        client.set_tcp_nodelay(true);
        client.set_connection_timeout(
            no_limit);  // the watch ends it: these begin anew with each read and write
        client.set_read_timeout(no_limit);
        client.set_write_timeout(no_limit);
        client.set_socket_options([&watch](int socket) { watch.watch(socket); });
        return client.send(x.to_send());
    }
};

}  // namespace transports

#endif
