// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TESTING_PLATFORM_ACCOUNT_HPP
#define WXMP_TESTING_PLATFORM_ACCOUNT_HPP

#include <wxmp/testing/platform/exchange_log.hpp>
#include <wxmp/testing/platform/news_store.hpp>
#include <wxmp/testing/platform/publication_service.hpp>
#include <wxmp/testing/platform/publishing.hpp>
#include <wxmp/testing/platform/quota_service.hpp>
#include <wxmp/testing/platform/temporary_store.hpp>
#include <wxmp/testing/platform/tokens.hpp>

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace wxmp::inline v0_1::testing {

/// The state of one account, with a member for each family of calls.
struct account {
    secret appsecret;                                ///< demanded by the token calls
    token_service tokens;                            ///< auth
    temporary_store temporary;                       ///< media
    media_store media;                               ///< material, media: permanent, except news
    news_store news;                                 ///< material: news
    comment_service comments;                        ///< comment
    draft_store drafts;                              ///< draft
    publication_service publications;                ///< freepublish
    video_store videos;                              ///< upload_video
    publishing library;                              ///< publish
    quota_service quota;                             ///< openapi
    std::set<std::string, std::less<>> forbidden{};  ///< paths that fail with 48001

    /// What its articles may refer to. Valid as long as the account.
    [[nodiscard]] article_assets assets() const noexcept { return {media, videos, comments.allowed()}; }

    /// The article at this URL with its media; nothing unless it is public at this time.
    [[nodiscard]] std::optional<published_page> find_page(std::string_view url, wall_time now) const {
        if (auto page = library.find_page(url, assets(), now)) return page;
        return publications.find_page(url, assets(), now);
    }
};

/// The accounts by appid.
using accounts = std::map<std::string, account, std::less<>>;

/// How far a call has come, to take it back if an exception ends it.
struct call_progress {
    allowance* spent{};  ///< the quota that it was taken from; null: none yet
    allowance before{};  ///< the former value of that
    bool is_done{};      ///< it was carried out: all that may be missing is its response
};

/// Context of one call, with all accounts and the caller's.
struct call_context : moment {
    accounts& all;            ///< every account
    const exchange_log& log;  ///< earlier failures
    call_progress& progress;  ///< of this call
    account* who{};           ///< the caller's, by its token; null for a call without token

    /// Takes one call from the quota of an account; false when it is exhausted.
    bool spend(account& from, std::string_view path) const {
        auto& used = from.quota.used(path);
        progress.before = used;
        progress.spent = &used;
        return from.quota.spend(path, *this);
    }

    /// The account with these credentials. Errors: 40013 (unknown appid), 40125 (wrong secret).
    result<account*> find_account(std::string_view appid, const secret& appsecret) const {
        const auto found = all.find(appid);
        if (found == all.end()) return refuse(40013);
        if (found->second.appsecret != appsecret) return refuse(40125);
        return &found->second;
    }

    /// The same, and takes one call from its quota. Errors: also 45009 (quota exhausted).
    result<account*> sign_in(std::string_view appid, const secret& appsecret, std::string_view path) const {
        auto found = find_account(appid, appsecret);
        if (found && !spend(**found, path)) return refuse(45009);
        return found;
    }

    /// The account that this token belongs to. Errors: see @ref token_service::fault_of.
    result<account*> owner_of(std::string_view access_token) const {
        int fault = 40014;
        for (auto& [appid, a] : all) {
            const int code = a.tokens.fault_of(access_token, now);
            if (code == 0) return &a;
            if (code != 40014) fault = code;
        }
        return refuse(fault);
    }
};

/// The appid that this token was issued to, even if it has expired; or empty.
inline std::string appid_of(const accounts& all, std::string_view access_token, wall_time now) {
    for (const auto& [appid, a] : all)
        if (a.tokens.fault_of(access_token, now) != 40014) return appid;
    return {};
}

}  // namespace wxmp::inline v0_1::testing

#endif
