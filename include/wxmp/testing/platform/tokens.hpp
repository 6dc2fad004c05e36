// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TESTING_PLATFORM_TOKENS_HPP
#define WXMP_TESTING_PLATFORM_TOKENS_HPP

#include <wxmp/api/auth/token_grant.hpp>
#include <wxmp/testing/platform/rules.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wxmp::inline v0_1::testing {

/// An issued access token.
struct issued_token {
    secret text;        ///< the token
    wall_time end;      ///< expires at this time
    bool superseded{};  ///< cut short by a newer one
};

/** The access tokens of one account.

    Tokens of `/token` and of `/stable_token` are independent. A forced stable token makes the previous one
    expire at once; any other renewal leaves it valid for a while.
*/
class token_service {
public:
    /// Issues a new token; the previous one stays valid a little longer.
    auth::token_grant issue(const moment& m) { return replace(plain_, m.rules.token_overlap, m); }

    /// Returns the stable token; issues a new one shortly before it expires.
    auth::token_grant stable(const moment& m) {
        const auto* current = stable_ ? &issued_[*stable_] : nullptr;
        const bool fresh = current && m.now < current->end - m.rules.token_overlap;
        return fresh ? grant(*current, m) : replace(stable_, m.rules.token_overlap, m);
    }

    /// Issues a new stable token now. Errors: 45009 (daily quota exhausted), 45011 (too soon after the last).
    result<auth::token_grant> forced(const moment& m) {
        if (last_forced_ && m.now < *last_forced_ + m.rules.forced_token_pause) return refuse(45011);
        auto today = forced_today_;
        if (!today.take(m.rules.forced_tokens_a_day, beijing_day(m.now))) return refuse(45009);
        auto granted = replace(stable_, {}, m);
        forced_today_ = today;
        last_forced_ = m.now;
        return granted;
    }

    /// Status of a token at this time: 0 (valid), 40001 (superseded), 42001 (expired) or 40014 (unknown).
    [[nodiscard]] int fault_of(std::string_view text, wall_time now) const noexcept {
        const auto* token = find(text);
        if (!token) return 40014;
        if (now < token->end) return 0;
        return token->superseded ? 40001 : 42001;
    }

    /// Makes a token expire now.
    void expire(std::string_view text, wall_time now) noexcept {
        for (auto& token : issued_) {
            if (token.text.reveal() != text) continue;
            token.end = std::min(token.end, now);
            token.superseded = false;
        }
    }

    /// All issued tokens, oldest first.
    [[nodiscard]] const std::vector<issued_token>& issued() const noexcept { return issued_; }

private:
    static constexpr std::size_t token_size = 150;  // real ones are at least as long

    [[nodiscard]] const issued_token* find(std::string_view text) const noexcept {
        for (const auto& token : issued_)
            if (token.text.reveal() == text) return &token;
        return nullptr;
    }

    // All that needs memory is made before anything changes.
    auth::token_grant replace(std::optional<std::size_t>& current, std::chrono::seconds overlap,
                              const moment& m) {
        issued_token made{secret(m.ids.text(token_size)), m.now + m.rules.token_life};
        auto granted = grant(made, m);
        issued_.push_back(std::move(made));
        if (current) {
            auto& former = issued_[*current];
            former.superseded = former.end > m.now + overlap;
            former.end = std::min(former.end, m.now + overlap);
        }
        current = issued_.size() - 1;
        return granted;
    }

    static auth::token_grant grant(const issued_token& token, const moment& m) {
        return {token.text, std::chrono::floor<std::chrono::seconds>(token.end - m.now)};
    }

    std::vector<issued_token> issued_;
    std::optional<std::size_t> plain_;
    std::optional<std::size_t> stable_;
    std::optional<wall_time> last_forced_;
    allowance forced_today_;
};

}  // namespace wxmp::inline v0_1::testing

#endif
