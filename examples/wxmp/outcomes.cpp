// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include "outcomes.hpp"

#include <wxmp/api/draft/batchget.hpp>
#include <wxmp/api/draft/get.hpp>
#include <wxmp/api/freepublish/batchget.hpp>
#include <wxmp/api/material/batchget_material.hpp>
#include <wxmp/api/material/get_material.hpp>
#include <wxmp/data/sha1.hpp>
#include <wxmp/flow/download.hpp>
#include <wxmp/flow/pages.hpp>

#include "language.hpp"
#include "plain_text.hpp"
#include "report.hpp"
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <utility>

namespace tool {

namespace {

using std::chrono::sys_seconds;

// A clock may be wrong by so much; what is older is not what was sent.
constexpr auto wrong_clock = std::chrono::hours(24);

// A process that was killed may have had a request on its way.
constexpr auto on_its_way = std::chrono::seconds(3);

// Of what is younger, nothing tells it from what was sent but its bytes.
constexpr auto same_time = std::chrono::minutes(1);

std::string visible_text(const std::string& html) { return without_blanks(plain_text(html)); }

bool is_same(const kept_article& wanted, const wxmp::stored_article& there) {
    const auto title = without_blanks(wanted.title);
    return (without_blanks(there.title) == title || visible_text(there.title) == title) &&
           text_digest(there.content.value_or("")) == wanted.text;
}

bool is_same(const kept_publication& wanted, const std::optional<wxmp::stored_news>& there) {
    return there && std::equal(wanted.articles.begin(), wanted.articles.end(), there->news_item.begin(),
                               there->news_item.end(),
                               [](const auto& one, const auto& other) { return is_same(one, other); });
}

template <class Entry> std::optional<sys_seconds> time_of(const Entry& e) {
    return e.update_time || !e.content ? e.update_time : e.content->update_time;
}

bool is_too_old(const std::optional<sys_seconds>& made, const std::optional<sys_seconds>& sent) {
    return made && sent && *made < *sent - wrong_clock;
}

// Drafts of eight articles, of less than 1 MiB each, and a few of them on a page.
constexpr std::uint32_t contents_on_page = 10;
constexpr std::uint64_t largest_contents = 100u << 20;

wxmp::options for_contents(const session& s) {
    auto settings = s.settings();
    settings.max_response = largest_contents;
    return settings;
}

// Looks through a list, the newest first, until `take` has found what it wants.
template <class Op, class Take>
result<void> look_through(session& s, Op op, const std::optional<sys_seconds>& sent, Take take) {
    const auto each = [&](typename wxmp::pages<Op>::item&& item) {
        return !is_too_old(time_of(item), sent) && take(std::move(item));
    };
    op.count = contents_on_page;
    const auto seen = s.run(wxmp::pages<Op>(std::move(op), each, for_contents(s)));
    if (!seen) return seen.error();
    return {};
}

result<wxmp::sha1_digest> digest_of_material(session& s, const std::string& media_id) {
    wxmp::sha1 hash;
    const auto add = [&hash](std::string_view bytes) -> result<void> {
        return hash.update(bytes), result<void>();
    };
    const auto got = s.run(wxmp::download(wxmp::material::get_material{media_id}, add, s.settings()));
    if (!got) return got.error();
    return hash.digest();
}

}  // namespace

wxmp::sha1_digest text_digest(const std::string& html) { return wxmp::sha1_of(visible_text(html)); }

kept_article recognizable(const wxmp::article& a) { return {a.title, text_digest(a.content.value_or(""))}; }

result<std::optional<std::string>> find_draft(session& s, const publish_record& r,
                                              const kept_publication& p) {
    std::optional<std::string> found;
    const auto looked = look_through(s, wxmp::draft::batchget{}, p.sent, [&](auto&& entry) {
        if (is_same(p, entry.content) && !r.knows(entry.media_id)) found = std::move(entry.media_id);
        return !found;
    });
    if (!looked) return looked.error();
    return found;
}

bool was_refused(const wxmp::error& e) {
    constexpr int system_error = -1;
    if (e.api_code() != 0) return e.api_code() != system_error;
    for (const auto c : {wxmp::errc::connect_failed, wxmp::errc::cancelled, wxmp::errc::source_failed,
                         wxmp::errc::source_changed, wxmp::errc::invalid_utf8})
        if (e == c) return true;
    return !e.request_member().empty();
}

result<wxmp::stored_news> get_draft(session& s, const std::string& media_id) {
    return s.run(wxmp::call<wxmp::draft::get>({.media_id = media_id}, for_contents(s)));
}

result<bool> has_draft(session& s, const std::string& media_id) {
    const auto there = get_draft(s, media_id);
    if (!there && there.error().api_code() != no_such_media_id) return there.error();
    return there.has_value();
}

result<std::optional<found_publication>> find_publication(session& s, const publish_record& r,
                                                          const kept_publication& p) {
    std::optional<found_publication> found;
    const auto looked = look_through(s, wxmp::freepublish::batchget{}, p.sent, [&](auto&& entry) {
        if (!is_same(p, entry.content) || r.knows(entry.article_id.text)) return true;
        found.emplace(found_publication{entry.article_id.text, {}});
        for (const auto& a : entry.content->news_item) found->urls.push_back(a.url.value_or(""));
        return false;
    });
    if (!looked) return looked.error();
    return found;
}

result<bool> find_material(session& s, const publish_record& r, kept_upload& wanted) {
    std::vector<wxmp::material::batchget_material::entry> alike;
    const auto looked =
        look_through(s, wxmp::material::batchget_material{.type = wxmp::material::material_kind::image},
                     wanted.unanswered_since, [&](auto&& entry) {
                         if (entry.name == wanted.filename && !r.knows(entry.media_id))
                             alike.push_back(std::move(entry));
                         return true;
                     });
    if (!looked) return looked.error();
    for (const auto& entry : alike) {
        const auto digest = digest_of_material(s, entry.media_id);
        if (!digest) return digest.error();
        if (*digest != wanted.sha1) continue;
        wanted.media_id = entry.media_id;
        wanted.url = entry.url;
        return true;
    }
    for (const auto& entry : alike)
        if (!entry.update_time || *entry.update_time >= *wanted.unanswered_since - same_time)
            return wxmp::error(
                wxmp::errc::outcome_unknown,
                tr("{0} may be the material {1}, which has other bytes: look at it with `wxmp material get "
                   "{1}`; --repeat-unanswered uploads it again, which may make a second one",
                   wanted.filename, entry.media_id));
    return false;
}

result<void> let_arrive(session& s, const std::optional<sys_seconds>& sent) {
    if (!sent) return {};
    const auto passed = std::chrono::system_clock::now() - *sent;
    if (passed < std::chrono::seconds(0) || passed >= on_its_way) return {};
    return s.pause(on_its_way);
}

}  // namespace tool
