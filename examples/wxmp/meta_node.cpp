// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include "meta_node.hpp"

#include "language.hpp"
#include <memory>
#include <new>
#include <sstream>
#include <yaml.h>

// toml++ asserts that a table's name begins as one should, and without assertions lets the compiler take it for granted, before
// it reports a name that does not (`[$cover]`). So it is compiled as with assertions, which do nothing.
#define TOML_EXCEPTIONS   0
#define TOML_ASSERT(expr) static_cast<void>(0)
#pragma push_macro("NDEBUG")
#undef NDEBUG
#include <toml++/toml.h>
#pragma pop_macro("NDEBUG")

namespace tool {

namespace {

constexpr int deepest_meta = 3;  // `cover: {image: [a.jpg]}`

struct yaml_closer {
    void operator()(yaml_parser_t* p) const { yaml_parser_delete(p); }
    void operator()(yaml_document_t* d) const { yaml_document_delete(d); }
};

std::string text_of_scalar(const yaml_node_t& n) {
    return {reinterpret_cast<const char*>(n.data.scalar.value), n.data.scalar.length};
}

bool is_null(const yaml_node_t& n) {
    if (n.type != YAML_SCALAR_NODE) return false;
    const auto text = text_of_scalar(n);
    return n.data.scalar.style == YAML_PLAIN_SCALAR_STYLE && (text.empty() || text == "~" || text == "null");
}

meta_node from_yaml(yaml_document_t& document, int index, int first_line, int depth) {
    meta_node made;
    const auto* n = yaml_document_get_node(&document, index);
    if (!n || depth > deepest_meta) return made;
    made.at = {first_line + static_cast<int>(n->start_mark.line), static_cast<int>(n->start_mark.column) + 1};
    if (n->type == YAML_SCALAR_NODE && !is_null(*n)) made.text = text_of_scalar(*n);
    if (n->type == YAML_SEQUENCE_NODE)
        for (const auto* i = n->data.sequence.items.start; i != n->data.sequence.items.top; ++i)
            made.items.push_back(from_yaml(document, *i, first_line, depth + 1));
    if (n->type == YAML_MAPPING_NODE)
        for (const auto* i = n->data.mapping.pairs.start; i != n->data.mapping.pairs.top; ++i) {
            const auto key = from_yaml(document, i->key, first_line, depth + 1);
            auto value = from_yaml(document, i->value, first_line, depth + 1);
            if (value.at.line != key.at.line) value.at = key.at;
            made.members.emplace_back(key.text.value_or(""), std::move(value));
        }
    return made;
}

problem yaml_fault(const yaml_parser_t& p, int first_line) {
    const auto& at = p.problem_mark;
    return {problem::severity::error,
            {first_line + static_cast<int>(at.line), static_cast<int>(at.column) + 1},
            p.problem ? tr("the front matter is no YAML: {}", translated(p.problem))
                      : tr("the front matter is no YAML: it cannot be read"),
            tr("put a value that holds `: ` or begins with a sign in quotes")};
}

std::string text_of_value(const toml::node& n) {
    if (const auto text = n.value_exact<std::string>()) return *text;
    std::ostringstream out;
    n.visit([&out](const auto& v) {
        if constexpr (toml::is_value<decltype(v)>) out << v;
    });
    return std::move(out).str();
}

meta_node from_toml(const toml::node& n, int first_line, int depth) {
    const auto& begin = n.source().begin;
    meta_node made{.at = {first_line + static_cast<int>(begin.line) - 1, static_cast<int>(begin.column)}};
    if (depth > deepest_meta) return made;
    if (n.is_value()) made.text = text_of_value(n);
    if (const auto* list = n.as_array())
        for (const auto& item : *list) made.items.push_back(from_toml(item, first_line, depth + 1));
    if (const auto* table = n.as_table())
        for (const auto& [key, value] : *table)
            made.members.emplace_back(std::string(key.str()), from_toml(value, first_line, depth + 1));
    return made;
}

}  // namespace

std::optional<meta_node> read_yaml(std::string_view text, int first_line, problems& found) {
    yaml_parser_t parser{};
    if (yaml_parser_initialize(&parser) == 0) throw std::bad_alloc();
    const std::unique_ptr<yaml_parser_t, yaml_closer> closes_parser(&parser);
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser, reinterpret_cast<const unsigned char*>(text.data()), text.size());
    yaml_document_t document{};
    if (yaml_parser_load(&parser, &document) == 0) {
        found.push_back(yaml_fault(parser, first_line));
        return meta_node{};
    }
    const std::unique_ptr<yaml_document_t, yaml_closer> closes_document(&document);
    const auto* root = yaml_document_get_root_node(&document);
    // Without a value it is all comments, or a heading between two rules.
    if (!root)
        return text.find_first_not_of(" \t\r\n") == text.npos ? std::optional(meta_node{}) : std::nullopt;
    if (root->type != YAML_MAPPING_NODE) return std::nullopt;
    return from_yaml(document, 1, first_line, 0);
}

meta_node read_toml(std::string_view text, int first_line, problems& found) {
    const auto read = toml::parse(text);
    if (read) return from_toml(read.table(), first_line, 0);
    const auto& at = read.error().source().begin;
    found.push_back({problem::severity::error,
                     {first_line + static_cast<int>(at.line) - 1, static_cast<int>(at.column)},
                     tr("the front matter is no TOML: {}", translated(read.error().description())),
                     tr("write it as `name = \"value\"`")});
    return {};
}

}  // namespace tool
