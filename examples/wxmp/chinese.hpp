// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// Chinese text in UTF-8.
#ifndef WXMP_EXAMPLES_WXMP_CHINESE_HPP
#define WXMP_EXAMPLES_WXMP_CHINESE_HPP

#include <string_view>

namespace tool {

/// Whether a text begins with a character of the scripts that have no spaces between words. It is as wide as two letters.
bool is_of_wide_script(std::string_view text);

/// Whether a text begins with CJK punctuation, with what is fullwidth, or with a quote, dash or dots of Chinese. 々, 〆 and
/// 〇 are none.
bool begins_with_chinese_punctuation(std::string_view text);

}  // namespace tool

#endif
