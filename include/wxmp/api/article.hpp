// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_API_ARTICLE_HPP
#define WXMP_API_ARTICLE_HPP

#include <wxmp/data/fields.hpp>
#include <wxmp/data/limits.hpp>

#include <boost/describe/class.hpp>

#include <optional>
#include <string>
#include <vector>

namespace wxmp {

/// The kinds of articles. Another text that the service may send is kept as it is.
namespace article_type {
inline constexpr const char* news = "news";        ///< text with a cover
inline constexpr const char* newspic = "newspic";  ///< pictures with a few words
}  // namespace article_type

/// One picture of an article that consists of pictures.
struct article_image {
    std::string image_media_id;  ///< a permanent material
    unknown_members others{};    ///< sent back as they came
};
BOOST_DESCRIBE_STRUCT(article_image, (), (image_media_id, others))

/// The pictures of an article that consists of pictures.
struct article_images {
    std::vector<article_image> image_list;  ///< at most 20; the first one is the cover
    unknown_members others{};               ///< sent back as they came
};
BOOST_DESCRIBE_STRUCT(article_images, (), (image_list, others))

/** One article of a news material, a draft or a publication.

    An article that was read keeps what this library has no name for in `others`, so that reading, changing
    and sending it back loses nothing. `cover_info` and `product_info` are among these; to send one, add it
    as JSON text. Of the content, which is also to be under 1 MB, scripts are removed.

    A crop is `X1_Y1_X2_Y2`: its upper left and lower right corners, as parts of the picture from 0 to 1.
*/
struct article {
    std::string title;                                ///< at most 64 characters
    std::optional<std::string> thumb_media_id{};      ///< cover: a permanent material; needed by `news`
    std::optional<std::string> author{};              ///< shown below the title
    std::optional<std::string> digest{};              ///< at most 120 characters; else from the content
    std::optional<flag> show_cover_pic{};             ///< cover shown in the text as well
    std::optional<std::string> content{};             ///< HTML of under 20 000 characters
    std::optional<std::string> content_source_url{};  ///< where "read the original" leads
    std::optional<flag> need_open_comment{};          ///< comments are open
    std::optional<flag> only_fans_can_comment{};      ///< only followers may comment
    std::optional<std::string> article_type{};        ///< as in the namespace; absent: `news`
    std::optional<article_images> image_info{};       ///< needed by `newspic`, which takes no HTML
    std::optional<std::string> pic_crop_235_1{};      ///< the cover's part at 2.35 to 1
    std::optional<std::string> pic_crop_1_1{};        ///< the cover's part as a square
    unknown_members others{};                         ///< sent back as they came

    /// What is refused before it is sent.
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
        if (!content) c.refuse("content", "is missing");
    }
    void check_pictures(checker& c) const {
        if (!image_info) return c.refuse("image_info", "is missing");
        const auto count = image_info->image_list.size();
        c.between("image_info/image_list", count, 1, c.limit.article_images, " images");
    }
};
BOOST_DESCRIBE_STRUCT(article, (),
                      (title, thumb_media_id, author, digest, show_cover_pic, content, content_source_url,
                       need_open_comment, only_fans_can_comment, article_type, image_info, pic_crop_235_1,
                       pic_crop_1_1, others))

}  // namespace wxmp

#endif
