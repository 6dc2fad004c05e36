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

namespace wxmp::testing {

/// How a @ref platform behaves, where the service has a number of its own or where its documents are silent.
struct platform_rules {
    std::uint64_t seed = 1;  ///< of all ids and tokens: the same calls give the same answers
    wxmp::limits limits{};   ///< what is refused

    std::chrono::seconds token_life{7'200};  ///< of an access token
    std::chrono::seconds token_overlap{
        300};  ///< how long a superseded one stays valid; renewal comes as early
    std::uint32_t forced_tokens_a_day = 20;       ///< `force_refresh` of stable_token
    std::chrono::seconds forced_token_pause{30};  ///< between two of these

    std::uint64_t calls_a_day = 1'000'000;  ///< of one path by one account, Beijing time
    std::map<std::string, std::uint64_t, std::less<>>
        calls_a_day_of{};  ///< by path, where it is another number

    std::uint64_t stored_images = 100'000;      ///< permanent images of an account
    std::uint64_t stored_news = 5'000;          ///< permanent news of an account
    std::uint64_t stored_others = 1'000;        ///< permanent materials of each other kind
    std::chrono::hours temporary_life{3 * 24};  ///< of a temporary medium
    bool nameless_materials = false;  ///< get_material's files are `text/plain` without Content-Disposition
    bool news_is_retired = false;     ///< add_news and update_news answer 45106, as to accounts since 2022

    bool drafts_are_on = true;                         ///< else they answer 48001 until `draft/switch`
    std::uint64_t draft_digest_characters = 54;        ///< of the text, where the only article has no digest
    std::chrono::milliseconds publication{30'000};     ///< from freepublish/submit to its outcome
    std::string originality_fails = "[not original]";  ///< in an article's title: status 2 of a publication
    std::string publication_fails = "[fails]";         ///< status 3; @ref review_refuses: status 4

    std::uint64_t elected_comments = 100;  ///< featured ones of an article
    std::uint64_t reply_characters = 600;  ///< of a reply to a comment; not documented

    std::uint64_t quota_clearings_a_month = 10;  ///< by all ways together, Beijing time
    std::size_t remembered_exchanges = 100;      ///< failed ones that rid/get knows, the latest
    std::chrono::hours exchange_memory{7 * 24};  ///< for so long

    std::chrono::milliseconds video_check{10'000};          ///< after save_video, until the review has ended
    std::chrono::milliseconds video_transcoding{20'000};    ///< after that, until the video has passed
    std::string check_fails = "[check fails]";              ///< in a video's title: it fails the review
    std::string transcoding_fails = "[transcoding fails]";  ///< in a video's title: it fails after the review
    bool refuse_repeated_blocks = false;  ///< a block sent again, or finishing again, is an error
    bool keep_video_bytes = true;         ///< false: a block is forgotten once it is hashed

    std::chrono::milliseconds review{60'000};      ///< of an article, after submit
    std::string review_refuses = "[refuse]";       ///< in an article's title: it is not published
    std::uint64_t articles_a_day = 200;            ///< submitted by one account, Beijing time
    std::uint64_t default_digest_characters = 64;  ///< of the text, where an article has no digest
};

/// Makes ids that look random and are the same for the same seed. A value.
class id_source {
public:
    static constexpr std::string_view hex = "0123456789abcdef";  ///< for @ref text
    static constexpr std::string_view digits = "0123456789";     ///< for @ref text
    static constexpr std::string_view url_safe =                 ///< for @ref text
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    /// Starts a sequence of its own for each seed.
    explicit id_source(std::uint64_t seed) noexcept : state_(seed) {}

    /// The next number (SplitMix64).
    std::uint64_t number() noexcept {
        auto n = state_ += 0x9e37'79b9'7f4a'7c15;
        n = (n ^ (n >> 30)) * 0xbf58'476d'1ce4'e5b9;
        n = (n ^ (n >> 27)) * 0x94d0'49bb'1331'11eb;
        return n ^ (n >> 31);
    }

    /// The next text of `size` characters, never with one that a URL or a shell could take for its own first.
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

/// What every part of a platform needs to know during one call.
struct moment {
    const platform_rules& rules;  ///< how to behave
    id_source& ids;               ///< for what is made
    wall_time now;                ///< the time of the call
};

/// The day in Beijing, counted from 1970-01-01: when the allowances of a day begin anew.
inline std::int64_t beijing_day(wall_time now) noexcept {
    using namespace std::chrono;
    return floor<days>(now.time_since_epoch() + hours(8)).count();
}

/// Seconds since 1970-01-01 00:00 UTC.
inline std::int64_t unix_time(wall_time now) noexcept {
    return std::chrono::floor<std::chrono::seconds>(now.time_since_epoch()).count();
}

/// The month in Beijing, counted from the year 0.
inline std::int64_t beijing_month(wall_time now) noexcept {
    using namespace std::chrono;
    const year_month_day date(floor<days>(now + hours(8)));
    return std::int64_t{int(date.year())} * 12 + unsigned(date.month());
}

/// Counts what may be done so many times in a period, as a day or a month. Periods have ascending numbers.
class allowance {
public:
    /// Notes one more; false, and nothing noted, if there were `most` in this period.
    bool take(std::uint64_t most, std::int64_t period) noexcept {
        const auto before = used(period);
        if (before >= most) return false;
        count_ = before + 1;
        period_ = period;
        return true;
    }

    /// How many there were in this period.
    [[nodiscard]] std::uint64_t used(std::int64_t period) const noexcept {
        return period_ == period ? count_ : 0;
    }

private:
    std::int64_t period_{};
    std::uint64_t count_{};
};

/// The error with this return code, in the words of the catalogue; `hint` says more about the place.
inline error refuse(int code, std::string_view hint = {}) {
    const auto* known = find_known_error(code);
    std::string words(!known ? "error" : known->name.empty() ? known->meaning : known->name);
    if (!hint.empty()) words += " hint: [" + std::string(hint) + ']';
    return error::from_api(code, std::move(words));
}

}  // namespace wxmp::testing

#endif
