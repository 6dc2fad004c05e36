// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_FLOW_DOWNLOAD_HPP
#define WXMP_FLOW_DOWNLOAD_HPP

#include <wxmp/flow/detail/download_gate.hpp>
#include <wxmp/flow/exchange.hpp>
#include <wxmp/operation/complete.hpp>
#include <wxmp/operation/options.hpp>
#include <wxmp/operation/prepare.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

namespace wxmp {

/// What came of a @ref download.
template <class Response> struct downloaded {
    Response answer{};     ///< a file in it has no `bytes`: the sink took them
    std::uint64_t size{};  ///< how many bytes the sink took; 0 where the answer is no file
};

/** One call that is answered by a file, whose bytes go to a sink as they come.

    For `media::get`, `media::get_jssdk` and `material::get_material`. No answer in JSON and no error ever
    reaches the sink: a body without Content-Disposition that begins like a JSON object is held back to its
    end, or until more than `options::max_response` bytes of it are there, which no answer has. Every other
    file is passed on at once, however large it is. After an error the sink has a part of a file, or nothing.
*/
template <operation Op>
    requires detail::may_be_file<typename Op::response>
class download {
public:
    using value_type = downloaded<typename Op::response>;

    /** Prepares `op`. What is wrong with it comes out of @ref take; nothing is sent then.

        @param to takes the pieces of the file in order, none of them empty. False ends the download with
        `errc::cancelled`. Called while the exchange is under way; must not throw.
    */
    download(Op op, std::function<bool(std::string_view)> to, const options& o = {})
        : gate_(std::make_shared<detail::download_gate>(std::move(to), o.max_response)),
          exchange_(with_sink(prepare(std::move(op), o), gate_)),
          options_(o) {
        options_.max_file = 0;  // the sink takes any
    }

    flows::action next(instant) {
        return exchange_.ended() ? flows::action(flows::done{}) : exchange_.next();
    }

    void on(flows::event e, instant) {
        if (exchange_.ended()) return;
        exchange_.on(std::move(e));
        if (exchange_.ended() && !exchange_.fault()) settled_ = settle(std::move(exchange_.answer()));
    }

    /// Nothing more reaches the sink.
    void cancel() {
        gate_->close();
        exchange_.cancel();
    }

    /// What the service answered, or the error.
    [[nodiscard]] result<value_type> take() && {
        if (settled_) return *std::move(settled_);
        return exchange_.fault() ? *exchange_.fault() : error(errc::unexpected_event);
    }

private:
    using gate_ptr = std::shared_ptr<detail::download_gate>;  // a request may outlive the flow

    static result<http::request> with_sink(result<http::request> r, const gate_ptr& gate) {
        if (!r) return r;
        r->sink = [gate](const auto& head, std::string_view bytes) { return gate->pass(head, bytes); };
        return r;
    }

    // What was held back is an answer in JSON, or all of a file after all.
    result<value_type> settle(flows::answered a) {
        auto& r = a.response;
        if (r.status / 100 == 2) {
            // What is in the body comes from a transport that knows no sinks.
            if (!gate_->pass(r, r.body)) return error(errc::cancelled);
            r.body = gate_->release();
        }
        auto answer = complete<Op>(std::move(r), options_, std::move(a.refusal));
        if (!answer) return answer.error();
        if (auto& file = detail::file_member(*answer)) {
            if (!gate_->give(file->bytes)) return error(errc::cancelled);
            file->bytes = {};
        }
        return value_type{*std::move(answer), gate_->given()};
    }

    gate_ptr gate_;
    detail::exchange exchange_;
    options options_;
    std::optional<result<value_type>> settled_;
};

}  // namespace wxmp

#endif
