// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include "html_writer.hpp"

#include <wxmp/data/html.hpp>

#include "chinese.hpp"
#include "html_policy.hpp"
#include "html_tree.hpp"
#include "language.hpp"
#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <utility>

namespace tool {

namespace {

using wxmp::html::escape;

constexpr const char* no_break_space = "&nbsp;";
constexpr int tab_width = 4;

bool is_of_a_list_or_table(std::string_view name) {
    for (const auto* n : {"ul", "ol", "table", "thead", "tbody", "tfoot", "tr", "colgroup"})
        if (name == n) return true;
    return false;
}

// A line break between Chinese characters is no space.
std::string join_lines(const std::string& text) {
    std::string out;
    for (std::size_t i = 0; i != text.size(); ++i) {
        const bool is_between = text[i] == '\n' && i >= 3 && is_of_wide_script(text.substr(i - 3, 3)) &&
                                is_of_wide_script(text.substr(i + 1, 3));
        if (!is_between) out += text[i];
    }
    return out;
}

std::optional<std::size_t> number_of(const std::optional<std::string>& text) {
    std::size_t n{};
    if (!text) return std::nullopt;
    const auto [end, fault] = std::from_chars(text->data(), text->data() + text->size(), n);
    return fault == std::errc() && end == text->data() + text->size() ? std::optional(n) : std::nullopt;
}

// A link whose text is its address.
bool tells_address(std::string_view text, std::string_view url) {
    while (url.ends_with('/') && !text.ends_with('/')) url.remove_suffix(1);
    return !text.empty() && url.ends_with(text) &&
           (text.size() == url.size() ||
            url.substr(0, url.size() - text.size()).find_first_not_of("abcdefghijklmnopqrstuvwxyz:/") ==
                url.npos);
}

bool has_scheme(std::string_view url) {
    const auto colon = url.find(':');
    return url.starts_with("//") || (colon != url.npos && colon > 1 && url.find_first_of("/?#.") > colon);
}

class html_writer {
public:
    html_writer(const traced_html& html, const source_text& lines, const article_options& how,
                parsed_article& to)
        : html_(html),
          lines_(lines),
          how_(how),
          to_(to),
          footnotes_(static_cast<std::size_t>(html.footnotes)) {}

    void run() {
        const html_tree tree(html_.text);
        if (!tree)
            return report(severity::error, {1, 1}, tr("HTML elements are too deep in each other"),
                          tr("close them"));
        choose_title(tree.root());
        begin(to_.content);
        write_children(*tree.root());
        write_notes();
        report_unused_footnotes();
    }

private:
    using severity = problem::severity;

    // ---- Where things go

    void begin(std::vector<article_piece>& pieces) {
        pieces.emplace_back();
        out_ = &pieces;
    }

    void put(std::string_view html) { out_->back().html += html; }

    // ---- What is wrong

    byte_position place_of(const GumboNode& n) const { return html_.at(offset_in(html_.text, n)); }

    void report(severity how, byte_position at, std::string what, std::string to_do) {
        to_.found.push_back({how, lines_.position(at), std::move(what), std::move(to_do)});
    }

    void report(severity how, const GumboNode& n, std::string what, std::string to_do) {
        report(how, place_of(n), std::move(what), std::move(to_do));
    }

    // ---- The title

    void choose_title(const GumboNode* root) {
        const auto given = how_.title       ? how_.title
                           : to_.meta.title ? std::optional(to_.meta.title->text)
                                            : std::nullopt;
        bool has_text = false;
        const auto* heading = find_heading(*root, given.has_value(), has_text, 0);
        const auto said = heading ? reading_of(*heading) : std::string();
        to_.title = given.value_or(said);
        if (heading) to_.title_at = lines_.position(place_of(*heading));
        if (!heading || (given && to_.title != said)) return;
        title_ = heading;
        report_lost_in_title(*heading, 0);
    }

