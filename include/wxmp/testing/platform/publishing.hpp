// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TESTING_PLATFORM_PUBLISHING_HPP
#define WXMP_TESTING_PLATFORM_PUBLISHING_HPP

#include <wxmp/api/publish/delete_.hpp>
#include <wxmp/api/publish/query.hpp>
#include <wxmp/api/publish/submit.hpp>
#include <wxmp/api/publish/update.hpp>
#include <wxmp/api/publish/uploadnews.hpp>
#include <wxmp/testing/platform/articles.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wxmp::testing {

/// An article of the publishing library.
struct library_article {
    std::string media_id;                 ///< its name
    article text;                         ///< as kept: without scripts and foreign pictures, with a digest
    std::string url;                      ///< its address, once it is public
    unix_seconds created{};               ///< when it was added
    std::uint32_t updates{};              ///< how often it was changed
    std::optional<wall_time> reviewed{};  ///< when the review ends; nothing before it is submitted
    publish::article_status outcome{};    ///< from then on
    bool deleted{};                       ///< no call finds it any more

    /// Where it stands at this time.
    [[nodiscard]] publish::article_status status(wall_time now) const noexcept {
        if (!reviewed) return publish::article_status::not_submitted;
        return now < *reviewed ? publish::article_status::in_review : outcome;
    }

    /// Whether its readers see it at this time.
    [[nodiscard]] bool is_public(wall_time now) const noexcept {
        return !deleted && status(now) == publish::article_status::published;
    }
};

/** The publishing library of an account.

    Which code goes with "abnormal status" and "invalid status" is not documented; 40065 is a choice.
*/
class publishing {
public:
    /** Keeps an article. 44003, 45008 (not exactly one), 40062, 45003 (title), 45004 (digest), 40007 (cover),
        44004, 45002 (content), 40218, 48014 (a video that is unknown or has not passed), 88000 (comments).
    */
    result<publish::uploadnews::response> add(const publish::uploadnews& op, const article_assets& with,
                                              const moment& m) {
        if (op.articles.empty()) return refuse(44003);
        if (op.articles.size() > m.rules.limits.articles_in_uploadnews) return refuse(45008);
        if (const auto fault = fault_of_article(op.articles.front(), with, m)) return *fault;
        articles_.push_back(
            {m.ids.text(43), kept(op.articles.front(), with, m), make_page_url(m.ids), {unix_time(m.now)}});
        return publish::uploadnews::response{
            "news", articles_.back().media_id, articles_.back().created, {{0, 1}}};
    }

    /// Changes an article. 40007, 40065 (submitted), 40114 (index), and those of @ref add.
    result<publish::update::response> update(const publish::update& op, const article_assets& with,
                                             const moment& m) {
        auto* found = find(op.media_id);
        if (!found) return refuse(40007);
        if (found->reviewed) return error::from_api(40065, std::string(publish::update::submitted_before));
        if (op.index.value != 1) return refuse(40114, "index");
        if (const auto fault = fault_of_article(op.articles, with, m)) return *fault;
        found->text = kept(op.articles, with, m);
        ++found->updates;
        return publish::update::response{};
    }

    /// Begins the review. 40007, 40065 (submitted before), 45028 (too many today).
    result<publish::submit::response> submit(const publish::submit& op, const moment& m) {
        auto* found = find(op.media_id);
        if (!found) return refuse(40007);
        if (found->reviewed) return error::from_api(40065, std::string(publish::submit::submitted_before));
        if (!submitted_today_.take(m.rules.articles_a_day, beijing_day(m.now))) return refuse(45028);
        const auto& mark = m.rules.review_refuses;
        const bool refused = !mark.empty() && found->text.title.find(mark) != std::string::npos;
        found->reviewed = m.now + m.rules.review;
        found->outcome = refused ? publish::article_status::refused : publish::article_status::published;
        return publish::submit::response{};
    }

    /// Takes an article away. 40007, 40060 (index).
    result<publish::delete_::response> remove(const publish::delete_& op) {
        auto* found = find(op.media_id);
        if (!found) return refuse(40007);
        if (op.index.value > 1) return refuse(40060, "index");
        found->deleted = true;
        return publish::delete_::response{};
    }

    /// Tells where an article stands. 40007.
    result<publish::query::response> query(const publish::query& op, const moment& m) {
        const auto* found = find(op.media_id);
        if (!found) return refuse(40007);
        return publish::query::response{found->status(m.now),
                                        found->is_public(m.now) ? std::optional(found->url) : std::nullopt};
    }

    /// All articles, deleted ones included, oldest first.
    [[nodiscard]] const std::vector<library_article>& articles() const noexcept { return articles_; }

    /// The article of this name, even a deleted one; or null.
    [[nodiscard]] const library_article* find_article(std::string_view media_id) const noexcept {
        for (const auto& a : articles_)
            if (a.media_id == media_id) return &a;
        return nullptr;
    }

    /// The page at this address, with all that is in it; nothing unless it is public at this time.
    [[nodiscard]] std::optional<published_page> find_page(std::string_view url, const article_assets& with,
                                                          wall_time now) const {
        for (const auto& a : articles_)
            if (a.url == url && a.is_public(now)) return make_page(a.text, with);
        return std::nullopt;
    }

private:
    library_article* find(std::string_view media_id) noexcept {
        auto* found = const_cast<library_article*>(find_article(media_id));
        return found && !found->deleted ? found : nullptr;
    }

    static article kept(const article& a, const article_assets& with, const moment& m) {
        return kept_article(a, with, m.rules.default_digest_characters);
    }

    std::vector<library_article> articles_;
    allowance submitted_today_;
};

}  // namespace wxmp::testing

#endif
