// What is refused before it is sent: each limit just inside and just outside, named, and overridden.
#include <wxmp/api/comment/list.hpp>
#include <wxmp/api/comment/reply_add.hpp>
#include <wxmp/api/draft/add.hpp>
#include <wxmp/api/draft/batchget.hpp>
#include <wxmp/api/draft/delete_.hpp>
#include <wxmp/api/draft/get.hpp>
#include <wxmp/api/draft/update.hpp>
#include <wxmp/api/freepublish/batchget.hpp>
#include <wxmp/api/freepublish/delete_.hpp>
#include <wxmp/api/freepublish/get.hpp>
#include <wxmp/api/freepublish/getarticle.hpp>
#include <wxmp/api/freepublish/submit.hpp>
#include <wxmp/api/material/add_material.hpp>
#include <wxmp/api/material/add_news.hpp>
#include <wxmp/api/material/batchget_material.hpp>
#include <wxmp/api/material/del_material.hpp>
#include <wxmp/api/material/get_material.hpp>
#include <wxmp/api/material/update_news.hpp>
#include <wxmp/api/media/get.hpp>
#include <wxmp/api/media/get_jssdk.hpp>
#include <wxmp/api/media/upload.hpp>
#include <wxmp/api/media/uploadimg.hpp>
#include <wxmp/api/openapi/clear_quota.hpp>
#include <wxmp/api/openapi/clear_quota_v2.hpp>
#include <wxmp/api/openapi/quota_clear.hpp>
#include <wxmp/api/openapi/quota_get.hpp>
#include <wxmp/api/openapi/rid_get.hpp>
#include <wxmp/api/publish/update.hpp>
#include <wxmp/api/publish/uploadnews.hpp>
#include <wxmp/api/upload_video/init_upload.hpp>
#include <wxmp/api/upload_video/save_video.hpp>
#include <wxmp/api/upload_video/upload_block.hpp>
#include <wxmp/operation/prepare.hpp>

#include <boost/test/unit_test.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

BOOST_AUTO_TEST_SUITE(limits_)

namespace {

using namespace wxmp;

std::string repeated(std::uint64_t n, std::string_view text) {
    std::string out;
    while (n-- != 0) out += text;
    return out;
}

article news(std::string title = "t") {
    article a{.title = std::move(title)};
    a.thumb_media_id = "m";
    a.content = "c";
    return a;
}

draft::add draft_of(article a) { return {.articles = {std::move(a)}}; }

draft::add pictures(std::uint64_t n) {
    article a{.title = "t"};
    a.article_type = wxmp::article_type::newspic;
    a.image_info = {.image_list =
                        std::vector<article_image>(static_cast<std::size_t>(n), article_image{"m"})};
    return draft_of(std::move(a));
}

// A file of any size that takes no memory.
http::file file_of(std::uint64_t bytes, std::string filename) {
    struct hollow {
        std::uint64_t bytes;
        std::uint64_t size() const { return bytes; }
        std::size_t read_at(std::uint64_t, void*, std::size_t) const { return 0; }
    };
    const hollow h{bytes};
    return {std::move(filename), http::body::from(h), {}};  // nothing reads it: its size is known from now on
}

material::add_material permanent(media_type type, http::file f) {
    material::add_material op{.type = type, .media = std::move(f)};
    if (type == media_type::video) op.description = {.title = "t"};
    return op;
}

template <class Op> void accepted(const Op& op, const limits& l = {}) {
    BOOST_TEST(!find_violation(op, l).has_value());
}

// As on the wire, without the root: `draft/add`, `material/upload_video?action=save_video`.
template <class Op> std::string path_of() {
    std::string path(Op::at.path);
    BOOST_TEST_REQUIRE(path.starts_with("/cgi-bin/"));
    if (!Op::at.action_name.empty()) path += "?action=" + std::string(Op::at.action_name);
    return path.substr(9);
}

// `REQUEST: MEMBER is wrong; it must be right`, by the name of a member that the request has.
template <class Op> void has_the_shape(const error& e) {
    const auto member = e.request_member();
    BOOST_TEST_REQUIRE(member.starts_with('/'));
    const auto first = member.substr(1, member.find('/', 1) - 1);
    BOOST_TEST((detail::find_member(detail::members<Op>, first) != nullptr),
               first << " is no member of " << path_of<Op>());
    BOOST_TEST(e.detail().starts_with(path_of<Op>() + ": " + member.substr(1) + ' '));
    BOOST_TEST(e.detail().find("; ") != std::string::npos);
    BOOST_TEST(e.message() == e.code().message() + ": " + e.detail());
    const bool is_missing = e.detail().ends_with("; the service requires it");
    BOOST_CHECK(e == (is_missing ? errc::missing_member : errc::limit_exceeded));
}

template <class Op> void refused(const Op& op, const std::string& finding, const limits& l = {}) {
    const auto found = find_violation(op, l);
    BOOST_TEST_REQUIRE(found.has_value());
    BOOST_TEST(found->detail() == path_of<Op>() + ": " + finding);
    has_the_shape<Op>(*found);
    options o;
    o.limits = l;
    const auto r = prepare(op, o);
    BOOST_TEST_REQUIRE(!r.has_value());
    BOOST_CHECK(r.error() == *found);
}

// `make(n)` is a request with n of what `limit` bounds; `others` has no other limit in the way.
template <class Make>
void bounded(std::uint64_t limits::*limit, const std::string& field, const std::string& unit, Make make,
             limits others = {}) {
    for (const std::uint64_t most : {others.*limit, std::uint64_t{3}}) {
        limits l = others;
        l.*limit = most;
        accepted(make(most), l);
        refused(make(most + 1),
                field + (unit.empty() ? " is " : " has ") + std::to_string(most + 1) + unit + "; it must " +
                    (unit.empty() ? "be" : "have") + " at most " + std::to_string(most),
                l);
    }
    limits unlimited = others;
    unlimited.*limit = limits::none;
    accepted(make(others.*limit + 1), unlimited);
}

}  // namespace

