// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// wxmp draft …, wxmp freepublish …
#include <wxmp/api/draft/batchget.hpp>
#include <wxmp/api/draft/count.hpp>
#include <wxmp/api/draft/delete_.hpp>
#include <wxmp/api/draft/get.hpp>
#include <wxmp/api/draft/switch_.hpp>
#include <wxmp/api/freepublish/batchget.hpp>
#include <wxmp/api/freepublish/delete_.hpp>
#include <wxmp/api/freepublish/getarticle.hpp>
#include <wxmp/api/freepublish/submit.hpp>

#include "families.hpp"
#include "language.hpp"
#include "output.hpp"
#include "publications.hpp"
#include <string>
#include <utility>
#include <vector>

namespace tool {

command draft_update_command();  // in draft_update.cpp

namespace {

namespace draft = wxmp::draft;
namespace freepublish = wxmp::freepublish;

// When a draft or a publication was changed, which some responses tell only of its articles.
template <class Entry> std::string changed(const Entry& e) {
    return local_time(e.update_time || !e.content ? e.update_time : e.content->update_time);
}

// ---- Drafts

result<void> list_drafts(const arguments& a, session& s) {
    draft::batchget op;
    if (!a.has("--content")) op.no_content = true;
    return list(a, s, std::move(op), 20, [](const draft::batchget::entry& d) {
        return columns(d.media_id, changed(d), titles(d.content));
    });
}

result<void> get_draft(const arguments& a, session& s) {
    return call_and_print(a, s, draft::get{.media_id = a.text("MEDIA_ID")}, describe);
}

result<void> delete_draft(const arguments& a, session& s) {
    return call_and_print(a, s, draft::delete_{.media_id = a.text("MEDIA_ID")}, tr("Deleted"));
}

result<void> count_drafts(const arguments& a, session& s) {
    return call_and_print(a, s, draft::count{},
                          [](const auto& answer) { return std::to_string(answer.total_count); });
}

result<void> switch_drafts(const arguments& a, session& s) {
    draft::switch_ op;
    if (a.has("--check")) op.checkonly = true;
    return call_and_print(a, s, op, [](const auto& answer) { return answer.is_open ? tr("on") : tr("off"); });
}

// ---- Publications

result<void> list_publications(const arguments& a, session& s) {
    freepublish::batchget op;
    if (!a.has("--content")) op.no_content = true;
    return list(a, s, std::move(op), 20, [](const freepublish::batchget::entry& p) {
        const bool has_one = p.content && !p.content->news_item.empty();
        return columns(p.article_id.text, changed(p),
                       has_one ? p.content->news_item.front().url.value_or("-") : "-", titles(p.content));
    });
}

result<void> get_publication(const arguments& a, session& s) {
    return call_and_print(a, s, freepublish::getarticle{.article_id = a.text("ARTICLE_ID")}, describe);
}

// What is known of a publication, as lines.
std::string lines_of(std::string status, const wxmp::opaque_id& article_id,
                     const std::vector<freepublish::published_article>& articles) {
    if (!article_id.text.empty()) status += "\narticle_id " + printable(article_id.text);
    for (const auto& a : articles) status += '\n' + printable(a.article_url);
    return status;
}

std::string describe_status(const freepublish::get::response& p) {
    return lines_of(translated(describe(p.publish_status)), p.article_id.value_or(""),
                    p.article_detail.value_or(freepublish::published_articles()).item);
}

result<void> tell_status(const arguments& a, session& s) {
    return call_and_print(a, s, freepublish::get{.publish_id = a.text("PUBLISH_ID")}, describe_status);
}

result<void> delete_publication(const arguments& a, session& s) {
    freepublish::delete_ op{.article_id = a.text("ARTICLE_ID")};
    if (a.has("--index")) op.index = wxmp::index_from_1{a.small_number("--index")};
    return call_and_print(a, s, std::move(op), tr("Deleted"));
}

result<void> submit(const arguments& a, session& s) {
    if (!a.has("--wait"))
        return call_and_print(
            a, s, freepublish::submit{.media_id = a.text("MEDIA_ID")}, [](const auto& answer) {
                return "publish_id " + printable(answer.publish_id.text) +
                       (answer.msg_data_id ? "\nmsg_data_id " + std::to_string(*answer.msg_data_id) : "");
            });
    const auto p = publish_and_wait(s, a.text("MEDIA_ID"));
    if (!p) return p.error();
    if (a.has("--json")) return print_json(*p);
    print(lines_of(tr("published"), p->article_id, p->articles));
    return {};
}

std::vector<parameter> with_content(const std::string& help) {
    return with_paging(~0ull, {flag("--content", help)});
}

}  // namespace

commands news_commands() {
    const auto draft_id = positional("MEDIA_ID", tr("of the draft"));
    const auto article_id = positional("ARTICLE_ID", tr("of the publication"));
    const auto content = tr("with --json: also the text of the articles");
    return {
        online("draft list", tr("List the drafts: media_id, time, titles"), with_content(content),
               {"wxmp draft list", "wxmp draft list --offset 20 --count 10", "wxmp draft list --all --json"},
               list_drafts),
        online("draft get", tr("Print a draft"), {draft_id, json_flag()}, {"wxmp draft get MEDIA_ID --json"},
               get_draft),
        draft_update_command(),
        online("draft delete", tr("Delete a draft, for good"), {draft_id, json_flag()},
               {"wxmp draft delete MEDIA_ID"}, delete_draft),
        online("draft count", tr("Count the drafts"), {json_flag()}, {"wxmp draft count"}, count_drafts),
        online("draft switch", tr("Turn drafts and publishing on for an old account, for good"),
               {flag("--check", tr("only tell whether they are on")), json_flag()},
               {"wxmp draft switch --check", "wxmp draft switch"}, switch_drafts),
        online("freepublish list", tr("List the publications: article_id, time, address, titles"),
               with_content(content),
               {"wxmp freepublish list --count 5", "wxmp freepublish list --all --json"}, list_publications),
        online("freepublish get", tr("Print the articles of a publication"), {article_id, json_flag()},
               {"wxmp freepublish get ARTICLE_ID"}, get_publication),
        online("freepublish status", tr("Tell where a publication stands, and its addresses"),
               {positional("PUBLISH_ID", tr("as submitting told it")), json_flag()},
               {"wxmp freepublish status 100000001"}, tell_status),
        online("freepublish submit", tr("Publish a draft"),
               {draft_id, flag("--wait", tr("until it is public")), json_flag()},
               {"wxmp freepublish submit MEDIA_ID --wait"}, submit),
        online("freepublish delete", tr("Take back a publication, for good"),
               {article_id, small_number("--index", tr("only this article of it, from 1"), 1), json_flag()},
               {"wxmp freepublish delete ARTICLE_ID", "wxmp freepublish delete ARTICLE_ID --index 2"},
               delete_publication),
    };
}

}  // namespace tool
