// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_FLOW_DOWNLOAD_HPP
#define WXMP_FLOW_DOWNLOAD_HPP

#include <wxmp/flow/detail/download_gate.hpp>
#include <wxmp/flow/exchange.hpp>
#include <wxmp/operation/complete.hpp>
#include <wxmp/operation/operation.hpp>
#include <wxmp/operation/options.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

namespace wxmp::inline v0_1 {

/// The result of a @ref download.
template <class Response> struct downloaded {
    Response response{};   ///< a file in it has empty `bytes`: they went to the sink
    std::uint64_t size{};  ///< bytes passed to the sink; 0 if the response is not a file
};

/** Downloads a file, streaming its bytes to a sink as they arrive.

    For `media::get`, `media::get_jssdk` and `material::get_material`. JSON responses and errors never reach
    the sink: a body without Content-Disposition that starts like a JSON object is buffered until it ends, or
    exceeds `options::max_response` bytes, as no JSON response does. Any other file is streamed at once,
    however large. After an error the sink has received part of a file, or nothing.
*/
template <operation Op>
    requires detail::may_be_file<typename Op::response>
class download {
public:
    using value_type = downloaded<typename Op::response>;

    /** Prepares `op`. If it is invalid, nothing is sent and @ref take returns the error.

        @param to receives the pieces of the file in order, none of them empty. An error it returns ends the
        download and is its result: say what failed, and no secret. Called while the request is in flight;
        must not throw.
    */
    download(Op op, std::function<result<void>(std::string_view)> to, const options& o = {})
        : gate_(std::make_shared<detail::download_gate>(std::move(to), o.max_response)),
          exchange_(detail::request_type_of<Op>, &op, o),
          options_(o) {
        options_.max_file = 0;  // no limit: the bytes go to the sink
        // A request may outlive the flow.
        exchange_.request().sink = [gate = gate_](const http::response& head, std::string_view bytes) {
            return gate->pass(head, bytes);
        };
    }

    flows::action next(instant) {
        settle_if_answered();
        return exchange_.ended() ? flows::action(flows::done{}) : exchange_.next();
    }

    void on(flows::event&& e, instant) {
        if (!exchange_.ended()) exchange_.on(std::move(e));
        settle_if_answered();
    }
    void on(const flows::event& e, instant now) { on(flows::event(e), now); }

    /// Cancels; the sink receives nothing more.
    void cancel() {
        gate_->close();
        exchange_.cancel();
    }

    /// The response, or the error.
    [[nodiscard]] result<value_type> take() && {
        if (gate_->fault()) return *gate_->fault();
        if (settled_) return *std::move(settled_);
        return exchange_.fault() ? *exchange_.fault() : error(errc::unexpected_event);
    }

private:
    // If this throws, it is done again.
    void settle_if_answered() {
        if (exchange_.ended() && !exchange_.fault() && !settled_) settled_ = settle(exchange_.answer());
    }

    // What was held back is either a JSON response or, after all, a whole file.
    result<value_type> settle(flows::answered& a) {
        auto& r = a.response;
        if (r.status / 100 == 2 && !is_released_) {
            // There is a body only if the transport does not support sinks.
            if (!gate_->pass(r, r.body)) return error(errc::cancelled);
            r.body = gate_->release();
            is_released_ = true;
        }
        auto answer = detail::complete_in_place<Op>(r, options_, a.refusal);
        if (!answer) return exchange_.without_secrets(std::move(answer).error());
        if (auto& file = detail::file_member(*answer)) {
            if (!gate_->give(file->bytes)) return error(errc::cancelled);
            file->bytes = {};
        }
        return value_type{*std::move(answer), gate_->given()};
    }

    std::shared_ptr<detail::download_gate> gate_;
    detail::exchange exchange_;
    options options_;
    bool is_released_{};
    std::optional<result<value_type>> settled_;
};

}  // namespace wxmp::inline v0_1

#endif
