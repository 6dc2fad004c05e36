// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include "markdown.hpp"

#include <wxmp/data/html.hpp>

#include "html_policy.hpp"
#include "html_tree.hpp"
#include "language.hpp"
#include "markdown_text.hpp"
#include <algorithm>
#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm-extension_api.h>
#include <cmark-gfm.h>
#include <cstdlib>
#include <cstring>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <utility>

namespace tool {

namespace {

// A single `~` stays: Chinese writes ranges with it. Line breaks are counted only with SOURCEPOS.
constexpr int parsing_options =
    CMARK_OPT_FOOTNOTES | CMARK_OPT_STRIKETHROUGH_DOUBLE_TILDE | CMARK_OPT_SOURCEPOS;

struct tree_freer {
    void operator()(cmark_node* n) const { cmark_node_free(n); }
    void operator()(cmark_parser* p) const { cmark_parser_free(p); }
    void operator()(cmark_iter* i) const { cmark_iter_free(i); }
};
using markdown_tree = std::unique_ptr<cmark_node, tree_freer>;

markdown_tree parse_markdown(std::string_view text) {
    cmark_gfm_core_extensions_ensure_registered();
    const std::unique_ptr<cmark_parser, tree_freer> parser(cmark_parser_new(parsing_options));
    for (const auto* name : {"table", "strikethrough", "autolink", "tasklist"})
        cmark_parser_attach_syntax_extension(parser.get(), cmark_find_syntax_extension(name));
    cmark_parser_feed(parser.get(), text.data(), text.size());
    return markdown_tree(cmark_parser_finish(parser.get()));
}

// Calls `enter` and `leave` with each node in the order of the text. Where `enter` returns false, what is in the
// node is left out.
template <class Enter, class Leave> void walk(cmark_node* tree, Enter enter, Leave leave) {
    const std::unique_ptr<cmark_iter, tree_freer> i(cmark_iter_new(tree));
    for (auto e = cmark_iter_next(i.get()); e != CMARK_EVENT_DONE; e = cmark_iter_next(i.get())) {
        auto* const n = cmark_iter_get_node(i.get());
        if (e == CMARK_EVENT_EXIT) leave(n);
        else if (!enter(n)) cmark_iter_reset(i.get(), n, CMARK_EVENT_EXIT);
    }
}

void do_nothing(cmark_node*) {}

std::string_view literal_of(cmark_node* n) {
    const auto* text = cmark_node_get_literal(n);
    return text ? text : "";
}

std::string words_of(cmark_node* part) {
    std::string words;
    const auto add = [&words](cmark_node* n) {
        const auto type = cmark_node_get_type(n);
        if (type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE) words += literal_of(n);
        if (type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK) words += ' ';
        return true;
    };
    walk(part, add, do_nothing);
    return words;
}

bool is_a(cmark_node* n, const char* extended_type) {
    return n && std::strcmp(cmark_node_get_type_string(n), extended_type) == 0;
}

// Of each line, from 1, whether it is code or HTML.
std::vector<bool> literal_lines(std::string_view text, int lines) {
    std::vector<bool> is_literal(static_cast<std::size_t>(lines) + 2);
    const auto tree = parse_markdown(text);
    const auto note = [&](cmark_node* n) {
        const auto type = cmark_node_get_type(n);
        if (type == CMARK_NODE_CODE_BLOCK || type == CMARK_NODE_HTML_BLOCK)
            for (int i = cmark_node_get_start_line(n); i <= std::min(cmark_node_get_end_line(n), lines); ++i)
                is_literal[static_cast<std::size_t>(std::max(i, 0))] = true;
        return true;
    };
    walk(tree.get(), note, do_nothing);
    return is_literal;
}

// Of those with one label the parser keeps the first one only.
void report_repeated_footnotes(const std::vector<footnote_label>& footnotes, const source_text& lines,
                               problems& found) {
    std::set<std::string> labels;
    for (const auto& f : footnotes) {
        if (labels.insert(to_lower_case(f.label)).second) continue;
        found.push_back({problem::severity::warning, lines.position(f.at),
                         tr("[^{}] is told once more, and this time is not shown", f.label),
                         tr("give it another label")});
    }
}

// The parser drops a footnote that nothing refers to. So each is referred to in front of the text.
std::string references_to(const std::vector<footnote_label>& footnotes) {
    std::string text;
    for (const auto& f : footnotes) text += "[^" + f.label + "]\n\n";
    return text;
}

constexpr std::string_view raw_text_elements[] = {"script", "style",   "textarea", "title",    "xmp",
                                                  "iframe", "noembed", "noframes", "plaintext"};

// The tag that begins here; empty: it is none. `</b>` and `<b>` are both of the name b.
struct written_tag {
    std::string name;
    bool closes{};
};

written_tag read_tag(std::string_view html) {
    written_tag t;
    if (!html.starts_with('<')) return t;
    html.remove_prefix(1);
    t.closes = html.starts_with('/');
    if (t.closes) html.remove_prefix(1);
    t.name = to_lower_case(html.substr(0, html.find_first_of(" \t\r\n\f/>")));
    const bool has_name = !t.name.empty() && t.name.front() >= 'a' && t.name.front() <= 'z';
    return has_name ? t : written_tag{};
}

bool has_raw_text(const std::string& name) {
    return std::find(std::begin(raw_text_elements), std::end(raw_text_elements), name) !=
           std::end(raw_text_elements);
}

// Where the end tag of this name begins.
std::size_t find_end_tag(std::string_view html, const std::string& name, std::size_t from) {
    for (auto at = html.find("</", from); at < html.size(); at = html.find("</", at + 1))
        if (read_tag(html.substr(at)).name == name) return at;
    return html.npos;
}

// Where something in HTML begins whose end is missing, so that it would take the rest of the article with it.
std::optional<std::size_t> find_unclosed(std::string_view html) {
    for (auto at = html.find('<'); at < html.size(); at = html.find('<', at + 1)) {
        const auto rest = html.substr(at);
        const auto tag = read_tag(rest);
        auto end = at;
        if (rest.starts_with("<!--")) end = html.find("-->", at + 4);
        else if (!tag.name.empty() && end_of_tag(rest) == rest.npos) end = rest.npos;
        else if (tag.name == "plaintext") end = rest.npos;
        else if (!tag.closes && has_raw_text(tag.name)) end = find_end_tag(html, tag.name, at);
        if (end == html.npos) return at;
        if (!tag.name.empty() && end == at) end = at + end_of_tag(rest) - 1;
        at = end;
    }
    return std::nullopt;
}

// Where an end tag stands that closes nothing, and whose name is none of HTML: no parser would show it.
// `open` has how many elements of such names are open.
std::optional<std::size_t> find_stray_end_tag(std::string_view html, std::map<std::string, int>& open) {
    for (auto at = html.find('<'); at < html.size(); at = html.find('<', at + 1)) {
        const auto rest = html.substr(at);
        const auto tag = read_tag(rest);
        auto end = rest.starts_with("<!--") ? html.find("-->", at + 4) : at;
        if (!tag.closes && has_raw_text(tag.name)) end = find_end_tag(html, tag.name, at);
        if (end == html.npos) return std::nullopt;
        const auto size = tag.name.empty() || end != at ? 1 : end_of_tag(rest);
        if (size == html.npos) return std::nullopt;
        if (!tag.name.empty() && !is_html_element(tag.name)) {
            auto& count = open[tag.name];
            if (tag.closes && count == 0) return at;
            count += tag.closes ? -1 : 1;
        }
        at = end + size - 1;
    }
    return std::nullopt;
}

// The end of what is for programs: `<?…?>`, `<!DOCTYPE …>`, `<![CDATA[…]]>`. 0: it is something else.
std::size_t end_of_instruction(std::string_view html) {
    const auto behind = [html](std::string_view end) {
        const auto at = html.find(end);
        return at == html.npos ? html.size() : at + end.size();
    };
    if (html.starts_with("<?")) return behind("?>");
    if (html.starts_with("<![CDATA[")) return behind("]]>");
    return html.starts_with("<!") && !html.starts_with("<!--") ? behind(">") : 0;
}

class html_renderer {
public:
    html_renderer(const source_text& lines, int shift, const highlighter& highlight, problems& found)
        : lines_(lines), shift_(shift), highlight_(highlight), found_(found) {}

