// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// Comments to a file, and replies from one.
#ifndef WXMP_EXAMPLES_WXMP_COMMENT_FILES_HPP
#define WXMP_EXAMPLES_WXMP_COMMENT_FILES_HPP

#include "session.hpp"

namespace tool {

/// wxmp comment export: all comments of an article, as CSV or JSON Lines.
result<void> export_comments(const arguments& a, session& s);

/// wxmp comment reply-from: replies to comments, those of a file. A comment that has one already gets none.
result<void> reply_from_file(const arguments& a, session& s);

}  // namespace tool

#endif
