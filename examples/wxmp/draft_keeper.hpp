// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// One draft from its articles to their addresses, gone on with from the record.
#ifndef WXMP_EXAMPLES_WXMP_DRAFT_KEEPER_HPP
#define WXMP_EXAMPLES_WXMP_DRAFT_KEEPER_HPP

#include "article_draft.hpp"
#include "asset_uploader.hpp"
#include "outcomes.hpp"
#include "publish_record.hpp"
#include "session.hpp"
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace tool {

/// --state FILE
parameter state_option();

/// --repeat-unanswered
parameter repeat_unanswered_flag();

using article_drafts = std::vector<std::unique_ptr<article_draft>>;

/// The digest of articles in the form of article_draft::by_digests.
wxmp::sha1_digest content_digest(std::vector<wxmp::article> articles);

/// What to do where the record tells of an earlier run.
struct keeping {
    bool updates{};             ///< a draft that is not published is changed
    bool begins_again{};        ///< a new draft is made
    bool repeats_unanswered{};  ///< where nothing tells what came of a request, it is sent again
};

/** Stores and publishes articles, once, however often it is tried.

    Each request that is not safe to repeat is in the record before it is sent. Where there is no answer to
    one, the service is asked what it has before anything else is sent.
*/
class draft_keeper {
public:
    /// All of them must outlive it.
    draft_keeper(session& s, publish_record& r, kept_publication& p, const article_drafts& articles,
                 keeping how);

    /// Until there is a draft with these articles.
    result<void> store();

    /// Until they are public.
    result<void> publish();

    const kept_publication& publication() const noexcept { return kept_; }

private:
    using failure = std::optional<wxmp::error>;

    failure prepare();
    failure find_lost_draft();
    failure find_lost_publication();
    failure go_on_waiting();
    failure take(const found_publication& found);
    failure submit();
    failure add();
    failure update();
    failure upload();
    failure send_draft();
    failure send_changes();
    failure send_with_materials(failure (draft_keeper::*send)());
    failure check_published(bool in_an_earlier_run) const;
    failure explain_gone();
    failure settle(const wxmp::error& e);
    void begin_again();
    void ask(unanswered_request r);
    bool has_changed() const { return kept_.content != content_; }
    failure saved() const;
    std::string names() const;

    session& session_;
    publish_record& record_;
    kept_publication& kept_;
    const article_drafts& articles_;
    keeping how_;
    asset_uploader uploader_;
    wxmp::sha1_digest content_;
};

}  // namespace tool

#endif
