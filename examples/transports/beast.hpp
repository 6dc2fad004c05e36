// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_EXAMPLES_TRANSPORTS_BEAST_HPP
#define WXMP_EXAMPLES_TRANSPORTS_BEAST_HPP

#include <wxmp/transport/transport.hpp>

#include <boost/asio.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/beast.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <sstream>
#include <stop_token>
#include <string>
#include <utility>

namespace transports {

namespace asio = boost::asio;
namespace http = boost::beast::http;

/** Awaitable, over Boost.Beast 1.81 and OpenSSL. A connection for each request; several may be under way.

    A stop may be requested from any thread. Cancelled through the slot of the coroutine, it returns
    `errc::cancelled` as well, and resets the coroutine's cancellation state, so that the coroutine can go on.
    Neither the timeout nor a stop ends a name lookup.
*/
class beast {
public:
    template <class T> using task = asio::awaitable<T>;

    /// Told how many bytes of both bodies have passed.
    std::function<void(std::uint64_t sent, std::uint64_t received)> progress{};

    /** @param executor that of the coroutines which use it: a strand, where several threads run the context
        @param ca_file PEM file of the certificates to trust; empty: the system's. Throws if it is bad.
    */
    explicit beast(asio::any_io_executor executor, const std::string& ca_file = {})
        : executor_(std::move(executor)) {
        tls_.set_verify_mode(asio::ssl::verify_peer);
        if (ca_file.empty()) tls_.set_default_verify_paths();
        else tls_.load_verify_file(ca_file);
    }

    task<wxmp::result<wxmp::http::response>> send(const wxmp::http::request& r, std::stop_token stop = {}) {
        return cancellable(exchange(r), std::move(stop));
    }

    task<wxmp::result<void>> wait_until(wxmp::time_point t, std::stop_token stop = {}) {
        return cancellable(pause(t), std::move(stop));
    }

private:
    using errc = wxmp::errc;
    using response = wxmp::http::response;
    using time_limit = asio::steady_timer::time_point;

    // ---- Cancelling

    // Ends `work` with `errc::cancelled` when a stop is requested, or when the coroutine is cancelled.
    template <class T>
    static task<wxmp::result<T>> cancellable(task<wxmp::result<T>> work, std::stop_token stop) {
        wxmp::result<T> outcome = wxmp::error(errc::cancelled);
        std::exception_ptr thrown;
        try {
            if (!stop.stop_requested()) outcome = co_await stoppable(std::move(work), stop);
        } catch (const boost::system::system_error& e) {
            if (e.code() != asio::error::operation_aborted) thrown = std::current_exception();
        } catch (...) {
            thrown = std::current_exception();
        }
        // Else whatever the coroutine awaits next would throw.
        const auto state = co_await asio::this_coro::cancellation_state;
        if (state.cancelled() != asio::cancellation_type::none) {
            co_await asio::this_coro::reset_cancellation_state();
            outcome = wxmp::error(errc::cancelled);
        }
        if (thrown) std::rethrow_exception(thrown);
        co_return outcome;
    }

    // Runs `work` as a coroutine of its own, so that there is a signal by which it can be cancelled.
    template <class T> static task<T> stoppable(task<T> work, std::stop_token stop) {
        if (!stop.stop_possible()) co_return co_await std::move(work);
        const auto executor = co_await asio::this_coro::executor;
        const auto signal = std::make_shared<asio::cancellation_signal>();
        const auto cancel = [signal] { signal->emit(asio::cancellation_type::terminal); };
        const auto state = co_await asio::this_coro::cancellation_state;
        auto slot = state.slot();
        if (slot.is_connected()) slot.assign([cancel](asio::cancellation_type) { cancel(); });
        // A signal is for one thread; a stop comes from any.
        const std::stop_callback on_stop(stop, [=] { asio::post(executor, cancel); });
        co_return co_await asio::co_spawn(executor, std::move(work),
                                          asio::bind_cancellation_slot(signal->slot(), asio::use_awaitable));
    }

    // ---- Waiting

    task<wxmp::result<void>> pause(wxmp::time_point t) {
        using clock = std::chrono::steady_clock;
        const auto last = std::chrono::floor<std::chrono::milliseconds>(clock::time_point::max());
        asio::steady_timer timer(executor_, std::clamp(t, wxmp::time_point(), last));
        co_await timer.async_wait(asio::use_awaitable);
        co_return wxmp::result<void>();
    }

    // ---- One exchange

    task<wxmp::result<response>> exchange(const wxmp::http::request& r) {
        auto fault = errc::connect_failed;  // what a break means just now
        const auto end = end_of(r.timeout);
        try {
            asio::ssl::stream<boost::beast::tcp_stream> tls(executor_, tls_);
            auto& tcp = tls.next_layer();
            tcp.expires_at(end);
            co_await connect(tcp, r);
            if (r.scheme != "https") {
                fault = errc::connection_lost;
                co_return co_await talk(tcp, r, end);
            }
            co_await shake_hands(tls, name_of(r.host));
            fault = errc::connection_lost;
            co_return co_await talk(tls, r, end);
        } catch (const thrown_by_caller& e) {
            std::rethrow_exception(e.what);
        } catch (const boost::system::system_error& e) {
            if (e.code() == asio::error::operation_aborted) throw;
            if (e.code() == boost::beast::error::timeout && fault == errc::connection_lost)
                fault = errc::timeout;
            co_return wxmp::error(fault, e.code().message());
        }
    }

