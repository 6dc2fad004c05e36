// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_EXAMPLES_TRANSPORTS_HTTPLIB_HPP
#define WXMP_EXAMPLES_TRANSPORTS_HTTPLIB_HPP

#include <wxmp/transport/transport.hpp>

#include <condition_variable>
#include <httplib.h>
#include <mutex>
#include <thread>
namespace transports {
/// Blocking, over cpp-httplib 0.11, built with `pkg-config --cflags cpp-httplib`: without, Debian's crashes.
/// A connection and a watching thread for each request. The timeout cannot end a name lookup.
class httplib {
public:
    std::string ca_file{};  ///< PEM file of the certificates to trust; empty: the system's
    std::function<void(std::uint64_t sent, std::uint64_t received)> progress{};  ///< of both bodies
    /// Ends what is under way and all that follows until `cancel(false)`. From any thread.
    void cancel(bool on = true) { std::lock_guard{mutex_}, cancelled_ = on, wake_.notify_all(); }
    wxmp::result<wxmp::http::response> send(const wxmp::http::request& r) {
        using enum wxmp::errc;
        wxmp::http::response answer;
        auto fault = connection_lost;  // what a break means just now
        std::uint64_t sent{}, received{};
        const auto size = static_cast<std::size_t>(r.body.size());
        ::httplib::Request out;
        out.method = r.verb == wxmp::method::post ? "POST" : "GET";
        out.path = r.target.reveal();
        for (const auto& [name, value] : r.headers) out.headers.emplace(name, value);
        if (out.method == "POST") out.headers.emplace("Content-Length", std::to_string(size));
        out.content_length_ = size;
        std::string block(std::min<std::size_t>(size, 65'536), '\0');
        const auto give = [&](std::size_t at, std::size_t left, ::httplib::DataSink& to) {
            const auto want = std::min(left, block.size()), got = r.body.read(at, block.data(), want);
            if (got != want) return fault = source_failed, false;
            if (sent += got; progress) progress(sent, received);
            return to.write(block.data(), got);
        };
        const auto take_head = [&](const ::httplib::Response& head) {
            answer = {head.status, {}, {}};
            for (const auto& [name, value] : head.headers) answer.headers.push_back({name, value});
            return true;
        };
        if (size != 0) out.content_provider_ = give;
        out.response_handler = take_head;
        out.content_receiver = [&](const char* data, std::size_t n, std::uint64_t, std::uint64_t) {
            if (received += n; progress) progress(sent, received);
            const auto stop = wxmp::take_body(r, answer, {data, n});
            return fault = stop.value_or(fault), !stop;
        };
        ::httplib::Client client((r.scheme == "https" ? "https://" : "http://") + r.host);
        const auto time = r.timeout.count() ? r.timeout : std::chrono::milliseconds(86'400'000);
        client.set_connection_timeout(time), client.set_read_timeout(86400), client.set_write_timeout(86400);
        client.set_url_encode(false), client.set_keep_alive(true), client.set_tcp_nodelay(true);
        client.set_ca_cert_path(ca_file);  // if it is empty: the system's
        int fd = -1;                       // a handle of our own, to be shut whoever closes the other
        client.set_socket_options([&](auto s) { std::lock_guard{mutex_}, close(std::exchange(fd, dup(s))); });
        std::optional<wxmp::errc> ended;  // by the thread that watches
        std::jthread watch([&, end = std::chrono::steady_clock::now() + time](std::stop_token over) {
            std::unique_lock lock(mutex_);
            wake_.wait_until(lock, over, end, [&] { return cancelled_; });
            if (!over.stop_requested()) ended = cancelled_ ? cancelled : timeout;
            const auto pause = std::chrono::milliseconds(10);  // there may be no socket yet
            while (!over.stop_requested()) ::shutdown(fd, SHUT_RDWR), wake_.wait_for(lock, pause);
        });
        const auto end = client.send(out);
        watch.request_stop(), watch.join(), ::close(fd);
        const auto e = end.error();
        if (e == ::httplib::Error::Connection || e >= ::httplib::Error::SSLConnection) fault = connect_failed;
        if (ended && (*ended == cancelled || fault == connection_lost)) fault = *ended;
        if (!end || ended) return wxmp::error(fault, ::httplib::to_string(e));
        return answer.status == 0 ? take_head(*end), answer : answer;  // it told none of a 204
    }
private:
    std::mutex mutex_;
    std::condition_variable_any wake_;
    bool cancelled_{};
};
}  // namespace transports
#endif
