// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include "picture_folder.hpp"

#include <wxmp/codec/utf8.hpp>
#include <wxmp/data/html.hpp>

#include "article_limits.hpp"
#include "file_kind.hpp"
#include "language.hpp"
#include "report.hpp"
#include <algorithm>
#include <sstream>
#include <string>
#include <system_error>
#include <vector>

namespace tool {

namespace {

namespace fs = std::filesystem;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// The digits in front, without zeros before them; what is left follows.
std::string_view take_number(std::string_view& text) {
    text.remove_prefix(std::min(text.find_first_not_of('0'), text.size()));
    const auto end =
        static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), is_digit) - text.begin());
    const auto number = text.substr(0, end);
    text.remove_prefix(end);
    return number;
}

// Also those that the service does not take, so that they are told.
bool is_named_as_picture(const std::string& name) {
    const auto kind = claimed_kind(name);
    return kind >= file_kind::jpeg && kind <= file_kind::svg && !name.starts_with('.');
}

result<std::vector<std::string>> pictures_in(const fs::path& folder) {
    std::vector<std::string> names;
    std::error_code ec;
    for (auto at = fs::directory_iterator(folder, ec); !ec && at != fs::directory_iterator();
         at.increment(ec))
        if (auto name = at->path().filename().string(); is_named_as_picture(name))
            names.push_back(std::move(name));
    if (ec) return wxmp::error(ec, folder.string());
    std::sort(names.begin(), names.end(), is_named_before);
    return names;
}

// A paragraph for each line.
std::string html_of(const std::string& text) {
    std::istringstream in(text);
    std::string html;
    for (std::string line; std::getline(in, line);) html += "<p>" + wxmp::html::escape(line) + "</p>";
    return html;
}

}  // namespace

bool is_named_before(std::string_view one, std::string_view other) {
    const auto whole_one = one, whole_other = other;
    while (!one.empty() && !other.empty()) {
        if (is_digit(one.front()) && is_digit(other.front())) {
            const auto number = take_number(one), other_number = take_number(other);
            if (number.size() != other_number.size()) return number.size() < other_number.size();
            if (number != other_number) return number < other_number;
            continue;
        }
        if (one.front() != other.front()) return one < other;
        one.remove_prefix(1);
        other.remove_prefix(1);
    }
    return one.empty() == other.empty() ? whole_one < whole_other : one.empty();
}

result<parsed_article> load_folder(const fs::path& folder, const arguments& a) {
    const auto names = pictures_in(folder);
    if (!names) return names.error();
    parsed_article made;
    made.meta.type = meta_value{"newspic", {}};
    made.title = a.text("--title");
    check_length(title_limit, {made.title, {}}, made.found);
    made.content.push_back({html_of(a.text("--text")), std::nullopt});
    for (const auto& name : *names) {
        made.content.push_back({"", made.pictures.size()});
        made.pictures.push_back({name, "", "", {}});
    }
    return made;
}

}  // namespace tool