    // The first heading that is not part of something else. One of HTML is the title only where the article
    // begins.
    const GumboNode* find_heading(const GumboNode& n, bool wants_h1, bool& has_text, int depth) const {
        for (const auto* child : children_of(n)) {
            const auto name = name_of(*child);
            if (name.empty()) has_text = has_text || !is_blank(text_of_node(*child));
            if (name.empty() || depth > deepest_element) continue;
            if (attribute_of(*child, footnote_text_mark)) continue;
            const bool is_heading = name.size() == 2 && name[0] == 'h' && name[1] >= '1' && name[1] <= '6';
            const bool is_written = html_.is_written(offset_in(html_.text, *child));
            const bool is_fit = is_written ? name == "h1" && !has_text : !wants_h1 || name == "h1";
            if (is_heading && is_fit && !reading_of(*child).empty()) return child;
            if (name == "blockquote" || name == "ul" || name == "ol" || name == "table" || name == "pre") {
                has_text = has_text || !reading_of(*child).empty();
                continue;
            }
            if (const auto* found = find_heading(*child, wants_h1, has_text, depth + 1)) return found;
        }
        return nullptr;
    }

    void report_lost_in_title(const GumboNode& n, int depth) {
        for (const auto* child : children_of(n)) {
            if (depth > deepest_element) return;
            const auto name = name_of(*child);
            if (name == "img")
                report(severity::warning, *child, tr("a picture in the title is not shown"),
                       tr("put it below"));
            if (const auto url = attribute_of(*child, "href"); name == "a" && url)
                report(severity::warning, *child, tr("the link to {} in the title is not kept", *url),
                       tr("put it below"));
            if (attribute_of(*child, footnote_mark))
                report(severity::warning, *child, tr("a footnote of the title is not kept"),
                       tr("put it below"));
            report_lost_in_title(*child, depth + 1);
        }
    }

    // ---- Text

    void write_children(const GumboNode& n) {
        if (++depth_ > deepest_element) {
            if (depth_ == deepest_element + 1)
                report(severity::error, n, tr("HTML elements are too deep in each other"), tr("close them"));
        } else {
            for (const auto* child : children_of(n)) write(*child, n);
        }
        --depth_;
    }

    void write(const GumboNode& n, const GumboNode& parent) {
        if (n.type == GUMBO_NODE_COMMENT) return;
        if (const auto name = name_of(n); !name.empty()) return write_element(n, name);
        const auto text = text_of_node(n);
        const auto inside = name_of(parent);
        const bool is_first = out_->size() == 1 && out_->back().html.empty();
        if (is_blank(text) && in_pre_ == 0 && (is_first || is_of_a_list_or_table(inside))) return;
        if (in_pre_ > 0) return write_code(text);
        if (in_code_ == 0) report_unread(n, text);
        put(escape(join_lines(text)));
    }

    // Markup that shows as it is written.
    void report_unread(const GumboNode& n, const std::string& text) {
        const auto warn = [&](std::string_view sign, std::string what, std::string to_do) {
            if (text.find(sign) == text.npos) return false;
            report(severity::warning, lines_.find(place_of(n), sign), std::move(what), std::move(to_do));
            return true;
        };
        for (const auto* sign : {"{{<", "{{%", "{% "})
            if (warn(sign, tr("a shortcode is shown as it is written"), tr("write Markdown in its place")))
                break;
        warn("**", tr("** is shown as it is written"),
             tr("next to punctuation the pair wants a space outside, and within HTML blank lines around"));
        for (const auto* sign : {"[TOC]", "[toc]", "[[toc]]"})
            if (trimmed(text) == sign)
                warn(sign, tr("{} is shown as it is written", sign), tr("take it out"));
    }

    // The service drops line breaks, and spaces that begin or end a line or follow another, in `<pre>`.
    void write_code(const std::string& text) {
        for (const char c : text) {
            if (c == '\n') {
                end_code_line();
                put("<br />");
            } else if (c == '\t') {
                write_code_spaces(tab_width - column_ % tab_width);
            } else if (c == ' ' && !was_space_) {
                single_space_ = out_->back().html.size();
                put(" ");
                was_space_ = true;
                ++column_;
            } else if (c == ' ') {
                write_code_spaces(1);
            } else {
                put(escape(std::string_view(&c, 1)));
                single_space_.reset();
                was_space_ = false;
                if ((static_cast<unsigned char>(c) & 0xc0u) != 0x80u) ++column_;
            }
        }
    }

