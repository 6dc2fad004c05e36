// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TESTING_PLATFORM_NEWS_COLLECTION_HPP
#define WXMP_TESTING_PLATFORM_NEWS_COLLECTION_HPP

#include <wxmp/api/stored_article.hpp>
#include <wxmp/testing/platform/articles.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wxmp::inline v0_1::testing {

/// One to eight articles under one id.
struct kept_news {
    std::string media_id;    ///< its id
    stored_news content;     ///< the stored articles, and when
    wall_time away_until{};  ///< hidden before this time
};

/// Removes the content of its articles, as `no_content` requests.
inline stored_news without_text(stored_news news) {
    for (auto& a : news.news_item) a.content.reset();
    return news;
}

/// Stores news by id: the common part of permanent news and drafts.
class news_collection {
public:
    /// Adds an entry. Errors: 44003 (no article), 45008 (too many), and those of @ref fault_of_article.
    result<std::string> add(const std::vector<article>& articles, const article_assets& with,
                            const moment& m) {
        if (articles.empty()) return refuse(44003);
        if (articles.size() > m.rules.limits.articles) return refuse(45008);
        for (const auto& a : articles)
            if (const auto fault = fault_of_article(a, with, m)) return *fault;
        kept_news added{m.ids.text(43), {{}, to_seconds(m.now), {}}, {}};
        for (const auto& a : articles)
            added.content.news_item.push_back(
                stored(a, with, m, articles.size(), added.content.news_item.size()));
        added.content.update_time = added.content.create_time;
        auto media_id = added.media_id;
        all_.push_back(std::move(added));
        return media_id;
    }

    /// Replaces one article. Errors: 40007, 40114 (index), and those of @ref fault_of_article.
    result<void> update(std::string_view media_id, index_from_0 index, const article& a,
                        const article_assets& with, const moment& m) {
        auto* found = find(media_id, m.now);
        if (!found) return refuse(40007);
        auto& articles = found->content.news_item;
        if (index.value >= articles.size()) return refuse(40114, "index");
        if (const auto fault = fault_of_article(a, with, m)) return *fault;
        articles[index.value] = stored(a, with, m, articles.size(), index.value);
        found->content.update_time = to_seconds(m.now);
        return {};
    }

    /// Deletes an entry. False if there is none with this id.
    bool remove(std::string_view media_id, wall_time now) {
        const auto* found = find(media_id, now);
        if (!found) return false;
        all_.erase(all_.begin() + (found - all_.data()));
        return true;
    }

    /// Hides an entry until this time.
    void hide(std::string_view media_id, wall_time until) noexcept {
        for (auto& n : all_)
            if (n.media_id == media_id) n.away_until = until;
    }

    /// The entry with this id, or null.
    [[nodiscard]] const kept_news* find(std::string_view media_id, wall_time now) const noexcept {
        for (const auto& n : all_)
            if (n.media_id == media_id && now >= n.away_until) return &n;
        return nullptr;
    }

    /// Number of entries, without hidden ones.
    [[nodiscard]] std::uint64_t count(wall_time now) const noexcept {
        std::uint64_t n = 0;
        for (const auto& news : all_) n += now >= news.away_until;
        return n;
    }

    /// All entries, hidden ones included, oldest first.
    [[nodiscard]] const std::vector<kept_news>& all() const noexcept { return all_; }

private:
    kept_news* find(std::string_view media_id, wall_time now) noexcept {
        return const_cast<kept_news*>(std::as_const(*this).find(media_id, now));
    }

    static stored_article stored(const article& a, const article_assets& with, const moment& m,
                                 std::size_t of, std::size_t position) {
        stored_article out{kept_article(a, with, of == 1 ? m.rules.draft_digest_characters : 0),
                           make_page_url(m.ids, position + 1),
                           {},
                           {}};
        const auto* cover = with.media.find(a.thumb_media_id.value_or(""));
        if (cover && !cover->url.empty()) out.thumb_url = cover->url;
        return out;
    }

    std::vector<kept_news> all_;
};

}  // namespace wxmp::inline v0_1::testing

#endif
