// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include "article_limits.hpp"

namespace tool {

std::string describe(const text_limit& l) {
    const auto text = "at most " + std::to_string(l.usual) + (l.is_in_bytes ? " bytes" : " characters");
    return l.usual == l.most ? text : text + " (some accounts: " + std::to_string(l.most) + ')';
}

void check_length(const text_limit& l, const meta_value& text, problems& found) {
    const auto size = l.is_in_bytes ? text.text.size() : wxmp::count_characters(text.text);
    if (size <= l.usual) return;
    const bool is_refused = size > l.most;
    const auto unit = std::string(l.is_in_bytes ? " bytes" : " characters");
    auto what = "the " + std::string(l.name) + " has " + std::to_string(size) + unit +
                ", and the service takes " + std::to_string(is_refused ? l.most : l.usual) + " at most";
    if (!is_refused) what += " from many accounts";
    found.push_back({is_refused ? problem::severity::error : problem::severity::warning, text.at,
                     std::move(what), std::string(l.to_do)});
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