    void write_code_spaces(int count) {
        keep_single_space();
        for (int k = 0; k != count; ++k) put(no_break_space);
        was_space_ = true;
        column_ += count;
    }

    // Only what comes after a space tells that it has to be kept; tags may have come meanwhile.
    void keep_single_space() {
        if (single_space_) out_->back().html.replace(*single_space_, 1, no_break_space);
        single_space_.reset();
    }

    void end_code_line() {
        keep_single_space();
        column_ = 0;
        was_space_ = true;
    }

    // ---- Elements

    void write_element(const GumboNode& n, const std::string& name) {
        if (&n == title_) return;
        if (is_drawing(n)) return write_drawing(n, name);
        if (const auto f = number_of(attribute_of(n, footnote_mark)); f && *f < footnotes_.size())
            return put(mark_of(number_of_footnote(*f)));
        if (const auto f = number_of(attribute_of(n, footnote_text_mark)); f && *f < footnotes_.size())
            return write_footnote(n, *f);
        if (name == "img") return write_picture(n);
        if (name == "a") return write_link(n);
        if (name == "pre" || name == "code") return write_code_element(n, name);
        if (name == "input" && attribute_of(n, "type") == "checkbox")
            return put(attribute_of(n, "checked") ? "☑" : "☐");
        if (name == "iframe" && attribute_of(n, "data-mpvid")) return write_kept(n, name);
        if (name == "table") return write_table(n);
        write_by_rule(n, name, rule_of_element(name));
    }

    void write_by_rule(const GumboNode& n, const std::string& name, const element_rule& rule) {
        switch (rule.fate) {
        case element_fate::kept: return write_kept(n, name);
        case element_fate::turned_into_section: return write_kept(n, "section");
        case element_fate::unwrapped: return write_children(n);
        case element_fate::unknown: return write_unknown(n);
        case element_fate::stripped:
            report(severity::warning, n, tr("<{}> is removed by the service, its text stays", name),
                   tr(rule.to_do));
            return write_children(n);
        case element_fate::removed:
            report(severity::warning, n, tr("<{}> is removed by the service", name), tr(rule.to_do));
        }
    }

    void write_kept(const GumboNode& n, const std::string& name) {
        const auto pieces = out_->size();
        const auto before = out_->back().html.size();
        put('<' + name + attributes_of(n, name));
        if (is_void_element(name)) return put(" />");
        put(">");
        const auto opened = out_->back().html.size();
        write_children(n);
        // All that was in a paragraph may be gone.
        const bool is_empty = out_->size() == pieces && out_->back().html.size() == opened;
        if (name == "p" && is_empty) out_->back().html.resize(before);
        else put("</" + name + '>');
    }

    // Somebody wrote `vector<int>`: the tags are text.
    void write_unknown(const GumboNode& n) {
        const auto tags = written_tags_of(n);
        report(severity::warning, n, tr("{} is no element of HTML, and shown as text", tags.first),
               tr("write it as `{}`", tags.first));
        put(escape(tags.first));
        write_children(n);
        put(escape(tags.second));
    }

    void write_drawing(const GumboNode& n, const std::string& name) {
        const auto rule = rule_of_drawing(name);
        if (rule.fate != element_fate::kept) return write_by_rule(n, name, rule);
        put('<' + name + attributes_of(n, name) + '>');
        write_children(n);
        put("</" + name + '>');
    }

    // A wide table is moved sideways, and does not make the whole article wider than the phone.
    void write_table(const GumboNode& n) {
        put("<section style=\"overflow-x:auto\">");
        write_kept(n, "table");
        put("</section>");
    }

    void write_code_element(const GumboNode& n, const std::string& name) {
        auto& inside = name == "pre" ? in_pre_ : in_code_;
        ++inside;
        if (name == "pre") end_code_line();
        write_kept(n, name);
        if (name == "pre") end_code_line();
        --inside;
    }

