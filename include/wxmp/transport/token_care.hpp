// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TRANSPORT_TOKEN_CARE_HPP
#define WXMP_TRANSPORT_TOKEN_CARE_HPP

#include <wxmp/flow/with_token.hpp>

#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

namespace wxmp {

namespace detail {

// A store that remembers the last token it has seen, for the time when the one behind it is out of reach. Any
// number of threads may use it.
template <token_store Store> class remembering_store {
public:
    explicit remembering_store(Store& behind) : behind_(&behind) {}

    result<std::optional<token_record>> load() {
        auto stored = behind_->load();
        const std::lock_guard lock(mutex_);
        if (!stored && known_) return known_;
        if (stored) remember(*stored);
        return stored;
    }

    result<std::optional<std::uint64_t>> try_lease(time_point now, std::chrono::milliseconds time) {
        return behind_->try_lease(now, time);
    }

    result<bool> commit(const token_record& r) {
        auto kept = behind_->commit(r);
        const std::lock_guard lock(mutex_);
        if (!kept || *kept) remember(r);
        return kept;
    }

    result<void> release(std::uint64_t fence) { return behind_->release(fence); }

    result<void> invalidate(const secret& token) {
        forget(token);
        return behind_->invalidate(token);
    }

private:
    // What one thread has read may come after what another one has written.
    void remember(const std::optional<token_record>& r) {
        if (!r || !known_ || known_->fence <= r->fence) known_ = r;
    }

    void forget(const secret& token) {
        const std::lock_guard lock(mutex_);
        if (known_ && known_->token == token) known_.reset();
    }

    Store* behind_;
    std::mutex mutex_;
    std::optional<token_record> known_;
};

}  // namespace detail

/** Lets a client care for its access token by itself, as @ref with_token does.

    @code
    wxmp::memory_token_store store;
    wxmp::client c(transport, options, wxmp::token_care(store, wxmp::auth::stable_token{...}));
    @endcode

    While the store is out of reach, the token that it gave last is used as long as it is valid.
*/
template <token_store Store, token_grant_operation Grant = auth::stable_token> class token_care {
public:
    /** @param store must outlive the client, and be safe for as many threads as use that
        @param grant how a token is got
    */
    token_care(Store& store, Grant grant, token_pace pace = {})
        : store_(std::make_shared<known_store>(store)), grant_(std::move(grant)), pace_(pace) {}

    /// The same flow with care.
    template <flow F> [[nodiscard]] auto wrap(F f, const options& o) const {
        return with_token<F, known_store, Grant>(std::move(f), *store_, grant_, o, pace_);
    }

private:
    using known_store = detail::remembering_store<Store>;

    std::shared_ptr<known_store> store_;
    Grant grant_;
    token_pace pace_;
};

}  // namespace wxmp

#endif
