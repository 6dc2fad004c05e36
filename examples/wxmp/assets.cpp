// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include "assets.hpp"

#include <wxmp/codec/filename.hpp>
#include <wxmp/codec/url.hpp>

#include "asset_examiner.hpp"
#include "fetch.hpp"
#include "html_policy.hpp"
#include "language.hpp"
#include "report.hpp"
#include <algorithm>
#include <string_view>
#include <system_error>
#include <utility>

namespace tool {

namespace {

namespace fs = std::filesystem;
using severity = problem::severity;

constexpr std::string_view uploaded_video_mark = "vid:";

bool is_address(const std::string& target) {
    return target.starts_with("//") || target.find("://") != target.npos || target.starts_with("data:");
}

bool can_be_fetched(const std::string& url) {
    return url.starts_with("//") || url.starts_with("http://") || url.starts_with("https://");
}

// For messages: a picture may be in its address as a whole, and a password is nobody's business.
std::string shortened(const std::string& target) {
    if (target.starts_with("data:")) return target.substr(0, target.find(',')) + ",…";
    const auto begin = target.find("//") + 2;
    const auto at = target.substr(0, target.find_first_of("/?#", begin)).rfind('@');
    return at == target.npos || at < begin ? target : target.substr(0, begin) + "***" + target.substr(at);
}

// What the service shows as the name of a picture from elsewhere: that in its address, if it is a plain one.
std::string name_in_address(const std::string& url) {
    const auto path = url.substr(0, url.find_first_of("?#"));
    const auto name = std::string(wxmp::without_folders(path));
    const auto is_odd = [](char c) {
        return !((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                 c == '_' || c == '.');
    };
    const bool is_plain =
        !name.empty() && name.front() != '.' && std::none_of(name.begin(), name.end(), is_odd);
    return is_plain ? name : "picture";
}

// `+` is a space in a query only.
std::string with_plus(const std::string& target) {
    std::string out;
    for (const char c : target) out += c == '+' ? std::string("%2B") : std::string(1, c);
    return out;
}

// One that leads to the same file by whatever name. Of a file that is not there, what is there counts.
fs::path whole_path(const fs::path& path, std::error_code& ec) {
    const auto absolute = fs::absolute(path.empty() ? "." : path, ec);
    return ec ? path : fs::weakly_canonical(absolute, ec);
}

void add_at(source_position at, const problems& of_file, bool is_cover, problems& to) {
    for (auto p : of_file) {
        p.at = at;
        if (is_cover) p.what = tr("the cover {}", p.what);
        to.push_back(std::move(p));
    }
}

}  // namespace

std::optional<wxmp::error> asset_list::look_at(const article_picture& p, problems& found) {
    if (is_uploaded_video(p) || is_of_the_service(p.target)) return std::nullopt;
    const auto picture = rules_.are_materials ? asset::way::material : asset::way::inline_picture;
    const auto goes = is_video(p) ? asset::way::video : picture;
    const auto path = is_address(p.target) ? fs::path() : path_beside(article_, p.target);
    const auto looked = look_once(p, path, goes, false);
    if (!looked) return looked.error();
    by_target_[p.target] = *looked;
    add_at(p.at, (*looked)->found, false, found);
    return std::nullopt;
}

std::optional<wxmp::error> asset_list::look_at_cover(const std::string& written, source_position at,
                                                     problems& found) {
    const bool is_of_option = at.line == 0;
    const auto path = is_of_option          ? fs::path(written)
                      : is_address(written) ? fs::path()
                                            : path_beside(article_, written);
    const auto looked = look_once({.target = written, .words = {}, .attributes = {}, .at = at}, path,
                                  asset::way::material, is_of_option);
    if (!looked) return looked.error();
    cover_ = *looked;
    add_at(at, cover_->found, true, found);
    return std::nullopt;
}

result<looked_file*> asset_list::look_once(const article_picture& p, const fs::path& path, asset::way goes,
                                           bool is_of_option) {
    std::error_code ec;
    const auto whole = path.empty() ? path : whole_path(path, ec);
    const auto key = path.empty() ? p.target : (ec ? path : whole).string();
    const auto [there, is_new] = looked_.try_emplace(key);
    if (!is_new) return &there->second;
    if (!path.empty()) {
        there->second = look_at_file(p, path, goes, is_of_option);
        return &there->second;
    }
    auto looked = look_at_address(p.target, goes);
    if (!looked) return looked.error();
    there->second = *std::move(looked);
    return &there->second;
}

looked_file asset_list::look_at_file(const article_picture& p, const fs::path& path, asset::way goes,
                                     bool is_of_option) const {
    std::error_code ec;
    const auto whole = whole_path(path, ec);
    if (!is_of_option && ec)
        return {{},
                {{severity::error,
                  {},
                  p.target + ": " + translated(ec.message()),
                  tr("name one {}", tr("beside the article"))}}};
    if (!is_of_option && !is_allowed(whole))
        return {{},
                {{severity::error,
                  {},
                  tr("{} is outside of the article's folder", p.target),
                  tr("copy it there, or use --allow-outside {}", whole.parent_path().string())}}};
    return examine_file({.goes = goes, .written = p.target, .title = p.words}, path,
                        is_of_option ? tr("that is there") : tr("beside the article"), rules_);
}

// An article may be somebody else's: it does not decide which files of this machine are uploaded.
bool asset_list::is_allowed(const fs::path& whole) const {
    const auto is_in = [&whole](const fs::path& folder) {
        std::error_code ec;
        const auto inside = whole.lexically_relative(whole_path(folder, ec));
        return !ec && !inside.empty() && *inside.begin() != "..";
    };
    return is_in(article_.parent_path()) || std::any_of(rules_.outside.begin(), rules_.outside.end(), is_in);
}

result<looked_file> asset_list::look_at_address(const std::string& url, asset::way goes) const {
    looked_file made;
    const auto how = goes == asset::way::material ? severity::error : severity::warning;
    if (!rules_.fetch || !can_be_fetched(url)) {
        made.found.push_back({how,
                              {},
                              tr("{} is elsewhere, and the service removes such pictures", shortened(url)),
                              can_be_fetched(url)
                                  ? tr("publish with --fetch-images, or name a file in its place")
                                  : tr("name a file in its place")});
        return made;
    }
    say(tr("Fetching {}", shortened(url)));
    auto bytes = rules_.fetch(url);
    if (!bytes && bytes.error() == wxmp::errc::cancelled) return bytes.error();
    if (!bytes) {
        made.found.push_back({severity::error,
                              {},
                              shortened(url) + ' ' + std::string(bytes.error().detail()),
                              is_at_private_address(bytes.error())
                                  ? tr("name a file in its place, or use --fetch-private")
                                  : tr("name a file in its place")});
        return made;
    }
    const auto way = goes == asset::way::video ? asset::way::inline_picture : goes;
    return examine_bytes({.goes = way, .written = shortened(url), .filename = name_in_address(url)},
                         *std::move(bytes), rules_);
}

asset* asset_list::find(const std::string& target) const {
    const auto there = by_target_.find(target);
    return there == by_target_.end() || !there->second->good ? nullptr : &*there->second->good;
}

fs::path path_beside(const fs::path& article, const std::string& target) {
    const auto path = article.parent_path() / target;
    const auto decoded = wxmp::percent_decode(with_plus(target));
    std::error_code ec;
    return fs::exists(path, ec) || !decoded ? path : article.parent_path() / *decoded;
}

bool is_uploaded_video(const article_picture& p) { return p.target.starts_with(uploaded_video_mark); }

std::string vid_of(const article_picture& p) { return p.target.substr(uploaded_video_mark.size()); }

bool is_video(const article_picture& p) { return p.target.ends_with(".mp4") || p.target.ends_with(".MP4"); }

}  // namespace tool
