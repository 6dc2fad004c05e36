// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// The languages of front matter, YAML and TOML.
#ifndef WXMP_EXAMPLES_WXMP_META_NODE_HPP
#define WXMP_EXAMPLES_WXMP_META_NODE_HPP

#include "problem.hpp"
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tool {

/// What both languages have, as far as it is of use here.
struct meta_node {
    source_position at{};
    std::optional<std::string> text{};  ///< a scalar
    std::vector<meta_node> items{};     ///< a list
    std::vector<std::pair<std::string, meta_node>> members{};
};

/// Reads YAML that begins in this line. What is broken goes to `found`. Nothing if it is no mapping, as text between two
/// rules.
std::optional<meta_node> read_yaml(std::string_view text, int first_line, problems& found);

/// Reads TOML, in the same way.
meta_node read_toml(std::string_view text, int first_line, problems& found);

}  // namespace tool

#endif
