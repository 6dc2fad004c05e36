// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TRANSPORT_RUN_HPP
#define WXMP_TRANSPORT_RUN_HPP

#include <wxmp/flow/detail/saturate.hpp>
#include <wxmp/operation/prepare.hpp>
#include <wxmp/transport/token_store.hpp>
#include <wxmp/transport/transport.hpp>

#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>
#include <variant>

namespace wxmp {

/// What a run of a flow may read, and what ends it early.
struct run_options {
    byte_source_ref source{};  ///< what the flow may read; must outlive the run

    /** Ends the run: what sleeps or can be stopped ends at once, what was begun is brought to its end or
        given back, and the result is `errc::cancelled` or `errc::outcome_unknown`. A stop may be requested
        from any thread; a transport that takes no stop token ends its exchange first.
    */
    stop_token stop{};

    /// How long all of it may take; 0: no limit. Then it is ended in the same way, with
    /// `errc::deadline_exceeded` in place of `errc::cancelled`. No exchange is given more time than is left.
    std::chrono::milliseconds deadline{};
};

namespace detail {

// What the loops of all three styles do alike: they know when a run is over, and complete its requests.
class run_state {
public:
    run_state(flow_ref f, secret token, run_options o, instant now)
        : flow_(f), token_(std::move(token)), options_(std::move(o)) {
        if (options_.deadline.count() > 0) deadline_ = after(now.steady, options_.deadline);
    }

    const stop_token& stop() const noexcept { return options_.stop; }
    byte_source_ref source() const noexcept { return options_.source; }

    flows::action next(instant now) {
        if (!is_ending_ && options_.stop.stop_requested()) cancel();
        if (!is_ending_ && now.steady >= deadline_) is_late_ = true, cancel();
        auto a = flow_.next(now);
        if (const auto* q = std::get_if<flows::ask_store>(&a)) asked_ = q->id;
        if (auto* s = std::get_if<flows::send>(&a)) complete(*s->request, now.steady);
        if (auto* w = std::get_if<flows::wait>(&a); w && !is_ending_)
            w->until = std::min(w->until, deadline_);
        return a;
    }

    // An exchange that was cancelled by other means, as those of a coroutine, ends the run as well.
    void on(flows::event&& e, instant now) {
        const auto* f = std::get_if<flows::failed>(&e);
        const bool is_cancelled = f && (f->why == errc::cancelled || f->why == errc::outcome_unknown);
        asked_.reset();
        flow_.on(std::move(e), now);
        if (is_cancelled) cancel();
    }

    void cancel() {
        is_ending_ = true;
        flow_.cancel();
    }

    // What the store was asked when an exception came in between, for loops that do one thing at a time.
    const std::optional<flows::request_id>& asked() const noexcept { return asked_; }

    // What is the flow's affair to say, except why it was cancelled.
    template <class T> result<T> settle(result<T>&& r) const {
        if (is_late_ && !r && r.error() == errc::cancelled) return error(errc::deadline_exceeded);
        return std::move(r);
    }

private:
    void complete(http::request& r, time_point now) const {
        authorize(r, token_);
        if (deadline_ == time_point::max()) return;
        const auto left = std::max(between(now, deadline_), std::chrono::milliseconds(1));
        r.timeout = r.timeout.count() == 0 ? left : std::min(r.timeout, left);
    }

    flow_ref flow_;
    secret token_;
    run_options options_;
    time_point deadline_ = time_point::max();
    std::optional<flows::request_id> asked_;
    bool is_ending_{};
    bool is_late_{};
};

// Cancels a flow because something threw. `lost`: what the store was asked and will not answer.
inline void break_off(flow_ref f, const std::optional<flows::request_id>& lost, instant now) {
    f.cancel();
    if (lost) f.on(flows::failed{*lost, error(errc::cancelled)}, now);
}

// What such a flow wants: its state may be half of a whole, so that it gets nothing but what it needs to give
// back a lease. Nothing: it has ended.
inline std::optional<flows::ask_store> only_to_give_back(flow_ref f, instant now) {
    for (;;) {
        auto a = f.next(now);
        if (auto* ask = std::get_if<flows::ask_store>(&a)) return std::move(*ask);
        if (const auto* s = std::get_if<flows::send>(&a))
            f.on(flows::failed{s->id, error(errc::cancelled)}, now);
        else if (const auto* r = std::get_if<flows::fetch>(&a))
            f.on(flows::failed{r->id, error(errc::cancelled)}, now);
        else return std::nullopt;
    }
}

}  // namespace detail

}  // namespace wxmp

#endif
