// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TESTING_PLATFORM_COMMENT_SERVICE_HPP
#define WXMP_TESTING_PLATFORM_COMMENT_SERVICE_HPP

#include <wxmp/api/comment/close.hpp>
#include <wxmp/api/comment/delete_.hpp>
#include <wxmp/api/comment/list.hpp>
#include <wxmp/api/comment/markelect.hpp>
#include <wxmp/api/comment/open.hpp>
#include <wxmp/api/comment/reply_add.hpp>
#include <wxmp/api/comment/reply_delete.hpp>
#include <wxmp/api/comment/unmarkelect.hpp>
#include <wxmp/testing/platform/paging.hpp>

#include <algorithm>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wxmp::inline v0_1::testing {

/// A comment on an article.
struct stored_comment : comment::list::entry {
    bool deleted{};            ///< by the owner of the account
    bool deleted_by_author{};  ///< by its author
};

/// An article that readers may comment on.
struct commented_article {
    bool open = true;                        ///< whether they may comment now
    bool fans_only{};                        ///< whether only followers may
    bool restricted{};                       ///< because of its content: can be neither opened nor closed
    bool gone{};                             ///< deleted: calls no longer find it
    std::vector<stored_comment> comments{};  ///< deleted ones included, oldest first
};

/// Identifies an article: its message, and its position in it from 0.
struct article_position {
    std::uint64_t msg_data_id{};  ///< of the message
    std::uint32_t index{};        ///< from 0
};

/** The comments on an account's articles, with the actions of readers.

    Comments are numbered from 1 in each article. Closing an article keeps its comments.
*/
class comment_service {
public:
    /// Opens or closes an article to comments. Errors: 88000, 88001, 88002.
    result<void> set_open(article_position at, bool open, const moment& m) {
        const auto found = find_article(at, m);
        if (!found) return found.error();
        if ((*found)->restricted) return refuse(88002);
        (*found)->open = open;
        return {};
    }

    /// Lists comments, newest first. Errors: 88000, 88001, 88010 (count), 40035 (type).
    result<comment::list::response> list(const comment::list& op, const moment& m) {
        const auto found = find_article(location_of(op), m);
        if (!found) return found.error();
        if (op.count == 0 || op.count > m.rules.limits.comment_page_items) return refuse(88010);
        if (op.type > comment::comment_filter::elected) return refuse(40035, "type");
        comment::list::response page;
        page.total = for_page((*found)->comments, op.begin, op.count,
                              [&](const stored_comment& c) { return is_there(c) && matches(c, op.type); },
                              [&](const stored_comment& c) { page.comment.push_back(c); });
        return page;
    }

    /// Features a comment. Errors: 88000, 88001, 88003, 88004 (deleted by its author), 88008 (unknown).
    result<void> elect(const comment::markelect& op, const moment& m) {
        const auto found = find_comment(op, m, 88004);
        if (!found) return found.error();
        auto& flag = (*found)->comment_type;
        if (!flag && elected(location_of(op)) >= m.rules.elected_comments) return refuse(88003);
        flag = true;
        return {};
    }

    /// Reverses @ref elect. Errors: 88000, 88001, 88008.
    result<void> unelect(const comment::unmarkelect& op, const moment& m) {
        const auto found = find_comment(op, m);
        if (!found) return found.error();
        (*found)->comment_type = false;
        return {};
    }

    /// Deletes a comment. Errors: 88000, 88001, 88008.
    result<void> remove(const comment::delete_& op, const moment& m) {
        const auto found = find_comment(op, m);
        if (!found) return found.error();
        (*found)->deleted = true;
        return {};
    }

    /// Replies to a comment. Errors: 88000, 88001, 88005 (has a reply), 88007 (length), 88008.
    result<void> reply(const comment::reply_add& op, const moment& m) {
        const auto found = find_comment(op, m);
        if (!found) return found.error();
        const auto size = count_characters(op.content);
        if ((*found)->reply) return refuse(88005);
        if (size == 0 || size > m.rules.reply_characters) return refuse(88007);
        (*found)->reply.emplace(comment::comment_reply{op.content, to_seconds(m.now)});
        return {};
    }

    /// Deletes the reply. Errors: 87009 (has none), 88000, 88001, 88008.
    result<void> unreply(const comment::reply_delete& op, const moment& m) {
        const auto found = find_comment(op, m);
        if (!found) return found.error();
        if (!(*found)->reply) return refuse(87009);
        (*found)->reply.reset();
        return {};
    }