    traced_html run(cmark_node* tree) {
        mark_at({1, 1}, false);
        walk(
            tree, [this](cmark_node* n) { return enter(n); }, [this](cmark_node* n) { leave(n); });
        html_.footnotes = footnotes_;
        return std::move(html_);
    }

private:
    std::string& out() { return html_.text; }

    // ---- Places

    byte_position place_of(cmark_node* n) const {
        while (n && cmark_node_get_start_line(n) <= shift_) n = cmark_node_parent(n);
        if (!n) return {1, 1};
        return {cmark_node_get_start_line(n) - shift_, std::max(cmark_node_get_start_column(n), 1)};
    }

    byte_position place_of(cmark_node* n, std::string_view wanted) const {
        return lines_.find(place_of(n), wanted);
    }

    void mark_at(byte_position at, bool is_written) { html_.marks.push_back({out().size(), at, is_written}); }

    // HTML as it is written, each line of it with its place.
    void add_written(cmark_node* n, std::string_view html) {
        auto at = place_of(n, html.substr(0, html.find('\n')));
        while (!html.empty()) {
            const auto size = std::min(html.find('\n'), html.size() - 1) + 1;
            const auto line = html.substr(0, size);
            mark_at(lines_.find(at, line.substr(0, line.find('\n'))), true);
            out() += line;
            html.remove_prefix(size);
            ++at.line;
        }
        mark_at(at, false);
    }

