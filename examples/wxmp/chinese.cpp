// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include "chinese.hpp"

namespace tool {

// By the lead byte of UTF-8: U+3000 to U+9FFF, and U+FF00.
bool is_of_wide_script(std::string_view text) {
    return text.size() >= 3 && ((text[0] >= '\xe3' && text[0] <= '\xe9') || text.starts_with("\xef\xbc"));
}

bool begins_with_chinese_punctuation(std::string_view text) {
    const auto character = text.substr(0, 3);
    const auto is_from = [character](std::string_view first, std::string_view last) {
        return character >= first && character <= last;
    };
    return is_from("\u3000", "\u3004") || is_from("\u3008", "\u303f") || is_from("\uff01", "\uff65") ||
           is_from("\u2014", "\u2014") || is_from("\u2018", "\u201d") || is_from("\u2026", "\u2026");
}

}  // namespace tool
