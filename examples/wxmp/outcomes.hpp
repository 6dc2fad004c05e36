// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// What came of requests whose answers were lost: by what the service has now.
#ifndef WXMP_EXAMPLES_WXMP_OUTCOMES_HPP
#define WXMP_EXAMPLES_WXMP_OUTCOMES_HPP

#include <wxmp/api/stored_article.hpp>

#include "publish_record.hpp"
#include "session.hpp"
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tool {

/// The return code for the id of a draft or a material that is not there.
inline constexpr int no_such_media_id = 40007;

/// The digest of what can be read of HTML: its text without white space. The service keeps that, whatever it
/// does with the tags.
wxmp::sha1_digest text_digest(const std::string& html);

/// By what this article is recognized.
kept_article recognizable(const wxmp::article& a);

/// The media_id of the draft that holds these articles and nothing else; nothing: there is none.
result<std::optional<std::string>> find_draft(session& s, const publish_record& r, const kept_publication& p);

/// Whether nothing was carried out, for sure. Of all else the outcome is unknown, as of an answer without the
/// id of what was made, and of -1, "system error".
bool was_refused(const wxmp::error& e);

/// A draft with all its articles.
result<wxmp::stored_news> get_draft(session& s, const std::string& media_id);

/// Whether there is a draft of this media_id.
result<bool> has_draft(session& s, const std::string& media_id);

struct found_publication {
    std::string article_id;
    std::vector<std::string> urls;
};

/// The publication that holds these articles and nothing else; nothing: there is none.
result<std::optional<found_publication>> find_publication(session& s, const publish_record& r,
                                                          const kept_publication& p);

/** Finds the material that a lost answer was about, by its name and its bytes.

    @return false if the service has none. An error whose text tells what to do if there is one of this name
    that is as new, but has other bytes: the service may have changed them.
*/
result<bool> find_material(session& s, const publish_record& r, kept_upload& wanted);

/// Waits until what was sent at this time has arrived, if it ever does.
result<void> let_arrive(session& s, const std::optional<std::chrono::sys_seconds>& sent);

}  // namespace tool

#endif
