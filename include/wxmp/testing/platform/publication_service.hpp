// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TESTING_PLATFORM_PUBLICATION_SERVICE_HPP
#define WXMP_TESTING_PLATFORM_PUBLICATION_SERVICE_HPP

#include <wxmp/api/freepublish/batchget.hpp>
#include <wxmp/api/freepublish/delete_.hpp>
#include <wxmp/api/freepublish/get.hpp>
#include <wxmp/api/freepublish/getarticle.hpp>
#include <wxmp/api/freepublish/submit.hpp>
#include <wxmp/testing/platform/comment_service.hpp>
#include <wxmp/testing/platform/draft_store.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wxmp::inline v0_1::testing {

/// A draft submitted for publication.
struct publication {
    using outcome_type = freepublish::publication_status;  ///< what becomes of it

    std::string publish_id;           ///< id of the attempt
    std::string article_id;           ///< id of the published articles
    std::uint64_t msg_data_id{};      ///< for the calls on comments
    stored_news content;              ///< the articles, deleted ones marked as such
    wall_time ended;                  ///< when the outcome takes effect
    outcome_type outcome{};           ///< status from then on
    std::vector<index_from_1> fails;  ///< rejected articles

    /// Its status at this time.
    [[nodiscard]] outcome_type status(wall_time now) const noexcept {
        return now < ended ? outcome_type::in_progress : outcome;
    }

    /// Whether readers can see any of it at this time.
    [[nodiscard]] bool is_public(wall_time now) const noexcept {
        return status(now) == outcome_type::published;
    }

    /// Whether it is or was public at this time.
    [[nodiscard]] bool was_public(wall_time now) const noexcept {
        using enum freepublish::publication_status;
        const auto s = status(now);
        return s == published || s == deleted_by_owner || s == removed_by_platform;
    }
};

/** The publications of an account.

    Assumptions where the documentation is silent: a draft leaves the drafts when it is submitted, and returns
    if it is not published; a deleted article keeps its position, so that the others keep their numbers; a
    publication is listed until all of it is deleted.
*/
class publication_service {
public:
    /// Starts a publication. Errors: 40007 (no such draft).
    result<freepublish::submit::response> submit(const freepublish::submit& op, draft_store& drafts,
                                                 comment_service& comments, const moment& m) {
        const auto* draft = drafts.find(op.media_id, m.now);
        if (!draft) return refuse(40007);
        auto p = begin(*draft, m);
        freepublish::submit::response answer{p.publish_id, p.msg_data_id};
        const bool passes = p.outcome == publication::outcome_type::published;
        const auto away_until = passes ? wall_time::max() : p.ended;
        make_room();
        if (passes) comments.add_message(p.msg_data_id, open_to_comments(p), p.ended);
        all_.push_back(std::move(p));
        drafts.hide(op.media_id, away_until);
        return answer;
    }

    /// Returns the status of a publication. Errors: 53502.
    result<freepublish::get::response> get(const freepublish::get& op, const moment& m) const {
        for (const auto& p : all_)
            if (p.publish_id == op.publish_id.text) return state_of(p, m.now);
        return refuse(53502);
    }

    /// Returns the articles, deleted ones included. Errors: 53600.
    result<freepublish::getarticle::response> get(const freepublish::getarticle& op, const moment& m) const {
        const auto* found = find(op.article_id.text, m.now);
        if (!found) return refuse(53600);
        return found->content;
    }

    /// Deletes one published article, or all of them. Errors: 40060 (index), 53600 (also a deleted article).
    result<freepublish::delete_::response> remove(const freepublish::delete_& op, comment_service& comments,
                                                  const moment& m) {
        auto* found = const_cast<publication*>(find(op.article_id.text, m.now));
        if (!found || !found->is_public(m.now)) return refuse(53600);
        const auto index = op.index.value_or(index_from_1{}).value;
        const auto& articles = found->content.news_item;
        if (index > articles.size()) return refuse(40060, "index");
        if (index != 0 && articles[index - 1].is_deleted == true) return refuse(53600);
        remove(*found, index, comments, publication::outcome_type::deleted_by_owner);
        return freepublish::delete_::response{};
    }

    /// Removes a publication on behalf of the platform. False if there is no such public one.
    bool take_down(std::string_view article_id, comment_service& comments, wall_time now) {
        auto* found = const_cast<publication*>(find(article_id, now));
        if (!found || !found->is_public(now)) return false;
        remove(*found, 0, comments, publication::outcome_type::removed_by_platform);
        return true;
    }

