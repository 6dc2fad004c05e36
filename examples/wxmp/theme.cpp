// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include "theme.hpp"

#include "html_policy.hpp"
#include "language.hpp"
#include "source_text.hpp"
#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

namespace tool {

namespace {

constexpr std::string_view css_blank = " \t\r\n\f";

class css_reader {
public:
    css_reader(std::string_view css, problems& found) : css_(css), found_(found) {}

    theme run() {
        for (skip_blank(); at_ < css_.size() && read_rule(); skip_blank()) {
        }
        return std::move(made_);
    }

private:
    void fail(std::size_t at, std::string what, std::string to_do) {
        const auto place = place_in(css_, at);
        found_.push_back(
            {problem::severity::error, source_text(css_).position(place), std::move(what), std::move(to_do)});
    }

    void skip_blank() {
        for (;;) {
            at_ = std::min(css_.find_first_not_of(css_blank, at_), css_.size());
            if (!css_.substr(at_).starts_with("/*")) return;
            const auto end = css_.find("*/", at_ + 2);
            at_ = end == css_.npos ? css_.size() : end + 2;
        }
    }

    bool read_rule() {
        const auto begin = at_;
        const auto open = css_.find('{', begin);
        const auto close = css_.find('}', begin);
        if (css_[begin] == '@' || open == css_.npos || close == css_.npos || close < open) {
            fail(begin, tr("this is no rule of a theme"), tr("write it as `h1, h2 { color: #333 }`"));
            return false;
        }
        const auto names = read_selectors(begin, open);
        const auto style = read_style(open + 1, close);
        for (const auto& name : names) {
            auto& there = made_[name];
            if (!there.empty() && !style.empty()) there += ';';
            there += style;
        }
        at_ = close + 1;
        return true;
    }

    std::vector<std::string> read_selectors(std::size_t begin, std::size_t end) {
        std::vector<std::string> names;
        while (begin <= end) {
            const auto comma = std::min(css_.find(',', begin), end);
            const auto first = std::min(css_.find_first_not_of(css_blank, begin), comma);
            auto name = css_.substr(first, comma - first);
            while (!name.empty() && css_blank.find(name.back()) != css_blank.npos) name.remove_suffix(1);
            if (rule_of_element(name).fate == element_fate::kept) names.emplace_back(name);
            else
                fail(first, tr("`{}` is no element of an article", name),
                     tr("a theme has names of elements only, as h1, p, table"));
            begin = comma + 1;
        }
        return names;
    }

    // Without comments.
    static std::string without_comments(std::string_view text) {
        std::string out;
        for (;;) {
            const auto begin = text.find("/*");
            out += text.substr(0, begin);
            if (begin == text.npos) return out;
            const auto end = text.find("*/", begin + 2);
            if (end == text.npos) return out;
            text.remove_prefix(end + 2);
        }
    }

    std::string read_style(std::size_t begin, std::size_t end) {
        auto kept = filter_style(without_comments(css_.substr(begin, end - begin)));
        for (const auto& declaration : kept.removed)
            fail(std::min(css_.find(declaration, begin), end),
                 tr("`{}` is nothing that the service keeps", declaration), tr("take it out"));
        return std::move(kept.text);
    }

    std::string_view css_;
    problems& found_;
    theme made_;
    std::size_t at_ = 0;
};

// What the service shows badly by itself; short, as the length of an article is limited.
constexpr std::string_view default_css = R"(
p, ul, ol, blockquote, pre, table { margin: 1em 0 }
h1, h2, h3, h4, h5, h6 { margin: 1.4em 0 .8em; font-weight: bold }
h1 { font-size: 1.5em }
h2 { font-size: 1.3em }
h3 { font-size: 1.15em }
ul, ol { padding-left: 1.5em }
blockquote { padding: .1em 1em; border-left: 4px solid #d0d7de; color: #57606a }
pre { padding: .8em; background: #f6f8fa; font-size: .85em; line-height: 1.5; overflow-x: auto; white-space: nowrap }
code { padding: .1em .3em; background: #f6f8fa; font-size: .9em }
table { border-collapse: collapse; width: 100% }
th, td { border: 1px solid #d0d7de; padding: .4em .6em }
th { background: #f6f8fa }
img { max-width: 100% }
hr { border: 0; border-top: 1px solid #d0d7de; margin: 1.5em 0 }
)";

}  // namespace

theme default_theme() {
    problems none;
    return read_theme(default_css, none);
}

theme read_theme(std::string_view css, problems& found) { return css_reader(css, found).run(); }

}  // namespace tool