BOOST_AUTO_TEST_CASE(texts) {
    const std::string of = "articles/0/";
    bounded(&limits::title_characters, of + "title", " characters",
            [](auto n) { return draft_of(news(repeated(n, "标"))); });
    bounded(&limits::title_characters, "title", " characters", [](auto n) {
        return upload_video::save_video{
            .title = repeated(n, "标"), .video_desc = "", .content = "v", .declare_ori = false};
    });
    bounded(&limits::title_characters, "description/title", " characters", [](auto n) {
        auto op = permanent(media_type::video, file_of(1, "a.mp4"));
        op.description->title = repeated(n, "é");
        return op;
    });
    bounded(&limits::digest_characters, of + "digest", " characters", [](auto n) {
        auto a = news();
        a.digest = repeated(n, "摘");
        return draft_of(a);
    });
    const auto with_content = [](auto n) {
        auto a = news();
        a.content = std::string(static_cast<std::size_t>(n), 'x');
        return draft_of(a);
    };
    bounded(&limits::content_characters, of + "content", " characters", with_content);
    limits no_characters;
    no_characters.content_characters = limits::none;
    bounded(&limits::content_bytes, of + "content", " bytes", with_content, no_characters);
}

BOOST_AUTO_TEST_CASE(counts) {
    const auto articles = [](auto n) { return std::vector<article>(static_cast<std::size_t>(n), news()); };
    bounded(&limits::articles, "articles", " articles",
            [&](auto n) { return draft::add{.articles = articles(n)}; });
    bounded(&limits::articles, "articles", " articles",
            [&](auto n) { return material::add_news{.articles = articles(n)}; });
    limits three;
    three.articles_in_uploadnews = 3;
    accepted(publish::uploadnews{.articles = articles(1)});
    refused(publish::uploadnews{.articles = articles(2)}, "articles has 2 articles; it must have at most 1");
    accepted(publish::uploadnews{.articles = articles(3)}, three);
    refused(publish::uploadnews{.articles = articles(2)}, "articles has 2 articles; it must have at least 3",
            three);
    bounded(&limits::article_images, "articles/0/image_info/image_list", " images", pictures);
    bounded(&limits::video_tags, "tags", " tags", [](auto n) {
        upload_video::save_video op{.title = "t", .video_desc = "", .content = "v", .declare_ori = false};
        op.tags = std::vector<std::string>(static_cast<std::size_t>(n), "tag");
        return op;
    });
    bounded(&limits::page_items, "count", "", [](auto n) {
        return material::batchget_material{.type = material::material_kind::news,
                                           .count = static_cast<std::uint32_t>(n)};
    });
    bounded(&limits::page_items, "count", "",
            [](auto n) { return draft::batchget{.count = static_cast<std::uint32_t>(n)}; });
    bounded(&limits::page_items, "count", "",
            [](auto n) { return freepublish::batchget{.count = static_cast<std::uint32_t>(n)}; });
    bounded(&limits::comment_page_items, "count", "",
            [](auto n) { return comment::list{.msg_data_id = 1, .count = static_cast<std::uint32_t>(n)}; });
    accepted(comment::list{.msg_data_id = 1});
    BOOST_TEST(comment::list{.msg_data_id = 1}.count == 49u);
}