    // ---- Nodes

    bool enter(cmark_node* n) {
        switch (cmark_node_get_type(n)) {
        case CMARK_NODE_TEXT: return mark_at(place_of(n), false), add_text(literal_of(n)), true;
        case CMARK_NODE_CODE: return mark_at(place_of(n), false), add("code", literal_of(n)), true;
        case CMARK_NODE_SOFTBREAK: return out() += '\n', true;
        case CMARK_NODE_LINEBREAK: return out() += "<br>\n", true;
        case CMARK_NODE_HTML_INLINE: return add_inline_html(n), true;
        case CMARK_NODE_HTML_BLOCK: return add_html_block(n), true;
        case CMARK_NODE_CODE_BLOCK: return add_code_block(n), true;
        case CMARK_NODE_THEMATIC_BREAK: return out() += "<hr>\n", true;
        case CMARK_NODE_IMAGE: return add_image(n), false;
        case CMARK_NODE_LINK: return open_link(n), true;
        case CMARK_NODE_FOOTNOTE_REFERENCE: return add_footnote_reference(n), true;
        case CMARK_NODE_PARAGRAPH: return mark_at(place_of(n), false), open_paragraph(n), true;
        case CMARK_NODE_LIST: return open_list(n), true;
        case CMARK_NODE_FOOTNOTE_DEFINITION: return open_footnote(n), true;
        default: break;
        }
        if (is_a(n, "table_cell")) open_cell(n);
        else if (const auto name = element_of(n); !name.empty()) {
            mark_at(place_of(n), false);
            out() += '<' + name + '>';
            if (is_a(n, "table_header")) out() += "<tr>";
        }
        if (cmark_node_get_type(n) == CMARK_NODE_BLOCK_QUOTE) out() += '\n';
        return true;
    }

