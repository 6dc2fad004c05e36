// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include "assets.hpp"

#include <wxmp/codec/filename.hpp>
#include <wxmp/codec/url.hpp>
#include <wxmp/data/sha1.hpp>

#include "article_limits.hpp"
#include "fetch.hpp"
#include "file_kind.hpp"
#include "html_policy.hpp"
#include "report.hpp"
#include "shrink.hpp"
#include "sources/regular_file.hpp"
#include "upload.hpp"
#include <algorithm>
#include <cstdio>
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

std::string size_in_words(std::uint64_t bytes) {
    char text[32];
    std::snprintf(text, sizeof text, "%.1f MiB", static_cast<double>(bytes) / (1u << 20));
    return text;
}

std::string_view advice_on(file_kind kind) {
    switch (kind) {
    case file_kind::html: return "save the picture itself, and not the page that shows it";
    case file_kind::mp4: return "name it .mp4, and it is shown as a video";
    case file_kind::quicktime:
    case file_kind::matroska:
    case file_kind::avi: return "convert it to MP4, and name it .mp4";
    default: return "convert it to JPG or PNG";
    }
}

std::string_view advice_on_large(file_kind kind) {
    if (can_be_shrunk(kind)) return "use --shrink";
    return kind == file_kind::gif ? "take frames out of it, or make it smaller" : "convert it to JPG or PNG";
}

// What a file is looked at for, and what is found.
class examiner {
public:
    examiner(asset a, const asset_rules& rules) : rules_(rules), asset_(std::move(a)) {}

    bool look_at_file(const fs::path& path, std::string_view place) {
        asset_.path = path;
        asset_.filename = path.filename().string();
        std::error_code ec;
        const auto status = fs::status(path, ec);
        if (ec || !fs::exists(status)) {
            if (!ec) ec = std::make_error_code(std::errc::no_such_file_or_directory);
            return fail(asset_.written + ": " + ec.message(), "name one " + std::string(place));
        }
        if (fs::is_directory(status)) return fail(asset_.written + " is a folder", "name a file in it");
        if (!fs::is_regular_file(status))
            return fail(asset_.written + " is no file", "copy what it gives into one");
        const auto file = sources::regular_file::open(path);
        if (!file) return fail(about_written(file.error()), "make it readable");
        const auto beginning = file->read(telling_bytes);
        if (beginning.empty() && file->size() != 0)
            return fail(asset_.written + ": cannot be read", "look at its disk");
        if (file->size() == 0) return fail(asset_.written + " is empty", "save it again");
        if (asset_.goes == asset::way::video) return look_at_video(kind_of(beginning)) && take_digest(*file);
        if (!look_at_picture(kind_of(beginning), file->size())) return false;
        return is_too_large_ ? shrink(file->read(file->size()), kind_of(beginning)) : take_digest(*file);
    }

    bool look_at_bytes(std::string bytes) {
        const auto kind = kind_of(bytes);
        if (bytes.empty()) return fail(asset_.written + " is empty", "name a file in its place");
        if (!look_at_picture(kind, bytes.size())) return false;
        if (is_too_large_) return shrink(bytes, kind);
        asset_.sha1 = wxmp::sha1_of(bytes);
        asset_.bytes = std::move(bytes);
        return true;
    }

    bool refuse_outside(const fs::path& folder) {
        return fail(asset_.written + " is outside of the article's folder",
                    "copy it there, or use --allow-outside " + folder.string());
    }

    asset take() { return std::move(asset_); }
    problems take_found() { return std::move(found_); }

private:
    bool fail(std::string what, std::string to_do) {
        found_.push_back({severity::error, {}, std::move(what), std::move(to_do)});
        return false;
    }

    void note(std::string what) { found_.push_back({severity::note, {}, std::move(what), ""}); }

