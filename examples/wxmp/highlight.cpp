// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include "highlight.hpp"

#include <wxmp/data/html.hpp>

#include "html_policy.hpp"
#include "html_tree.hpp"
#include "language.hpp"
#include <algorithm>
#include <utility>

namespace tool {

namespace {

std::string_view without_last_lines(std::string_view text) {
    while (text.ends_with('\n')) text.remove_suffix(1);
    return text;
}

// The text of HTML, and no more of its elements than their styles.
class styled_text {
public:
    void take(const GumboNode& n, int depth = 0) {
        const auto name = name_of(n);
        if (name.empty() || name == "br") return add(name.empty() ? text_of_node(n) : "\n");
        if (depth > deepest_element || rule_of_element(name).fate == element_fate::removed) return;
        const bool is_block = name == "pre" || name == "div" || name == "section" || name == "table";
        const auto style = is_block ? std::string() : attribute_of(n, "style").value_or("");
        if (!style.empty()) html_ += "<span style=\"" + wxmp::html::escape(style) + "\">";
        for (const auto* part : children_of(n)) take(*part, depth + 1);
        if (!style.empty()) html_ += "</span>";
        has_style_ = has_style_ || !style.empty();
    }

    const std::string& html() const noexcept { return html_; }
    const std::string& text() const noexcept { return text_; }
    bool has_style() const noexcept { return has_style_; }

private:
    void add(const std::string& text) {
        text_ += text;
        html_ += wxmp::html::escape(text);
    }

    std::string html_;
    std::string text_;
    bool has_style_ = false;
};

// Around it there may be a whole page.
const GumboNode* find_pre(const GumboNode& n, int depth = 0) {
    if (name_of(n) == "pre") return &n;
    if (depth > deepest_element) return nullptr;
    for (const auto* child : children_of(n))
        if (const auto* found = find_pre(*child, depth + 1)) return found;
    return nullptr;
}

}  // namespace

highlighted_code not_highlighted(problem::severity is, const std::string& why) {
    const bool is_error = is == problem::severity::error;
    return {{},
            problem{is,
                    {},
                    is_error ? tr("the command of --highlight fails: {}", why)
                             : tr("the code is shown without colours: {}", why),
                    tr("try the command by itself")}};
}

highlighted_code styled_code(const std::string& html, std::string_view code) {
    const html_tree tree(html);
    styled_text made;
    if (tree) {
        const auto* pre = find_pre(*tree.root());
        made.take(pre ? *pre : *tree.root());
    }
    const auto warn = [](const std::string& why) { return not_highlighted(problem::severity::warning, why); };
    if (without_last_lines(made.text()) != without_last_lines(code))
        return warn(tr("what the command of --highlight writes has another text"));
    if (!made.has_style()) return warn(tr("what the command of --highlight writes has no style=\"…\""));
    return {std::string(without_last_lines(made.html())), std::nullopt};
}

std::string code_language_of(std::string_view info) {
    if (info.starts_with("{")) info.remove_prefix(1);
    if (info.starts_with(".")) info.remove_prefix(1);
    const auto word = info.substr(0, info.find_first_of(" \t{},:"));
    const auto is_fit = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               std::string_view("+#._-").find(c) != std::string_view::npos;
    };
    const bool is_language = !word.starts_with('-') && std::all_of(word.begin(), word.end(), is_fit);
    return is_language ? std::string(word) : std::string();
}

}  // namespace tool
