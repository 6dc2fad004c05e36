// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TRANSPORT_RUN_HPP
#define WXMP_TRANSPORT_RUN_HPP

#include <wxmp/flow/detail/saturate.hpp>
#include <wxmp/transport/detail/transport_functions.hpp>
#include <wxmp/transport/stop_token.hpp>
#include <wxmp/transport/token_store.hpp>
#include <wxmp/transport/transport.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <utility>

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

namespace source {
struct running;
}

// The flow's own result, except that a passed deadline replaces `cancelled`.
template <class T> result<T> settled(result<T>&& r, bool is_late) {
    if (is_late && !r && r.error() == errc::cancelled) return error(errc::deadline_exceeded);
    return std::move(r);
}

// Shared by the drivers of all three styles: stops a run in time, and completes its requests.
class run_state {
public:
    run_state(flow_ref f, secret token, run_options o, instant now)
        : flow_(f), token_(std::move(token)), options_(std::move(o)) {
        if (options_.deadline.count() > 0) deadline_ = after(now.steady, options_.deadline);
    }

    const stop_token& stop() const noexcept { return options_.stop; }
    flows::event read(const flows::fetch& f) { return read_source(f, options_.source, std::move(buffer_)); }

    flows::action next(instant now) { return compiled.transport.next(*this, now); }

    // A request cancelled by other means, such as a coroutine's cancellation slot, ends the run as well.
    void on(flows::event&& e, instant now) { compiled.transport.on(*this, std::move(e), now); }

    void cancel() {
        is_ending_ = true;
        flow_.cancel();
    }

    // The pending store request after an exception, for loops that do one thing at a time.
    const std::optional<flows::request_id>& asked() const noexcept { return asked_; }

    bool is_late() const noexcept { return is_late_; }
    template <class T> result<T> settle(result<T>&& r) const { return settled(std::move(r), is_late_); }

private:
    friend struct source::running;

    flow_ref flow_;
    secret token_;
    run_options options_;
    time_point deadline_ = time_point::max();
    std::optional<flows::request_id> asked_;
    std::string buffer_;  // of the last fetch, unless the flow has kept it
    bool is_ending_{};
    bool is_late_{};
};

// Cancels a flow after an exception. `lost`: a store request that will not be answered.
inline void break_off(flow_ref f, const std::optional<flows::request_id>& lost, instant now) {
    compiled.transport.break_off(f, lost, now);
}

// The next store request of such a flow, or a null one when it has ended. Its state may be inconsistent, so
// that all else fails: it only gets to release a lease.
inline flows::ask_store only_to_give_back(flow_ref f, instant now) {
    return compiled.transport.only_to_give_back(f, now);
}

}  // namespace detail

}  // namespace wxmp::inline v0_1

#endif
