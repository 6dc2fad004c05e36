// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_EXAMPLES_WXMP_COVER_CROPS_HPP
#define WXMP_EXAMPLES_WXMP_COVER_CROPS_HPP

#include <wxmp/api/article.hpp>

#include "command.hpp"
#include "front_matter.hpp"
#include "problem.hpp"

namespace tool {

/// --crop RATIO=CROP
parameter crop_option();

/** Puts the crops of a cover into an article, as `pic_crop_1_1` and the like, or as the `cover_info` of a newspic, which
    has no other. Options come before front matter.

    @param found gets what is no crop, with its place
*/
void put_crops(const arguments& a, const front_matter& meta, wxmp::article& to, problems& found);

}  // namespace tool

#endif