    // ---- Attributes

    std::string attributes_of(const GumboNode& n, const std::string& name) {
        std::string out;
        std::string style;
        for (const auto& [attribute, value] : attributes_in(n)) {
            if (attribute.starts_with("data-wxmp-")) continue;
            if (attribute == "style") {
                style = own_style(n, name, value);
                continue;
            }
            const auto rule =
                is_drawing(n) ? rule_of_drawing_attribute(attribute) : rule_of_attribute(name, attribute);
            const bool runs = (attribute == "href" || attribute == "src") && is_script(value);
            if (rule.is_kept && !runs) out += ' ' + attribute + "=\"" + escape(value) + '"';
            else if (rule.is_missed || runs)
                report(severity::warning, n,
                       tr("{}=\"…\" of <{}> is removed by the service", attribute, name), tr(rule.to_do));
        }
        return out + style_attribute(name, style);
    }

    static bool is_script(std::string_view url) {
        std::string plain;
        for (const char c : url.substr(0, 64))
            if (static_cast<unsigned char>(c) > ' ') plain += c;
        plain = to_lower_case(plain);
        return plain.starts_with("javascript:") || plain.starts_with("vbscript:");
    }

    std::string own_style(const GumboNode& n, const std::string& name, const std::string& value) {
        const auto kept = filter_style(value);
        for (const auto& declaration : kept.removed)
            report(severity::warning, n,
                   tr("style=\"{}\" of <{}> is removed by the service", declaration, name),
                   tr("take it out"));
        return kept.text;
    }

    std::string style_attribute(const std::string& name, const std::string& own) const {
        const auto themed = how_.styles.find(name);
        const bool has_theme = themed != how_.styles.end() && !(name == "code" && in_pre_ > 0);
        auto style = has_theme ? themed->second : std::string();
        if (!own.empty()) style += (style.empty() ? "" : ";") + own;
        return style.empty() ? "" : " style=\"" + escape(style) + '"';
    }

    // ---- Pictures

    void write_picture(const GumboNode& n) {
        auto target = attribute_of(n, "src").value_or("");
        if (target.empty()) target = attribute_of(n, "data-src").value_or("");
        if (trimmed(target).empty())
            return report(severity::error, n, tr("a picture has no address"), tr("name its file"));
        article_picture p{
            trimmed(target), attribute_of(n, "alt").value_or(""), {}, lines_.position(place_of(n))};
        p.attributes = picture_attributes(n, p.words);
        keep_single_space();
        out_->back().picture = to_.pictures.size();
        to_.pictures.push_back(std::move(p));
        out_->emplace_back();
    }

    std::string picture_attributes(const GumboNode& n, const std::string& words) {
        std::string out = " alt=\"" + escape(words) + '"';
        std::string style;
        for (const auto& [attribute, value] : attributes_in(n)) {
            if (attribute == "style") style = own_style(n, "img", value);
            if (attribute == "width" || attribute == "height" || attribute == "title" || attribute == "align")
                out += ' ' + attribute + "=\"" + escape(value) + '"';
            const auto rule = rule_of_attribute("img", attribute);
            if (!rule.is_kept && rule.is_missed)
                report(severity::warning, n,
                       tr("{}=\"…\" of <{}> is removed by the service", attribute, "img"), tr(rule.to_do));
        }
        return out + style_attribute("img", style);
    }

    // ---- Links and notes

    struct note {
        std::string html;  // of an address
        std::vector<article_piece> pieces{};
    };

    static std::string mark_of(std::size_t number) { return "<sup>[" + std::to_string(number) + "]</sup>"; }

    void write_link(const GumboNode& n) {
        const auto url = trimmed(attribute_of(n, "href").value_or(""));
        const bool is_out = url.starts_with("//") || (has_scheme(url) && !is_script(url));
        if (attribute_of(n, "data-miniprogram-appid")) return write_kept(n, "a");
        if (url.empty()) return write_children(n);
        if (!is_out) return write_dead_link(n, url);
        if (may_be_linked(url)) return write_kept(n, "a");
        if (how_.keeps_links) {
            report(severity::note, n, tr("the link to {} stays", url),
                   tr("most accounts may not link outside mp.weixin.qq.com"));
            return write_kept(n, "a");
        }
        write_children(n);
        if (tells_address(trimmed(reading_of(n)), url))
            return report(severity::note, n, tr("the address {} is shown as text", url), "");
        const auto number = number_of_address(url);
        put(mark_of(number));
        report(severity::note, n, tr("the link to {} is note [{}]", url, number), "");
    }

