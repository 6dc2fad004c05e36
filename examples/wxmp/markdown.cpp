// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include "markdown.hpp"

#include <cmark.h>
#include <cstdlib>

namespace tool {

namespace {

constexpr int keep_html = CMARK_OPT_UNSAFE;

// Calls `visit` with each node as it is entered, in the order of the text. Where it returns false, what is in the node
// is left out.
template <class Visit> void for_each(cmark_node* tree, Visit visit) {
    cmark_iter* i = cmark_iter_new(tree);
    for (auto e = cmark_iter_next(i); e != CMARK_EVENT_DONE; e = cmark_iter_next(i)) {
        auto* const n = cmark_iter_get_node(i);
        if (e == CMARK_EVENT_ENTER && !visit(n)) cmark_iter_reset(i, n, CMARK_EVENT_EXIT);
    }
    cmark_iter_free(i);
}

std::string words_of(cmark_node* part) {
    std::string words;
    for_each(part, [&words](cmark_node* n) {
        const auto type = cmark_node_get_type(n);
        if (type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE) words += cmark_node_get_literal(n);
        if (type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK) words += ' ';
        return true;
    });
    return words;
}

int line_of(cmark_node* n) {
    while (n && cmark_node_get_start_line(n) == 0) n = cmark_node_parent(n);
    return n ? cmark_node_get_start_line(n) : 0;
}

}  // namespace

void markdown::free_tree::operator()(cmark_node* n) const { cmark_node_free(n); }

markdown::markdown(std::string_view text)
    : tree_(cmark_parse_document(text.data(), text.size(), CMARK_OPT_DEFAULT)) {}

std::string markdown::take_title() {
    for (auto* n = cmark_node_first_child(tree_.get()); n; n = cmark_node_next(n)) {
        if (cmark_node_get_type(n) != CMARK_NODE_HEADING) continue;
        cmark_node_unlink(n);
        const std::unique_ptr<cmark_node, free_tree> heading(n);
        return words_of(n);
    }
    return {};
}

std::vector<markdown::picture> markdown::pictures() const {
    std::vector<picture> all;
    for_each(tree_.get(), [&all](cmark_node* n) {
        if (cmark_node_get_type(n) != CMARK_NODE_IMAGE) return true;
        all.push_back({cmark_node_get_url(n), words_of(n), line_of(n), n});
        return false;  // a picture in its words is not shown, and goes when it is replaced
    });
    return all;
}

void markdown::set_address(const picture& p, const std::string& url) {
    cmark_node_set_url(p.node, url.c_str());
}

void markdown::replace(const picture& p, const std::string& html) {
    auto* fresh = cmark_node_new(CMARK_NODE_HTML_INLINE);
    cmark_node_set_literal(fresh, html.c_str());
    cmark_node_replace(p.node, fresh);
    cmark_node_free(p.node);
}

std::string markdown::html() const {
    const std::unique_ptr<char, decltype(&std::free)> text(cmark_render_html(tree_.get(), keep_html),
                                                           std::free);
    return text.get();
}

}  // namespace tool
