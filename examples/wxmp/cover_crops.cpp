// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include "cover_crops.hpp"

#include <wxmp/codec/members.hpp>

#include <boost/describe/class.hpp>

#include "language.hpp"
#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace tool {

namespace {

struct crop_percent {
    std::string ratio, x1, y1, x2, y2;
};
BOOST_DESCRIBE_STRUCT(crop_percent, (), (ratio, x1, y1, x2, y2))

// Of a newspic, which no other article has.
struct cover_info {
    std::vector<crop_percent> crop_percent_list;
};
BOOST_DESCRIBE_STRUCT(cover_info, (), (crop_percent_list))

struct cover_ratio {
    std::string_view name;  // of `cover_info`
    std::optional<meta_value> front_matter::*told;
    std::optional<std::string> wxmp::article::*sent;  // of articles with text; null: they have none
};

constexpr std::array cover_ratios = {
    cover_ratio{"2.35_1", &front_matter::crop_235_1, &wxmp::article::pic_crop_235_1},
    cover_ratio{"1_1", &front_matter::crop_1_1, &wxmp::article::pic_crop_1_1},
    cover_ratio{"16_9", &front_matter::crop_16_9, nullptr}};

// The corners, as they are written: `X1_Y1_X2_Y2`.
using corners = std::array<std::string, 4>;

std::optional<double> fraction_of(std::string_view text) {
    if (text.empty() || text.find_first_not_of("0123456789.") != text.npos) return std::nullopt;
    double n = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), n);
    const bool is_whole = fault == std::errc() && end == text.data() + text.size();
    return is_whole && n <= 1 ? std::optional(n) : std::nullopt;
}

std::optional<corners> corners_of(std::string_view text) {
    corners made;
    for (auto& part : made) {
        const auto end = &part == &made.back() ? text.size() : std::min(text.find('_'), text.size());
        part = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    const auto x1 = fraction_of(made[0]), y1 = fraction_of(made[1]);
    const auto x2 = fraction_of(made[2]), y2 = fraction_of(made[3]);
    return x1 && y1 && x2 && y2 && *x1 < *x2 && *y1 < *y2 ? std::optional(made) : std::nullopt;
}

void fail(problems& found, source_position at, std::string what, std::string to_do) {
    found.push_back({problem::severity::error, at, std::move(what), std::move(to_do)});
}

// What options tell takes the place of what the front matter does.
front_matter with_options(const arguments& a, front_matter meta, problems& found) {
    for (const auto& given : a.all("--crop")) {
        const auto sign = std::min(given.find('='), given.size());
        const auto ratio = std::string_view(given).substr(0, sign);
        const auto* const known = std::find_if(cover_ratios.begin(), cover_ratios.end(),
                                               [ratio](const cover_ratio& r) { return r.name == ratio; });
        if (known == cover_ratios.end() || sign == given.size())
            fail(found, {}, tr("--crop {} names no ratio of a cover", given),
                 tr("write 2.35_1=CROP, 1_1=CROP or 16_9=CROP"));
        else meta.*known->told = meta_value{given.substr(sign + 1)};
    }
    return meta;
}

}  // namespace

parameter crop_option() {
    return repeated(
        option("--crop", "RATIO=CROP",
               tr("what is shown of the cover, as 1_1=0_0_0.5_1; or at 2.35_1, or 16_9 of a newspic")));
}

void put_crops(const arguments& a, const front_matter& meta, wxmp::article& to, problems& found) {
    const bool is_newspic = to.article_type == wxmp::article_type::newspic;
    const auto told = with_options(a, meta, found);
    cover_info of_newspic;
    for (const auto& ratio : cover_ratios) {
        const auto& crop = told.*ratio.told;
        if (!crop) continue;
        const auto read = corners_of(crop->text);
        if (!read)
            fail(found, crop->at, tr("{} is no crop of a cover", crop->text),
                 tr("write X1_Y1_X2_Y2, its upper left and lower right corners, from 0 to 1, as 0_0_1_0.5"));
        else if (is_newspic)
            of_newspic.crop_percent_list.push_back(
                {std::string(ratio.name), (*read)[0], (*read)[1], (*read)[2], (*read)[3]});
        else if (ratio.sent) to.*ratio.sent = crop->text;
        else
            fail(found, crop->at, tr("only the cover of a newspic has a crop of {}", ratio.name),
                 tr("take it out"));
    }
    if (of_newspic.crop_percent_list.empty()) return;
    if (auto text = wxmp::encode(of_newspic)) to.others.entries.push_back({"cover_info", *std::move(text)});
}

}  // namespace tool
