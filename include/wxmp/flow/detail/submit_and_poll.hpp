// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_FLOW_DETAIL_SUBMIT_AND_POLL_HPP
#define WXMP_FLOW_DETAIL_SUBMIT_AND_POLL_HPP

#include <wxmp/flow/call.hpp>
#include <wxmp/flow/detail/may_be_done.hpp>

#include <optional>
#include <utility>
#include <variant>

namespace wxmp::inline v0_1::detail {

/* Submits something once, then polls for the outcome.

   `Follow` is called with the result of the submission, until it returns the poll, or an error. */
template <operation Submit, flow Poll, class Follow> class submit_and_poll {
public:
    using value_type = typename Poll::value_type;

    submit_and_poll(Submit op, const options& o, Follow f)
        : submit_(std::in_place, std::move(op), o), follow_(std::move(f)) {}

    // For something that was submitted before.
    submit_and_poll(Poll p, Follow f) : poll_(std::move(p)), follow_(std::move(f)) {}

    flows::action next(instant now) {
        if (submit_ && !is_submitted_) {
            auto a = submit_->next(now);
            if (!std::holds_alternative<flows::done>(a)) return a;
            begin_to_poll();
        }
        return poll_ ? poll_->next(now) : flows::action(flows::done{});
    }

    void on(flows::event&& e, instant now) {
        if (submit_ && !is_submitted_) {
            const auto* f = std::get_if<flows::failed>(&e);
            was_sent_ = !f || !f->is_unsent;
            submit_->on(std::move(e), now);
        } else if (poll_) poll_->on(std::move(e), now);
    }

    // A response that has already arrived still goes to `Follow`.
    void cancel() {
        is_cancelled_ = true;
        if (submit_) submit_->cancel();
        if (poll_) poll_->cancel();
    }

    result<value_type> take() && {
        if (fault_) return *std::move(fault_);
        return poll_ ? std::move(*poll_).take() : error(errc::unexpected_event);
    }

    const Follow& follow() const noexcept { return follow_; }

private:
    void begin_to_poll() {
        auto submitted = std::move(*submit_).take();
        if (!submitted) submitted = fault_of(submitted.error());
        auto p = follow_(std::move(submitted));
        is_submitted_ = true;  // `submit_` stays: if cancelled, its request may be in flight
        if (!p) return void(fault_ = p.error());
        poll_.emplace(*std::move(p));
        if (is_cancelled_) poll_->cancel();
    }

    error fault_of(const error& why) const {
        const bool is_lost = was_sent_ && may_be_done(why) && why != errc::outcome_unknown;
        return is_lost ? error(errc::outcome_unknown, "submit: " + why.message()) : why;
    }

    std::optional<call<Submit>> submit_;
    std::optional<Poll> poll_;
    Follow follow_;
    std::optional<error> fault_;
    bool was_sent_{};
    bool is_submitted_{};
    bool is_cancelled_{};
};

}  // namespace wxmp::inline v0_1::detail

#endif
