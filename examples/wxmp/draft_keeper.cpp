// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include "draft_keeper.hpp"

#include <wxmp/api/draft/add.hpp>
#include <wxmp/api/draft/update.hpp>
#include <wxmp/codec/members.hpp>
#include <wxmp/data/sha1.hpp>

#include "language.hpp"
#include "outcomes.hpp"
#include "publications.hpp"
#include "report.hpp"
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <utility>

namespace tool {

namespace {

constexpr int no_such_publication = 53502;

// How long after it was submitted to wait for a publication whose number is not known: most take a minute or two.
constexpr auto first_pause = std::chrono::milliseconds(500);
constexpr auto longest_pause = std::chrono::seconds(30);
constexpr auto patience = std::chrono::minutes(10);

std::vector<wxmp::article> all_of(const article_drafts& articles,
                                  wxmp::article (article_draft::*form)() const) {
    std::vector<wxmp::article> all;
    for (const auto& a : articles) all.push_back((*a.*form)());
    return all;
}

// A clock may be wrong: not before now, and not after all of it.
std::chrono::steady_clock::time_point end_of_patience(const std::optional<std::chrono::sys_seconds>& sent) {
    using span = std::chrono::system_clock::duration;
    const auto passed = sent ? std::chrono::system_clock::now() - *sent : span(0);
    return std::chrono::steady_clock::now() + patience - std::clamp<span>(passed, span(0), patience);
}

result<void> as_result(std::optional<wxmp::error> fault) {
    return fault ? result<void>(*std::move(fault)) : result<void>();
}

std::vector<std::string> addresses_of(const wxmp::published_draft& p) {
    std::vector<std::string> all;
    for (const auto& a : p.articles) all.push_back(a.article_url);
    return all;
}

}  // namespace

wxmp::sha1_digest content_digest(std::vector<wxmp::article> articles) {
    const auto text = wxmp::encode(wxmp::draft::add{.articles = std::move(articles)});
    return text ? wxmp::sha1_of(*text) : wxmp::sha1_digest{};
}

draft_keeper::draft_keeper(session& s, publish_record& r, kept_publication& p, const article_drafts& articles,
                           keeping how)
    : session_(s),
      record_(r),
      kept_(p),
      articles_(articles),
      how_(how),
      uploader_(s, r, how.repeats_unanswered),
      content_(content_digest(all_of(articles, &article_draft::by_digests))) {}

result<void> draft_keeper::store() {
    if (auto fault = prepare()) return *std::move(fault);
    if (kept_.article_id) return {};
    if (kept_.media_id && !has_changed()) {
        const auto there = has_draft(session_, *kept_.media_id);
        if (!there) return there.error();
        if (!*there) return as_result(explain_gone());
        say(tr("The draft {} has these articles already", *kept_.media_id));
        return {};
    }
    if (auto fault = kept_.media_id ? update() : add()) return *std::move(fault);
    kept_.unfinished = false;
    return record_.save();
}

result<void> draft_keeper::publish() {
    if (auto fault = prepare()) return *std::move(fault);
    if (kept_.article_id) return {};
    if (kept_.media_id && has_changed())
        if (auto fault = update()) return *std::move(fault);
    if (!kept_.media_id)
        if (auto fault = add()) return *std::move(fault);
    return as_result(submit());
}

// What is left of an earlier run comes to its end first.
std::optional<wxmp::error> draft_keeper::prepare() {
    const bool was_published = kept_.article_id.has_value();
    // The same command is given again after it was interrupted: what it began is not begun once more.
    if (kept_.unfinished && !has_changed()) how_.begins_again = false;
    if (kept_.unanswered == unanswered_request::draft_add)
        if (auto fault = find_lost_draft()) return fault;
    if (kept_.unanswered == unanswered_request::freepublish_submit)
        if (auto fault = find_lost_publication()) return fault;
    if (kept_.publish_id && !kept_.article_id && !how_.begins_again)
        if (auto fault = go_on_waiting()) return fault;
    if (how_.begins_again) begin_again();
    if (kept_.article_id) return check_published(was_published);
    if (!kept_.media_id || !has_changed() || how_.updates) return std::nullopt;
    return local_fault(
        tr("{} changed since the draft {} was stored: --update changes the draft, --again makes a "
           "new one",
           names(), *kept_.media_id));
}

std::optional<wxmp::error> draft_keeper::check_published(bool in_an_earlier_run) const {
    const auto where =
        kept_.urls.empty() ? tr("as article_id {}", *kept_.article_id) : tr("at {}", kept_.urls.front());
    if (has_changed())
        return local_fault(
            tr("{} is published {}, and changed since. The service cannot change what is published: "
               "--again publishes it as a new article",
               names(), where));
    if (in_an_earlier_run) say(tr("{} is published already, {}", names(), where));
    return std::nullopt;
}

// ---- What came of an earlier run

std::optional<wxmp::error> draft_keeper::find_lost_draft() {
    say(tr("Looking for the draft of {}, whose answer was lost", names()));
    if (const auto waited = let_arrive(session_, kept_.sent); !waited) return waited.error();
    auto draft = tool::find_draft(session_, record_, kept_);
    if (!draft) return draft.error();
    kept_.unanswered = unanswered_request::none;
    if (*draft) {
        say(tr("It is there: {}", **draft));
        kept_.media_id = *std::move(draft);
        return saved();
    }
    const auto published = find_publication(session_, record_, kept_);
    if (!published) return published.error();
    if (*published) return take(**published);
    kept_.content.reset();
    kept_.articles.clear();
    return saved();
}

// A draft that was submitted is gone, and its publication is listed once it is public.
std::optional<wxmp::error> draft_keeper::find_lost_publication() {
    say(tr("Looking for the publication of {}, whose answer was lost", names()));
    if (const auto waited = let_arrive(session_, kept_.sent); !waited) return waited.error();
    const auto end = end_of_patience(kept_.sent);
    for (std::chrono::milliseconds pause = first_pause;;
         pause = std::min<std::chrono::milliseconds>(2 * pause, longest_pause)) {
        const auto found = find_publication(session_, record_, kept_);
        if (!found) return found.error();
        if (*found) return take(**found);
        const auto there = has_draft(session_, *kept_.media_id);
        if (!there) return there.error();
        if (*there) {
            kept_.unanswered = unanswered_request::none;
            kept_.publish_id.reset();
            return saved();
        }
        if (how_.begins_again) return std::nullopt;
        if (how_.repeats_unanswered) return begin_again(), saved();
        if (std::chrono::steady_clock::now() > end) break;
        if (const auto waited = session_.pause(pause); !waited) return waited.error();
    }
    return wxmp::error(wxmp::errc::outcome_unknown,
                       tr("the draft {} is gone, and no publication has its title and text. Look at `wxmp "
                          "freepublish list`: "
                          "if it is not there, --repeat-unanswered stores and publishes it again",
                          *kept_.media_id));
}

std::optional<wxmp::error> draft_keeper::take(const found_publication& found) {
    kept_.unanswered = unanswered_request::none;
    kept_.unfinished = false;
    kept_.article_id = found.article_id;
    kept_.urls = found.urls;
    if (auto fault = saved()) return fault;
    say(tr("Published as article_id {}", found.article_id));
    if (kept_.msg_data_id) say(tr("Its comments are those of msg_data_id {}", *kept_.msg_data_id));
    return std::nullopt;
}

std::optional<wxmp::error> draft_keeper::go_on_waiting() {
    const auto p = wait_for_publication(session_, *kept_.publish_id);
    if (!p && p.error().api_code() == no_such_publication) return find_lost_publication();
    if (!p) return settle(p.error());
    return take({p->article_id.text, addresses_of(*p)});
}

void draft_keeper::begin_again() {
    for (auto* id : {&kept_.media_id, &kept_.article_id})
        if (*id) kept_.former.push_back(**id);
    kept_ = {.files = std::move(kept_.files), .former = std::move(kept_.former)};
}

// ---- Drafts

std::optional<wxmp::error> draft_keeper::upload() {
    for (const auto& a : articles_)
        if (auto fault = uploader_.upload_files(*a)) return fault;
    return std::nullopt;
}

std::optional<wxmp::error> draft_keeper::add() {
    if (auto fault = upload()) return fault;
    say(tr("Storing the draft"));
    return send_with_materials(&draft_keeper::send_draft);
}

// Somebody may have deleted a material that the record has.
std::optional<wxmp::error> draft_keeper::send_with_materials(failure (draft_keeper::*send)()) {
    auto fault = (this->*send)();
    if (!fault || fault->api_code() != no_such_media_id) return fault;
    bool has_any = false;
    for (const auto& a : articles_) has_any |= uploader_.forget_materials(*a);
    if (!has_any) return fault;
    say(tr("A material of the record is gone from the account: it is uploaded again"));
    if (auto other = upload()) return other;
    return (this->*send)();
}

std::optional<wxmp::error> draft_keeper::send_draft() {
    auto sent = all_of(articles_, &article_draft::as_sent);
    kept_.content = content_;
    kept_.articles.clear();
    for (const auto& a : sent) kept_.articles.push_back(recognizable(a));
    ask(unanswered_request::draft_add);
    if (auto fault = saved()) return fault;
    const auto draft = session_.call(wxmp::draft::add{.articles = std::move(sent)});
    if (!draft) return settle(draft.error());
    kept_.unanswered = unanswered_request::none;
    kept_.media_id = draft->media_id;
    return saved();
}

std::optional<wxmp::error> draft_keeper::update() {
    const auto there = has_draft(session_, *kept_.media_id);
    if (!there) return there.error();
    if (!*there) return explain_gone();
    if (auto fault = upload()) return fault;
    say(tr("Changing the draft {}", *kept_.media_id));
    return send_with_materials(&draft_keeper::send_changes);
}

// It is not known what the draft has until the last article is changed.
std::optional<wxmp::error> draft_keeper::send_changes() {
    kept_.content.reset();
    kept_.articles.clear();
    if (auto fault = saved()) return fault;
    auto sent = all_of(articles_, &article_draft::as_sent);
    for (const auto& a : sent) kept_.articles.push_back(recognizable(a));
    for (std::uint32_t i = 0; auto& a : sent) {
        const auto done = session_.call(wxmp::draft::update{
            .media_id = *kept_.media_id, .index = wxmp::index_from_0{i++}, .articles = std::move(a)});
        if (!done) return done.error();
    }
    kept_.content = content_;
    return saved();
}

// ---- Publishing

std::optional<wxmp::error> draft_keeper::submit() {
    say(tr("Publishing the draft {}", *kept_.media_id));
    ask(unanswered_request::freepublish_submit);
    if (auto fault = saved()) return fault;
    const auto p = publish_and_wait(session_, *kept_.media_id, [this](const auto& submitted) {
        kept_.unanswered = unanswered_request::none;
        kept_.publish_id = submitted.publish_id.text;
        kept_.msg_data_id = submitted.msg_data_id;
        return record_.save();
    });
    if (!p) return settle(p.error());
    return take({p->article_id.text, addresses_of(*p)});
}

// A request that did not succeed is forgotten, unless it may have been carried out.
std::optional<wxmp::error> draft_keeper::settle(const wxmp::error& e) {
    const bool was_submitted = kept_.publish_id.has_value();
    const bool is_certain = was_refused(e) || e == wxmp::errc::not_passed;
    if (!is_certain && !was_submitted && !session_.is_dry())
        say(tr("To go on, give the same command again: it looks for what came of this before it sends "
               "anything"));
    if (!is_certain || session_.is_dry()) return e;
    if (e.api_code() != 0 || e == wxmp::errc::not_passed) kept_.unfinished = false;
    const bool is_submit = kept_.unanswered == unanswered_request::freepublish_submit;
    kept_.unanswered = unanswered_request::none;
    if (e == wxmp::errc::not_passed) kept_.publish_id.reset();
    if (!kept_.media_id) kept_.content.reset();
    if (auto fault = saved()) return fault;
    return is_submit && e.api_code() == no_such_media_id ? explain_gone() : e;
}

// A draft that somebody published elsewhere is as good as one that was published here.
std::optional<wxmp::error> draft_keeper::explain_gone() {
    const auto published = find_publication(session_, record_, kept_);
    if (!published) return published.error();
    if (!*published)
        return local_fault(tr(
            "the draft {} is gone: it was deleted, or is being published. Look at `wxmp freepublish list`; "
            "--again makes a new one",
            *kept_.media_id));
    if (auto fault = take(**published)) return fault;
    return check_published(true);
}

void draft_keeper::ask(unanswered_request r) {
    kept_.unfinished = true;
    kept_.unanswered = r;
    kept_.sent = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

std::optional<wxmp::error> draft_keeper::saved() const {
    const auto done = record_.save();
    return done ? std::nullopt : std::optional(done.error());
}

std::string draft_keeper::names() const {
    std::string all;
    for (const auto& a : articles_) all += (all.empty() ? "" : ", ") + a->file().string();
    return all;
}

}  // namespace tool