    /// Lists the publications. Errors: 45076 (count).
    result<freepublish::batchget::response> list(const freepublish::batchget& op, const moment& m) const {
        const bool text = !op.no_content.value_or(false);
        return page_of(
            op, all_, m, [&](const publication& p) { return p.is_public(m.now); },
            [&](const publication& p) {
                return freepublish::batchget::entry{p.article_id, text ? p.content : without_text(p.content),
                                                    p.content.update_time};
            });
    }

    /// All publications, failed ones included, oldest first.
    [[nodiscard]] const std::vector<publication>& all() const noexcept { return all_; }

    /// The article at this URL with its media; nothing unless it is public at this time.
    [[nodiscard]] std::optional<published_page> find_page(std::string_view url, const article_assets& with,
                                                          wall_time now) const {
        for (const auto& p : all_)
            for (const auto& a : p.content.news_item)
                if (a.url == url && p.is_public(now) && a.is_deleted == false) return make_page(a, with);
        return std::nullopt;
    }

private:
    // For one more, so that nothing is left undone for lack of memory once the comments are open.
    void make_room() {
        if (all_.size() == all_.capacity()) all_.reserve(2 * all_.size() + 1);
    }

    const publication* find(std::string_view article_id, wall_time now) const noexcept {
        for (const auto& p : all_)
            if (p.article_id == article_id && p.was_public(now)) return &p;
        return nullptr;
    }

    static publication begin(const kept_news& draft, const moment& m) {
        publication p{m.ids.text(16, id_source::digits),
                      m.ids.text(64),
                      2'650'000'000 + m.ids.number() % 1'000'000'000,
                      draft.content,
                      m.now + m.rules.publication,
                      {},
                      {}};
        review(p, m.rules);
        for (std::size_t i = 0; i != p.content.news_item.size(); ++i) {
            p.content.news_item[i].url = make_page_url(m.ids, i + 1);
            p.content.news_item[i].is_deleted = false;
        }
        p.content.update_time = to_seconds(p.ended);
        return p;
    }

    // The first mark found in any title decides the outcome.
    static void review(publication& p, const platform_rules& rules) {
        using enum freepublish::publication_status;
        const std::pair<const std::string&, publication::outcome_type> marks[] = {
            {rules.originality_fails, not_original},
            {rules.publication_fails, failed},
            {rules.review_refuses, refused}};
        for (const auto& [mark, outcome] : marks) {
            for (std::size_t i = 0; i != p.content.news_item.size(); ++i)
                if (!mark.empty() && p.content.news_item[i].title.find(mark) != std::string::npos)
                    p.fails.push_back({static_cast<std::uint32_t>(i + 1)});
            if (p.fails.empty()) continue;
            p.outcome = outcome;
            return;
        }
    }

    static std::vector<commented_article> open_to_comments(const publication& p) {
        std::vector<commented_article> all;
        all.reserve(p.content.news_item.size());
        for (const auto& a : p.content.news_item)
            all.push_back({a.need_open_comment.value_or(false), a.only_fans_can_comment.value_or(false)});
        return all;
    }

    static freepublish::get::response state_of(const publication& p, wall_time now) {
        freepublish::get::response r{p.publish_id, p.status(now), {}, {}, {}};
        if (now < p.ended) return r;
        if (!p.fails.empty()) r.fail_idx = p.fails;
        if (!p.is_public(now)) return r;
        r.article_id = p.article_id;
        auto& detail = r.article_detail.emplace();
        for (std::uint32_t idx = 0; const auto& a : p.content.news_item)
            if (++idx; a.is_deleted == false) detail.item.push_back({index_from_1{idx}, *a.url});
        detail.count = static_cast<std::uint32_t>(detail.item.size());
        return r;
    }

    // `index` counts from 1; 0: all of it.
    static void remove(publication& p, std::uint32_t index, comment_service& comments,
                       publication::outcome_type if_all) {
        auto& articles = p.content.news_item;
        for (std::uint32_t i = 0; i != articles.size(); ++i) {
            if (index != 0 && index != i + 1) continue;
            articles[i].is_deleted = true;
            if (auto* commented = comments.find({p.msg_data_id, i})) commented->gone = true;
        }
        const auto is_deleted = [](const stored_article& a) { return a.is_deleted == true; };
        if (std::all_of(articles.begin(), articles.end(), is_deleted)) p.outcome = if_all;
    }

    std::vector<publication> all_;
};

}  // namespace wxmp::inline v0_1::testing

#endif
