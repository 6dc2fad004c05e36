// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// An article on its way from its file to what is sent.
#ifndef WXMP_EXAMPLES_WXMP_ARTICLE_DRAFT_HPP
#define WXMP_EXAMPLES_WXMP_ARTICLE_DRAFT_HPP

#include <wxmp/api/article.hpp>

#include "article_limits.hpp"
#include "article_parser.hpp"
#include "assets.hpp"
#include "command.hpp"
#include "session.hpp"
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace tool {

/// --author NAME
parameter author_option();

/// --open-comments
parameter open_comments_flag();

/// The options of what an article is, and how its files are found.
std::vector<parameter> article_options_of_commands();

/// An article, its files, and what was found.
class article_draft {
public:
    article_draft(std::filesystem::path file, const arguments& a, const session& s);
    article_draft(const article_draft&) = delete;
    article_draft& operator=(const article_draft&) = delete;

    /// Reads it and looks at its files; tells all that is wrong. An error if it cannot be sent.
    /// @param needs_cover whether it is an error that nothing names one
    std::optional<wxmp::error> read(bool needs_cover);

    const std::filesystem::path& file() const noexcept { return file_; }

    /// Null: there is none to be uploaded.
    asset* cover() const { return files_.cover(); }

    /// What it shows, and is to be uploaded.
    std::vector<asset*> shown() const;

    /// Those whose media_id is in what is sent.
    std::vector<asset*> named_by_media_id() const;

    /// As it is sent, once all is uploaded.
    wxmp::article as_sent() const { return compose(false); }

    /// With the digests of files in place of what the service calls them: the same in each run.
    wxmp::article by_digests() const { return compose(true); }

private:
    bool is_newspic() const { return text_.meta.type.has_value(); }
    bool has_cover() const;
    std::optional<meta_value> given(const char* option, const std::optional<meta_value>& meta) const;
    std::optional<std::string> take(const char* option, const std::optional<meta_value>& meta,
                                    const text_limit& l);
    std::optional<wxmp::error> look_at_files();
    std::optional<wxmp::error> look_at_cover();
    void check();
    void check_pictures();
    wxmp::article compose(bool by_digest) const;
    std::string show(const article_picture& p, bool by_digest) const;

    std::filesystem::path file_;
    const arguments& arguments_;
    const session& session_;
    asset_rules rules_;
    asset_list files_{file_, rules_};
    parsed_article text_;
    wxmp::article article_{.title = ""};
};

}  // namespace tool

#endif