    /// Whether the account may use comments; true by default.
    [[nodiscard]] bool allowed() const noexcept { return allowed_; }

    /// Grants or revokes that permission.
    void allow(bool yes) noexcept { allowed_ = yes; }

    /// Adds the articles of a message, as if it was mass-sent; they are public from `since` on.
    void add_message(std::uint64_t msg_data_id, std::vector<commented_article> articles,
                     wall_time since = {}) {
        messages_.insert_or_assign(msg_data_id, message{std::move(articles), since});
    }

    /// The article, even one that is deleted or not yet public; or null. A test may modify it.
    [[nodiscard]] commented_article* find(article_position at) noexcept {
        const auto found = messages_.find(at.msg_data_id);
        if (found == messages_.end() || at.index >= found->second.articles.size()) return nullptr;
        return &found->second.articles[at.index];
    }

    /// Adds or removes a follower.
    void follow(std::string openid, bool yes = true) {
        if (yes) followers_.insert(std::move(openid));
        else followers_.erase(openid);
    }

    /** Adds a reader's comment, without `openid` if not made in WeChat.

        @return The comment's id; nothing if the article is not public, closed, or open to followers only.
    */
    std::optional<std::uint64_t> write(article_position at, std::optional<std::string> openid,
                                       std::string content, wall_time now) {
        auto* article = find_public(at, now);
        if (!article || !article->open) return std::nullopt;
        if (article->fans_only && !(openid && followers_.contains(*openid))) return std::nullopt;
        stored_comment c;
        c.user_comment_id = article->comments.size() + 1;
        c.openid = std::move(openid);
        c.create_time = to_seconds(now);
        c.content = std::move(content);
        article->comments.push_back(std::move(c));
        return article->comments.back().user_comment_id;
    }

    /// Deletes a comment on behalf of its author, by default at a time when every message is public. False if
    /// there is no such comment, or its article is not public.
    bool take_back(article_position at, std::uint64_t user_comment_id,
                   wall_time now = wall_time::max()) noexcept {
        auto* article = find_public(at, now);
        auto* found = article ? find_in(*article, user_comment_id) : nullptr;
        if (!found || !is_there(*found)) return false;
        found->deleted_by_author = true;
        return true;
    }

    /// The article that an operation names.
    template <class Op> static article_position location_of(const Op& op) noexcept {
        return {op.msg_data_id, op.index.value_or(index_from_0{}).value};
    }

private:
    struct message {
        std::vector<commented_article> articles;
        wall_time since;
    };

    static bool is_there(const stored_comment& c) noexcept { return !c.deleted && !c.deleted_by_author; }

    static bool matches(const stored_comment& c, comment::comment_filter type) noexcept {
        return type == comment::comment_filter::all ||
               (type == comment::comment_filter::elected) == bool(c.comment_type);
    }

    static stored_comment* find_in(commented_article& article, std::uint64_t id) noexcept {
        return id == 0 || id > article.comments.size() ? nullptr
                                                       : &article.comments[static_cast<std::size_t>(id - 1)];
    }

    std::uint64_t elected(article_position at) {
        const auto& all = find(at)->comments;
        return static_cast<std::uint64_t>(std::count_if(
            all.begin(), all.end(), [](const auto& c) { return is_there(c) && c.comment_type; }));
    }

    // Null for an article that is unknown, deleted or not yet public.
    commented_article* find_public(article_position at, wall_time now) noexcept {
        auto* found = find(at);
        return found && !found->gone && now >= messages_.find(at.msg_data_id)->second.since ? found : nullptr;
    }

    result<commented_article*> find_article(article_position at, const moment& m) {
        if (!allowed_) return refuse(88000);
        auto* found = find_public(at, m.now);
        if (!found) return refuse(88001);
        return found;
    }

    // The comment that an operation names; `taken_back` is the error code if its author deleted it.
    template <class Op>
    result<stored_comment*> find_comment(const Op& op, const moment& m, int taken_back = 88008) {
        const auto article = find_article(location_of(op), m);
        if (!article) return article.error();
        auto* found = find_in(**article, op.user_comment_id);
        if (!found || found->deleted) return refuse(88008);
        if (found->deleted_by_author) return refuse(taken_back);
        return found;
    }

    std::map<std::uint64_t, message> messages_;
    std::set<std::string, std::less<>> followers_;
    bool allowed_ = true;
};

}  // namespace wxmp::inline v0_1::testing

#endif
