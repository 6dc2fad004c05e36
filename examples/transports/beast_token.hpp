// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_EXAMPLES_TRANSPORTS_BEAST_TOKEN_HPP
#define WXMP_EXAMPLES_TRANSPORTS_BEAST_TOKEN_HPP

#include "beast.hpp"

namespace transports {

/** The same for any completion token of Asio: `client` sees a callback transport and takes a handler.

    `send(r, asio::use_future)`, `asio::use_awaitable` and `asio::yield` work too. Cancelled through the
    cancellation slot that is bound to the token. It and the request must outlive the exchange.
*/
class beast_token {
public:
    using result = wxmp::result<wxmp::http::response>;

    /// @param ca_file PEM file of the certificates to trust; empty: the system's. Throws if it is bad.
    explicit beast_token(asio::any_io_executor executor, const std::string& ca_file = {})
        : io_(executor), exchanges_(executor, ca_file) {}

    template <class Token> auto send(const wxmp::http::request& r, Token&& token) {
        const auto start = [this](auto handler, const wxmp::http::request* request) {
            const auto executor = asio::get_associated_executor(handler, io_);
            const auto slot = asio::get_associated_cancellation_slot(handler);
            auto end = [h = std::move(handler)](std::exception_ptr thrown, result answer) mutable {
                if (thrown) std::rethrow_exception(thrown);  // std::bad_alloc
                std::move(h)(std::move(answer));
            };
            asio::co_spawn(executor, exchanges_.send(*request),
                           asio::bind_cancellation_slot(slot, std::move(end)));
        };
        return asio::async_initiate<Token, void(result)>(start, token, &r);
    }

    /// Calls the handler at that time, or when the wait is cancelled.
    void wait_until(wxmp::time_point t, auto handler) {
        auto timer = std::make_shared<asio::system_timer>(io_, t);
        timer->async_wait([timer, handler](boost::system::error_code) mutable { handler(); });
    }

    /// What carries the exchanges out.
    beast& next_layer() noexcept { return exchanges_; }

private:
    asio::any_io_executor io_;
    beast exchanges_;
};

}  // namespace transports

#endif
