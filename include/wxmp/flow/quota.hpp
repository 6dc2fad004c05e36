// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_FLOW_QUOTA_HPP
#define WXMP_FLOW_QUOTA_HPP

#include <wxmp/api/openapi/quota_get.hpp>
#include <wxmp/flow/call.hpp>
#include <wxmp/flow/detail/calendar.hpp>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace wxmp::inline v0_1 {

/// The remaining quota of a call.
struct quota_left {
    std::string cgi_path{};                    ///< path of the call, such as `/cgi-bin/draft/add`
    openapi::day_quota day{};                  ///< today, Beijing time
    std::optional<openapi::call_rate> rate{};  ///< short-term rate limit, if there is one
    wall_time resets_at{};                     ///< when the daily quota resets

    /// Whether it may be called again today.
    [[nodiscard]] bool is_left() const noexcept { return day.remain > 0; }
};

/// A @ref read_quota: a template, so that only programs that use it compile it.
template <class Get = openapi::quota_get> class basic_read_quota;

/** Reads how many more times some calls may be made today, with one request per call.

    To reset the counters, send `openapi::clear_quota`, at most ten times a month; the library never does so
    on its own. The first error ends the flow: 76021 for a path that is not a call.
*/
using read_quota = basic_read_quota<>;

template <class Get> class basic_read_quota {
public:
    using value_type = std::vector<quota_left>;

    /// For these paths; the result has the same order.
    explicit basic_read_quota(std::vector<std::string> cgi_paths, options o = {})
        : paths_(std::move(cgi_paths)), options_(std::move(o)) {}

    /// For the paths of these operations.
    template <operation... Op> [[nodiscard]] static basic_read_quota of(options o = {}) {
        return basic_read_quota({std::string(Op::at.path)...}, std::move(o));
    }

    flows::action next(instant now) {
        while (!fault_ && found_.size() != paths_.size()) {
            if (!call_) call_.emplace(Get{paths_[found_.size()]}, options_);
            auto a = call_->next(now);
            if (!std::holds_alternative<flows::done>(a)) return a;
            keep(std::move(*call_).take(), now);
            call_.reset();
        }
        return flows::done{};
    }

    void on(flows::event&& e, instant now) {
        if (call_) call_->on(std::move(e), now);
        else fail(error(errc::unexpected_event));
    }
    void on(const flows::event& e, instant now) { on(flows::event(e), now); }

    void cancel() { fail(error(errc::cancelled)); }

    /// The remaining quota of each call, or the first error.
    [[nodiscard]] result<value_type> take() && {
        if (fault_) return *std::move(fault_);
        return std::move(found_);
    }

private:
    void keep(result<typename Get::response> answer, instant now) {
        if (!answer) return fail(answer.error());
        found_.push_back(
            {paths_[found_.size()], answer->quota, answer->rate_limit, detail::next_beijing_day(now.wall)});
    }

    void fail(error why) {
        if (!fault_) fault_ = std::move(why);
    }

    std::vector<std::string> paths_;
    options options_;
    std::optional<call<Get>> call_;
    value_type found_;
    std::optional<error> fault_;
};

}  // namespace wxmp::inline v0_1

#endif
