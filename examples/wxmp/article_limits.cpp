// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include "article_limits.hpp"

#include "html_policy.hpp"
#include "language.hpp"

namespace tool {

namespace {

bool is_web_address(std::string_view url) {
    const auto plain = to_lower_case(url);
    for (const std::string_view scheme : {"http://", "https://"})
        if (plain.starts_with(scheme) && plain != scheme) return plain.find_first_of(" \t\r\n") == plain.npos;
    return false;
}

}  // namespace

std::string describe(const text_limit& l) {
    const auto text = l.is_in_bytes ? tr("at most {} bytes", l.usual) : tr("at most {} characters", l.usual);
    return l.usual == l.most ? text : tr("{} (some accounts: {})", text, l.most);
}

void check_length(const text_limit& l, const meta_value& text, problems& found) {
    const auto size = l.is_in_bytes ? text.text.size() : wxmp::count_characters(text.text);
    if (size <= l.usual) return;
    const bool is_refused = size > l.most;
    const auto pattern = l.is_in_bytes
                             ? tr_noop("the {} has {} bytes, and the service takes {} at most")
                             : tr_noop("the {} has {} characters, and the service takes {} at most");
    auto what = tr(pattern, tr(l.name), size, is_refused ? l.most : l.usual);
    if (!is_refused) what = tr("{} from many accounts", what);
    found.push_back({is_refused ? problem::severity::error : problem::severity::warning, text.at,
                     std::move(what), tr(l.to_do)});
}

void check_source_url(const meta_value& url, problems& found) {
    check_length(source_url_limit, url, found);
    if (is_web_address(url.text)) return;
    found.push_back({problem::severity::error, url.at,
                     tr("the source URL must be an http:// or https:// address"),
                     tr("write all of it, as https://example.com/a")});
}

wxmp::limits limits_of_library() {
    wxmp::limits l;
    l.title_characters = title_limit.most;
    l.digest_characters = digest_limit.most;
    l.content_characters = content_limit.most;
    l.content_bytes = content_size_limit.most;
    return l;
}

}  // namespace tool
