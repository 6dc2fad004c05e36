// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include "front_matter.hpp"

#define TOML_EXCEPTIONS 0
#include "language.hpp"
#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <memory>
#include <sstream>
#include <toml++/toml.h>
#include <utility>
#include <vector>
#include <yaml.h>

namespace tool {

namespace {

// What both languages have, as far as it is of use here.
struct meta_node {
    source_position at{};
    std::optional<std::string> text{};  // a scalar
    std::vector<meta_node> items{};     // a list
    std::vector<std::pair<std::string, meta_node>> members{};
};

constexpr int deepest_meta = 3;  // `cover: {image: [a.jpg]}`

// ---- YAML

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

// Nothing if it is no mapping, as text between two rules.
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

// ---- TOML

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

// ---- What the names mean

struct meta_name {
    std::string_view name;
    std::optional<meta_value> front_matter::*member;
};

// The tool's own names come first, and before the others where both are there.
constexpr std::array meta_names = {
    meta_name{"title", &front_matter::title},
    meta_name{"author", &front_matter::author},
    meta_name{"authors", &front_matter::author},
    meta_name{"digest", &front_matter::digest},
    meta_name{"description", &front_matter::digest},
    meta_name{"summary", &front_matter::digest},
    meta_name{"excerpt", &front_matter::digest},
    meta_name{"cover", &front_matter::cover},
    meta_name{"cover_image", &front_matter::cover},
    meta_name{"coverimage", &front_matter::cover},
    meta_name{"image", &front_matter::cover},
    meta_name{"images", &front_matter::cover},
    meta_name{"thumbnail", &front_matter::cover},
    meta_name{"featured_image", &front_matter::cover},
    meta_name{"featuredimage", &front_matter::cover},
    meta_name{"banner", &front_matter::cover},
    meta_name{"source_url", &front_matter::source_url},
    meta_name{"content_source_url", &front_matter::source_url},
    meta_name{"canonical_url", &front_matter::source_url},
    meta_name{"canonicalurl", &front_matter::source_url},
    meta_name{"canonical", &front_matter::source_url},
    meta_name{"pic_crop_235_1", &front_matter::crop_235_1},
    meta_name{"pic_crop_1_1", &front_matter::crop_1_1},
    meta_name{"article_type", &front_matter::type},
    meta_name{"type", &front_matter::type},
};
constexpr std::array<std::string_view, 4> comment_names = {"comments", "comment", "open_comment",
                                                           "need_open_comment"};

// Names are the same in any case, and with `-` for `_`.
std::string plain_name(std::string name) {
    for (auto& c : name) c = c == '-' ? '_' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return name;
}

// The text of a value: of a list all of it, or its first; of a table what tells the name or the file.
std::string text_of_meta(const meta_node& n, bool wants_all) {
    if (n.text) return *n.text;
    for (const auto* key : {"name", "image", "path", "src", "url", "relative"})
        for (const auto& [name, value] : n.members)
            if (plain_name(name) == key && value.text) return *value.text;
    std::string all;
    for (const auto& item : n.items) {
        const auto text = text_of_meta(item, wants_all);
        if (!wants_all && !text.empty()) return text;
        if (!text.empty()) all += (all.empty() ? "" : ", ") + text;
    }
    return all;
}

std::optional<bool> yes_or_no(const meta_node& n) {
    const auto text = plain_name(n.text.value_or(""));
    for (const auto* yes : {"true", "yes", "on", "1"})
        if (text == yes) return true;
    for (const auto* no : {"false", "no", "off", "0"})
        if (text == no) return false;
    return std::nullopt;
}

class meta_reader {
public:
    meta_reader(const meta_node& root, front_matter& to, problems& found)
        : root_(root), to_(to), found_(found) {}

