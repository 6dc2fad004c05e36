// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_EXAMPLES_WXMP_PUBLICATIONS_HPP
#define WXMP_EXAMPLES_WXMP_PUBLICATIONS_HPP

#include <wxmp/flow/publish_draft.hpp>

#include "session.hpp"
#include <string>
#include <utility>

namespace tool {

/// Publishes a draft and waits until it is public. Where nobody can tell any more whether it will be, that is
/// `errc::outcome_unknown`.
inline result<wxmp::published_draft> publish_and_wait(session& s, std::string media_id) {
    std::string publish_id;
    wxmp::publish_options how;
    how.persist = [&publish_id](const wxmp::freepublish::submit::response& r) -> result<void> {
        publish_id = r.publish_id.text;
        say("Waiting for the publication " + publish_id);
        return {};
    };
    auto p = s.run(wxmp::publish_draft(std::move(media_id), s.settings(), std::move(how)));
    const bool is_settled = p || p.error() == wxmp::errc::not_passed;
    if (is_settled || publish_id.empty() || s.is_dry()) return p;
    say("To see what came of it: wxmp freepublish status " + publish_id);
    if (p.error() == wxmp::condition::retryable)
        return wxmp::error(wxmp::errc::outcome_unknown, p.error().message());
    return p;
}

}  // namespace tool

#endif