    void leave(cmark_node* n) {
        const auto type = cmark_node_get_type(n);
        if (type == CMARK_NODE_PARAGRAPH) return close_paragraph(n);
        if (type == CMARK_NODE_FOOTNOTE_DEFINITION) return void(out() += "</section>\n");
        if (type == CMARK_NODE_IMAGE || type == CMARK_NODE_HTML_INLINE || type == CMARK_NODE_HTML_BLOCK)
            return;
        if (is_a(n, "table_header")) out() += "</tr>";
        const auto name = element_of(n);
        if (name.empty()) return;
        out() += "</" + name + '>';
        if ((type & CMARK_NODE_TYPE_MASK) == CMARK_NODE_TYPE_BLOCK) out() += '\n';
    }

    static std::string element_of(cmark_node* n) {
        switch (cmark_node_get_type(n)) {
        case CMARK_NODE_BLOCK_QUOTE: return "blockquote";
        case CMARK_NODE_LIST: return cmark_node_get_list_type(n) == CMARK_ORDERED_LIST ? "ol" : "ul";
        case CMARK_NODE_ITEM: return "li";
        case CMARK_NODE_HEADING: return 'h' + std::to_string(cmark_node_get_heading_level(n));
        case CMARK_NODE_EMPH: return "em";
        case CMARK_NODE_STRONG: return "strong";
        case CMARK_NODE_LINK: return "a";
        default: break;
        }
        if (is_a(n, "tasklist")) return "li";
        if (is_a(n, "table")) return "table";
        if (is_a(n, "table_header")) return "thead";
        if (is_a(n, "table_row")) return "tr";
        if (is_a(n, "table_cell")) return is_a(cmark_node_parent(n), "table_header") ? "th" : "td";
        if (is_a(n, "strikethrough")) return "del";
        return {};
    }

    void add_text(std::string_view text) { out() += wxmp::html::escape(text); }

    void add(const std::string& element, std::string_view text) {
        out() += '<' + element + '>';
        add_text(text);
        out() += "</" + element + '>';
    }

    void add_open(const std::string& element, const std::string& attribute, std::string_view value) {
        out() += '<' + element + ' ' + attribute + "=\"";
        add_text(value);
        out() += "\">";
    }

    static bool is_tight(cmark_node* paragraph) {
        auto* const list = cmark_node_parent(cmark_node_parent(paragraph));
        return list && cmark_node_get_type(list) == CMARK_NODE_LIST && cmark_node_get_list_tight(list) != 0;
    }

    void open_paragraph(cmark_node* n) {
        if (!is_tight(n)) out() += "<p>";
        add_task(n);
    }

    void close_paragraph(cmark_node* n) {
        if (!is_tight(n)) out() += "</p>\n";
        else if (cmark_node_next(n)) out() += '\n';
    }

    void open_list(cmark_node* n) {
        const auto start = cmark_node_get_list_start(n);
        if (cmark_node_get_list_type(n) == CMARK_ORDERED_LIST && start != 1)
            add_open("ol", "start", std::to_string(start));
        else out() += '<' + element_of(n) + '>';
    }

    // The service removes a box to tick.
    void add_task(cmark_node* paragraph) {
        auto* const item = cmark_node_parent(paragraph);
        if (!is_a(item, "tasklist") || cmark_node_previous(paragraph)) return;
        out() += cmark_gfm_extensions_get_tasklist_item_checked(item) ? "☑ " : "☐ ";
    }

    void open_cell(cmark_node* n) {
        std::size_t column = 0;
        for (auto* left = cmark_node_previous(n); left; left = cmark_node_previous(left)) ++column;
        auto* const table = cmark_node_parent(cmark_node_parent(n));
        const auto* sides = cmark_gfm_extensions_get_table_alignments(table);
        const bool has_side = sides && column < cmark_gfm_extensions_get_table_columns(table);
        const char side = has_side ? static_cast<char>(sides[column]) : '\0';
        const char* name = side == 'l' ? "left" : side == 'c' ? "center" : side == 'r' ? "right" : "";
        if (*name == '\0') out() += '<' + element_of(n) + '>';
        else add_open(element_of(n), "style", std::string("text-align:") + name);
    }

