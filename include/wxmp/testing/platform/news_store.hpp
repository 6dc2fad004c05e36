// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TESTING_PLATFORM_NEWS_STORE_HPP
#define WXMP_TESTING_PLATFORM_NEWS_STORE_HPP

#include <wxmp/api/material/add_news.hpp>
#include <wxmp/api/material/batchget_material.hpp>
#include <wxmp/api/material/update_news.hpp>
#include <wxmp/testing/platform/news_collection.hpp>

#include <cstdint>
#include <string_view>
#include <vector>

namespace wxmp::inline v0_1::testing {

/// The permanent news of an account.
class news_store {
public:
    /// Adds a news material. Errors: 45034 (store is full), 45106 (retired), as @ref news_collection::add.
    result<material::add_news::response> add(const material::add_news& op, const article_assets& with,
                                             const moment& m) {
        if (m.rules.news_is_retired) return refuse(45106);
        if (count() >= m.rules.stored_news) return refuse(45034);
        auto media_id = collection_.add(op.articles, with, m);
        if (!media_id) return media_id.error();
        return material::add_news::response{*std::move(media_id)};
    }

    /// Replaces one article. Errors: 45106 (retired), and those of @ref news_collection::update.
    result<material::update_news::response> update(const material::update_news& op,
                                                   const article_assets& with, const moment& m) {
        if (m.rules.news_is_retired) return refuse(45106);
        const auto done = collection_.update(op.media_id, op.index, op.articles, with, m);
        if (!done) return done.error();
        return material::update_news::response{};
    }

    /// Lists them. Errors: 45076 (count).
    result<material::batchget_material::response> list(const material::batchget_material& op,
                                                       const moment& m) const {
        return page_of(
            op, collection_.all(), m, [](const kept_news&) { return true; },
            [](const kept_news& n) {
                return material::batchget_material::entry{
                    n.media_id, n.content, {}, {}, *n.content.update_time};
            });
    }

    /// Deletes a news material. False if there is none with this id.
    bool remove(std::string_view media_id) { return collection_.remove(media_id, wall_time::max()); }

    /// The news material with this id, or null.
    [[nodiscard]] const kept_news* find(std::string_view media_id) const noexcept {
        return collection_.find(media_id, wall_time::max());
    }

    /// Number of news materials.
    [[nodiscard]] std::uint64_t count() const noexcept { return collection_.all().size(); }

    /// All of them, oldest first.
    [[nodiscard]] const std::vector<kept_news>& all() const noexcept { return collection_.all(); }

private:
    news_collection collection_;
};

}  // namespace wxmp::inline v0_1::testing

#endif
