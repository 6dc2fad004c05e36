// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TESTING_PLATFORM_ARTICLES_HPP
#define WXMP_TESTING_PLATFORM_ARTICLES_HPP

#include <wxmp/api/article.hpp>
#include <wxmp/testing/platform/html_filter.hpp>
#include <wxmp/testing/platform/media_store.hpp>
#include <wxmp/testing/platform/video_store.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wxmp::inline v0_1::testing {

/// What articles may refer to. Borrows both stores.
struct article_assets {
    const media_store& media;      ///< covers and images
    const video_store& videos;     ///< videos
    bool comments_allowed = true;  ///< whether they may allow comments
};

/// A published article as readers see it. Its pointers are valid until the account changes.
struct published_page {
    const article* text{};                     ///< the article; never null
    const stored_material* cover{};            ///< its cover; null for an article of images
    std::vector<const stored_file*> pictures;  ///< of `image_info`, then of the content, in order
    std::vector<const stored_upload*> videos;  ///< in the order of the content
};

namespace detail {

inline bool consists_of_pictures(const article& a) { return a.article_type == article_type::newspic; }

inline std::optional<error> fault_of_cover(const article& a, const media_store& media) {
    const auto* cover = media.find(a.thumb_media_id.value_or(""));
    const bool fits = cover && (cover->type == media_type::image || cover->type == media_type::thumb);
    if (!fits) return refuse(40007, "thumb_media_id");
    return std::nullopt;
}

inline std::optional<error> fault_of_pictures(const article& a, const media_store& media, const limits& l) {
    if (!a.image_info || a.image_info->image_list.empty()) return refuse(41026, "image_info");
    if (a.image_info->image_list.size() > l.article_images) return refuse(45020);
    for (const auto& image : a.image_info->image_list) {
        const auto* found = media.find(image.image_media_id);
        if (!found || found->type != media_type::image) return refuse(40007, "image_media_id");
    }
    return std::nullopt;
}

inline std::optional<error> fault_of_videos(std::string_view content, const video_store& videos,
                                            wall_time now) {
    std::optional<error> fault;
    for_each_tag(content, [&](const html_tag& tag) {
        const auto vid = tag.is("iframe") ? tag.find("data-mpvid") : std::nullopt;
        if (!vid || fault || videos.has_passed(*vid, now)) return;
        fault = refuse(videos.find_upload(*vid) ? 48014 : 40218, *vid);
    });
    return fault;
}

}  // namespace detail

/** Validates an article. Errors: 40062, 45003 (title), 45004 (digest), 40007 (cover or image), 41026, 45020
    (images), 44004, 45002 (content), 40218 (unknown video), 48014 (video not approved), 88000 (comments not
    allowed).
*/
inline std::optional<error> fault_of_article(const article& a, const article_assets& with, const moment& m) {
    const auto& l = m.rules.limits;
    const auto content = a.content.value_or("");
    const bool pictures = detail::consists_of_pictures(a);
    if (a.title.empty()) return refuse(40062);
    if (count_characters(a.title) > l.title_characters) return refuse(45003);
    if (count_characters(a.digest.value_or("")) > l.digest_characters) return refuse(45004);
    if (auto fault =
            pictures ? detail::fault_of_pictures(a, with.media, l) : detail::fault_of_cover(a, with.media))
        return fault;
    if (content.empty() && !pictures) return refuse(44004);
    if (count_characters(content) > l.content_characters || content.size() > l.content_bytes)
        return refuse(45002);
    if (a.need_open_comment.value_or(false) && !with.comments_allowed) return refuse(88000);
    return detail::fault_of_videos(content, with.videos, m.now);
}

/// An article as it is stored: without scripts and images that the service does not host. A missing digest is
/// made from the first `digest_characters` of the text; 0: none is made.
inline article kept_article(article a, const article_assets& with, std::uint64_t digest_characters) {
    if (a.content)
        a.content = filter_content(*a.content,
                                   [&](std::string_view url) { return with.media.find_url(url) != nullptr; });
    if (a.digest.value_or("").empty() && digest_characters != 0)
        a.digest = text_of(a.content.value_or(""), digest_characters);
    return a;
}

/// An article with its media.
inline published_page make_page(const article& a, const article_assets& with) {
    published_page page{&a, with.media.find_ever(a.thumb_media_id.value_or("")), {}, {}};
    if (a.image_info)
        for (const auto& image : a.image_info->image_list)
            page.pictures.push_back(with.media.find_ever(image.image_media_id));
    for_each_tag(a.content ? std::string_view(*a.content) : std::string_view(), [&](const html_tag& tag) {
        auto source = tag.is("img") ? tag.find("src") : std::nullopt;
        if (!source && tag.is("img")) source = tag.find("data-src");
        if (source) page.pictures.push_back(with.media.find_url_ever(*source));
        const auto vid = tag.is("iframe") ? tag.find("data-mpvid") : std::nullopt;
        if (vid) page.videos.push_back(with.videos.find_upload(*vid));
    });
    return page;
}

/// A new URL for the article at this position, counted from 1.
inline std::string make_page_url(id_source& ids, std::uint64_t idx = 1) {
    std::string url = "http://mp.weixin.qq.com/s?__biz=" + ids.text(14);
    url += "==&mid=" + ids.text(9, id_source::digits) + "&idx=" + std::to_string(idx);
    url += "&sn=" + ids.text(32, id_source::hex);
    url += "&chksm=" + ids.text(84, id_source::hex) + "#rd";
    return url;
}

}  // namespace wxmp::inline v0_1::testing

#endif
