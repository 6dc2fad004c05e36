// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_EXAMPLES_TRANSPORTS_POCO_HPP
#define WXMP_EXAMPLES_TRANSPORTS_POCO_HPP

#include <wxmp/transport/transport.hpp>

#include <Poco/Net/HTTPClientSession.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/Net/SecureStreamSocket.h>
#include <condition_variable>
#include <mutex>
#include <thread>
namespace transports {
namespace net = Poco::Net;
/// Blocking, over POCO 1.11. A connection and a watching thread for each; no time limit on a name lookup.
class poco {
public:
    std::string ca_file{};  ///< PEM file of the certificates to trust; empty: the system's
    std::function<void(std::uint64_t sent, std::uint64_t received)> progress{};  ///< of both bodies
    /// Ends what is under way and all that follows until `cancel(false)`. From any thread.
    void cancel(bool on = true) { std::lock_guard{mutex_}, cancelled_ = on, wake_.notify_all(); }
    wxmp::result<wxmp::http::response> send(const wxmp::http::request& r) {
        const auto time = r.timeout.count() ? r.timeout : std::chrono::milliseconds(86'400'000);
        const auto end = std::chrono::steady_clock::now() + time;
        auto fault = connect_failed;      // what a break means just now
        std::optional<wxmp::errc> ended;  // by the thread that watches
        wxmp::result<wxmp::http::response> answer = wxmp::error(fault);
        try {
            const auto port = r.host.find(':') != r.host.npos ? "" : r.scheme == "https" ? ":443" : ":80";
            net::StreamSocket socket;
            socket.connect(net::SocketAddress(r.host + port), Poco::Timespan(time.count() * 1000));
            const std::jthread watch([&, fd = ::dup(socket.impl()->sockfd())](std::stop_token over) {
                std::unique_lock lock(mutex_);
                wake_.wait_until(lock, over, end, [&] { return cancelled_; });
                if (!over.stop_requested()) ended = cancelled_ ? cancelled : timeout;
                ended ? ::shutdown(fd, SHUT_RDWR) : 0, ::close(fd);
            });
            if (socket.setNoDelay(true); r.scheme == "https")  // HTTPSClientSession takes no socket
                socket = net::SecureStreamSocket::attach(socket, r.host.substr(0, r.host.find(':')), new tls(
                    tls::TLS_CLIENT_USE, ca_file, tls::VERIFY_STRICT, 9, ca_file.empty()));
            fault = connection_lost;
            net::HTTPClientSession session(socket);
            session.setKeepAlive(true);  // or it adds a header
            const bool posts = r.verb == wxmp::method::post;
            net::HTTPRequest head(posts ? "POST" : "GET", r.target.reveal(), net::HTTPMessage::HTTP_1_1);
            head.setHost(r.host);
            for (const auto& [name, value] : r.headers) head.add(name, value);
            if (posts) head.setContentLength64(Poco::Int64(r.body.size()));
            auto& out = session.sendRequest(head);
            std::string block(65'536, '\0');
            std::uint64_t sent{}, received{};
            for (std::size_t n; out && (n = r.body.read(sent, block.data(), block.size())) != 0; sent += n)
                if (out.write(block.data(), std::streamsize(n)); progress) progress(sent + n, received);
            if (out && sent != r.body.size()) fault = source_failed, throw Poco::DataException();
            net::HTTPResponse in;
            auto& body = session.receiveResponse(in);
            answer = wxmp::http::response{in.getStatus(), {}, {}};
            for (const auto& [name, value] : in) answer->headers.push_back({name, value});
            while (body.peek() != EOF) {
                const auto n = std::size_t(body.readsome(block.data(), std::streamsize(block.size())));
                if (received += n; progress) progress(sent, received);
                const auto stop = wxmp::take_body(r, *answer, {block.data(), n});
                if (stop) fault = *stop, throw Poco::DataException();
            }
            const bool is_cut = in.hasContentLength() && in.getContentLength64() != Poco::Int64(received);
            if (is_cut || body.bad() || session.networkException()) throw Poco::DataException();
        } catch (const Poco::Exception& e) { answer = wxmp::error(fault, e.displayText()); }
        if (ended && (*ended == cancelled || fault == connection_lost)) return wxmp::error(*ended);
        return answer;
    }
private:
    using enum wxmp::errc;
    using tls = net::Context;
    std::mutex mutex_;
    std::condition_variable_any wake_;
    bool cancelled_{};
};
}  // namespace transports
#endif
