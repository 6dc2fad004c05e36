// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_API_ARTICLE_HPP
#define WXMP_API_ARTICLE_HPP

#include <wxmp/data/fields.hpp>
#include <wxmp/data/limits.hpp>
#include <wxmp/data/required.hpp>

#include <boost/describe/class.hpp>

#include <optional>
#include <string>
#include <vector>

namespace wxmp::inline v0_1 {

/// Known article types. Any other text that the service sends is kept.
namespace article_type {
inline constexpr const char* news = "news";        ///< text with a cover image
inline constexpr const char* newspic = "newspic";  ///< images with a short text
}  // namespace article_type

/// One image of a `newspic` article.
struct article_image {
    required<std::string> image_media_id;  ///< of a permanent material
    unknown_members others{};              ///< sent back unchanged
};
BOOST_DESCRIBE_STRUCT(article_image, (), (image_media_id, others))

/// The images of a `newspic` article.
struct article_images {
    required<std::vector<article_image>> image_list;  ///< at most 20; the first is the cover
    unknown_members others{};                         ///< sent back unchanged
};
BOOST_DESCRIBE_STRUCT(article_images, (), (image_list, others))

/** One article of a news material, a draft or a publication.

    Members that this library does not know are kept in `others`, so that an article can be read, changed and
    sent back without loss. `cover_info` and `product_info` are among them; to send one, add it as JSON text.
    The service removes scripts from the content, which must also be under 1 MB.

    A crop is `X1_Y1_X2_Y2`: its upper left and lower right corners, as fractions of the image from 0 to 1.
*/
struct article {
    required<std::string> title;                      ///< at most 64 characters
    std::optional<std::string> thumb_media_id{};      ///< cover, a permanent material; required for `news`
    std::optional<std::string> author{};              ///< shown below the title
    std::optional<std::string> digest{};              ///< at most 120 characters; default: from the content
    std::optional<flag> show_cover_pic{};             ///< also shows the cover in the text
    std::optional<std::string> content{};             ///< HTML, under 20 000 characters
    std::optional<std::string> content_source_url{};  ///< URL of the "read the original" link
    std::optional<flag> need_open_comment{};          ///< opens comments
    std::optional<flag> only_fans_can_comment{};      ///< only followers may comment
    std::optional<std::string> article_type{};        ///< see the namespace; default: `news`
    std::optional<article_images> image_info{};       ///< required for `newspic`, which takes no HTML
    std::optional<std::string> pic_crop_235_1{};      ///< crop of the cover at 2.35:1
    std::optional<std::string> pic_crop_1_1{};        ///< crop of the cover at 1:1
    unknown_members others{};                         ///< sent back unchanged

    /// Checks the article before it is sent.
    void check(checker& c) const {
        c.not_empty("title", title);
        c.characters("title", title, c.limit.title_characters);
        c.characters("digest", digest.value_or(""), c.limit.digest_characters);
        if (article_type == wxmp::article_type::newspic) check_pictures(c);
        else check_text(c);
        if (!content) return;
        c.characters("content", *content, c.limit.content_characters);
        c.at_most("content", content->size(), c.limit.content_bytes, " bytes");
    }

private:
    void check_text(checker& c) const {
        c.not_empty("thumb_media_id", thumb_media_id.value_or(""));
        c.present("content", content.has_value());
    }
    void check_pictures(checker& c) const {
        c.present("image_info", image_info.has_value());
        if (!image_info) return;
        const auto count = image_info->image_list.size();
        c.between("image_info/image_list", count, 1, c.limit.article_images, " images");
    }
};
BOOST_DESCRIBE_STRUCT(article, (),
                      (title, thumb_media_id, author, digest, show_cover_pic, content, content_source_url,
                       need_open_comment, only_fans_can_comment, article_type, image_info, pic_crop_235_1,
                       pic_crop_1_1, others))

}  // namespace wxmp::inline v0_1

#endif
