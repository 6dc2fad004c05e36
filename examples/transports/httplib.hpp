// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_EXAMPLES_TRANSPORTS_HTTPLIB_HPP
#define WXMP_EXAMPLES_TRANSPORTS_HTTPLIB_HPP

#include <wxmp/transport/transport.hpp>

#include "socket_watch.hpp"
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <httplib.h>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>

namespace transports {

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
        auto client = connected_to(r, watch);
        const auto outcome = client.send(x.to_send());
        return x.finish(outcome, watch.finish());
    }

private:
    using enum wxmp::errc;

    ::httplib::Client connected_to(const wxmp::http::request& r, socket_watch& watch) const {
        ::httplib::Client client((r.scheme == "https" ? "https://" : "http://") + r.host);
        client.set_ca_cert_path(ca_file);  // if it is empty: the system's
        client.set_url_encode(false);
        client.set_keep_alive(true);  // or it adds a header
        client.set_tcp_nodelay(true);
        // The watch ends it: these begin anew with each read and write.
        client.set_connection_timeout(no_limit);
        client.set_read_timeout(no_limit);
        client.set_write_timeout(no_limit);
        client.set_socket_options([&watch](int socket) { watch.watch(socket); });
        return client;
    }

    // What the library's functions are given and tell. What a function of the caller's throws passes through.
    struct exchange {
        const wxmp::http::request& request;
        const std::function<void(std::uint64_t, std::uint64_t)>& progress;
        wxmp::http::response answer{};
        std::uint64_t sent{};
        std::uint64_t received{};
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
            out.response_handler = [this](const ::httplib::Response& in) { return take_head(in), true; };
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
};

}  // namespace transports

#endif
