// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_EXAMPLES_TRANSPORTS_BEAST_TOKEN_HPP
#define WXMP_EXAMPLES_TRANSPORTS_BEAST_TOKEN_HPP

#include "beast.hpp"

namespace transports {

/** The same for any completion token of Asio: `client` sees a callback transport and takes a handler.

    `send(r, asio::use_future)`, `asio::use_awaitable` and `asio::yield` work too. Cancelled through a stop
    token or the cancellation slot that is bound to the completion token. It and the request must outlive the
    exchange.
*/
class beast_token {
public:
    using result = wxmp::result<wxmp::http::response>;

    /** @param executor that of the exchanges: a strand, where several threads run the context
        @param ca_file PEM file of the certificates to trust; empty: the system's. Throws if it is bad.
    */
    explicit beast_token(asio::any_io_executor executor, const std::string& ca_file = {})
        : executor_(executor), exchanges_(executor, ca_file) {}

    template <asio::completion_token_for<void(result)> Token>
    auto send(const wxmp::http::request& r, std::stop_token stop, Token&& token) {
        const auto start = [this](auto handler, const wxmp::http::request* request, std::stop_token s) {
            const auto executor = asio::get_associated_executor(handler, executor_);
            const auto slot = asio::get_associated_cancellation_slot(handler);
            auto end = [h = std::move(handler)](std::exception_ptr thrown, result answer) mutable {
                std::move(h)(thrown ? result(error_of(thrown)) : std::move(answer));
            };
            asio::co_spawn(executor, exchanges_.send(*request, std::move(s)),
                           asio::bind_cancellation_slot(slot, std::move(end)));
        };
        return asio::async_initiate<Token, void(result)>(start, token, &r, std::move(stop));
    }

    template <asio::completion_token_for<void(result)> Token>
    auto send(const wxmp::http::request& r, Token&& token) {
        return send(r, {}, std::forward<Token>(token));
    }

    /// Calls the handler at that time, or when it is stopped.
    void wait_until(wxmp::time_point t, std::stop_token stop, auto handler) {
        asio::co_spawn(executor_, exchanges_.wait_until(t, std::move(stop)),
                       [h = std::move(handler)](std::exception_ptr, wxmp::result<void>) mutable { h(); });
    }

    /// What carries the exchanges out.
    beast& next_layer() noexcept { return exchanges_; }

private:
    static wxmp::error error_of(const std::exception_ptr& thrown) {
        try {
            std::rethrow_exception(thrown);
        } catch (...) {
            return wxmp::error_of_exception();
        }
    }

    asio::any_io_executor executor_;
    beast exchanges_;
};

}  // namespace transports

#endif
