// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include "markdown_text.hpp"

#include "chinese.hpp"
#include "language.hpp"
#include <algorithm>
#include <cctype>
#include <cstddef>
#include <optional>
#include <utility>

namespace tool {

namespace {

constexpr std::size_t longest_inline_formula = 300;
constexpr std::size_t longest_quote = 40;

bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80u; }
bool is_sign(char c) { return std::ispunct(static_cast<unsigned char>(c)) != 0; }
bool is_blank_byte(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool is_word_byte(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; }

bool is_blank_line(std::string_view line) { return line.find_first_not_of(" \t>") == line.npos; }

// Prices, names of variables and escaped brackets look like formulas, but for the signs of one.
bool looks_like_formula(std::string_view text) {
    if (text.empty() || is_blank_byte(text.front()) || is_blank_byte(text.back())) return false;
    if (text.find("://") != text.npos || text.find("](") != text.npos) return false;
    const bool is_name = text.size() <= 2 && std::isalpha(static_cast<unsigned char>(text.front())) != 0;
    return is_name || text.find_first_of("\\^_{}=<>") != text.npos;
}

// More than brackets and signs that are escaped.
bool has_formula_signs(std::string_view text) {
    for (std::size_t i = 0; i + 1 < text.size(); ++i)
        if (text[i] == '\\' && std::isalpha(static_cast<unsigned char>(text[i + 1])) != 0) return true;
    return text.find_first_of("^_{=") != text.npos;
}

bool is_letter(std::string_view text) {
    return text.size() == 1 && std::isalpha(static_cast<unsigned char>(text.front())) != 0;
}

// All that Markdown would take for markup is escaped, but not what a line of a quote begins with.
std::string escape_markup(std::string_view text) {
    std::string out;
    bool begins_line = false;
    for (const char c : text) {
        if (c == '\n') begins_line = true;
        else if (begins_line && c != ' ' && c != '\t' && c != '>') begins_line = false;
        if (is_sign(c) && !begins_line) out += '\\';
        out += c;
    }
    return out;
}

// Or `<https://…>`.
bool begins_tag(std::string_view text) {
    return text.size() > 1 && (std::isalpha(static_cast<unsigned char>(text[1])) != 0 || text[1] == '/' ||
                               text[1] == '!' || text[1] == '?');
}

// Up to Chinese punctuation, or where the parser ends it. Han letters are in it: they are in paths, and in names of hosts.
std::size_t length_of_address(std::string_view text) {
    const std::string_view ends = " \t\r\n<`]";
    std::size_t i = 0;
    while (i != text.size() && ends.find(text[i]) == ends.npos &&
           !begins_with_chinese_punctuation(text.substr(i)))
        ++i;
    return i;
}

constexpr std::string_view picture_endings[] = {".jpg",  ".jpeg", ".png", ".gif",
                                                ".webp", ".bmp",  ".svg", ".mp4"};

bool names_a_picture(std::string_view file) {
    const auto dot = file.rfind('.');
    if (dot == file.npos) return false;
    std::string ending(file.substr(dot));
    for (auto& c : ending) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return std::find(std::begin(picture_endings), std::end(picture_endings), ending) !=
           std::end(picture_endings);
}

// Lines that belong together: none of them is blank, code or HTML.
class chunk {
public:
    chunk(std::string_view text, int first_line, const source_text& lines, prepared_markdown& to,
          problems& found)
        : text_(text), line_(first_line), lines_(lines), to_(to), found_(found) {}

    void run() {
        while (at_ < text_.size()) {
            if (at_ == 0 || text_[at_ - 1] == '\n') take_line_start();
            if (at_ < text_.size()) take_sign();
        }
        copy_to(text_.size());
    }

private:
    std::string_view rest() const { return text_.substr(at_); }

    byte_position here() const {
        const auto at = place_in(text_, at_);
        return {line_ + at.line - 1, at.column};
    }

    void copy_to(std::size_t end) {
        to_.text += text_.substr(copied_, end - copied_);
        copied_ = at_ = end;
    }

    void replace(std::size_t size, const std::string& by) {
        copy_to(at_);
        to_.text += by;
        copied_ = at_ = at_ + size;
    }

    void report(problem::severity how, std::string what, std::string to_do) {
        found_.push_back({how, lines_.position(here()), std::move(what), std::move(to_do)});
    }

    void take_line_start() {
        at_ = std::min(text_.find_first_not_of(" \t>", at_), text_.size());
        const auto line = rest().substr(0, rest().find('\n'));
        is_in_definition_ = line.starts_with('[') && !line.starts_with("[^") && line.find("]:") != line.npos;
        if (!rest().starts_with("[^")) return;
        const auto close = rest().find("]:");
        const auto label = rest().substr(2, close == std::string_view::npos ? 0 : close - 2);
        if (!label.empty() && label.find_first_of("[]\n") == label.npos)
            to_.footnotes.push_back({std::string(label), here()});
    }

    void take_sign() {
        switch (text_[at_]) {
        case '\\': take_escape(); return;
        case '`': skip_code(); return;
        case '$': take_dollar(); return;
        case '!': take_embed(); return;
        case ':': take_address("://"); return;
        case 'w': take_address("www."); return;
        case '<': is_in_tag_ = begins_tag(rest()); break;
        case '>': is_in_tag_ = false; break;
        case ']': is_in_link_ = is_in_link_ || rest().starts_with("]("); break;
        case ')': is_in_link_ = false; break;
        default: break;
        }
        ++at_;
    }

    void take_escape() {
        for (const auto& [open, close] : {std::pair("\\(", "\\)"), std::pair("\\[", "\\]")}) {
            if (!rest().starts_with(open)) continue;
            const auto end = rest().find(close, 2);
            if (end == std::string_view::npos) continue;
            auto inside = rest().substr(2, end - 2);
            while (!inside.empty() && is_blank_byte(inside.front())) inside.remove_prefix(1);
            while (!inside.empty() && is_blank_byte(inside.back())) inside.remove_suffix(1);
            // A letter alone is one in `\(x\)`; `\[x\]` is the box of a task.
            const bool has_signs = has_formula_signs(inside) || (is_letter(inside) && rest()[1] == '(');
            if (looks_like_formula(inside) && has_signs) return keep_formula(end + 2);
        }
        at_ += rest().size() > 1 ? 2 : 1;
    }

    // A run of backticks ends where there is another as long.
    void skip_code() {
        const auto size = std::min(rest().find_first_not_of('`'), rest().size());
        auto end = size;
        for (;;) {
            const auto next = rest().find('`', end);
            if (next == std::string_view::npos) break;
            const auto next_end = std::min(rest().find_first_not_of('`', next), rest().size());
            end = next_end;
            if (next_end - next == size) {
                at_ += end;
                return;
            }
        }
        at_ += size;
    }

    void take_dollar() {
        if (rest().starts_with("$$")) {
            const auto end = rest().find("$$", 2);
            if (end != std::string_view::npos && end > 2) return keep_formula(end + 2);
            if (here().column == 1) report_formula(rest().substr(0, rest().find('\n')));
            at_ += 2;
            return;
        }
        const auto end = rest().find('$', 1);
        if (end == std::string_view::npos) return void(++at_);
        const auto inside = rest().substr(1, end - 1);
        const bool is_part_of_word = (at_ > 0 && is_word_byte(text_[at_ - 1])) ||
                                     (end + 1 < rest().size() && is_word_byte(rest()[end + 1]));
        const bool is_formula = !is_part_of_word && inside.size() <= longest_inline_formula &&
                                inside.find_first_of("\n|") == inside.npos && looks_like_formula(inside);
        if (is_formula) return keep_formula(end + 1);
        ++at_;
    }

    void report_formula(std::string_view formula) {
        report(problem::severity::warning,
               tr("the formula {} is shown as it is written", in_one_line(formula)),
               tr("put a picture of it in its place"));
    }

    static std::string in_one_line(std::string_view formula) {
        std::string line;
        for (const char c : formula) {
            if (line.size() > longest_quote && is_ascii(c)) return line + "…";
            line += is_blank_byte(c) ? ' ' : c;
        }
        return line;
    }

    void keep_formula(std::size_t size) {
        report_formula(rest().substr(0, size));
        replace(size, escape_markup(rest().substr(0, size)));
    }

    // The parser ends it at a space or at `<` only, and takes Chinese text, markup and pictures into it.
    void take_address(std::string_view mark) {
        const bool is_of_markup = is_in_tag_ || is_in_link_ || is_in_definition_;
        if (is_of_markup || at_ < whole_to_ || !rest().starts_with(mark)) return void(++at_);
        const auto end = at_ + length_of_address(rest());
        if (!begins_with_chinese_punctuation(text_.substr(end))) {
            whole_to_ = end;
            return void(++at_);
        }
        at_ = end;
        replace(0, std::string(end_of_address));
    }

    void take_embed() {
        const auto end = rest().find("]]");
        const auto inside = rest().substr(0, end == std::string_view::npos ? 0 : end);
        if (!inside.starts_with("![[") || inside.find('\n') != inside.npos) {
            ++at_;
            return;
        }
        const auto whole = inside.substr(3);
        const auto bar = std::min(whole.find('|'), whole.size());
        const auto file = whole.substr(0, bar);
        if (!names_a_picture(file) || file.find_first_of("<>\\\r") != file.npos) {
            report(problem::severity::error, tr("![[{}]] is no picture", whole),
                   tr("copy what it shows to this place"));
            at_ += end + 2;
            return;
        }
        // What is behind the bar may be a width, which is not for reading.
        auto words = bar == whole.size() ? std::string_view() : whole.substr(bar + 1);
        if (words.find_first_not_of("0123456789x") == words.npos) words = {};
        replace(end + 2, "![" + escape_markup(words) + "](<" + std::string(file) + ">)");
    }

    std::string_view text_;
    int line_;
    const source_text& lines_;
    prepared_markdown& to_;
    problems& found_;
    std::size_t at_ = 0;
    std::size_t copied_ = 0;
    std::size_t whole_to_ = 0;       // up to here no address ends early
    bool is_in_tag_ = false;         // or in `<https://…>`
    bool is_in_link_ = false;        // behind `](`
    bool is_in_definition_ = false;  // behind `[label]:`
};

}  // namespace

prepared_markdown prepare_markdown(std::string_view text, const std::vector<bool>& is_literal,
                                   const source_text& lines, problems& found) {
    prepared_markdown made;
    std::size_t begin = 0;  // of the chunk
    int first_line = 1;
    int number = 1;
    const auto end_chunk = [&](std::size_t end) {
        chunk(text.substr(begin, end - begin), first_line, lines, made, found).run();
    };
    for (std::size_t at = 0; at < text.size(); ++number) {
        const auto end = std::min(text.find('\n', at), text.size() - 1) + 1;
        const auto line = text.substr(at, end - at);
        const bool is_apart = is_literal[static_cast<std::size_t>(number)] ||
                              is_blank_line(line.substr(0, line.find_first_of("\r\n")));
        if (is_apart) {
            end_chunk(at);
            made.text += line;
            begin = end;
            first_line = number + 1;
        }
        at = end;
    }
    if (begin < text.size()) end_chunk(text.size());
    return made;
}

}  // namespace tool
