// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TRANSPORT_MEMORY_TOKEN_STORE_HPP
#define WXMP_TRANSPORT_MEMORY_TOKEN_STORE_HPP

#include <wxmp/flow/detail/saturate.hpp>
#include <wxmp/transport/token_store.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <utility>

namespace wxmp::inline v0_1 {

/// A token store in memory, for one process. Thread-safe. A commit that has no memory changes nothing.
class memory_token_store {
public:
    /// Returns the current time; a test whose transport has its own clock passes that.
    using clock = std::function<time_point()>;

    /// An empty store that goes by this clock.
    explicit memory_token_store(clock c = &system_time) : clock_(std::move(c)) {}

    result<std::optional<token_record>> load() {
        const std::lock_guard lock(mutex_);
        if (!record_) return std::optional<token_record>();
        const auto now = clock_();
        return token_record{record_->token, record_->fence, detail::between(now, expires_at_),
                            detail::between(now, refresh_at_)};
    }

    result<std::optional<std::uint64_t>> lease(std::chrono::milliseconds time) {
        const std::lock_guard lock(mutex_);
        const auto now = clock_();
        if (now < leased_until_) return std::optional<std::uint64_t>();
        leased_until_ = detail::after(now, time);
        return std::optional(++fence_);
    }

    result<bool> commit(const token_record& r) {
        const std::lock_guard lock(mutex_);
        if (record_ && record_->fence >= r.fence) return false;
        const auto now = clock_();
        record_ = r;
        expires_at_ = detail::after(now, r.expires_in);
        refresh_at_ = detail::after(now, r.refresh_in);
        return true;
    }

    result<void> release(std::uint64_t fence) {
        const std::lock_guard lock(mutex_);
        if (fence == fence_) leased_until_ = time_point::min();
        return {};
    }

    result<void> invalidate(const secret& token) {
        const std::lock_guard lock(mutex_);
        if (record_ && record_->token == token) expires_at_ = refresh_at_ = time_point::min();
        return {};
    }

private:
    static time_point system_time() {
        return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now());
    }

    clock clock_;
    std::mutex mutex_;
    std::optional<token_record> record_;
    time_point expires_at_{}, refresh_at_{};
    std::uint64_t fence_{};
    time_point leased_until_ = time_point::min();
};

}  // namespace wxmp::inline v0_1

#endif
