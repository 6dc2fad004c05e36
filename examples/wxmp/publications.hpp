// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_EXAMPLES_WXMP_PUBLICATIONS_HPP
#define WXMP_EXAMPLES_WXMP_PUBLICATIONS_HPP

#include <wxmp/flow/publish_draft.hpp>

#include "language.hpp"
#include "session.hpp"
#include <functional>
#include <string>
#include <utility>

namespace tool {

using keep_submission = std::function<result<void>(const wxmp::freepublish::submit::response&)>;

namespace detail {

// Where nobody can tell any more whether it will be public, that is `errc::outcome_unknown`.
inline result<wxmp::published_draft> wait_for(session& s, wxmp::publish_draft flow,
                                              const std::string& publish_id) {
    auto p = s.run(std::move(flow));
    const bool is_settled = p || p.error() == wxmp::errc::not_passed;
    if (is_settled || publish_id.empty() || s.is_dry()) return p;
    say(tr("To see what came of it: wxmp freepublish status {}", publish_id));
    if (p.error() == wxmp::condition::retryable)
        return wxmp::error(wxmp::errc::outcome_unknown, message_of(p.error()));
    return p;
}

inline void say_waiting(const std::string& publish_id) {
    say(tr("Waiting for the publication {}", publish_id));
}

}  // namespace detail

/// Publishes a draft and waits until it is public. Where nobody can tell any more whether it will be, that is
/// `errc::outcome_unknown`.
/// @param keep stores what @ref wait_for_publication needs
inline result<wxmp::published_draft> publish_and_wait(session& s, std::string media_id,
                                                      const keep_submission& keep = {}) {
    std::string publish_id;
    wxmp::publish_options how;
    how.persist = [&](const wxmp::freepublish::submit::response& r) -> result<void> {
        publish_id = r.publish_id.text;
        detail::say_waiting(publish_id);
        return keep ? keep(r) : result<void>();
    };
    return detail::wait_for(s, wxmp::publish_draft(std::move(media_id), s.settings(), std::move(how)),
                            publish_id);
}

/// Waits until a draft that was submitted is public.
inline result<wxmp::published_draft> wait_for_publication(session& s, const std::string& publish_id) {
    detail::say_waiting(publish_id);
    return detail::wait_for(s, wxmp::publish_draft::resume({publish_id, {}}, s.settings()), publish_id);
}

}  // namespace tool

#endif