    bool take_digest(const sources::regular_file& file) {
        wxmp::sha1 hash;
        std::string block(std::size_t{1} << 20, '\0');
        while (hash.size() != file.size()) {
            const auto n = file.read_at(
                hash.size(), block.data(),
                static_cast<std::size_t>(std::min<std::uint64_t>(block.size(), file.size() - hash.size())));
            if (n == 0) return fail(asset_.written + ": cannot be read", "look at its disk");
            hash.update(std::string_view(block.data(), n));
        }
        asset_.sha1 = hash.digest();
        return true;
    }

    // The machine names the file by its path, the writer by what is written.
    std::string about_written(const wxmp::error& e) const {
        const auto path = asset_.path.string();
        const auto detail = std::string(e.detail());
        return detail.starts_with(path) ? asset_.written + detail.substr(path.size()) : detail;
    }

    bool look_at_video(file_kind kind) {
        if (kind != file_kind::mp4)
            return fail(asset_.written + " is named as an MP4 video, but is " + std::string(words_of(kind)),
                        is_fit_picture(kind) ? "name it as the picture that it is" : "convert it to MP4");
        const auto fault = check_video(rules_.settings, {.file = asset_.path, .title = asset_.title});
        if (!fault) return true;
        const bool is_title = fault->request_member() == "/title";
        return fail(asset_.written + ": " + fault->message(),
                    is_title ? "write fewer words for it" : "cut it");
    }

    bool look_at_picture(file_kind kind, std::uint64_t size) {
        if (!is_fit_picture(kind)) return fail_as_picture(kind);
        name_as(kind);
        const bool is_inline = kind == file_kind::jpeg || kind == file_kind::png;
        if (!is_inline || size > largest_inline_picture) asset_.goes = asset::way::material;
        const auto most = rules_.settings.limits.image_bytes;
        is_too_large_ = size > most;
        if (!is_too_large_ || (rules_.shrinks && can_be_shrunk(kind))) return true;
        return fail(asset_.written + " has " + size_in_words(size) + ", and the service takes " +
                        size_in_words(most) + " at most",
                    std::string(advice_on_large(kind)));
    }

    bool fail_as_picture(file_kind kind) {
        const auto claimed = asset_.path.empty() ? file_kind::unknown : claimed_kind(asset_.filename);
        const auto is_it = std::string(words_of(kind));
        auto what = asset_.written + " is ";
        if (claimed != kind && claimed != file_kind::unknown)
            what += "named as " + std::string(words_of(claimed)) + ", but is ";
        return fail(what + is_it + ", which the service does not take as a picture",
                    std::string(advice_on(kind)));
    }

    // The service goes by the bytes, but wants an extension that it knows.
    void name_as(file_kind kind) {
        if (claimed_kind(asset_.filename) == kind) return;
        auto right = fs::path(asset_.filename).stem().string() + '.' + std::string(usual_extension(kind));
        if (!asset_.path.empty())
            note(asset_.written + " is " + std::string(words_of(kind)) + ", and sent as " + right);
        asset_.filename = std::move(right);
    }

    bool shrink(const std::string& bytes, file_kind kind) {
        auto smaller = shrink_picture(bytes, kind, rules_.settings.limits.image_bytes);
        if (!smaller)
            return fail(asset_.written + " cannot be scaled: it is damaged, or too large", "save it smaller");
        note(asset_.written + " is scaled to " + std::to_string(smaller->width) + 'x' +
             std::to_string(smaller->height) + ", which has " + size_in_words(smaller->bytes.size()));
        asset_.path.clear();
        asset_.sha1 = wxmp::sha1_of(smaller->bytes);
        asset_.bytes = std::move(smaller->bytes);
        return true;
    }

    const asset_rules& rules_;
    asset asset_;
    problems found_;
    bool is_too_large_{};
};

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

void add_at(source_position at, const problems& of_file, const std::string& prefix, problems& to) {
    for (auto p : of_file) {
        p.at = at;
        p.what.insert(0, prefix);
        to.push_back(std::move(p));
    }
}

}  // namespace

