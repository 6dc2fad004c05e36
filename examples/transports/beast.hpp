// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_EXAMPLES_TRANSPORTS_BEAST_HPP
#define WXMP_EXAMPLES_TRANSPORTS_BEAST_HPP

#include <wxmp/transport/transport.hpp>

#include <boost/asio.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/beast.hpp>
namespace transports {
namespace asio = boost::asio;
namespace http = boost::beast::http;
inline constexpr auto& later = asio::use_awaitable;
/// Awaitable, over Boost.Beast 1.81 and OpenSSL. A connection for each request; several may be under way.
/// Cancelled through the cancellation slot of the coroutine. The timeout cannot end a name lookup.
struct beast {
    template <class T> using task = asio::awaitable<T>;
    std::function<void(std::uint64_t sent, std::uint64_t received)> progress{};  ///< of both bodies
    /// @param ca_file PEM file of the certificates to trust; empty: the system's. Throws if it is bad.
    explicit beast(asio::any_io_executor executor, const std::string& ca_file = {}) : io_(executor) {
        tls_.set_verify_mode(asio::ssl::verify_peer);
        ca_file.empty() ? tls_.set_default_verify_paths() : tls_.load_verify_file(ca_file);
    }
    task<wxmp::result<wxmp::http::response>> send(const wxmp::http::request& r) {
        using enum wxmp::errc;
        auto fault = connect_failed;  // what a break means just now
        try {
            const auto host = r.host.substr(0, r.host.find(':'));
            const auto port = host != r.host ? &r.host[host.size() + 1] : r.scheme == "https" ? "443" : "80";
            asio::ssl::stream<boost::beast::tcp_stream> tls(io_, tls_);
            auto&      tcp = tls.next_layer();
            if (r.timeout.count() != 0) tcp.expires_after(r.timeout);  // for all that follows
            asio::ip::tcp::resolver names(io_);
            co_await tcp.async_connect(co_await names.async_resolve(host, port, later), later);
            tcp.socket().set_option(asio::ip::tcp::no_delay(true));
            if (r.scheme != "https") co_return fault = connection_lost, co_await exchange(tcp, r);
            tls.set_verify_callback(asio::ssl::host_name_verification(host));
            SSL_set_tlsext_host_name(tls.native_handle(), host.c_str());
            co_await tls.async_handshake(asio::ssl::stream_base::client, later);
            co_return fault = connection_lost, co_await exchange(tls, r);
        } catch (const boost::system::system_error& e) {
            if (e.code() == boost::beast::error::timeout && fault == connection_lost) fault = timeout;
            if (e.code() == asio::error::operation_aborted) fault = cancelled;
            co_return wxmp::error(fault, e.code().message());
        }
    }
    task<void> wait_until(auto t) { co_await asio::system_timer(io_, t).async_wait(later); }
private:
    void tell(std::uint64_t sent, std::uint64_t received) { if (progress) progress(sent, received); }
    task<wxmp::result<wxmp::http::response>> exchange(auto& s, const wxmp::http::request& r) {
        const auto verb = r.verb == wxmp::method::post ? http::verb::post : http::verb::get;
        http::request<http::empty_body> head(verb, r.target.reveal(), 11);
        head.set(http::field::host, r.host);
        for (const auto& [name, value] : r.headers) head.insert(name, value);
        if (verb == http::verb::post) head.content_length(r.body.size());
        co_await http::async_write(s, head, later);
        std::string buffer(std::min<std::uint64_t>(r.body.size(), 65'536), '\0');
        std::uint64_t sent{}, got{};
        while (const auto size = r.body.read(sent, buffer.data(), buffer.size()))
            sent += co_await asio::async_write(s, asio::buffer(buffer, size), later), tell(sent, got);
        if (sent != r.body.size()) co_return wxmp::error(wxmp::errc::source_failed);
        boost::beast::flat_buffer received;
        std::optional<http::response_parser<http::basic_dynamic_body<boost::beast::flat_buffer>>> in;
        do in.emplace().body_limit(boost::none), co_await http::async_read_header(s, received, *in, later);
        while (in->get().result_int() < 200);  // skips interim responses
        wxmp::http::response answer{int(in->get().result_int()), {}, {}};
        for (const auto& f : in->get()) answer.headers.push_back({f.name_string(), f.value()});
        for (auto& piece = in->get().body(); !in->is_done(); tell(sent, got += piece.size()), piece.clear()) {
            co_await http::async_read_some(s, received, *in, later);
            const auto stop = wxmp::take_body(r, answer, boost::beast::buffers_to_string(piece.data()));
            if (stop) co_return wxmp::error(*stop);
        }
        co_return answer;
    }
    asio::any_io_executor io_;
    asio::ssl::context    tls_{asio::ssl::context::tls_client};
};
}  // namespace transports
#endif
