// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_EXAMPLES_TRANSPORTS_POCO_HPP
#define WXMP_EXAMPLES_TRANSPORTS_POCO_HPP

#include <wxmp/transport/transport.hpp>

#include "socket_watch.hpp"
#include <Poco/Net/HTTPClientSession.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/Net/SecureStreamSocket.h>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <istream>
#include <optional>
#include <ostream>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>

namespace transports {

/** Blocking, over POCO 1.11.

    A connection and a watching thread for each request. Several threads may send at a time. TLS may raise
    SIGPIPE. Neither the timeout nor a stop ends a name lookup.
*/
class poco {
public:
    std::string ca_file{};  ///< PEM file of the certificates to trust; empty: the system's

    /// Told how many bytes of both bodies have passed.
    std::function<void(std::uint64_t sent, std::uint64_t received)> progress{};

    wxmp::result<wxmp::http::response> send(const wxmp::http::request& r, std::stop_token stop = {}) {
        if (stop.stop_requested()) return wxmp::error(cancelled);
        socket_watch watch(r.timeout, std::move(stop));
        exchange x{r, progress};
        std::optional<std::string> failure;
        try {
            auto socket = connect(r, watch);
            x.fault = connection_lost;
            Poco::Net::HTTPClientSession session(socket);
            session.setKeepAlive(true);  // or it adds a header
            x.give(session);
            x.take(session);
        } catch (const Poco::Exception& e) {
            if (x.thrown) std::rethrow_exception(x.thrown);
            failure = e.displayText();
        }
        const auto ended = watch.finish();
        if (ended == cancelled || (ended && x.fault == connection_lost)) return wxmp::error(*ended);
        if (failure) return wxmp::error(x.fault, *failure);
        return std::move(x.answer);
    }

private:
    using enum wxmp::errc;

    // With TLS by hand, as an HTTPSClientSession takes no socket, and this one is to be watched from its birth.
    Poco::Net::StreamSocket connect(const wxmp::http::request& r, socket_watch& watch) const {
        using Poco::Net::Context;
        const auto colon = r.host.find(':');
        const auto* port = colon != r.host.npos ? "" : r.scheme == "https" ? ":443" : ":80";
        const Poco::Net::SocketAddress address(r.host + port);
        Poco::Net::StreamSocket socket(address.family());
        watch.watch(socket.impl()->sockfd());
        socket.connect(address, Poco::Timespan(std::chrono::microseconds(no_limit).count()));
        socket.setNoDelay(true);
        if (r.scheme != "https") return socket;
        const Context::Ptr context = new Context(Context::TLS_CLIENT_USE, ca_file, Context::VERIFY_STRICT, 9,
                                                 ca_file.empty());  // or the system's certificates
        return Poco::Net::SecureStreamSocket::attach(socket, r.host.substr(0, colon), context);
    }

    struct exchange {
        const wxmp::http::request& request;
        const std::function<void(std::uint64_t, std::uint64_t)>& progress;
        wxmp::http::response answer{};
        wxmp::errc fault = connect_failed;  // what a break means just now
        std::exception_ptr thrown{};        // by a function of the caller's
        std::uint64_t sent{};
        std::uint64_t received{};
        std::string block = std::string(65'536, '\0');

        // What the caller's functions throw may be one of POCO's exceptions, and is told apart.
        template <class F> auto ask_caller(F f) {
            try {
                return f();
            } catch (...) {
                thrown = std::current_exception();
                throw;
            }
        }

        void give(Poco::Net::HTTPClientSession& session) {
            using Poco::Net::HTTPRequest;
            const bool is_post = request.verb == wxmp::method::post;
            HTTPRequest head(is_post ? HTTPRequest::HTTP_POST : HTTPRequest::HTTP_GET,
                             request.target.reveal(), HTTPRequest::HTTP_1_1);
            head.setHost(request.host);
            for (const auto& [name, value] : request.headers) head.add(name, value);
            if (is_post) head.setContentLength64(static_cast<Poco::Int64>(request.body.size()));
            auto& out = session.sendRequest(head);
            while (out && sent != request.body.size()) give_block(out);
        }

        void give_block(std::ostream& out) {
            const auto n = ask_caller([&] { return request.body.read(sent, block.data(), block.size()); });
            if (n == 0) break_off(source_failed);
            out.write(block.data(), static_cast<std::streamsize>(n));
            sent += n;
            tell_progress();
        }

        void take(Poco::Net::HTTPClientSession& session) {
            Poco::Net::HTTPResponse head;
            auto* answered = &session.receiveResponse(head);
            while (head.getStatus() / 100 == 1)
                answered = &session.receiveResponse(head);  // it skips only a 100
            auto& in = *answered;
            answer.status = head.getStatus();
            for (const auto& [name, value] : head) answer.headers.push_back({name, value});
            while (in.peek() != std::istream::traits_type::eof()) take_block(in);
            const bool is_cut =
                head.hasContentLength() && head.getContentLength64() != static_cast<Poco::Int64>(received);
            if (is_cut || in.bad() || session.networkException()) break_off(connection_lost);
        }

        void take_block(std::istream& in) {
            const auto n = in.readsome(block.data(), static_cast<std::streamsize>(block.size()));
            const std::string_view piece(block.data(), static_cast<std::size_t>(n));
            received += piece.size();
            tell_progress();
            if (const auto end = ask_caller([&] { return wxmp::take_body(request, answer, piece); }))
                break_off(*end);
        }

        void tell_progress() {
            if (progress) ask_caller([&] { progress(sent, received); });
        }

        [[noreturn]] void break_off(wxmp::errc why) {
            fault = why;
            throw Poco::IOException("broken off");
        }
    };
};

}  // namespace transports

#endif
