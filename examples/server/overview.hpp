// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_EXAMPLES_SERVER_OVERVIEW_HPP
#define WXMP_EXAMPLES_SERVER_OVERVIEW_HPP

#include <wxmp/data/html.hpp>
#include <wxmp/testing/platform.hpp>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>

namespace servers {

/** A page of HTML about a simulated account: its articles with their comments, and the latest exchanges.

    It fetches nothing and runs no script. It has no token: of an exchange it shows the safe target and the
    status, and no body.
*/
class overview {
public:
    /// Shows `a`, which must outlive it.
    explicit overview(wxmp::testing::account& a) noexcept : account_(a) {}

    /// Takes note of an exchange.
    void note(const wxmp::http::request& r, const wxmp::http::response& answer) {
        constexpr std::size_t most = 50;
        const std::string verb = r.verb == wxmp::method::post ? "POST " : "GET ";
        exchanges_.push_front(verb + r.safe_target + ": " + std::to_string(answer.status));
        if (exchanges_.size() > most) exchanges_.pop_back();
    }

    /// The page as it is now.
    [[nodiscard]] wxmp::http::response page(wxmp::wall_time now) const {
        auto text = std::string(head) + "<h1>Simulated account</h1>\n<h2>Articles</h2>\n";
        for (const auto& p : account_.publications.all())
            if (p.is_public(now)) add_articles(text, p);
        text += "<h2>Exchanges, the latest first</h2>\n<ol>\n";
        for (const auto& e : exchanges_) add(text, "li", e);
        return {200,
                {{"Content-Type", "text/html; charset=utf-8"},
                 {"Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'"}},
                text + "</ol>\n"};
    }

private:
    static constexpr std::string_view head =
        "<!DOCTYPE html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<title>Simulated account</title>\n"
        "<style>body { font: 1em/1.5 sans-serif; margin: 1em auto; max-width: 45em; padding: 0 1em; "
        "overflow-wrap: anywhere }</style>\n";

    static void add(std::string& page, const std::string& tag, std::string_view text) {
        page += '<' + tag + '>' + wxmp::html::escape(text) + "</" + tag + ">\n";
    }

    void add_articles(std::string& page, const wxmp::testing::publication& p) const {
        for (std::uint32_t i = 0; i != p.content.news_item.size(); ++i) {
            const auto& article = p.content.news_item[i];
            if (article.is_deleted == true) continue;
            add(page, "h3", article.title);
            add(page, "p", article.digest.value_or(""));
            if (const auto* readers = account_.comments.find({p.msg_data_id, i}))
                add_comments(page, *readers);
        }
    }

    static void add_comments(std::string& page, const wxmp::testing::commented_article& article) {
        page += "<ul>\n";
        for (const auto& c : article.comments) {
            if (c.deleted || c.deleted_by_author) continue;
            add(page, "li", c.content + (c.reply ? " \u2013 " + c.reply->content : ""));
        }
        page += "</ul>\n";
    }

    wxmp::testing::account& account_;
    std::deque<std::string> exchanges_{};
};

}  // namespace servers

#endif
