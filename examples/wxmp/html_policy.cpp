// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include "html_policy.hpp"

#include "language.hpp"
#include <algorithm>
#include <cstddef>
#include <gumbo.h>

namespace tool {

namespace {

template <std::size_t N> bool is_one_of(std::string_view name, const std::string_view (&all)[N]) {
    return std::find(std::begin(all), std::end(all), name) != std::end(all);
}

constexpr std::string_view kept_elements[] = {
    "a",          "abbr",   "b",      "big", "blockquote", "br",  "caption", "center",  "cite",
    "code",       "col",    "dd",     "del", "dfn",        "div", "dl",      "dt",      "em",
    "figcaption", "figure", "font",   "h1",  "h2",         "h3",  "h4",      "h5",      "h6",
    "hr",         "i",      "img",    "ins", "kbd",        "li",  "mark",    "ol",      "p",
    "pre",        "q",      "rp",     "rt",  "ruby",       "s",   "samp",    "section", "small",
    "span",       "strike", "strong", "sub", "sup",        "svg", "table",   "tbody",   "td",
    "tfoot",      "th",     "thead",  "tr",  "tt",         "u",   "ul",      "var",     "colgroup"};

// Not `image` and `use`, which show what is elsewhere.
constexpr std::string_view drawing_elements[] = {"svg",
                                                 "g",
                                                 "defs",
                                                 "desc",
                                                 "title",
                                                 "symbol",
                                                 "marker",
                                                 "mask",
                                                 "pattern",
                                                 "filter",
                                                 "clipPath",
                                                 "path",
                                                 "rect",
                                                 "circle",
                                                 "ellipse",
                                                 "line",
                                                 "polyline",
                                                 "polygon",
                                                 "text",
                                                 "tspan",
                                                 "textPath",
                                                 "linearGradient",
                                                 "radialGradient",
                                                 "stop",
                                                 "animate",
                                                 "animateMotion",
                                                 "animateTransform",
                                                 "mpath",
                                                 "set",
                                                 "switch",
                                                 "foreignObject"};

// Players and cards that the service's own editor writes.
constexpr std::string_view service_elements[] = {"mp-miniprogram",    "mp-common-profile",  "mp-style-type",
                                                 "mpvoice",           "mpvideosnap",        "qqmusic",
                                                 "mp-common-mpaudio", "mp-common-videosnap"};

constexpr std::string_view blocks_without_name[] = {"address", "article", "aside",   "details",
                                                    "footer",  "header",  "hgroup",  "legend",
                                                    "main",    "nav",     "summary", "fieldset"};

// They show nothing by themselves.
constexpr std::string_view plain_wrappers[] = {"bdi",  "bdo",   "data",   "time",  "picture", "wbr",
                                               "nobr", "html",  "head",   "body",  "acronym", "noscript",
                                               "rb",   "label", "source", "track", "rtc",     "map"};

struct missed_element {
    std::string_view name;
    element_fate fate;
    std::string_view to_do;
};

constexpr std::string_view take_it_out = tr_noop("take it out");
constexpr std::string_view write_styles = tr_noop("use --theme, or style=\"…\" in the elements");
constexpr std::string_view write_video = tr_noop("for a video write ![its title](film.mp4)");
constexpr std::string_view write_text = tr_noop("write what it is for as text");
constexpr std::string_view put_picture = tr_noop("put a picture in its place");

constexpr missed_element missed_elements[] = {
    {"applet", element_fate::removed, take_it_out},
    {"area", element_fate::removed, take_it_out},
    {"audio", element_fate::removed, write_text},
    {"base", element_fate::removed, take_it_out},
    {"button", element_fate::stripped, write_text},
    {"canvas", element_fate::removed, put_picture},
    {"datalist", element_fate::removed, write_text},
    {"dialog", element_fate::stripped, write_text},
    {"embed", element_fate::removed, write_video},
    {"form", element_fate::stripped, write_text},
    {"frame", element_fate::removed, take_it_out},
    {"frameset", element_fate::removed, take_it_out},
    {"iframe", element_fate::removed, write_video},
    {"input", element_fate::removed, write_text},
    {"link", element_fate::removed, write_styles},
    {"math", element_fate::stripped, put_picture},
    {"marquee", element_fate::stripped, take_it_out},
    {"meta", element_fate::removed, take_it_out},
    {"meter", element_fate::stripped, write_text},
    {"noembed", element_fate::removed, take_it_out},
    {"noframes", element_fate::removed, take_it_out},
    {"object", element_fate::removed, write_video},
    {"output", element_fate::stripped, write_text},
    {"param", element_fate::removed, take_it_out},
    {"progress", element_fate::stripped, write_text},
    {"script", element_fate::removed, take_it_out},
    {"select", element_fate::stripped, write_text},
    {"option", element_fate::stripped, write_text},
    {"optgroup", element_fate::stripped, write_text},
    {"style", element_fate::removed, write_styles},
    {"template", element_fate::removed, take_it_out},
    {"textarea", element_fate::stripped, write_text},
    {"title", element_fate::removed, tr_noop("use --title, or the front matter")},
    {"video", element_fate::removed, write_video},
    {"xmp", element_fate::stripped, tr_noop("write it as code")},
    {"listing", element_fate::stripped, tr_noop("write it as code")},
    {"plaintext", element_fate::stripped, tr_noop("write it as code")}};

constexpr std::string_view kept_attributes[] = {
    "align",   "alt",   "border", "cellpadding", "cellspacing", "cite",  "color", "cols",
    "colspan", "dir",   "face",   "headers",     "height",      "href",  "lang",  "rowspan",
    "scope",   "size",  "span",   "src",         "start",       "style", "title", "type",
    "valign",  "value", "width",  "bgcolor",     "reversed",    "xmlns"};

// Nobody sees that they are gone.
constexpr std::string_view silent_attributes[] = {
    "rel",      "target", "loading",  "decoding", "srcset",         "sizes",    "open", "crossorigin",
    "itemprop", "role",   "tabindex", "nowrap",   "referrerpolicy", "datetime", "name"};

constexpr std::string_view plain_name_bytes =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_:.";

// The end of a declaration: a `;` outside of quotes and parentheses.
std::size_t end_of_declaration(std::string_view style) {
    char quote = 0;
    int depth = 0;
    for (std::size_t i = 0; i != style.size(); ++i) {
        const char c = style[i];
        if (quote != 0) quote = c == quote ? '\0' : quote;
        else if (c == '"' || c == '\'') quote = c;
        else if (c == '(') ++depth;
        else if (c == ')') --depth;
        else if (c == ';' && depth <= 0) return i;
    }
    return style.size();
}

// The addresses in a value, as of `url("…")`, are all of the service.
bool shows_only_own(std::string_view value) {
    for (auto at = value.find("url("); at != value.npos; at = value.find("url(", at + 4)) {
        const auto inside = trimmed(value.substr(at + 4, value.find(')', at) - at - 4));
        std::string_view url = inside;
        while (!url.empty() && (url.front() == '"' || url.front() == '\'')) url.remove_prefix(1);
        if (!is_of_the_service(url)) return false;
    }
    return true;
}

bool is_kept_declaration(std::string_view declaration) {
    const auto colon = declaration.find(':');
    if (colon == declaration.npos) return false;
    const auto property = to_lower_case(trimmed(declaration.substr(0, colon)));
    const auto value = to_lower_case(trimmed(declaration.substr(colon + 1)));
    const bool moves = property == "position" && value != "static";
    const bool runs = property == "behavior" || property == "-moz-binding" ||
                      value.find("expression(") != value.npos || value.find("javascript:") != value.npos;
    return !property.empty() && !moves && !runs && shows_only_own(value);
}

// Without the blanks around the colon: the length of an article is limited.
std::string shorten(std::string_view declaration) {
    const auto colon = declaration.find(':');
    return trimmed(declaration.substr(0, colon)) + ':' + trimmed(declaration.substr(colon + 1));
}

std::string_view host_of(std::string_view url) {
    const auto mark = url.find("//");
    if (mark == url.npos) return {};
    const auto begin = mark + 2;
    return url.substr(begin, std::min(url.find_first_of("/?#\\", begin), url.size()) - begin);
}

}  // namespace

std::string to_lower_case(std::string_view text) {
    std::string out(text);
    for (auto& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

std::string trimmed(std::string_view text) {
    const auto is_blank = [](char c) { return static_cast<unsigned char>(c) <= ' '; };
    while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
    return std::string(text);
}

element_rule rule_of_element(std::string_view name) {
    if (is_one_of(name, kept_elements) || is_one_of(name, service_elements)) return {element_fate::kept};
    if (is_one_of(name, blocks_without_name)) return {element_fate::turned_into_section};
    if (is_one_of(name, plain_wrappers)) return {element_fate::unwrapped};
    for (const auto& missed : missed_elements)
        if (missed.name == name) return {missed.fate, missed.to_do};
    return is_html_element(name) ? element_rule{element_fate::unwrapped}
                                 : element_rule{element_fate::unknown};
}

element_rule rule_of_drawing(std::string_view name) {
    const bool is_kept = is_one_of(name, drawing_elements) || name.starts_with("fe");
    return is_kept ? element_rule{element_fate::kept} : element_rule{element_fate::removed, put_picture};
}

bool is_html_element(std::string_view name) {
    return gumbo_tagn_enum(name.data(), static_cast<unsigned int>(name.size())) != GUMBO_TAG_UNKNOWN ||
           is_one_of(name, service_elements) || is_one_of(name, drawing_elements) || name == "use";
}

bool is_void_element(std::string_view name) {
    constexpr std::string_view all[] = {"area", "base", "br",    "col",    "embed", "hr",  "img",  "input",
                                        "link", "meta", "param", "source", "track", "wbr", "image"};
    return is_one_of(name, all);
}

attribute_rule rule_of_attribute(std::string_view element, std::string_view attribute) {
    const bool is_of_service = is_one_of(element, service_elements) || element == "iframe";
    const bool is_plain = attribute.find_first_not_of(plain_name_bytes) == attribute.npos;
    if (attribute.starts_with("on") || !is_plain) return {false, true, take_it_out};
    if (is_of_service) return {true};
    if (attribute == "id") return {false, true, tr_noop("a link to it would lead nowhere")};
    if (attribute == "class") return {false, true, write_styles};
    const bool is_kept = is_one_of(attribute, kept_attributes) || attribute.starts_with("data-");
    const bool is_silent = is_one_of(attribute, silent_attributes) || attribute.starts_with("aria-");
    return {is_kept, !is_silent, take_it_out};
}

attribute_rule rule_of_drawing_attribute(std::string_view attribute) {
    const bool is_plain = attribute.find_first_not_of(plain_name_bytes) == attribute.npos;
    const bool is_kept =
        is_plain && !attribute.starts_with("on") && attribute != "id" && attribute != "class";
    return {is_kept, true, take_it_out};
}

kept_style filter_style(std::string_view style) {
    kept_style made;
    while (!style.empty()) {
        const auto end = end_of_declaration(style);
        const auto declaration = trimmed(style.substr(0, end));
        style.remove_prefix(std::min(end + 1, style.size()));
        if (declaration.empty()) continue;
        if (is_kept_declaration(declaration))
            (made.text += made.text.empty() ? "" : ";") += shorten(declaration);
        else made.removed.emplace_back(declaration);
    }
    return made;
}

bool is_of_the_service(std::string_view url) {
    const auto host = host_of(url);
    return host.ends_with(".qpic.cn") || host.ends_with(".qlogo.cn");
}

bool may_be_linked(std::string_view url) {
    const auto host = host_of(url);
    return host == "mp.weixin.qq.com" && (url.starts_with("http://") || url.starts_with("https://"));
}

}  // namespace tool
