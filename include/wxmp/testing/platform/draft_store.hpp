// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TESTING_PLATFORM_DRAFT_STORE_HPP
#define WXMP_TESTING_PLATFORM_DRAFT_STORE_HPP

#include <wxmp/api/draft/add.hpp>
#include <wxmp/api/draft/batchget.hpp>
#include <wxmp/api/draft/count.hpp>
#include <wxmp/api/draft/delete_.hpp>
#include <wxmp/api/draft/get.hpp>
#include <wxmp/api/draft/switch_.hpp>
#include <wxmp/api/draft/update.hpp>
#include <wxmp/testing/platform/news_collection.hpp>

#include <string_view>
#include <vector>

namespace wxmp::inline v0_1::testing {

/// The drafts of an account. The code for an account without drafts enabled is not documented; 48001 is an
/// assumption.
class draft_store {
public:
    /// Adds a draft. Errors: as @ref news_collection::add.
    result<draft::add::response> add(const draft::add& op, const article_assets& with, const moment& m) {
        auto media_id = collection_.add(op.articles, with, m);
        if (!media_id) return media_id.error();
        return draft::add::response{*std::move(media_id)};
    }

    /// Returns a draft. Errors: 40007.
    result<draft::get::response> get(const draft::get& op, const moment& m) const {
        const auto* found = collection_.find(op.media_id, m.now);
        if (!found) return refuse(40007);
        return found->content;
    }

    /// Replaces one article. Errors: as @ref news_collection::update.
    result<draft::update::response> update(const draft::update& op, const article_assets& with,
                                           const moment& m) {
        const auto done = collection_.update(op.media_id, op.index, op.articles, with, m);
        if (!done) return done.error();
        return draft::update::response{};
    }

    /// Deletes a draft. Errors: 40007.
    result<draft::delete_::response> remove(const draft::delete_& op, const moment& m) {
        if (!collection_.remove(op.media_id, m.now)) return refuse(40007);
        return draft::delete_::response{};
    }

    /// Counts the drafts.
    result<draft::count::response> count(const draft::count&, const moment& m) const {
        return draft::count::response{collection_.count(m.now)};
    }

    /// Lists the drafts. Errors: 45076 (count).
    result<draft::batchget::response> list(const draft::batchget& op, const moment& m) const {
        const bool text = !op.no_content.value_or(false);
        return page_of(
            op, collection_.all(), m, [&](const kept_news& n) { return m.now >= n.away_until; },
            [&](const kept_news& n) {
                return draft::batchget::entry{n.media_id, text ? n.content : without_text(n.content),
                                              *n.content.update_time};
            });
    }

    /// Enables drafts, or only reports whether they are enabled.
    result<draft::switch_::response> turn_on(const draft::switch_& op, const moment& m) {
        if (!op.checkonly.value_or(false)) turned_on_ = true;
        return draft::switch_::response{is_on(m)};
    }

    /// Whether the draft and freepublish calls are enabled.
    [[nodiscard]] bool is_on(const moment& m) const noexcept { return turned_on_ || m.rules.drafts_are_on; }

    /// The draft with this id, or null.
    [[nodiscard]] const kept_news* find(std::string_view media_id, wall_time now) const noexcept {
        return collection_.find(media_id, now);
    }

    /// Hides a draft until this time, while it is being published.
    void hide(std::string_view media_id, wall_time until) noexcept { collection_.hide(media_id, until); }

    /// All drafts, published ones included, oldest first.
    [[nodiscard]] const std::vector<kept_news>& all() const noexcept { return collection_.all(); }

private:
    news_collection collection_;
    bool turned_on_{};
};

}  // namespace wxmp::inline v0_1::testing

#endif
