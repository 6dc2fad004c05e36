// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TESTING_PLATFORM_PUBLISHING_HPP
#define WXMP_TESTING_PLATFORM_PUBLISHING_HPP

#include <wxmp/api/publish/delete_.hpp>
#include <wxmp/api/publish/query.hpp>
#include <wxmp/api/publish/submit.hpp>
#include <wxmp/api/publish/update.hpp>
#include <wxmp/api/publish/uploadnews.hpp>
#include <wxmp/testing/platform/articles.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wxmp::inline v0_1::testing {

/// An article of the publishing library.
struct library_article {
    std::string media_id;                 ///< its id
    article text;                         ///< as stored: without scripts and external images, with a digest
    std::string url;                      ///< its URL, once it is public
    std::chrono::sys_seconds created{};   ///< when it was added
    std::uint32_t updates{};              ///< number of updates
    std::optional<wall_time> reviewed{};  ///< when the review ends; nothing before submission
    publish::article_status outcome{};    ///< status from then on
    bool deleted{};                       ///< calls no longer find it

    /// Its status at this time.
    [[nodiscard]] publish::article_status status(wall_time now) const noexcept {
        if (!reviewed) return publish::article_status::not_submitted;
        return now < *reviewed ? publish::article_status::in_review : outcome;
    }

    /// Whether readers can see it at this time.
    [[nodiscard]] bool is_public(wall_time now) const noexcept {
        return !deleted && status(now) == publish::article_status::published;
    }
};

/** The publishing library of an account.

    The code for "abnormal status" and "invalid status" is not documented; 40065 is an assumption.
*/
class publishing {
public:
    /// Adds an article. Errors: 44003, 45008 (not exactly one), and those of @ref fault_of_article.
    result<publish::uploadnews::response> add(const publish::uploadnews& op, const article_assets& with,
                                              const moment& m) {
        if (op.articles.empty()) return refuse(44003);
        if (op.articles.size() > m.rules.limits.articles_in_uploadnews) return refuse(45008);
        if (const auto fault = fault_of_article(op.articles.front(), with, m)) return *fault;
        library_article added{m.ids.text(43), kept(op.articles.front(), with, m), make_page_url(m.ids),
                              to_seconds(m.now)};
        publish::uploadnews::response answer{"news", added.media_id, added.created,
                                             std::vector{publish::uploadnews::entry{0, 1}}};
        articles_.push_back(std::move(added));
        return answer;
    }

    /// Replaces an article. Errors: 40007, 40065 (submitted), 40114 (index), as @ref fault_of_article.
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

    /// Starts the review. Errors: 40007, 40065 (already submitted), 45028 (daily quota exhausted).
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

    /// Deletes an article. Errors: 40007, 40060 (index).
    result<publish::delete_::response> remove(const publish::delete_& op) {
        auto* found = find(op.media_id);
        if (!found) return refuse(40007);
        if (op.index.value > 1) return refuse(40060, "index");
        found->deleted = true;
        return publish::delete_::response{};
    }

    /// Returns the status of an article. Errors: 40007.
    result<publish::query::response> query(const publish::query& op, const moment& m) {
        const auto* found = find(op.media_id);
        if (!found) return refuse(40007);
        return publish::query::response{found->status(m.now),
                                        found->is_public(m.now) ? std::optional(found->url) : std::nullopt};
    }

    /// All articles, deleted ones included, oldest first.
    [[nodiscard]] const std::vector<library_article>& articles() const noexcept { return articles_; }

    /// The article with this id, even a deleted one; or null.
    [[nodiscard]] const library_article* find_article(std::string_view media_id) const noexcept {
        for (const auto& a : articles_)
            if (a.media_id == media_id) return &a;
        return nullptr;
    }

    /// The article at this URL with its media; nothing unless it is public at this time.
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

}  // namespace wxmp::inline v0_1::testing

#endif
