// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_EXAMPLES_WXMP_HTML_WRITER_HPP
#define WXMP_EXAMPLES_WXMP_HTML_WRITER_HPP

#include "article_parser.hpp"
#include "markdown.hpp"
#include "source_text.hpp"

namespace tool {

/** Writes HTML as the service keeps it: with inline styles, code whose lines stay, links as notes, and
    pictures to be filled in. Sets title, pictures and content of `to`, and adds to what was found. */
void write_article(const traced_html& html, const source_text& lines, const article_options& how,
                   parsed_article& to);

}  // namespace tool

#endif