std::optional<wxmp::error> asset_list::look_at(const article_picture& p, problems& found) {
    if (is_uploaded_video(p) || is_of_the_service(p.target)) return std::nullopt;
    const auto picture = rules_.are_materials ? asset::way::material : asset::way::inline_picture;
    const auto goes = is_video(p) ? asset::way::video : picture;
    const auto path = is_address(p.target) ? fs::path() : path_beside(article_, p.target);
    const auto looked = look_once(p, path, goes);
    if (!looked) return looked.error();
    by_target_[p.target] = *looked;
    add_at(p.at, (*looked)->found, "", found);
    return std::nullopt;
}

std::optional<wxmp::error> asset_list::look_at_cover(const std::string& written, source_position at,
                                                     problems& found) {
    const bool is_of_option = at.line == 0;
    const auto path = is_of_option          ? fs::path(written)
                      : is_address(written) ? fs::path()
                                            : path_beside(article_, written);
    const auto looked =
        look_once({.target = written, .words = {}, .attributes = {}, .at = at}, path, asset::way::material);
    if (!looked) return looked.error();
    cover_ = *looked;
    add_at(at, cover_->found, "the cover ", found);
    return std::nullopt;
}

result<asset_list::looked_file*> asset_list::look_once(const article_picture& p, const fs::path& path,
                                                       asset::way goes) {
    std::error_code ec;
    const auto whole = path.empty() ? path : whole_path(path, ec);
    const auto key = path.empty() ? p.target : (ec ? path : whole).string();
    const auto [there, is_new] = looked_.try_emplace(key);
    if (!is_new) return &there->second;
    if (!path.empty()) {
        there->second = look_at_file(p, path, goes);
        return &there->second;
    }
    auto looked = look_at_address(p.target, goes);
    if (!looked) return looked.error();
    there->second = *std::move(looked);
    return &there->second;
}

asset_list::looked_file asset_list::look_at_file(const article_picture& p, const fs::path& path,
                                                 asset::way goes) const {
    const bool is_of_option = p.at.line == 0;
    examiner e({.goes = goes, .written = p.target, .title = p.words}, rules_);
    std::error_code ec;
    const auto whole = whole_path(path, ec);
    looked_file made;
    const bool is_good = !is_of_option && !ec && !is_allowed(whole)
                             ? e.refuse_outside(whole.parent_path())
                             : e.look_at_file(path, is_of_option ? "that is there" : "beside the article");
    if (is_good) made.good = e.take();
    made.found = e.take_found();
    return made;
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

result<asset_list::looked_file> asset_list::look_at_address(const std::string& url, asset::way goes) const {
    looked_file made;
    const auto how = goes == asset::way::material ? severity::error : severity::warning;
    if (!rules_.fetch || !can_be_fetched(url)) {
        made.found.push_back({how,
                              {},
                              shortened(url) + " is elsewhere, and the service removes such pictures",
                              can_be_fetched(url) ? "publish with --fetch-images, or name a file in its place"
                                                  : "name a file in its place"});
        return made;
    }
    say("Fetching " + shortened(url));
    auto bytes = rules_.fetch(url);
    if (!bytes && bytes.error() == wxmp::errc::cancelled) return bytes.error();
    if (!bytes) {
        const auto more = is_at_private_address(bytes.error()) ? ", or use --fetch-private" : "";
        made.found.push_back({severity::error,
                              {},
                              shortened(url) + ' ' + std::string(bytes.error().detail()),
                              std::string("name a file in its place") + more});
        return made;
    }
    const auto way = goes == asset::way::video ? asset::way::inline_picture : goes;
    examiner e({.goes = way, .written = shortened(url), .filename = name_in_address(url)}, rules_);
    if (e.look_at_bytes(*std::move(bytes))) made.good = e.take();
    made.found = e.take_found();
    return made;
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