    // The stream tells the time only while it waits: a peer that always has more would never be late.
    static void check_time(time_limit end) {
        if (time_limit::clock::now() >= end) throw boost::system::system_error(boost::beast::error::timeout);
    }

    // A year stands for all that is longer.
    static time_limit end_of(std::chrono::milliseconds timeout) {
        const std::chrono::milliseconds longest = std::chrono::hours(24 * 365);
        return time_limit::clock::now() + (timeout.count() == 0 ? longest : std::min(timeout, longest));
    }

    static std::string name_of(const std::string& host) { return host.substr(0, host.find(':')); }

    static std::string port_of(const wxmp::http::request& r) {
        const auto colon = r.host.find(':');
        if (colon != r.host.npos) return r.host.substr(colon + 1);
        return r.scheme == "https" ? "443" : "80";
    }

    task<void> connect(boost::beast::tcp_stream& tcp, const wxmp::http::request& r) {
        asio::ip::tcp::resolver names(executor_);
        const auto found = co_await names.async_resolve(name_of(r.host), port_of(r), asio::use_awaitable);
        co_await tcp.async_connect(found, asio::use_awaitable);
        tcp.socket().set_option(asio::ip::tcp::no_delay(true));
    }

    static task<void> shake_hands(asio::ssl::stream<boost::beast::tcp_stream>& tls, const std::string& name) {
        tls.set_verify_callback(asio::ssl::host_name_verification(name));
        SSL_set_tlsext_host_name(tls.native_handle(), name.c_str());
        co_await tls.async_handshake(asio::ssl::stream_base::client, asio::use_awaitable);
    }

    task<wxmp::result<response>> talk(auto& stream, const wxmp::http::request& r, time_limit end) {
        std::uint64_t sent{};
        co_await give_head(stream, r);
        co_await give_body(stream, r, sent, end);
        if (sent != r.body.size()) co_return wxmp::error(errc::source_failed);
        co_return co_await take(stream, r, sent, end);
    }

    static task<void> give_head(auto& stream, const wxmp::http::request& r) {
        const auto verb = r.verb == wxmp::method::post ? http::verb::post : http::verb::get;
        http::request<http::empty_body> head(verb, r.target.reveal(), 11);
        head.set(http::field::host, r.host);
        for (const auto& [name, value] : r.headers) head.insert(name, value);
        if (verb == http::verb::post) head.content_length(r.body.size());
        // As text, as http::async_write takes long to compile.
        std::ostringstream text;
        text << head.base();
        const auto lines = text.str();
        co_await asio::async_write(stream, asio::buffer(lines), asio::use_awaitable);
    }

    task<void> give_body(auto& stream, const wxmp::http::request& r, std::uint64_t& sent, time_limit end) {
        std::string block(static_cast<std::size_t>(std::min<std::uint64_t>(r.body.size(), 65'536)), '\0');
        const auto read = [&] { return r.body.read(sent, block.data(), block.size()); };
        while (const auto size = ask_caller(read)) {
            sent += co_await asio::async_write(stream, asio::buffer(block, size), asio::use_awaitable);
            tell_progress(sent, 0);
            check_time(end);
        }
    }

    task<wxmp::result<response>> take(auto& stream, const wxmp::http::request& r, std::uint64_t sent,
                                      time_limit end) {
        using parser = http::response_parser<http::basic_dynamic_body<boost::beast::flat_buffer>>;
        boost::beast::flat_buffer buffer(
            65'536);  // which the lines of a chunk and of a trailer must fit into
        std::optional<parser> in;
        do {  // skips interim responses
            in.emplace().body_limit(boost::none);
            co_await http::async_read_header(stream, buffer, *in, asio::use_awaitable);
            check_time(end);
        } while (in->get().result_int() < 200);

        response answer{static_cast<int>(in->get().result_int()), {}, {}};
        for (const auto& f : in->get()) answer.headers.push_back({f.name_string(), f.value()});
        auto& piece = in->get().body();
        for (std::uint64_t received{}; !in->is_done(); piece.clear()) {
            co_await http::async_read_some(stream, buffer, *in, asio::use_awaitable);
            received += piece.size();
            tell_progress(sent, received);
            const auto bytes = boost::beast::buffers_to_string(piece.data());
            if (const auto why = ask_caller([&] { return wxmp::take_body(r, answer, bytes); }))
                co_return wxmp::error(*why);
            if (!in->is_done()) check_time(end);
        }
        co_return answer;
    }

    // ---- The caller's functions, whose exceptions may be of the types that Asio throws

    struct thrown_by_caller {
        std::exception_ptr what;
    };

    template <class F> static auto ask_caller(F f) {
        try {
            return f();
        } catch (...) {
            throw thrown_by_caller{std::current_exception()};
        }
    }

    void tell_progress(std::uint64_t sent, std::uint64_t received) const {
        if (progress) ask_caller([&] { progress(sent, received); });
    }

    asio::any_io_executor executor_;
    asio::ssl::context tls_{asio::ssl::context::tls_client};
};

}  // namespace transports

#endif
