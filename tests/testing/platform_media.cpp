// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include <boost/test/unit_test.hpp>

#include "platform_world.hpp"
#include <cstdint>
#include <string>
#include <string_view>

BOOST_AUTO_TEST_SUITE(testing_platform_media)

namespace {

using namespace wxmp;
using namespace wxmp::testing;
using material::add_material;
using media::uploadimg;

add_material material_of(media_type type, std::string filename, std::uint64_t size = 4) {
    return {type, {std::move(filename), {std::string(static_cast<std::size_t>(size), 'x')}}};
}

// A form with one part, whose head is this.
int code_of_form(world& w, std::string_view head, std::string_view content) {
    const auto body = "--b\r\nContent-Disposition: form-data; " + std::string(head) + "\r\n\r\n" +
                      std::string(content) + "\r\n--b--\r\n";
    return code_in(
        complete<uploadimg>(w.post("/cgi-bin/media/uploadimg", body, "multipart/form-data; boundary=b")));
}

BOOST_AUTO_TEST_CASE(a_material_is_kept_as_it_came) {
    world w;
    std::string bytes("\0\r\n--\xff", 6);
    const auto made = w.ask(add_material{media_type::image, {"照片.PNG", {bytes}, "image/png"}}).value();
    BOOST_TEST_REQUIRE(w.owner.media.materials().size() == 1u);
    const auto& kept = w.owner.media.materials().front();
    BOOST_TEST(kept.bytes == bytes);
    BOOST_TEST(kept.filename == "照片.PNG");
    BOOST_TEST(kept.content_type == "image/png");
    BOOST_TEST((kept.type == media_type::image));
    BOOST_TEST(kept.created.time_since_epoch().count() == 1'767'240'000);
    BOOST_TEST(made.media_id == kept.media_id);
    BOOST_TEST(made.url.value() == kept.url);
    BOOST_TEST(kept.url.starts_with("http://mmbiz.qpic.cn/"));
    BOOST_TEST(w.owner.media.find(made.media_id) == &kept);
    BOOST_TEST(w.owner.media.find_url(kept.url) == &kept);
}

BOOST_AUTO_TEST_CASE(ids_are_long_and_safe_in_urls) {
    world w;
    for (int i = 0; i != 50; ++i) {
        const auto id = w.add_cover();
        BOOST_TEST(id.size() == 43u);
        BOOST_TEST(id.find_first_not_of(id_source::url_safe) == id.npos);
    }
}

BOOST_AUTO_TEST_CASE(only_images_have_an_address) {
    world w;
    BOOST_TEST(!w.ask(material_of(media_type::thumb, "t.jpg")).value().url);
    BOOST_TEST(!w.ask(material_of(media_type::voice, "v.mp3")).value().url);
}

BOOST_AUTO_TEST_CASE(a_video_needs_a_description) {
    world w;
    auto op = material_of(media_type::video, "v.mp4");
    BOOST_TEST(w.code_of_form<add_material>(form_data().add_file("media", op.media), "?type=video") == 41011);
    BOOST_TEST(
        w.code_of_form<add_material>(form_data().add_file("media", op.media).add_text("description", "x"),
                                     "?type=video") == 47001);
    op.description = {std::string(65, 'x'), "intro"};
    BOOST_TEST(w.code_of(op) == 45003);
    op.description = {"标题 \"quoted\"", "line\nbreak"};
    const auto made = w.ask(op).value();
    BOOST_TEST(w.owner.media.find(made.media_id)->description->title == "标题 \"quoted\"");
    BOOST_TEST(w.owner.media.find(made.media_id)->description->introduction == "line\nbreak");
}

BOOST_AUTO_TEST_CASE(each_kind_has_its_own_size) {
    world w;
    const auto& l = w.p.rules().limits;
    BOOST_TEST(w.code_of(material_of(media_type::image, "a.jpg", l.image_bytes)) == 0);
    BOOST_TEST(w.code_of(material_of(media_type::image, "a.jpg", l.image_bytes + 1)) == 40009);
    BOOST_TEST(w.code_of(material_of(media_type::voice, "a.mp3", l.voice_bytes + 1)) == 40010);
    auto video = material_of(media_type::video, "a.mp4", l.media_video_bytes + 1);
    video.description = {"title", "intro"};
    BOOST_TEST(w.code_of(video) == 40011);
    BOOST_TEST(w.code_of(material_of(media_type::thumb, "a.jpg", l.thumb_bytes)) == 0);
    BOOST_TEST(w.code_of(material_of(media_type::thumb, "a.jpg", l.thumb_bytes + 1)) == 40012);
    BOOST_TEST(w.code_of(material_of(media_type::image, "a.jpg", 17u << 20)) == 45001);
    BOOST_TEST(w.code_of(uploadimg{{"a.png", {std::string(l.inline_image_bytes, 'x')}}}) == 0);
    BOOST_TEST(w.code_of(uploadimg{{"a.png", {std::string(l.inline_image_bytes + 1, 'x')}}}) == 40009);
}

BOOST_AUTO_TEST_CASE(each_kind_has_its_own_formats) {
    world w;
    BOOST_TEST(w.code_of(material_of(media_type::image, "a.GIF")) == 0);
    BOOST_TEST(w.code_of(material_of(media_type::image, "a.tiff")) == 40005);
    BOOST_TEST(w.code_of(material_of(media_type::voice, "a.jpg")) == 40005);
    BOOST_TEST(w.code_of(material_of(media_type::thumb, "a.png")) == 40005);
    BOOST_TEST(w.code_of(uploadimg{{"a.gif", {"x"}}}) == 40005);
    BOOST_TEST(w.code_of(uploadimg{{"a.webp", {"x"}}}) == 40113);
    BOOST_TEST(w.code_of(uploadimg{{"a.jpg", {"RIFF1234WEBPVP8 "}}}) == 40113);
}

BOOST_AUTO_TEST_CASE(the_form_is_checked) {
    world w;
    BOOST_TEST(code_of_form(w, R"(name="media"; filename="a.jpg")", "x") == 0);
    BOOST_TEST(code_of_form(w, R"(name="media"; filename="a.jpg")", "") == 44001);
    BOOST_TEST(code_of_form(w, R"(name="media"; filename="")", "x") == 41005);
    BOOST_TEST(code_of_form(w, R"(name="media")", "x") == 41005);
    BOOST_TEST(code_of_form(w, R"(name="file"; filename="a.jpg")", "x") == 41005);
    BOOST_TEST(code_of_form(w, R"(name="media"; filename="jpg")", "x") == 40005);
    BOOST_TEST(code_of_form(w, "name=\"media\"; filename=\"\xff.jpg\"", "x") == 44001);
    BOOST_TEST(complete<uploadimg>(w.post("/cgi-bin/media/uploadimg", "x")).error().api_code() == 41005);
    BOOST_TEST(complete<uploadimg>(w.post("/cgi-bin/media/uploadimg", "x", "multipart/form-data; boundary=b"))
                   .error()
                   .api_code() == 44001);
}

BOOST_AUTO_TEST_CASE(the_type_is_checked) {
    world w;
    const auto form = form_data().add_file("media", {"a.jpg", {"x"}});
    BOOST_TEST(w.code_of_form<add_material>(form, "?type=image") == 0);
    BOOST_TEST(w.code_of_form<add_material>(form, "?type=news") == 40004);
    BOOST_TEST(w.code_of_form<add_material>(form) == 40004);
}

BOOST_AUTO_TEST_CASE(the_store_can_be_full) {
    platform_rules rules;
    rules.stored_images = 2;
    rules.stored_others = 1;
    world w(rules);
    BOOST_TEST(w.code_of(material_of(media_type::image, "a.jpg")) == 0);
    BOOST_TEST(w.code_of(material_of(media_type::image, "a.jpg")) == 0);
    BOOST_TEST(w.code_of(material_of(media_type::image, "a.jpg")) == 45034);
    BOOST_TEST(w.code_of(material_of(media_type::voice, "a.mp3")) == 0);
    BOOST_TEST(w.code_of(material_of(media_type::voice, "a.mp3")) == 45034);
    BOOST_TEST(w.code_of(material_of(media_type::thumb, "a.jpg")) == 0);
    BOOST_TEST(w.code_of(uploadimg{{"a.jpg", {"x"}}}) == 0);
}

BOOST_AUTO_TEST_CASE(a_picture_takes_no_place_among_the_materials) {
    world w;
    const auto url = w.ask(uploadimg{{"p.png", {"picture"}}}).value().url;
    BOOST_TEST(w.owner.media.materials().empty());
    BOOST_TEST(w.owner.media.pictures().size() == 1u);
    BOOST_TEST(w.owner.media.find_url(url)->bytes == "picture");
    BOOST_TEST(w.owner.media.find_url("https" + url.substr(4))->bytes == "picture");
    BOOST_TEST(w.owner.media.find_url(url + "x") == nullptr);
    BOOST_TEST(w.ask(uploadimg{{"p.png", {"picture"}}}).value().url != url);
}

}  // namespace

BOOST_AUTO_TEST_SUITE_END()
