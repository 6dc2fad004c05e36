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

namespace wxmp::inline v0_1 {

/// Options of one run: the source it may read, and what ends it early.
struct run_options {
    byte_source_ref source{};  ///< the bytes that the flow may read; must outlive the run

    /** Stops the run. Waits, and requests that can be stopped, end at once; other pending actions are
        completed, a lease is released, and the result is `errc::cancelled` or `errc::outcome_unknown`. May be
        requested from any thread. A transport that takes no stop token completes its request first.
    */
    stop_token stop{};

    /// How long the whole run may take; 0: no limit. After that it is stopped in the same way, with
    /// `errc::deadline_exceeded` in place of `errc::cancelled`. It also caps the timeout of each request.
    std::chrono::milliseconds deadline{};
};

namespace detail {

// A token store that can serve a run over a transport: of its style, or blocking.
template <class S, class T>
concept store_for = (awaitable_transport<T> && awaitable_token_store<S>) ||
                    (callback_transport<T> && callback_token_store<S>) || blocking_token_store<S>;

// Shared by the drivers of all three styles: stops a run in time, and completes its requests.
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

    // A request cancelled by other means, such as a coroutine's cancellation slot, ends the run as well.
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

    // The pending store request after an exception, for loops that do one thing at a time.
    const std::optional<flows::request_id>& asked() const noexcept { return asked_; }

    // The flow's own result, except that a passed deadline replaces `cancelled`.
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

// Cancels a flow after an exception. `lost`: a store request that will not be answered.
inline void break_off(flow_ref f, const std::optional<flows::request_id>& lost, instant now) {
    f.cancel();
    if (lost) f.on(flows::failed{*lost, error(errc::cancelled)}, now);
}

// The next store request of such a flow, or nothing when it has ended. Its state may be inconsistent, so that
// all else fails: it only gets to release a lease.
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

}  // namespace wxmp::inline v0_1

#endif
