// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_FLOW_DETAIL_TRIES_HPP
#define WXMP_FLOW_DETAIL_TRIES_HPP

#include <wxmp/flow/backoff.hpp>
#include <wxmp/flow/detail/saturate.hpp>
#include <wxmp/flow/flow.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>

namespace wxmp::inline v0_1::detail {

// Maps random bits to a number in [0, 1).
inline double to_chance(std::uint64_t bits) noexcept { return static_cast<double>(bits >> 11) * 0x1p-53; }

// Counts the tries of one thing, and times the next one.
class tries {
public:
    using random = std::function<std::uint64_t()>;

    // Call when the first try starts; later calls have no effect.
    void begin(time_point now) noexcept {
        if (!began_) began_ = now;
    }

    // When the next try starts, or nothing when there are no more. Counts the one that has just ended.
    std::optional<time_point> again(const backoff& b, time_point now, const random& dice) {
        begin(now);
        if (is_last(b)) return std::nullopt;
        pause_ = pause_.count() == 0 ? std::min(b.first, b.longest) : grown(b);
        const auto when = after(now, std::max(shortened(b, dice), std::chrono::milliseconds(1)));
        if (when > after(*began_, b.total)) return std::nullopt;
        return due_ = when;
    }

    // For a pause that a limit of the service imposes: counts as a try, but not towards `total`.
    std::optional<time_point> again_at(const backoff& b, time_point when, time_point now) {
        begin(now);
        if (is_last(b)) return std::nullopt;
        began_ = after(*began_, between(now, when));
        return due_ = when;
    }

    // When the next try starts, as last returned.
    time_point due() const noexcept { return due_; }

private:
    // Stays true: who has no memory to tell the end asks again.
    bool is_last(const backoff& b) noexcept { return ++made_ >= b.tries && b.tries != 0; }

    std::chrono::milliseconds grown(const backoff& b) const {
        return std::min(part_of(pause_, std::max(1.0, b.factor)), b.longest);
    }

    std::chrono::milliseconds shortened(const backoff& b, const random& dice) const {
        const auto chance = std::clamp(b.jitter, 0.0, 1.0);
        if (chance == 0) return pause_;
        const auto throw_of_dice = to_chance(dice());
        return pause_ - part_of(pause_, chance * throw_of_dice);
    }

    unsigned made_{};
    std::chrono::milliseconds pause_{};
    std::optional<time_point> began_{};
    time_point due_ = time_point::min();
};

}  // namespace wxmp::inline v0_1::detail

#endif