    void run() {
        for (const auto& known : meta_names) take(known);
        if (to_.type && to_.type->text != "newspic") to_.type.reset();  // other tools have types of their own
        for (const auto& [name, value] : root_.members) {
            const auto plain = plain_name(name);
            if (std::find(comment_names.begin(), comment_names.end(), plain) != comment_names.end())
                take_comments(name, value);
            else if ((plain == "draft" && yes_or_no(value) == true) ||
                     (plain == "published" && yes_or_no(value) == false))
                warn(value.at.line, tr("the front matter says that this is a draft"),
                     tr("it is published all the same, unless there is --draft-only"));
            else if (!is_known(plain)) unknown_ += (unknown_.empty() ? "" : ", ") + name;
            if (!unknown_.empty() && unknown_line_ == 0) unknown_line_ = value.at.line;
        }
        if (!unknown_.empty())
            warn(unknown_line_, tr("the front matter says what is not sent: {}", unknown_), "");
    }

private:
    bool is_known(const std::string& plain) const {
        if (plain == "type" || plain == "article_type") return to_.type.has_value();
        return plain == "draft" || plain == "published" ||
               std::any_of(meta_names.begin(), meta_names.end(),
                           [&](const meta_name& n) { return n.name == plain; });
    }

    void take(const meta_name& known) {
        auto& member = to_.*known.member;
        for (const auto& [name, value] : root_.members) {
            if (member || plain_name(name) != known.name) continue;
            const auto text = text_of_meta(value, known.member == &front_matter::author);
            if (!text.empty()) member = meta_value{text, value.at};
        }
    }

    void take_comments(const std::string& name, const meta_node& value) {
        if (const auto wish = yes_or_no(value)) to_.comments = wish;
        else if (value.text)
            found_.push_back({problem::severity::error, value.at, tr("{} is {}", name, *value.text),
                              tr("write true or false")});
    }

    void warn(int line, std::string what, std::string to_do) {
        found_.push_back({problem::severity::warning, {line, 0}, std::move(what), std::move(to_do)});
    }

    const meta_node& root_;
    front_matter& to_;
    problems& found_;
    std::string unknown_;
    int unknown_line_ = 0;
};

// ---- Where it is

struct fenced_text {
    std::string_view inside;
    std::size_t end{};
    int lines{};  // with both fences
};

// The next line without what ends it, taken from the front.
std::string_view take_line(std::string_view& rest) {
    auto line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    while (line.ends_with(' ') || line.ends_with('\t')) line.remove_suffix(1);
    return line;
}

std::optional<fenced_text> find_fenced(std::string_view text, std::string_view fence) {
    auto rest = text;
    if (take_line(rest) != fence) return std::nullopt;
    const auto begin = text.size() - rest.size();
    for (int lines = 2; !rest.empty(); ++lines) {
        const auto at = text.size() - rest.size();
        const auto line = take_line(rest);
        if (line == fence || (fence == "---" && line == "..."))
            return fenced_text{text.substr(begin, at - begin), text.size() - rest.size(), lines};
    }
    return std::nullopt;
}

// Whether what follows a rule is meant as metadata: `name: …` or `name = …`.
bool looks_like_metadata(std::string_view text, char between) {
    take_line(text);
    const auto line = take_line(text);
    const auto name = line.substr(0, line.find(between));
    return !name.empty() && name.size() != line.size() && name.find_first_of(" \t#*`[") == name.npos;
}

}  // namespace

front_matter read_front_matter(std::string_view text, problems& found) {
    front_matter made;
    const bool is_toml = text.starts_with("+++");
    const auto fenced = find_fenced(text, is_toml ? "+++" : "---");
    auto first = text;
    const auto fence = take_line(first);
    if (!fenced && (fence == "---" || fence == "+++") && looks_like_metadata(text, is_toml ? '=' : ':'))
        found.push_back({problem::severity::error,
                         {1, 1},
                         tr("the front matter does not end"),
                         tr("put a line of {} after it", fence)});
    if (!fenced) return made;
    const auto root = is_toml ? read_toml(fenced->inside, 2, found) : read_yaml(fenced->inside, 2, found);
    if (!root) return made;
    made.end = fenced->end;
    made.lines = fenced->lines;
    meta_reader(*root, made, found).run();
    return made;
}

}  // namespace tool
