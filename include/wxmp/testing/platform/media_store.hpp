// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TESTING_PLATFORM_MEDIA_STORE_HPP
#define WXMP_TESTING_PLATFORM_MEDIA_STORE_HPP

#include <wxmp/api/material/add_material.hpp>
#include <wxmp/api/material/batchget_material.hpp>
#include <wxmp/api/material/del_material.hpp>
#include <wxmp/api/material/get_material.hpp>
#include <wxmp/api/media/uploadimg.hpp>
#include <wxmp/testing/platform/paging.hpp>
#include <wxmp/testing/platform/stored_file.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wxmp::inline v0_1::testing {

/// A permanent material.
struct stored_material : stored_file {
    std::string media_id;                                    ///< its id
    media_type type{};                                       ///< its kind
    std::optional<material::video_description> description;  ///< of a video
    std::chrono::sys_seconds created{};                      ///< upload time
    bool deleted{};  ///< calls no longer find it; existing articles still show it
};

/// The permanent materials of an account except news, and its inline images for articles.
class media_store {
public:
    /** Adds a material. Errors: 41005 (no filename), 40113 (webp), 40005 (format), 44001 (empty), 40009 to
        40012 (size), 41011 (video without description), 45003 (its title), 45034 (store is full).
    */
    result<material::add_material::response> add(const material::add_material& op, const moment& m) {
        stored_material added{detail::to_stored(op.media), m.ids.text(43), op.type, op.description,
                              to_seconds(m.now)};
        if (const int code = fault_of(added, m.rules)) return refuse(code);
        const bool is_image = op.type == media_type::image;
        if (is_image)
            added.url = "http://mmbiz.qpic.cn/mmbiz_" + format_of(added) + '/' + m.ids.text(86) +
                        "/0?wx_fmt=" + format_of(added);
        if (op.type == media_type::video) added.url = detail::make_video_url(m.ids);
        material::add_material::response answer{added.media_id,
                                                is_image ? std::optional(added.url) : std::nullopt};
        materials_.push_back(std::move(added));
        return answer;
    }

    /// Returns a material: a video as a URL, all else as bytes. Errors: 40007.
    result<material::get_material::response> get(const material::get_material& op) const {
        const auto* found = find(op.media_id);
        if (!found) return refuse(40007);
        if (found->type != media_type::video)
            return material::get_material::response{{}, {}, detail::to_download(*found, found->filename)};
        const auto& about = *found->description;
        return material::get_material::response{
            {}, material::video_material{about.title, about.introduction, found->url}, {}};
    }

    /// Deletes a material. Errors: 40007.
    result<material::del_material::response> remove(const material::del_material& op) {
        for (auto& m : materials_) {
            if (m.deleted || m.media_id != op.media_id) continue;
            m.deleted = true;
            return material::del_material::response{};
        }
        return refuse(40007);
    }

    /// Lists the images, voices or videos. Errors: 45076 (count).
    result<material::batchget_material::response> list(const material::batchget_material& op,
                                                       const moment& m) const {
        const auto type = type_of(op.type);
        const auto listed = [&](const stored_material& s) { return s.type == type && !s.deleted; };
        return page_of(op, materials_, m, listed, [](const stored_material& s) {
            material::batchget_material::entry e{s.media_id, {}, s.filename, {}, s.created};
            if (s.type == media_type::image) e.url = s.url;
            return e;
        });
    }

    /// Number of materials of a type, without deleted ones.
    [[nodiscard]] std::uint64_t count(media_type type) const noexcept {
        std::uint64_t n = 0;
        for (const auto& m : materials_) n += !m.deleted && m.type == type;
        return n;
    }

    /// Adds an inline image, not counted as a material. Errors: 40005, 40009, 40113, 41005, 44001.
    result<media::uploadimg::response> add(const media::uploadimg& op, const moment& m) {
        const auto& l = m.rules.limits;
        auto added = detail::to_stored(op.media);
        if (const int code =
                detail::fault_of(added, {l.inline_image_bytes, l.inline_image_extensions}, 40009))
            return refuse(code);
        added.url = "http://mmbiz.qpic.cn/mmbiz/" + m.ids.text(86) + "/0";
        media::uploadimg::response answer{added.url};
        pictures_.push_back(std::move(added));
        return answer;
    }

    /// The materials, deleted ones included, oldest first.
    [[nodiscard]] const std::vector<stored_material>& materials() const noexcept { return materials_; }

    /// The inline images for articles, oldest first.
    [[nodiscard]] const std::vector<stored_file>& pictures() const noexcept { return pictures_; }

    /// The material with this id, even a deleted one; or null.
    [[nodiscard]] const stored_material* find_ever(std::string_view media_id) const noexcept {
        for (const auto& m : materials_)
            if (m.media_id == media_id) return &m;
        return nullptr;
    }

    /// The material with this id, or null.
    [[nodiscard]] const stored_material* find(std::string_view media_id) const noexcept {
        const auto* found = find_ever(media_id);
        return found && !found->deleted ? found : nullptr;
    }

    /// The picture at this URL, whatever its scheme: an inline image or an image material, even a deleted
    /// one; or null.
    [[nodiscard]] const stored_file* find_url_ever(std::string_view url) const noexcept {
        return find_picture(url, [](const stored_material&) { return true; });
    }

    /// The picture at this URL, or null.
    [[nodiscard]] const stored_file* find_url(std::string_view url) const noexcept {
        return find_picture(url, [](const stored_material& m) { return !m.deleted; });
    }

private:
    template <class Counts>
    const stored_file* find_picture(std::string_view url, Counts counts) const noexcept {
        const auto wanted = without_scheme(url);
        for (const auto& p : pictures_)
            if (without_scheme(p.url) == wanted) return &p;
        for (const auto& m : materials_)
            if (m.type == media_type::image && counts(m) && without_scheme(m.url) == wanted) return &m;
        return nullptr;
    }

    int fault_of(const stored_material& added, const platform_rules& rules) const {
        const auto limits = material_limits(rules.limits, added.type);
        if (const int code = detail::fault_of(added, limits, detail::too_large(added.type))) return code;
        if (added.type == media_type::video && !added.description) return 41011;
        if (added.description && count_characters(added.description->title) > rules.limits.title_characters)
            return 45003;
        const auto most = added.type == media_type::image ? rules.stored_images : rules.stored_others;
        return count(added.type) < most ? 0 : 45034;
    }

    // Thumbnails are never listed, and news_store has the news.
    static std::optional<media_type> type_of(material::material_kind kind) noexcept {
        switch (kind) {
            using enum material::material_kind;
        case image: return media_type::image;
        case voice: return media_type::voice;
        case video: return media_type::video;
        case news: break;
        }
        return std::nullopt;
    }

    static std::string format_of(const stored_file& f) {
        const auto extension = extension_of(f.filename);
        return http::detail::equal_ignoring_case(extension, "jpg") ? "jpeg" : std::string(extension);
    }

    static std::string_view without_scheme(std::string_view url) noexcept {
        return url.substr(url.find(':') + 1);
    }

    std::vector<stored_material> materials_;
    std::vector<stored_file> pictures_;
};

}  // namespace wxmp::inline v0_1::testing

#endif
