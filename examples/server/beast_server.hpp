// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_EXAMPLES_SERVER_BEAST_SERVER_HPP
#define WXMP_EXAMPLES_SERVER_BEAST_SERVER_HPP

#include <wxmp/data/http.hpp>
#include <wxmp/data/redact.hpp>

#include <boost/asio.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>

#include <array>
#include <chrono>
#include <cstdint>
#include <exception>
#include <functional>
#include <sstream>
#include <string>
#include <thread>
#include <utility>

namespace servers {

/// What a server does upon a request.
struct served {
    wxmp::http::response response;      ///< to be sent, unless
    bool lose_answer{};                 ///< the connection has to break off without a byte of it
    std::chrono::milliseconds delay{};  ///< to wait before
};

/// Called on the server's one thread, for one request at a time.
using handler = std::function<served(const wxmp::http::request&)>;

/** An HTTP/1.1 server for tests and simulators, on the loopback, with a thread of its own.

    Serves any number of connections and keeps them open. Takes bodies of up to 64 MiB; a chunked one is
    refused with status 412, as by the service.
*/
class beast_server {
public:
    /// Listens at once. Port 0: any that is free. Throws `boost::system::system_error` when it cannot.
    explicit beast_server(handler h, std::uint16_t port = 0)
        : handler_(std::move(h)), acceptor_(io_, {boost::asio::ip::address_v4::loopback(), port}) {
        port_ = acceptor_.local_endpoint().port();
        boost::asio::co_spawn(io_, accept(), boost::asio::detached);
        thread_ = std::thread([this] { io_.run(); });
    }

    /// Stops and breaks off all connections. What is under way in the handler is waited for.
    ~beast_server() {
        io_.stop();
        thread_.join();
    }

    beast_server(const beast_server&) = delete;
    beast_server& operator=(const beast_server&) = delete;

    /// Where it listens, for `options::host`.
    [[nodiscard]] std::string host() const { return "127.0.0.1:" + std::to_string(port_); }

    /// Where it listens, for a client in any language.
    [[nodiscard]] std::string url() const { return "http://" + host(); }

private:
    template <class T> using task = boost::asio::awaitable<T>;
    using parser = boost::beast::http::request_parser<boost::beast::http::string_body>;
    using stream = boost::beast::tcp_stream;

    static constexpr std::uint64_t max_body = 64u << 20;
    static constexpr std::chrono::seconds patience{60};  // with a client that does nothing

    task<void> accept() {
        for (;;) {
            const auto no_throw = boost::asio::as_tuple(boost::asio::use_awaitable);
            auto [failed, socket] = co_await acceptor_.async_accept(no_throw);
            if (failed) co_await pause(std::chrono::milliseconds(50));  // out of file descriptors, say
            else boost::asio::co_spawn(io_, serve(stream(std::move(socket))), [](std::exception_ptr) {});
        }
    }

    // A client that goes away ends this by an exception, which nobody else notices.
    task<void> serve(stream s) {
        s.socket().set_option(boost::asio::ip::tcp::no_delay(true));
        boost::beast::flat_buffer buffer;
        for (bool keep = true; keep;) {
            parser p;
            s.expires_after(patience);
            const int refusal = co_await read(s, buffer, p);
            served answer = refusal ? served{{refusal, {}, {}}, false, {}} : ask(p.get());
            co_await pause(answer.delay);
            if (answer.lose_answer) co_return;
            keep = !refusal && p.keep_alive();
            s.expires_after(patience);
            co_await write(s, std::move(answer.response), keep);
        }
        co_await drain(s);
    }

    // Returns 0, or the status to refuse the request with.
    static task<int> read(stream& s, boost::beast::flat_buffer& buffer, parser& p) {
        namespace http = boost::beast::http;
        const auto no_throw = boost::asio::as_tuple(boost::asio::use_awaitable);
        p.body_limit(max_body);
        auto [failed, size] = co_await http::async_read_header(s, buffer, p, no_throw);
        if (failed) co_return status_of(failed);
        if (p.chunked()) co_return 412;
        const auto verb = p.get().method();
        if (verb != http::verb::get && verb != http::verb::post) co_return 405;
        if (p.get()[http::field::expect] == "100-continue") co_await ask_for_the_rest(s);
        auto [failed_later, more] = co_await http::async_read(s, buffer, p, no_throw);
        co_return failed_later ? status_of(failed_later) : 0;
    }

    // What a client that is still there is told.
    static int status_of(const boost::system::error_code& failed) {
        using boost::beast::http::error;
        if (failed == error::body_limit) return 413;
        if (failed == error::header_limit) return 431;
        const bool gone = failed == error::end_of_stream || failed == error::partial_message;
        const bool of_http = failed.category() == make_error_code(error::bad_method).category();
        if (gone || !of_http) throw boost::system::system_error(failed);
        return 400;
    }

    static task<void> ask_for_the_rest(stream& s) {
        const std::string line = "HTTP/1.1 100 Continue\r\n\r\n";
        co_await boost::asio::async_write(s, boost::asio::buffer(line), boost::asio::use_awaitable);
    }

    served ask(parser::value_type& m) const {
        wxmp::http::request r;
        r.verb = m.method() == boost::beast::http::verb::post ? wxmp::method::post : wxmp::method::get;
        r.scheme = "http";
        r.host = m[boost::beast::http::field::host];
        r.target = wxmp::secret(m.target());
        r.safe_target = wxmp::redact_url(m.target());
        for (const auto& f : m) r.headers.push_back({f.name_string(), f.value()});
        r.body = wxmp::http::body(std::move(m.body()));
        try {
            return handler_(r);
        } catch (const std::exception&) {
            return {{500, {}, {}}, false, {}};
        }
    }

    task<void> pause(std::chrono::milliseconds time) {
        if (time.count() == 0) co_return;
        boost::asio::steady_timer timer(io_, time);
        co_await timer.async_wait(boost::asio::use_awaitable);
    }

    static task<void> write(stream& s, wxmp::http::response r, bool keep) {
        namespace http = boost::beast::http;
        http::response<http::empty_body> head(static_cast<http::status>(r.status), 11);
        for (const auto& [name, value] : r.headers) head.insert(name, value);
        head.keep_alive(keep);
        head.content_length(r.body.size());
        // As text, as http::async_write takes long to compile.
        std::ostringstream text;
        text << head.base();
        const auto begin = text.str();
        const std::array<boost::asio::const_buffer, 2> pieces{boost::asio::buffer(begin),
                                                              boost::asio::buffer(r.body)};
        co_await boost::asio::async_write(s, pieces, boost::asio::use_awaitable);
    }

    // Reads what the client still sends: closing earlier would reset the connection, and the answer with it.
    static task<void> drain(stream& s) {
        s.socket().shutdown(boost::asio::socket_base::shutdown_send);
        s.expires_after(std::chrono::seconds(5));
        std::string scratch(65'536, '\0');
        for (;;) co_await s.async_read_some(boost::asio::buffer(scratch), boost::asio::use_awaitable);
    }

    handler handler_;
    boost::asio::io_context io_{1};
    boost::asio::ip::tcp::acceptor acceptor_;
    std::uint16_t port_{};
    std::thread thread_;
};

}  // namespace servers

#endif
