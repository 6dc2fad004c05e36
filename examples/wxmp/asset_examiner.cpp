// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include "asset_examiner.hpp"

#include <wxmp/data/sha1.hpp>

#include "article_limits.hpp"
#include "file_kind.hpp"
#include "language.hpp"
#include "shrink.hpp"
#include "sources/regular_file.hpp"
#include "upload.hpp"
#include <algorithm>
#include <cstdio>
#include <system_error>
#include <utility>

namespace tool {

namespace {

namespace fs = std::filesystem;
using severity = problem::severity;

std::string size_in_words(std::uint64_t bytes) {
    char text[32];
    std::snprintf(text, sizeof text, "%.1f MiB", static_cast<double>(bytes) / (1u << 20));
    return text;
}

std::string advice_on(file_kind kind) {
    switch (kind) {
    case file_kind::html: return tr("save the picture itself, and not the page that shows it");
    case file_kind::mp4: return tr("name it .mp4, and it is shown as a video");
    case file_kind::quicktime:
    case file_kind::matroska:
    case file_kind::avi: return tr("convert it to MP4, and name it .mp4");
    default: return tr("convert it to JPG or PNG");
    }
}

std::string advice_on_large(file_kind kind) {
    if (can_be_shrunk(kind)) return tr("use --shrink");
    return kind == file_kind::gif ? tr("take frames out of it, or make it smaller")
                                  : tr("convert it to JPG or PNG");
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
            return fail(asset_.written + ": " + translated(ec.message()), tr("name one {}", place));
        }
        if (fs::is_directory(status))
            return fail(tr("{} is a folder", asset_.written), tr("name a file in it"));
        if (!fs::is_regular_file(status))
            return fail(tr("{} is no file", asset_.written), tr("copy what it gives into one"));
        const auto file = sources::regular_file::open(path);
        if (!file) return fail(about_written(file.error()), tr("make it readable"));
        const auto beginning = file->read(telling_bytes);
        if (beginning.empty() && file->size() != 0)
            return fail(tr("{}: cannot be read", asset_.written), tr("look at its disk"));
        if (file->size() == 0) return fail(tr("{} is empty", asset_.written), tr("save it again"));
        if (asset_.goes == asset::way::video) return look_at_video(kind_of(beginning)) && take_digest(*file);
        if (!look_at_picture(kind_of(beginning), file->size())) return false;
        return is_too_large_ ? shrink(file->read(file->size()), kind_of(beginning)) : take_digest(*file);
    }

    bool look_at_bytes(std::string bytes) {
        const auto kind = kind_of(bytes);
        if (bytes.empty()) return fail(tr("{} is empty", asset_.written), tr("name a file in its place"));
        if (!look_at_picture(kind, bytes.size())) return false;
        if (is_too_large_) return shrink(bytes, kind);
        asset_.sha1 = wxmp::sha1_of(bytes);
        asset_.bytes = std::move(bytes);
        return true;
    }

    looked_file take(bool is_good) {
        return {is_good ? std::optional(std::move(asset_)) : std::nullopt, std::move(found_)};
    }

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
            if (n == 0) return fail(tr("{}: cannot be read", asset_.written), tr("look at its disk"));
            hash.update(std::string_view(block.data(), n));
        }
        asset_.sha1 = hash.digest();
        return true;
    }

    // The machine names the file by its path, the writer by what is written.
    std::string about_written(const wxmp::error& e) const {
        const auto path = asset_.path.string();
        const auto detail = std::string(e.detail());
        return translated(detail.starts_with(path) ? asset_.written + detail.substr(path.size()) : detail);
    }

    bool look_at_video(file_kind kind) {
        if (kind != file_kind::mp4)
            return fail(tr("{} is named as an MP4 video, but is {}", asset_.written, words_of(kind)),
                        is_fit_picture(kind) ? tr("name it as the picture that it is")
                                             : tr("convert it to MP4"));
        const auto fault = check_video(rules_.settings, {.file = asset_.path, .title = asset_.title});
        if (!fault) return true;
        const bool is_title = fault->request_member() == "/title";
        return fail(asset_.written + ": " + message_of(*fault),
                    is_title ? tr("write fewer words for it") : tr("cut it"));
    }

    bool look_at_picture(file_kind kind, std::uint64_t size) {
        if (!is_fit_picture(kind)) return fail_as_picture(kind);
        name_as(kind);
        const bool is_inline = kind == file_kind::jpeg || kind == file_kind::png;
        if (!is_inline || size > largest_inline_picture) asset_.goes = asset::way::material;
        const auto most = rules_.settings.limits.image_bytes;
        is_too_large_ = size > most;
        if (!is_too_large_ || (rules_.shrinks && can_be_shrunk(kind))) return true;
        return fail(tr("{} has {}, and the service takes {} at most", asset_.written, size_in_words(size),
                       size_in_words(most)),
                    advice_on_large(kind));
    }

    bool fail_as_picture(file_kind kind) {
        const auto claimed = asset_.path.empty() ? file_kind::unknown : claimed_kind(asset_.filename);
        const bool is_misnamed = claimed != kind && claimed != file_kind::unknown;
        return fail(is_misnamed
                        ? tr("{} is named as {}, but is {}, which the service does not take as a picture",
                             asset_.written, words_of(claimed), words_of(kind))
                        : tr("{} is {}, which the service does not take as a picture", asset_.written,
                             words_of(kind)),
                    advice_on(kind));
    }

    // The service goes by the bytes, but wants an extension that it knows.
    void name_as(file_kind kind) {
        if (claimed_kind(asset_.filename) == kind) return;
        auto right = fs::path(asset_.filename).stem().string() + '.' + std::string(usual_extension(kind));
        if (!asset_.path.empty()) note(tr("{} is {}, and sent as {}", asset_.written, words_of(kind), right));
        asset_.filename = std::move(right);
    }

    bool shrink(const std::string& bytes, file_kind kind) {
        auto smaller = shrink_picture(bytes, kind, rules_.settings.limits.image_bytes);
        if (!smaller)
            return fail(tr("{} cannot be scaled: it is damaged, or too large", asset_.written),
                        tr("save it smaller"));
        note(tr("{} is scaled to {}x{}, which has {}", asset_.written, smaller->width, smaller->height,
                size_in_words(smaller->bytes.size())));
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

}  // namespace

looked_file examine_file(asset a, const fs::path& path, std::string_view place, const asset_rules& rules) {
    examiner e(std::move(a), rules);
    const bool is_good = e.look_at_file(path, place);
    return e.take(is_good);
}

looked_file examine_bytes(asset a, std::string bytes, const asset_rules& rules) {
    examiner e(std::move(a), rules);
    const bool is_good = e.look_at_bytes(std::move(bytes));
    return e.take(is_good);
}

}  // namespace tool