BOOST_AUTO_TEST_CASE(none_where_one_is_needed) {
    refused(draft::add{.articles = std::vector<article>()},
            "articles has 0 articles; it must have at least 1");
    refused(material::add_news{.articles = std::vector<article>()},
            "articles has 0 articles; it must have at least 1");
    refused(publish::uploadnews{.articles = std::vector<article>()},
            "articles has 0 articles; it must have at least 1");
    refused(pictures(0), "articles/0/image_info/image_list has 0 images; it must have at least 1");
    refused(material::batchget_material{.type = material::material_kind::image, .count = 0},
            "count is 0; it must be at least 1");
    refused(draft::batchget{.count = 0}, "count is 0; it must be at least 1");
    refused(freepublish::batchget{.count = 0}, "count is 0; it must be at least 1");
    refused(comment::list{.msg_data_id = 1, .count = 0}, "count is 0; it must be at least 1");
    refused(media::upload{media_type::image, file_of(0, "a.jpg")},
            "media has 0 bytes; it must have at least 1");
    refused(media::uploadimg{file_of(0, "a.jpg")}, "media has 0 bytes; it must have at least 1");
}

BOOST_AUTO_TEST_CASE(sizes_of_files) {
    using sizes = std::uint64_t limits::*;
    const std::pair<media_type, std::pair<const char*, sizes>> kinds[] = {
        {media_type::image, {"a.jpg", &limits::image_bytes}},
        {media_type::voice, {"a.mp3", &limits::voice_bytes}},
        {media_type::video, {"a.mp4", &limits::media_video_bytes}},
        {media_type::thumb, {"a.jpg", &limits::thumb_bytes}},
    };
    for (const auto& [type, kind] : kinds) {
        const auto name = kind.first;
        bounded(kind.second, "media", " bytes",
                [&, t = type](auto n) { return permanent(t, file_of(n, name)); });
        bounded(kind.second, "media", " bytes", [&, t = type](auto n) {
            return media::upload{t, file_of(n, name)};
        });
    }
    bounded(&limits::inline_image_bytes, "media", " bytes",
            [](auto n) { return media::uploadimg{file_of(n, "a.png")}; });
    bounded(&limits::video_bytes, "filesize", " bytes", [](auto n) {
        return upload_video::init_upload{"a.mp4", sha1_digest{}, n};
    });
    bounded(&limits::block_bytes, "data", " bytes", [](auto n) {
        return upload_video::upload_block{"v", sha1_digest{}, index_from_1{1}, file_of(n, "").content};
    });
}

BOOST_AUTO_TEST_CASE(kinds_of_files) {
    const auto temporary = [](media_type type, const char* name) {
        return media::upload{type, file_of(1, name)};
    };
    for (const auto* name : {"a.jpg", "a.JPEG", "a.b.png", "a.gif", "照片.jpg"})
        accepted(temporary(media_type::image, name));
    for (const auto* name : {"a.amr", "a.MP3"}) accepted(temporary(media_type::voice, name));
    accepted(temporary(media_type::video, "a.mp4"));
    accepted(temporary(media_type::thumb, "a.jpg"));

    refused(temporary(media_type::image, "a.webp"),
            "media has no accepted extension; it must be one of png jpeg jpg gif");
    refused(temporary(media_type::image, "a.bmp"),
            "media has no accepted extension; it must be one of png jpeg jpg gif");
    refused(temporary(media_type::voice, "a.wav"),
            "media has no accepted extension; it must be one of amr mp3");
    refused(temporary(media_type::video, "a.avi"), "media has no accepted extension; it must be one of mp4");
    refused(temporary(media_type::thumb, "a.png"),
            "media has no accepted extension; it must be one of jpg jpeg");
    refused(temporary(media_type::image, "jpg"),
            "media has no accepted extension; it must be one of png jpeg jpg gif");
    refused(temporary(media_type::image, "a."),
            "media has no accepted extension; it must be one of png jpeg jpg gif");
    refused(temporary(media_type::image, ""),
            "media has no accepted extension; it must be one of png jpeg jpg gif");
    accepted(permanent(media_type::image, file_of(1, "a.bmp")));
    accepted(permanent(media_type::voice, file_of(1, "a.wav")));
    refused(media::uploadimg{file_of(1, "a.gif")},
            "media has no accepted extension; it must be one of png jpeg jpg");

    limits l;
    l.temporary_image_extensions = "jpg";
    refused(temporary(media_type::image, "a.png"), "media has no accepted extension; it must be one of jpg",
            l);
    l.temporary_image_extensions = "";
    accepted(temporary(media_type::image, "a.webp"), l);
}

BOOST_AUTO_TEST_CASE(limits_own_their_texts) {
    std::string given = "heic avif extensions of tomorrow";
    limits l;
    l.image_extensions = l.inline_image_extensions = given;
    given.assign(given.size(), '#');
    accepted(permanent(media_type::image, file_of(1, "a.avif")), l);
    accepted(media::uploadimg{file_of(1, "a.heic")}, l);
    const auto of_images = [&] { return material_limits(limits(l), media_type::image); }();
    BOOST_TEST(of_images.extensions == "heic avif extensions of tomorrow");
}

