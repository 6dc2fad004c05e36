// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TESTING_PLATFORM_RULES_HPP
#define WXMP_TESTING_PLATFORM_RULES_HPP

#include <wxmp/data/limits.hpp>
#include <wxmp/error/error.hpp>
#include <wxmp/flow/flow.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>

namespace wxmp::inline v0_1::testing {

/// Settings of a @ref platform: the service's numbers, and behaviour that its documentation leaves open.
struct platform_rules {
    std::uint64_t seed = 1;  ///< for ids and tokens: the same calls give the same responses
    wxmp::limits limits{};   ///< requests beyond these are rejected

    std::chrono::seconds token_life{7'200};  ///< of an access token
    /// How long a superseded token stays valid; a stable one is renewed this long before it expires.
    std::chrono::seconds token_overlap{300};
    std::uint32_t forced_tokens_a_day = 20;       ///< `force_refresh` calls of stable_token
    std::chrono::seconds forced_token_pause{30};  ///< minimum time between two of these

    bool errors_repeat_request = false;  ///< `errmsg` repeats what was sent, with all secrets in it

    std::uint64_t calls_a_day = 1'000'000;  ///< quota per path and account; Beijing time
    std::map<std::string, std::uint64_t, std::less<>> calls_a_day_of{};  ///< other quotas, by path

    std::uint64_t stored_images = 100'000;      ///< permanent images of an account
    std::uint64_t stored_news = 5'000;          ///< permanent news of an account
    std::uint64_t stored_others = 1'000;        ///< permanent materials of each other kind
    std::chrono::hours temporary_life{3 * 24};  ///< lifetime of temporary media
    bool nameless_materials = false;  ///< get_material sends `text/plain` without Content-Disposition
    bool news_is_retired = false;     ///< add_news and update_news fail with 45106, as for new accounts

    bool drafts_are_on = true;                         ///< false: 48001 until enabled by `draft/switch`
    std::uint64_t draft_digest_characters = 54;        ///< digest length for a single article without one
    std::chrono::milliseconds publication{30'000};     ///< from freepublish/submit to its outcome
    std::string originality_fails = "[not original]";  ///< in a title: publication ends with status 2
    std::string publication_fails = "[fails]";         ///< with status 3; @ref review_refuses: status 4

    std::uint64_t elected_comments = 100;  ///< featured comments per article
    std::uint64_t reply_characters = 600;  ///< length of a reply to a comment; not documented

    std::uint64_t quota_clearings_a_month = 10;  ///< quota resets per account, by any call; Beijing time
    std::size_t remembered_exchanges = 100;      ///< latest failed ones that rid/get finds
    std::chrono::hours exchange_memory{7 * 24};  ///< for this long

    std::chrono::milliseconds video_check{10'000};          ///< after save_video, until the review has ended
    std::chrono::milliseconds video_transcoding{20'000};    ///< after that, until the video has passed
    std::string check_fails = "[check fails]";              ///< in a video's title: it fails the review
    std::string transcoding_fails = "[transcoding fails]";  ///< in a video's title: it fails transcoding
    bool refuse_repeated_blocks = false;                    ///< a repeated block or upload_finish is an error
    bool keep_video_bytes = true;  ///< false: a block's bytes are dropped once hashed

    std::chrono::milliseconds review{60'000};      ///< of an article, after submit
    std::string review_refuses = "[refuse]";       ///< in an article's title: it is rejected
    std::uint64_t articles_a_day = 200;            ///< submissions per account; Beijing time
    std::uint64_t default_digest_characters = 64;  ///< digest length for a library article without one
};

/// Generates pseudo-random ids, reproducible by seed. A value type. What takes several of them takes one a
/// statement: compilers differ in which operand they evaluate first.
class id_source {
public:
    static constexpr std::string_view hex = "0123456789abcdef";  ///< for @ref text
    static constexpr std::string_view digits = "0123456789";     ///< for @ref text
    static constexpr std::string_view url_safe =                 ///< for @ref text
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    /// Starts the sequence of this seed.
    explicit id_source(std::uint64_t seed) noexcept : state_(seed) {}

    /// The next number (SplitMix64).
    std::uint64_t number() noexcept {
        auto n = state_ += 0x9e37'79b9'7f4a'7c15;
        n = (n ^ (n >> 30)) * 0xbf58'476d'1ce4'e5b9;
        n = (n ^ (n >> 27)) * 0x94d0'49bb'1331'11eb;
        return n ^ (n >> 31);
    }

    /// The next text of `size` characters. It never starts with `-`, `_` or `0`.
    std::string text(std::size_t size, std::string_view alphabet = url_safe) {
        std::string out;
        while (out.size() != size) {
            const char c = alphabet[static_cast<std::size_t>(number() % alphabet.size())];
            if (!out.empty() || (c != '-' && c != '_' && c != '0')) out += c;
        }
        return out;
    }

private:
    std::uint64_t state_;
};

/// What every part of a platform needs during a call. Borrows the rules and the id source.
struct moment {
    const platform_rules& rules;  ///< the settings
    id_source& ids;               ///< for new ids
    wall_time now;                ///< the time of the call
};

/// Days since 1970-01-01 in Beijing time, by which daily quotas reset.
inline std::int64_t beijing_day(wall_time now) noexcept {
    using namespace std::chrono;
    return floor<days>(now.time_since_epoch() + hours(8)).count();
}

/// The time as the wire tells it: in whole seconds.
inline std::chrono::sys_seconds to_seconds(wall_time now) noexcept {
    return std::chrono::floor<std::chrono::seconds>(now);
}

/// Months since the year 0 in Beijing time, by which monthly quotas reset.
inline std::int64_t beijing_month(wall_time now) noexcept {
    using namespace std::chrono;
    const year_month_day date(floor<days>(now + hours(8)));
    return std::int64_t{int(date.year())} * 12 + unsigned(date.month());
}

/// Counts uses against a quota per period, such as a day or a month. Period numbers must ascend.
class allowance {
public:
    /// Counts one more use; false, and does not count it, if there were `most` in this period.
    bool take(std::uint64_t most, std::int64_t period) noexcept {
        const auto before = used(period);
        if (before >= most) return false;
        count_ = before + 1;
        period_ = period;
        return true;
    }

    /// Number of uses in this period.
    [[nodiscard]] std::uint64_t used(std::int64_t period) const noexcept {
        return period_ == period ? count_ : 0;
    }

private:
    std::int64_t period_{};
    std::uint64_t count_{};
};

/// The API error with this return code and the catalogue's text; `hint` adds detail, such as the field.
inline error refuse(int code, std::string_view hint = {}) {
    const auto* known = find_known_error(code);
    std::string words(!known ? "error" : known->name.empty() ? known->meaning : known->name);
    if (!hint.empty()) words += " hint: [" + std::string(hint) + ']';
    return error::from_api(code, std::move(words));
}

}  // namespace wxmp::inline v0_1::testing

#endif
