// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_FLOW_POLL_HPP
#define WXMP_FLOW_POLL_HPP

#include <wxmp/api/publish/query.hpp>
#include <wxmp/api/upload_video/query_status.hpp>
#include <wxmp/flow/backoff.hpp>
#include <wxmp/flow/call.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <utility>

namespace wxmp {

/// How often it is asked for something that takes its time, and for how long.
inline constexpr backoff default_poll_pauses{
    .tries = 0, .longest = std::chrono::seconds(30), .total = std::chrono::hours(1)};

/// What one answer means to a @ref poll.
enum class verdict { pending, good, bad };

/** Asks again and again until the answer is final. It asks to wait; it never sleeps.

    `Judge` has `static verdict judge(const Op::response&)` and `static std::string reason(const
    Op::response&)`. A bad verdict ends in `errc::not_passed` with that reason; an error of the call ends it
    as it is.
*/
template <operation Op, class Judge> class poll {
public:
    using value_type = typename Op::response;

    /// Asks by `op`, with the given pauses; at the end of their total it is `errc::timeout`.
    explicit poll(Op op, backoff pauses = default_poll_pauses, options o = {})
        : op_(std::move(op)), pauses_(pauses), options_(std::move(o)), call_(std::in_place, op_, options_) {}

    action next(instant now) {
        if (outcome_) return done{};
        tries_.begin(now.steady);
        if (is_pausing_ && now.steady < tries_.due()) return wait{tries_.due()};
        is_pausing_ = false;
        auto a = call_->next(now);
        if (!std::holds_alternative<done>(a)) return a;
        judge(now.steady);
        return next(now);
    }

    void on(event e, instant now) {
        if (is_pausing_) return end(error(errc::unexpected_event));  // nothing is under way
        call_->on(std::move(e), now);
    }
    void cancel() { end(error(errc::cancelled)); }

    /// The final answer, or the error.
    [[nodiscard]] result<value_type> take() && {
        return outcome_ ? *std::move(outcome_) : error(errc::unexpected_event);
    }

private:
    void end(result<value_type> outcome) {
        if (!outcome_) outcome_ = std::move(outcome);
    }

    void judge(time_point now) {
        auto answer = std::move(*call_).take();
        if (!answer) return end(answer.error());
        const auto v = Judge::judge(*answer);
        if (v == verdict::good) return end(std::move(answer));
        if (v == verdict::bad) return end(error(errc::not_passed, Judge::reason(*answer)));
        if (!tries_.again(pauses_, now, options_.random)) return end(error(errc::timeout, "still pending"));
        is_pausing_ = true;
        call_.emplace(op_, options_);
    }

    Op op_;
    backoff pauses_;
    options options_;
    detail::tries tries_;
    bool is_pausing_{};
    std::optional<call<Op>> call_;
    std::optional<result<value_type>> outcome_;
};

namespace detail {

struct video_judge {
    static verdict judge(const upload_video::query_status::response& r) {
        using enum upload_video::video_status;
        if (r.status == passed) return verdict::good;
        return r.status == checking || r.status == transcoding ? verdict::pending : verdict::bad;
    }
    static std::string reason(const upload_video::query_status::response& r) {
        auto text = "video status " + std::to_string(static_cast<int>(r.status));
        if (r.mp_video_fail_detail_wording) (text += ": ") += *r.mp_video_fail_detail_wording;
        return text;
    }
};

struct publish_judge {
    static verdict judge(const publish::query::response& r) {
        using enum publish::article_status;
        if (r.status == published) return verdict::good;
        return r.status == in_review ? verdict::pending : verdict::bad;
    }
    static std::string reason(const publish::query::response& r) {
        return r.status == publish::article_status::refused ? "the article was refused"
                                                            : "the article is not submitted";
    }
};

}  // namespace detail

/// Waits until a video has passed its review; give it `upload_video::query_status{media_id}`.
using poll_video = poll<upload_video::query_status, detail::video_judge>;

/// Waits until an article is public; give it `publish::query{media_id}`.
using poll_publish = poll<publish::query, detail::publish_judge>;

}  // namespace wxmp

#endif
