// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include "html_tree.hpp"

#include "html_policy.hpp"
#include <algorithm>
#include <map>

namespace tool {

namespace {

// The parser frees a tree by recursion.
constexpr int deepest_tree = 400;
constexpr std::string_view html_blank = " \t\r\n\f";

// The parser closes them when the next one comes.
bool closes_by_itself(std::string_view name) {
    for (const auto* n :
         {"p", "li", "dt", "dd", "tr", "td", "th", "option", "tbody", "thead", "tfoot", "rp", "rt"})
        if (name == n) return true;
    return false;
}

// At least as many as any element of the tree is deep.
int nesting_of(std::string_view html) {
    std::map<std::string_view, int> open;
    int depth = 0;
    int deepest = 0;
    for (auto at = html.find('<'); at < html.size(); at = html.find('<', at + 1)) {
        const bool closes = html.substr(at).starts_with("</");
        const auto begin = at + (closes ? 2 : 1);
        const auto name = html.substr(begin, html.find_first_of(" \t\r\n\f/>", begin) - begin);
        if (name.empty() || is_void_element(name) || closes_by_itself(name)) continue;
        auto& count = open[name];
        if (closes && count > 0) --count, --depth;
        if (!closes) ++count, deepest = std::max(deepest, ++depth);
        const auto end = end_of_tag(html.substr(at));
        at = end == html.npos ? html.size() - 1 : at + end - 1;
    }
    return deepest;
}

std::string piece_of(const GumboStringPiece& p) {
    return p.data ? std::string(p.data, p.length) : std::string();
}

void read_into(std::string& out, const GumboNode& n, int depth) {
    if (depth > deepest_tree) return;
    const auto name = name_of(n);
    if (name.empty()) {
        out += text_of_node(n);
        return;
    }
    const auto rule = rule_of_element(name);
    if (rule.fate == element_fate::removed) return;
    const auto tags = rule.fate == element_fate::unknown && !is_drawing(n)
                          ? written_tags_of(n)
                          : std::pair<std::string, std::string>();
    if (name == "br") out += ' ';
    out += tags.first;
    for (const auto* child : children_of(n)) read_into(out, *child, depth + 1);
    out += tags.second;
}

}  // namespace

html_tree::html_tree(const std::string& html) {
    if (nesting_of(html) > deepest_tree) return;
    auto options = kGumboDefaultOptions;
    options.fragment_context = GUMBO_TAG_DIV;
    options.max_errors = 0;
    output_.reset(gumbo_parse_with_options(&options, html.data(), html.size()));
}

void html_tree::destroyer::operator()(GumboOutput* o) const {
    gumbo_destroy_output(&kGumboDefaultOptions, o);
}

std::span<const GumboNode* const> children_of(const GumboNode& n) {
    if (n.type != GUMBO_NODE_ELEMENT && n.type != GUMBO_NODE_TEMPLATE) return {};
    const auto& all = n.v.element.children;
    return {reinterpret_cast<const GumboNode* const*>(all.data), all.length};
}

std::string name_of(const GumboNode& n) {
    if (n.type != GUMBO_NODE_ELEMENT && n.type != GUMBO_NODE_TEMPLATE) return {};
    const auto& e = n.v.element;
    if (e.tag != GUMBO_TAG_UNKNOWN && e.tag_namespace != GUMBO_NAMESPACE_SVG)
        return gumbo_normalized_tagname(e.tag);
    auto piece = e.original_tag;
    if (!piece.data) return gumbo_normalized_tagname(e.tag);
    gumbo_tag_from_original_text(&piece);
    if (e.tag_namespace == GUMBO_NAMESPACE_SVG)
        if (const auto* name = gumbo_normalize_svg_tagname(&piece)) return name;
    auto name = to_lower_case(piece_of(piece));
    return name.empty() ? "unknown" : name;
}

bool is_drawing(const GumboNode& n) {
    return n.type == GUMBO_NODE_ELEMENT && n.v.element.tag_namespace == GUMBO_NAMESPACE_SVG;
}

std::string text_of_node(const GumboNode& n) {
    const bool is_text =
        n.type == GUMBO_NODE_TEXT || n.type == GUMBO_NODE_WHITESPACE || n.type == GUMBO_NODE_CDATA;
    return is_text ? n.v.text.text : "";
}

std::optional<std::string> attribute_of(const GumboNode& n, const char* name) {
    if (n.type != GUMBO_NODE_ELEMENT && n.type != GUMBO_NODE_TEMPLATE) return std::nullopt;
    const auto* found = gumbo_get_attribute(&n.v.element.attributes, name);
    return found ? std::optional<std::string>(found->value) : std::nullopt;
}

std::vector<std::pair<std::string, std::string>> attributes_in(const GumboNode& n) {
    std::vector<std::pair<std::string, std::string>> all;
    const auto& there = n.v.element.attributes;
    for (unsigned i = 0; i != there.length; ++i) {
        const auto* a = static_cast<const GumboAttribute*>(there.data[i]);
        all.emplace_back(a->name, a->value);
    }
    return all;
}

std::size_t offset_in(const std::string& html, const GumboNode& n) {
    const bool is_element = n.type == GUMBO_NODE_ELEMENT || n.type == GUMBO_NODE_TEMPLATE;
    if (is_element && n.v.element.original_tag.data)
        return static_cast<std::size_t>(n.v.element.original_tag.data - html.data());
    const auto offset = is_element ? n.v.element.start_pos.offset : n.v.text.start_pos.offset;
    return std::min<std::size_t>(offset, html.size());
}

std::pair<std::string, std::string> written_tags_of(const GumboNode& n) {
    const auto& e = n.v.element;
    auto begin = e.original_tag;
    auto end = e.original_end_tag;
    const std::pair<std::string, std::string> tags(piece_of(begin), piece_of(end));
    if (!begin.data || !end.data) return {tags.first, ""};
    // What is not closed is said to end with the tag of what it is in.
    gumbo_tag_from_original_text(&begin);
    gumbo_tag_from_original_text(&end);
    return {tags.first, piece_of(begin) == piece_of(end) ? tags.second : ""};
}

std::string reading_of(const GumboNode& n) {
    std::string all;
    read_into(all, n, 0);
    std::string line;
    for (const char c : all) {
        const bool is_blank_here = html_blank.find(c) != html_blank.npos;
        if (!is_blank_here) line += c;
        else if (!line.empty() && line.back() != ' ') line += ' ';
    }
    return trimmed(line);
}

std::size_t end_of_tag(std::string_view html) {
    char quote = 0;
    for (std::size_t i = 1; i < html.size(); ++i) {
        if (quote != 0) quote = html[i] == quote ? '\0' : quote;
        else if (html[i] == '"' || html[i] == '\'') quote = html[i];
        else if (html[i] == '>') return i + 1;
    }
    return html.npos;
}

bool is_blank(std::string_view text) { return text.find_first_not_of(html_blank) == text.npos; }

}  // namespace tool