    void write_dead_link(const GumboNode& n, const std::string& url) {
        report(severity::warning, n, tr("the link to {} is removed: it leads nowhere on the service", url),
               tr("write the address of the published article, or none"));
        write_children(n);
    }

    static std::string_view readable(std::string_view url) {
        for (const std::string_view scheme : {"mailto:", "tel:"})
            if (url.starts_with(scheme)) url.remove_prefix(scheme.size());
        return url;
    }

    std::size_t number_of_address(const std::string& url) {
        auto& number = addresses_[url];
        if (number == 0) {
            notes_.push_back({escape(readable(url))});
            number = notes_.size();
        }
        return number;
    }

    std::size_t number_of_footnote(std::size_t index) {
        auto& number = footnotes_[index];
        if (number == 0) {
            notes_.push_back({});
            number = notes_.size();
        }
        return number;
    }

    void write_footnote(const GumboNode& n, std::size_t index) {
        if (footnotes_[index] == 0) return unused_.push_back(place_of(n));
        auto* const before = out_;
        std::vector<article_piece> pieces;
        begin(pieces);
        write_children(n);
        out_ = before;
        notes_[footnotes_[index] - 1].pieces = std::move(pieces);
    }

    void report_unused_footnotes() {
        for (const auto& at : unused_)
            report(severity::warning, at, tr("nothing refers to this footnote, and it is not shown"),
                   tr("refer to it, or take it out"));
    }

    void write_notes() {
        if (notes_.empty()) return;
        put("<hr" + style_attribute("hr", "") +
            " />\n<section style=\"font-size:.85em;word-break:break-all\">\n");
        for (std::size_t i = 0; i != notes_.size(); ++i) {
            const auto number = '[' + std::to_string(i + 1) + "] ";
            if (notes_[i].pieces.empty())
                put("<p" + style_attribute("p", "") + '>' + number + notes_[i].html + "</p>\n");
            else add_numbered(number, std::move(notes_[i].pieces));
        }
        put("</section>\n");
    }

    // The number goes into the first paragraph, where there is one in front.
    void add_numbered(const std::string& number, std::vector<article_piece> pieces) {
        auto& first = pieces.front().html;
        const auto text = first.find_first_not_of('\n');
        const bool is_paragraph = text != first.npos && first.substr(text, 2) == "<p";
        if (is_paragraph) first.insert(first.find('>', text) + 1, number);
        else first.insert(0, "<p" + style_attribute("p", "") + '>' + number + "</p>\n");
        for (auto& piece : pieces) {
            put(piece.html);
            if (!piece.picture) continue;
            out_->back().picture = piece.picture;
            out_->emplace_back();
        }
    }

    const traced_html& html_;
    const source_text& lines_;
    const article_options& how_;
    parsed_article& to_;
    std::vector<article_piece>* out_{};
    const GumboNode* title_{};
    int depth_ = 0;
    int in_pre_ = 0;
    int in_code_ = 0;
    int column_ = 0;          // in a line of code
    bool was_space_ = false;  // at the beginning of a line of code, and behind a space in it
    std::optional<std::size_t>
        single_space_;  // in code: where one is that may yet turn out to be the last of its line
    std::vector<note> notes_;
    std::map<std::string, std::size_t> addresses_;  // to the number of the note
    std::vector<std::size_t> footnotes_;            // the same; 0: not referred to
    std::vector<byte_position> unused_;
};

}  // namespace

void write_article(const traced_html& html, const source_text& lines, const article_options& how,
                   parsed_article& to) {
    html_writer(html, lines, how, to).run();
}

}  // namespace tool
