// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_EXAMPLES_WXMP_MARKDOWN_HPP
#define WXMP_EXAMPLES_WXMP_MARKDOWN_HPP

#include <memory>
#include <string>
#include <string_view>
#include <vector>

struct cmark_node;

namespace tool {

/// A Markdown text (CommonMark), whose pictures can be replaced before it becomes HTML.
class markdown {
public:
    explicit markdown(std::string_view text);

    /// Takes the first heading out; returns its words, or nothing if there is no heading.
    std::string take_title();

    /// A picture, `![words](target)`.
    struct picture {
        std::string target;  ///< as written: a path or an address
        std::string words;   ///< for those who do not see it
        int line{};          ///< where its paragraph begins, from 1
        cmark_node* node{};
    };

    /// All pictures in their order.
    std::vector<picture> pictures() const;

    /// Shows another picture in its place.
    void set_address(const picture& p, const std::string& url);

    /// Has this HTML in its place.
    void replace(const picture& p, const std::string& html);

    /// The HTML of all. HTML in the text is kept as it is.
    std::string html() const;

private:
    struct free_tree {
        void operator()(cmark_node* n) const;
    };
    std::unique_ptr<cmark_node, free_tree> tree_;
};

}  // namespace tool

#endif
