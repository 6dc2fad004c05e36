// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TESTING_PLATFORM_EXCHANGE_LOG_HPP
#define WXMP_TESTING_PLATFORM_EXCHANGE_LOG_HPP

#include <wxmp/api/openapi/rid_get.hpp>
#include <wxmp/codec/utf8.hpp>
#include <wxmp/data/http.hpp>
#include <wxmp/testing/platform/rules.hpp>

#include <cstddef>
#include <deque>
#include <string>
#include <string_view>
#include <utility>

namespace wxmp::inline v0_1::testing {

/// A failed exchange. Its content includes the access token, perhaps more secrets.
struct logged_exchange {
    std::string rid;                     ///< its id
    std::string appid;                   ///< owner of its token; empty if it had none
    wall_time when;                      ///< time of the response
    openapi::rid_get::exchange request;  ///< what rid/get returns
};

/// The latest failed exchanges of all accounts.
class exchange_log {
public:
    /// Adds one. Of a request body that is not UTF-8 or larger than 4 KiB, only the size is kept.
    void add(std::string rid, std::string appid, const http::request& r, std::string_view answer,
             wall_time now, const platform_rules& rules) {
        openapi::rid_get::exchange e{to_seconds(now),         std::chrono::milliseconds(), secret(url_of(r)),
                                     secret(text_of(r.body)), secret(std::string(answer)), "127.0.0.1"};
        log_.push_back({std::move(rid), std::move(appid), now, std::move(e)});
        while (log_.size() > rules.remembered_exchanges) log_.pop_front();
    }

    /// Finds one by rid. Errors: 76001 (unknown), 76002 (no rid), 76003 (another account's), 76004 (too old).
    [[nodiscard]] result<openapi::rid_get::exchange> find(std::string_view rid, std::string_view appid,
                                                          const moment& m) const {
        if (rid.empty()) return refuse(76002);
        for (const auto& e : log_) {
            if (e.rid != rid) continue;
            if (e.appid != appid) return refuse(76003);
            if (m.now > e.when + m.rules.exchange_memory) return refuse(76004);
            return e.request;
        }
        return refuse(76001);
    }

    /// All logged exchanges, oldest first.
    [[nodiscard]] const std::deque<logged_exchange>& all() const noexcept { return log_; }

private:
    static std::string url_of(const http::request& r) {
        const std::string host = r.host.empty() ? "https://api.weixin.qq.com" : r.scheme + "://" + r.host;
        const auto url = host + std::string(r.target.reveal());
        return is_utf8(url) ? url : host;
    }

    static std::string text_of(const http::body& b) {
        constexpr std::size_t most = 4096;
        if (b.size() > most) return '(' + std::to_string(b.size()) + " bytes)";
        auto text = b.text();
        return is_utf8(text) ? text : '(' + std::to_string(b.size()) + " bytes)";
    }

    std::deque<logged_exchange> log_;
};

}  // namespace wxmp::inline v0_1::testing

#endif
