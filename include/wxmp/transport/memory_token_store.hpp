// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TRANSPORT_MEMORY_TOKEN_STORE_HPP
#define WXMP_TRANSPORT_MEMORY_TOKEN_STORE_HPP

#include <wxmp/flow/token_store.hpp>

#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>

namespace wxmp {

/// A store for the threads of one process. Any number of them may use it.
class memory_token_store {
public:
    result<std::optional<token_record>> load() {
        const std::lock_guard lock(mutex_);
        return record_;
    }

    result<std::optional<std::uint64_t>> try_lease(time_point now, std::chrono::milliseconds time) {
        const std::lock_guard lock(mutex_);
        if (now < leased_until_) return std::optional<std::uint64_t>();
        leased_until_ = now + time;
        return std::optional(++fence_);
    }

    result<bool> commit(const token_record& r) {
        const std::lock_guard lock(mutex_);
        if (record_ && record_->fence >= r.fence) return false;
        record_ = r;
        return true;
    }

    result<void> release(std::uint64_t fence) {
        const std::lock_guard lock(mutex_);
        if (fence == fence_) leased_until_ = time_point::min();
        return {};
    }

    result<void> invalidate(const secret& token) {
        const std::lock_guard lock(mutex_);
        if (record_ && record_->token == token) record_->expires_at = record_->refresh_at = time_point::min();
        return {};
    }

private:
    std::mutex mutex_;
    std::optional<token_record> record_;
    std::uint64_t fence_{};
    time_point leased_until_ = time_point::min();
};

static_assert(token_store<memory_token_store>);

}  // namespace wxmp

#endif