    void add_code_block(cmark_node* n) {
        const std::string_view info = cmark_node_get_fence_info(n) ? cmark_node_get_fence_info(n) : "";
        if (info == "math" || info.starts_with("math "))
            report(problem::severity::warning, place_of(n), tr("a formula is shown as it is written"),
                   tr("put a picture of it in its place"));
        mark_at(place_of(n), false);
        auto text = literal_of(n);
        if (text.ends_with('\n')) text.remove_suffix(1);
        out() += "<pre><code>";
        add_code(n, code_language_of(info), text);
        out() += "</code></pre>\n";
    }

    void add_code(cmark_node* block, const std::string& language, std::string_view text) {
        if (!highlight_ || language.empty()) return add_text(text);
        auto made = highlight_(language, text);
        if (!made.fault) return void(out() += made.html);
        report(made.fault->is, place_of(block), std::move(made.fault->what), std::move(made.fault->to_do));
        add_text(text);
    }

    void add_image(cmark_node* n) {
        mark_at(place_of(n, "!["), false);
        out() += "<img src=\"" + wxmp::html::escape(cmark_node_get_url(n)) + "\" alt=\"" +
                 wxmp::html::escape(words_of(n)) + "\">";
        mark_at(place_of(n), false);
    }

    void open_link(cmark_node* n) {
        const std::string_view url = cmark_node_get_url(n);
        auto* const child = cmark_node_first_child(n);
        const bool is_bare =
            child && cmark_node_get_type(child) == CMARK_NODE_TEXT && url.ends_with(literal_of(child));
        mark_at(place_of(n, is_bare ? literal_of(child) : "["), false);
        add_open("a", "href", url);
    }

    void open_footnote(cmark_node* n) {
        mark_at({place_of(n).line, 1}, false);
        add_open("section", footnote_text_mark, std::to_string(footnotes_++));
    }

    void add_footnote_reference(cmark_node* n) {
        const int number = std::atoi(cmark_node_get_literal(n));
        mark_at(place_of(n), false);
        add_open("sup", footnote_mark, std::to_string(number - 1));
        out() += "</sup>";
    }

    // ---- HTML in the text

    void report(problem::severity how, byte_position at, std::string what, std::string to_do) {
        found_.push_back({how, lines_.position(at), std::move(what), std::move(to_do)});
    }

    // Whether a tag behind this one closes it in the same paragraph, or the like.
    bool is_closed_behind(cmark_node* n, const std::string& name) {
        auto* block = n;
        while ((cmark_node_get_type(block) & CMARK_NODE_TYPE_MASK) != CMARK_NODE_TYPE_BLOCK)
            block = cmark_node_parent(block);
        if (block != closed_in_) count_closing_tags(block);
        return closing_[name] > 0;
    }

    // Those of a block that are still to come; each block is counted once, as it may be long.
    void count_closing_tags(cmark_node* block) {
        closed_in_ = block;
        closing_.clear();
        const auto count = [this](cmark_node* n) {
            const auto tag =
                cmark_node_get_type(n) == CMARK_NODE_HTML_INLINE ? read_tag(literal_of(n)) : written_tag{};
            if (tag.closes) ++closing_[tag.name];
            return true;
        };
        walk(block, count, do_nothing);
    }

    // Returns what is behind it.
    std::string_view skip_instruction(cmark_node* n, std::string_view html) {
        const auto end = end_of_instruction(html);
        const auto begin = html.substr(0, html.find_first_of(" \t\n>"));
        if (end != 0)
            report(problem::severity::warning, place_of(n, begin),
                   tr("{}… is for programs, and not shown", begin), tr("take it out"));
        return html.substr(end);
    }

