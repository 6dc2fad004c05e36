// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_FLOW_POLL_HPP
#define WXMP_FLOW_POLL_HPP

#include <wxmp/api/publish/query.hpp>
#include <wxmp/api/upload_video/query_status.hpp>
#include <wxmp/flow/backoff.hpp>
#include <wxmp/flow/call.hpp>
#include <wxmp/flow/detail/tries.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <utility>

namespace wxmp::inline v0_1 {

/// Default pauses between polls, and for how long to poll.
inline constexpr backoff default_poll_pauses{
    .tries = 0, .longest = std::chrono::seconds(30), .total = std::chrono::hours(1)};

/// What a response to a @ref poll means.
enum class poll_state { pending, succeeded, failed };

/** Repeats an operation until its response is final.

    `Traits` has `static poll_state state(const Op::response&)` and `static std::string reason(const
    Op::response&)`. `poll_state::failed` ends it with `errc::not_passed` and that reason; errors of the call
    are returned unchanged.
*/
template <operation Op, class Traits> class poll {
public:
    using value_type = typename Op::response;

    /// Polls with `op`; the result is `errc::timeout` when `pauses` allows no further try.
    explicit poll(Op op, backoff pauses = default_poll_pauses, options o = {})
        : op_(std::move(op)), pauses_(pauses), options_(std::move(o)), call_(std::in_place, op_, options_) {}

    flows::action next(instant now) {
        if (outcome_) return flows::done{};
        tries_.begin(now.steady);
        if (is_pausing_ && now.steady < tries_.due()) return flows::wait{tries_.due()};
        if (!call_) call_.emplace(op_, options_);
        is_pausing_ = false;
        auto a = call_->next(now);
        if (!std::holds_alternative<flows::done>(a)) return a;
        check_response(now.steady);
        return next(now);
    }

    void on(flows::event&& e, instant now) {
        if (is_pausing_) return end(error(errc::unexpected_event));  // nothing is pending
        call_->on(std::move(e), now);
    }
    void on(const flows::event& e, instant now) { on(flows::event(e), now); }
    void cancel() { end(error(errc::cancelled)); }

    /// The final response, or the error.
    [[nodiscard]] result<value_type> take() && {
        return outcome_ ? *std::move(outcome_) : error(errc::unexpected_event);
    }

private:
    void end(result<value_type> outcome) {
        if (!outcome_) outcome_ = std::move(outcome);
    }

    void check_response(time_point now) {
        auto answer = std::move(*call_).take();
        if (!answer) return end(answer.error());
        const auto v = Traits::state(*answer);
        if (v == poll_state::succeeded) return end(std::move(answer));
        if (v == poll_state::failed) return end(error(errc::not_passed, Traits::reason(*answer)));
        if (!tries_.again(pauses_, now, options_.random))
            return end(error(errc::timeout, "the outcome is still pending"));
        is_pausing_ = true;
        call_.reset();
    }

    Op op_;
    backoff pauses_;
    options options_;
    detail::tries tries_;
    bool is_pausing_{};
    std::optional<call<Op>> call_;  // nothing in a pause
    std::optional<result<value_type>> outcome_;
};

namespace detail {

struct video_poll {
    static poll_state state(const upload_video::query_status::response& r) {
        using enum upload_video::video_status;
        if (r.status == passed) return poll_state::succeeded;
        return r.status == checking || r.status == transcoding ? poll_state::pending : poll_state::failed;
    }
    static std::string reason(const upload_video::query_status::response& r) {
        auto text = "video status " + std::to_string(static_cast<int>(r.status));
        if (r.mp_video_fail_detail_wording) (text += ": ") += *r.mp_video_fail_detail_wording;
        return text;
    }
};

struct article_poll {
    static poll_state state(const publish::query::response& r) {
        using enum publish::article_status;
        if (r.status == published) return poll_state::succeeded;
        return r.status == in_review ? poll_state::pending : poll_state::failed;
    }
    static std::string reason(const publish::query::response& r) {
        return r.status == publish::article_status::refused ? "the article was refused"
                                                            : "the article is not submitted";
    }
};

}  // namespace detail

/// Waits until a video has passed its review; give it `upload_video::query_status{media_id}`.
using poll_video = poll<upload_video::query_status, detail::video_poll>;

/// Waits until an article is public; give it `publish::query{media_id}`.
using poll_publish = poll<publish::query, detail::article_poll>;

}  // namespace wxmp::inline v0_1

#endif
