// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_FLOW_EXCHANGE_HPP
#define WXMP_FLOW_EXCHANGE_HPP

#include <wxmp/flow/flow.hpp>

#include <cstdint>
#include <utility>
#include <variant>

namespace wxmp::detail {

// One request and its outcome, for flows that do one thing after another. Not a template.
class exchange {
public:
    exchange() = default;
    explicit exchange(result<http::request> r) : state_(r ? state::ready : state::ended) {
        if (r) request_ = *std::move(r);
        else outcome_ = r.error();
    }

    bool ended() const noexcept { return state_ == state::ended; }

    // To be called while not ended.
    action next() {
        if (state_ == state::under_way) return wait{time_point::max()};
        state_ = state::under_way;
        return send{0, std::move(request_)};
    }

    void on(event&& e) {
        auto* response = std::get_if<answered>(&e);
        auto* failure = std::get_if<failed>(&e);
        if (state_ != state::under_way || id_of(e) != 0 || (!response && !failure))
            return end(error(errc::unexpected_event));
        if (failure) return end(std::move(failure->why));
        end(std::move(response->response));
    }

    // The first outcome counts: an answer may come after a cancellation.
    void end(result<http::response> outcome) {
        if (std::exchange(state_, state::ended) == state::ended) return;
        outcome_ = std::move(outcome);
    }

    const result<http::response>& outcome() const noexcept { return outcome_; }

private:
    enum class state : std::uint8_t { ready, under_way, ended };

    http::request request_;
    result<http::response> outcome_{error(errc::unexpected_event)};
    state state_{};
};

}  // namespace wxmp::detail

#endif
