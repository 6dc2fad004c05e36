// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// What the service keeps of HTML in an article, by what is known of it.
#ifndef WXMP_EXAMPLES_WXMP_HTML_POLICY_HPP
#define WXMP_EXAMPLES_WXMP_HTML_POLICY_HPP

#include <string>
#include <string_view>
#include <vector>

namespace tool {

/// Names as HTML compares them: only the letters of ASCII change.
std::string to_lower_case(std::string_view text);

/// A text without the blanks, and what else does not show, around it.
std::string trimmed(std::string_view text);

/// What becomes of an element.
enum class element_fate {
    kept,
    turned_into_section,  ///< a block that the service has no name for
    unwrapped,            ///< only what is in it stays; nobody misses it
    stripped,             ///< the same, but it is missed
    removed,              ///< with all that is in it
    unknown,              ///< no element at all: somebody wrote `vector<int>`
};

struct element_rule {
    element_fate fate{};
    std::string_view to_do{};  ///< for one that is missed
};

/// The rule of an HTML element by its name in lower case.
element_rule rule_of_element(std::string_view name);

/// The same for what is drawn inside of `<svg>`.
element_rule rule_of_drawing(std::string_view name);

/// Whether HTML has an element of this name.
bool is_html_element(std::string_view name);

/// Whether it never has an end tag, as `<br>`.
bool is_void_element(std::string_view name);

/// Whether an attribute stays, by its name in lower case. If not, and it is missed, `to_do` tells what to
/// write.
struct attribute_rule {
    bool is_kept{};
    bool is_missed{};
    std::string_view to_do{};
};
attribute_rule rule_of_attribute(std::string_view element, std::string_view attribute);

/// The same for what is drawn inside of `<svg>`.
attribute_rule rule_of_drawing_attribute(std::string_view attribute);

/// A style without what the service removes from it.
struct kept_style {
    std::string text{};
    std::vector<std::string> removed{};  ///< declarations
};
kept_style filter_style(std::string_view style);

/// Whether the service hosts what is at this address, so that it stays: a picture.
bool is_of_the_service(std::string_view url);

/// Whether any account may link to this address.
bool may_be_linked(std::string_view url);

}  // namespace tool

#endif
