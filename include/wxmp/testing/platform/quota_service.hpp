// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TESTING_PLATFORM_QUOTA_SERVICE_HPP
#define WXMP_TESTING_PLATFORM_QUOTA_SERVICE_HPP

#include <wxmp/api/openapi/quota_get.hpp>
#include <wxmp/testing/platform/rules.hpp>

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace wxmp::inline v0_1::testing {

/// The daily call quotas of an account.
class quota_service {
public:
    /// Takes one call from today's quota of this path; false when it is exhausted.
    bool spend(std::string_view path, const moment& m) {
        return used(path).take(most_of(path, m.rules), beijing_day(m.now));
    }

    /// The counter of a path, valid until all are reset.
    allowance& used(std::string_view path) {
        const auto found = today_.find(path);
        return found != today_.end() ? found->second : today_[std::string(path)];
    }

    /// Today's quota of a path: limit, used and remaining calls.
    [[nodiscard]] openapi::day_quota of(std::string_view path, const moment& m) const {
        const auto found = today_.find(path);
        const auto most = static_cast<std::int64_t>(most_of(path, m.rules));
        const auto used = found == today_.end() ? 0 : found->second.used(beijing_day(m.now));
        return {most, static_cast<std::int64_t>(used), most - static_cast<std::int64_t>(used)};
    }

    /// Resets all counters. Errors: 48006 (too often this month).
    result<void> clear(const moment& m) {
        if (!take_clearing(m)) return refuse(48006);
        today_.clear();
        return {};
    }

    /// Resets the counter of one path. Errors: 48006 (too often this month).
    result<void> clear(std::string_view path, const moment& m) {
        if (!take_clearing(m)) return refuse(48006);
        if (const auto found = today_.find(path); found != today_.end()) found->second = {};
        return {};
    }

private:
    bool take_clearing(const moment& m) noexcept {
        return clearings_.take(m.rules.quota_clearings_a_month, beijing_month(m.now));
    }

    static std::uint64_t most_of(std::string_view path, const platform_rules& rules) {
        const auto special = rules.calls_a_day_of.find(path);
        return special == rules.calls_a_day_of.end() ? rules.calls_a_day : special->second;
    }

    std::map<std::string, allowance, std::less<>> today_;
    allowance clearings_;
};

}  // namespace wxmp::inline v0_1::testing

#endif