BOOST_AUTO_TEST_CASE(what_an_article_needs) {
    const auto changed = [](auto change) {
        auto a = news();
        change(a);
        return draft_of(std::move(a));
    };
    accepted(draft_of(news()));
    refused(changed([](article& a) { a.title.clear(); }),
            "articles/0/title is empty; the service requires it");
    refused(changed([](article& a) { a.content.reset(); }),
            "articles/0/content is missing; the service requires it");
    refused(changed([](article& a) { a.thumb_media_id.reset(); }),
            "articles/0/thumb_media_id is empty; the service requires it");
    refused(changed([](article& a) { a.thumb_media_id = ""; }),
            "articles/0/thumb_media_id is empty; the service requires it");

    accepted(pictures(1));
    refused(changed([](article& a) { a.article_type = wxmp::article_type::newspic; }),
            "articles/0/image_info is missing; the service requires it");
    auto second = draft_of(news());
    second.articles.push_back(news(""));
    refused(second, "articles/1/title is empty; the service requires it");
    refused(draft::update{"m", index_from_0{0}, news("")},
            "articles/title is empty; the service requires it");
}

BOOST_AUTO_TEST_CASE(index_bases) {
    accepted(draft::update{"m", index_from_0{0}, news()});
    accepted(draft::update{"m", index_from_0{7}, news()});
    refused(draft::update{"m", index_from_0{8}, news()}, "index is 8; it must be at most 7");
    refused(material::update_news{"m", index_from_0{8}, news()}, "index is 8; it must be at most 7");
    refused(publish::update{"m", index_from_1{0}, news()}, "index is 0; it must be at least 1");
    accepted(publish::update{"m", index_from_1{1}, news()});
    accepted(freepublish::delete_{"a", index_from_1{0}});
}

BOOST_AUTO_TEST_CASE(names_that_must_not_be_empty) {
    refused(comment::reply_add{.msg_data_id = 1, .user_comment_id = 1, .content = ""},
            "content is empty; the service requires it");
    refused(media::get{""}, "media_id is empty; the service requires it");
    refused(media::get_jssdk{""}, "media_id is empty; the service requires it");
    refused(material::get_material{""}, "media_id is empty; the service requires it");
    refused(material::del_material{""}, "media_id is empty; the service requires it");
    refused(material::update_news{"", index_from_0{0}, news()}, "media_id is empty; the service requires it");
    refused(draft::get{""}, "media_id is empty; the service requires it");
    refused(draft::delete_{""}, "media_id is empty; the service requires it");
    refused(draft::update{"", index_from_0{0}, news()}, "media_id is empty; the service requires it");
    refused(freepublish::submit{""}, "media_id is empty; the service requires it");
    refused(freepublish::get{""}, "publish_id is empty; the service requires it");
    refused(freepublish::getarticle{""}, "article_id is empty; the service requires it");
    refused(freepublish::delete_{""}, "article_id is empty; the service requires it");
    refused(openapi::clear_quota{""}, "appid is empty; the service requires it");
    refused(openapi::clear_quota_v2{"", secret("s")}, "appid is empty; the service requires it");
    refused(openapi::rid_get{""}, "rid is empty; the service requires it");
    refused(openapi::quota_get{"cgi-bin/draft/add"},
            "cgi_path does not start with /; it must be a path such as /cgi-bin/draft/add");
    refused(openapi::quota_clear{""},
            "cgi_path does not start with /; it must be a path such as /cgi-bin/draft/add");
}

// The first thing that is wrong with a request without any member.
template <class... Op> void nothing_is_given() {
    const auto check = [](const auto& op) {
        using op_type = std::remove_cvref_t<decltype(op)>;
        const auto found = find_violation(op, {});
        BOOST_TEST_REQUIRE(found.has_value(), path_of<op_type>() << " may be empty");
        has_the_shape<op_type>(*found);
    };
    (check(detail::blank::make<Op>()), ...);
}

BOOST_AUTO_TEST_CASE(each_request_that_lacks_something_says_what) {
    nothing_is_given<
        comment::reply_add, draft::add, draft::delete_, draft::get, draft::update, freepublish::delete_,
        freepublish::get, freepublish::getarticle, freepublish::submit, material::add_material,
        material::add_news, material::del_material, material::get_material, material::update_news, media::get,
        media::get_jssdk, media::upload, media::uploadimg, openapi::clear_quota, openapi::clear_quota_v2,
        openapi::quota_clear, openapi::quota_get, openapi::rid_get, publish::update, publish::uploadnews,
        upload_video::init_upload, upload_video::save_video, upload_video::upload_block>();
}

BOOST_AUTO_TEST_SUITE_END()
