// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_DATA_HTML_HPP
#define WXMP_DATA_HTML_HPP

#include <wxmp/version.hpp>

#include <string>
#include <string_view>

namespace wxmp::inline v0_1::html {

/// Escapes plain text for use in an element or a quoted attribute.
inline std::string escape(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        switch (c) {
        case '&': out += "&amp;"; break;
        case '<': out += "&lt;"; break;
        case '>': out += "&gt;"; break;
        case '"': out += "&quot;"; break;
        case '\'': out += "&#39;"; break;
        default: out += c;
        }
    }
    return out;
}

namespace detail {

inline std::string attribute(std::string_view name, std::string_view value) {
    return ' ' + std::string(name) + "=\"" + escape(value) + '"';
}

}  // namespace detail

/// A page of a mini-program that is linked to the account.
struct mini_program_page {
    std::string appid;  ///< of the mini-program
    std::string path;   ///< such as `pages/index/index`
};

namespace detail {

inline std::string link(const mini_program_page& to) {
    return "<a" + attribute("data-miniprogram-appid", to.appid) +
           attribute("data-miniprogram-path", to.path) + " href=\"\">";
}

}  // namespace detail

/// A paragraph of plain text.
inline std::string paragraph(std::string_view text) { return "<p>" + escape(text) + "</p>"; }

/// An image. `url` comes from `media::uploadimg` or `material::add_material`; others are removed.
inline std::string image(std::string_view url) { return "<p><img" + detail::attribute("src", url) + "></p>"; }

/** A player for one of the account's own videos.

    @param vid of a video that has passed review; with any other, the service refuses the article
*/
inline std::string video(std::string_view vid) {
    const auto player =
        "https://mp.weixin.qq.com/mp/readtemplate?t=pages/video_player_tmpl&action=mpvideo&auto=0&mpvid=" +
        std::string(vid);
    return R"(<iframe class="video_iframe rich_pages" data-vidtype="2")" +
           detail::attribute("data-mpvid", vid) + R"( allowfullscreen="" frameborder="0")" +
           detail::attribute("data-src", player) + "></iframe>";
}

/** A card that links to a mini-program.

    @param title at most 35 characters
    @param image_url of the cover, 1080 by 864 pixels

    The documentation spells the last attribute `data-progarm-imageurl` in its sample and
    `data-miniprogram-imageurl` in its table; the latter is used.
*/
inline std::string mini_program_card(const mini_program_page& to, std::string_view title,
                                     std::string_view image_url) {
    using detail::attribute;
    return "<mp-miniprogram" + attribute("data-miniprogram-appid", to.appid) +
           attribute("data-miniprogram-path", to.path) + attribute("data-miniprogram-title", title) +
           attribute("data-miniprogram-imageurl", image_url) + "></mp-miniprogram>";
}

/// Text that links to a mini-program.
inline std::string mini_program_text(const mini_program_page& to, std::string_view text) {
    return "<p>" + detail::link(to) + escape(text) + "</a></p>";
}

/// An image that links to a mini-program; `image_url` as in @ref image.
inline std::string mini_program_image(const mini_program_page& to, std::string_view image_url) {
    return "<p>" + detail::link(to) + "<img" + detail::attribute("src", image_url) + "></a></p>";
}

}  // namespace wxmp::inline v0_1::html

#endif
