// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_FLOW_EXCHANGE_HPP
#define WXMP_FLOW_EXCHANGE_HPP

#include <wxmp/flow/flow.hpp>
#include <wxmp/operation/detail/operation_functions.hpp>

#include <cstdint>
#include <optional>
#include <utility>
#include <variant>

namespace wxmp::inline v0_1::detail {

// One request and its outcome, for flows that do one thing at a time. Not a template.
class exchange {
public:
    exchange(const request_type& type, void* op, const options& o) {
        if (auto fault = compiled.operation.prepare(type, op, o, request_)) fail(*std::move(fault));
    }

    // The request, which may be changed before the first `next`.
    http::request& request() noexcept { return request_; }

    // Ends it, unless it has ended.
    void fail(error why) {
        if (std::exchange(state_, state::ended) != state::ended) fault_ = std::move(why);
    }

    bool ended() const noexcept { return state_ == state::ended; }

    // Requires: not ended.
    flows::action next() {
        if (state_ == state::in_flight) return flows::wait{time_point::max()};
        state_ = state::in_flight;
        return flows::send{0, &request_};
    }

    // If it throws, neither this nor `e` has changed.
    void on(flows::event&& e) {
        if (ended()) return;  // it was cancelled
        auto* answer = std::get_if<flows::answered>(&e);
        auto* failure = std::get_if<flows::failed>(&e);
        if (state_ != state::in_flight || flows::id_of(e) != 0 || (!answer && !failure))
            return fail(error(errc::unexpected_event));
        if (failure) return fail(without_secrets(failure->why));
        answer_ = std::move(*answer);
        state_ = state::ended;
    }

    // The first outcome counts. A request in flight may have been carried out.
    void cancel() noexcept {
        const bool is_lost = state_ == state::in_flight && !request_.idempotent;
        fail(error(is_lost ? errc::outcome_unknown : errc::cancelled));
    }

    // Once ended: why there is no response, or null.
    const error* fault() const noexcept { return fault_ ? &*fault_ : nullptr; }

    // The same error without the secrets of the request.
    error without_secrets(error e) const { return std::move(e).redacted(request_.secrets); }

    // The response, if there is no fault.
    flows::answered& answer() noexcept { return answer_; }

private:
    enum class state : std::uint8_t { ready, in_flight, ended };

    http::request request_;
    flows::answered answer_;
    std::optional<error> fault_;
    state state_{};
};

}  // namespace wxmp::inline v0_1::detail

#endif
