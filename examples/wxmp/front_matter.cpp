// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include "front_matter.hpp"

#include "language.hpp"
#include "meta_node.hpp"
#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

namespace tool {

namespace {

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
    meta_name{"pic_crop_16_9", &front_matter::crop_16_9},
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
