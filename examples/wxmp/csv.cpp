// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include "csv.hpp"

#include <wxmp/codec/utf8.hpp>

#include "language.hpp"
#include "report.hpp"
#include <algorithm>
#include <csv.h>
#include <memory>
#include <new>

namespace tool {

namespace {

bool is_formula(std::string_view value) {
    return !value.empty() && std::string_view("=+-@\t\r").find(value.front()) != std::string_view::npos;
}

std::string quoted(const std::string& value) {
    std::string out(2 * value.size() + 2, '\0');
    out.resize(csv_write(out.data(), out.size(), value.data(), value.size()));
    return out;
}

// Gathers what the parser finds.
class row_reader {
public:
    std::vector<csv_row> rows{};

    static void take_value(void* data, std::size_t size, void* self) {
        static_cast<row_reader*>(self)->take({static_cast<const char*>(data), size});
    }

    static void end_row(int, void* self) {
        auto& reader = *static_cast<row_reader*>(self);
        reader.line_ += reader.lines_within_ + 1;
        reader.lines_within_ = 0;
        reader.is_in_row_ = false;
    }

private:
    void take(std::string_view value) {
        if (!is_in_row_) rows.push_back({line_});
        is_in_row_ = true;
        lines_within_ += static_cast<std::size_t>(std::count(value.begin(), value.end(), '\n'));
        rows.back().values.emplace_back(value);
    }

    std::size_t line_ = 1, lines_within_ = 0;
    bool is_in_row_{};
};

struct csv_reader {
    csv_reader() {
        // Empty lines are rows, so that lines can be counted.
        if (csv_init(&state, CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL) != 0) throw std::bad_alloc();
        csv_set_space_func(&state, [](unsigned char) { return 0; });  // spaces are part of a value
        csv_set_term_func(&state, [](unsigned char c) { return int{c == '\n'}; });
    }
    csv_reader(const csv_reader&) = delete;
    csv_reader& operator=(const csv_reader&) = delete;
    ~csv_reader() { csv_free(&state); }

    csv_parser state{};
};

}  // namespace

std::string write_csv(const std::vector<std::string>& values) {
    std::string line;
    for (const auto& value : values)
        (line += line.empty() ? "" : ",") += quoted(is_formula(value) ? '\'' + value : value);
    return line + "\r\n";
}

std::string without_formula_guard(std::string value) {
    if (value.starts_with('\'') && is_formula(std::string_view(value).substr(1))) value.erase(0, 1);
    return value;
}

result<std::vector<csv_row>> read_csv(std::string_view text) {
    if (!wxmp::is_utf8(text)) return local_fault(tr("is not UTF-8; save it as CSV UTF-8"));
    if (text.starts_with(utf8_mark)) text.remove_prefix(utf8_mark.size());
    std::string lines;  // with the ends of lines of Unix, as the parser knows a single one
    lines.reserve(text.size() + 1);
    for (std::size_t i = 0; i != text.size(); ++i)
        if (text[i] != '\r' || !text.substr(i + 1).starts_with('\n')) lines += text[i];
    if (!lines.empty() && lines.back() != '\n') lines += '\n';

    csv_reader p;
    row_reader found;
    const auto read =
        csv_parse(&p.state, lines.data(), lines.size(), row_reader::take_value, row_reader::end_row, &found);
    if (read != lines.size() ||
        csv_fini(&p.state, row_reader::take_value, row_reader::end_row, &found) != 0) {
        const auto line =
            1 + std::count(lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(read), '\n');
        return local_fault(tr("line {}: {}", line, translated(csv_strerror(csv_error(&p.state)))));
    }
    return std::move(found.rows);
}

}  // namespace tool