    void add_inline_html(cmark_node* n) {
        if (literal_of(n) == end_of_address) return;
        const auto html = skip_instruction(n, literal_of(n));
        if (html.empty()) return;
        const auto tag = read_tag(html);
        const bool is_closed = !tag.name.empty() && is_closed_behind(n, tag.name);
        if (tag.closes) --closing_[tag.name];
        const bool is_known = is_html_element(tag.name);
        const bool is_empty = is_known && (is_void_element(tag.name) || html.ends_with("/>"));
        const bool is_alone = tag.name.empty() || tag.closes || is_closed || is_empty;
        if (is_alone) return add_whole_html(n, html);
        mark_at(place_of(n, html), false);
        report(problem::severity::warning, place_of(n, html),
               is_known ? tr("{} is not closed in its paragraph, and shown as text", html)
                        : tr("{} is no element of HTML, and shown as text", html),
               is_known ? tr("close it, or write it as `{}`", html) : tr("write it as `{}`", html));
        add_text(html);
    }

    // HTML in which all has its end.
    void add_whole_html(cmark_node* n, std::string_view html) {
        while (const auto stray = find_stray_end_tag(html, open_unknown_)) {
            if (*stray != 0) add_written(n, html.substr(0, *stray));
            html.remove_prefix(*stray);
            const auto tag = html.substr(0, end_of_tag(html));
            mark_at(place_of(n, tag), false);
            report(problem::severity::warning, place_of(n, tag),
                   tr("{} closes nothing, and is shown as text", tag), tr("write it as `{}`", tag));
            add_text(tag);
            html.remove_prefix(tag.size());
        }
        if (!html.empty()) add_written(n, html);
    }

    void add_html_block(cmark_node* n) {
        const auto html = skip_instruction(n, literal_of(n));
        const auto unclosed = find_unclosed(html);
        add_whole_html(n, html.substr(0, unclosed.value_or(html.size())));
        if (!unclosed) return;
        const auto rest = html.substr(*unclosed);
        const auto name = read_tag(rest).name;
        const auto tag = name.empty() ? std::string("<!--") : '<' + name + '>';
        report(problem::severity::error, place_of(n, rest.substr(0, rest.find_first_of(" \t\n>"))),
               tr("{} is not closed, and takes the rest of the article with it", tag),
               tr("close it, or write it as `{}`", tag));
        add_text(rest);
    }

    const source_text& lines_;
    int shift_;
    const highlighter& highlight_;
    problems& found_;
    traced_html html_;
    int footnotes_ = 0;
    cmark_node* closed_in_{};                  // the block that these are counted of:
    std::map<std::string, int> closing_;       // closing tags that are still to come, by name
    std::map<std::string, int> open_unknown_;  // elements that HTML does not have, and that are open, by name
};

}  // namespace

const traced_html::mark& traced_html::mark_of(std::size_t offset) const {
    const auto after = std::upper_bound(marks.begin(), marks.end(), offset,
                                        [](std::size_t wanted, const mark& m) { return wanted < m.offset; });
    return after == marks.begin() ? marks.front() : *(after - 1);
}

byte_position traced_html::at(std::size_t offset) const {
    const auto& m = mark_of(offset);
    auto place = m.at;
    if (m.is_written) place.column += static_cast<int>(offset - m.offset);
    return place;
}

traced_html render_markdown(std::string_view text, const highlighter& highlight, problems& found) {
    const source_text lines(text);
    // It is parsed twice: what writers mean that Markdown does not know is put right first, but not within code
    // and HTML, whose lines only a parser tells.
    const auto prepared = prepare_markdown(text, literal_lines(text, lines.lines()), lines, found);
    report_repeated_footnotes(prepared.footnotes, lines, found);
    const auto references = references_to(prepared.footnotes);
    const auto tree = parse_markdown(references + prepared.text);
    const auto shift = 2 * static_cast<int>(prepared.footnotes.size());
    for (std::size_t i = 0; i != prepared.footnotes.size(); ++i)
        cmark_node_free(cmark_node_first_child(tree.get()));
    return html_renderer(lines, shift, highlight, found).run(tree.get());
}

}  // namespace tool
