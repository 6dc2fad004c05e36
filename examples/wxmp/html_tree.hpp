// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// The elements of an HTML text, as a browser reads it.
#ifndef WXMP_EXAMPLES_WXMP_HTML_TREE_HPP
#define WXMP_EXAMPLES_WXMP_HTML_TREE_HPP

#include <cstddef>
#include <gumbo.h>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tool {

/// How deep an element of an article may be in others.
inline constexpr int deepest_element = 200;

/// The tree of an HTML text, which must outlive it.
class html_tree {
public:
    explicit html_tree(const std::string& html);

    /// False where elements are nested so deeply that there is no tree.
    explicit operator bool() const { return output_ != nullptr; }

    const GumboNode* root() const { return output_->root; }

private:
    struct destroyer {
        void operator()(GumboOutput* o) const;
    };
    std::unique_ptr<GumboOutput, destroyer> output_;
};

/// What is in an element; of text nothing.
std::span<const GumboNode* const> children_of(const GumboNode& n);

/// The name of an element, in lower case but for drawings; empty: it is no element.
std::string name_of(const GumboNode& n);

/// Whether it is a part of `<svg>`, or that itself.
bool is_drawing(const GumboNode& n);

/// The text of a node of text; empty: it is no text.
std::string text_of_node(const GumboNode& n);

std::optional<std::string> attribute_of(const GumboNode& n, const char* name);

/// All attributes, with their values.
std::vector<std::pair<std::string, std::string>> attributes_in(const GumboNode& n);

/// Where it begins in the HTML; of what the parser has added, where that was found missing.
std::size_t offset_in(const std::string& html, const GumboNode& n);

/// The tags of an element as they are written. Empty: it is not.
std::pair<std::string, std::string> written_tags_of(const GumboNode& n);

/// All text of an element in one line, with the tags of elements that HTML does not have.
std::string reading_of(const GumboNode& n);

/// The end of the tag that a text begins with: behind the `>` outside of quotes. `npos`: there is none.
std::size_t end_of_tag(std::string_view html);

bool is_blank(std::string_view text);

}  // namespace tool

#endif
