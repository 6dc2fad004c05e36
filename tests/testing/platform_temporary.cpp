// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include <boost/test/unit_test.hpp>

#include "platform_world.hpp"
#include <cstdint>
#include <string>
#include <utility>

BOOST_AUTO_TEST_SUITE(testing_platform_temporary)

namespace {

using namespace wxmp;
using namespace wxmp::testing;
using namespace std::chrono_literals;
using media::get_jssdk;

media::upload medium(media_type type, std::string filename, std::uint64_t size = 4) {
    return {type, {std::move(filename), {std::string(static_cast<std::size_t>(size), 'x')}}};
}

BOOST_AUTO_TEST_CASE(a_medium_is_given_out_as_it_came) {
    world w;
    const std::string bytes("{\0\r\n\xff", 5);
    const auto made = w.ask(media::upload{media_type::image, {"照片.jpg", {bytes}, "image/jpeg"}}).value();
    BOOST_TEST((made.type == media_type::image));
    BOOST_TEST(made.created_at.value().time_since_epoch().count() == 1'767'240'000);
    BOOST_TEST(!made.thumb_media_id);
    for (int again = 0; again != 2; ++again) {
        const auto got = w.ask(media::get{made.id()}).value();
        BOOST_TEST(!got.video);
        BOOST_TEST(got.file.value().bytes == bytes);
        BOOST_TEST(got.file->filename == made.id() + ".jpg");
        BOOST_TEST(got.file->content_type == "image/jpeg");
    }
    BOOST_TEST(w.owner.temporary.all().size() == 1u);
    BOOST_TEST(w.owner.media.materials().empty());
}

BOOST_AUTO_TEST_CASE(a_thumb_has_another_name_for_its_id) {
    world w;
    const auto made = w.ask(medium(media_type::thumb, "t.jpg")).value();
    BOOST_TEST(!made.media_id);
    BOOST_TEST(w.ask(media::get{made.thumb_media_id.value()}).value().file->bytes == "xxxx");
}

BOOST_AUTO_TEST_CASE(a_video_is_given_out_by_its_address) {
    world w;
    const auto id = w.ask(medium(media_type::video, "v.mp4")).value().id();
    const auto got = w.ask(media::get{id}).value();
    BOOST_TEST(!got.file);
    BOOST_TEST(got.video.value().video_url == w.owner.temporary.all().front().url);
    BOOST_TEST(got.video->video_url.starts_with("http://"));
}

BOOST_AUTO_TEST_CASE(the_js_sdk_has_voices_only) {
    world w;
    const auto voice = w.ask(medium(media_type::voice, "v.amr")).value().id();
    const auto image = w.ask(medium(media_type::image, "i.jpg")).value().id();
    const auto got = w.ask(get_jssdk{voice}).value();
    BOOST_TEST(got.file.value().bytes == "xxxx");
    BOOST_TEST(got.file->filename == voice + ".speex");
    BOOST_TEST(w.code_of(get_jssdk{image}) == 40007);
    BOOST_TEST(w.ask(media::get{voice}).value().file->filename == voice + ".amr");
}

BOOST_AUTO_TEST_CASE(after_three_days_it_is_over) {
    world w;
    const auto id = w.ask(medium(media_type::voice, "v.mp3")).value().id();
    w.pass(72h - 1ms);
    w.sign_in();
    BOOST_TEST(w.code_of(media::get{id}) == 0);
    w.pass(1ms);
    const auto over = w.ask(media::get{id});
    BOOST_TEST(over.error().api_code() == 40007);
    BOOST_TEST((over.error() == condition::not_found));
    BOOST_TEST(w.code_of(get_jssdk{id}) == 40007);
    BOOST_TEST(w.code_of(media::get{"x"}) == 40007);
}

BOOST_AUTO_TEST_CASE(a_medium_is_no_material) {
    world w;
    const auto id = w.ask(medium(media_type::image, "i.jpg")).value().id();
    BOOST_TEST(w.code_of(material::get_material{id}) == 40007);
    BOOST_TEST(w.code_of(material::del_material{id}) == 40007);
    BOOST_TEST(w.code_of(media::get{w.add_cover()}) == 40007);
}

BOOST_AUTO_TEST_CASE(each_kind_has_its_own_size_and_format) {
    world w;
    const auto& l = w.p.rules().limits;
    BOOST_TEST(w.code_of(medium(media_type::image, "a.jpg", l.image_bytes + 1)) == 40009);
    BOOST_TEST(w.code_of(medium(media_type::voice, "a.mp3", l.voice_bytes + 1)) == 40010);
    BOOST_TEST(w.code_of(medium(media_type::video, "a.mp4", l.media_video_bytes + 1)) == 40011);
    BOOST_TEST(w.code_of(medium(media_type::thumb, "a.jpg", l.thumb_bytes + 1)) == 40012);
    const auto refused = [&](const char* type, const char* filename) {
        const auto form = form_data().add_file("media", {filename, {"x"}});
        return w.code_of_form<media::upload>(form, std::string("?type=") + type);
    };
    BOOST_TEST(refused("image", "a.bmp") == 40005);
    BOOST_TEST(refused("voice", "a.wma") == 40005);
    BOOST_TEST(refused("video", "a.avi") == 40005);
    BOOST_TEST(refused("image", "a.webp") == 40113);
    BOOST_TEST(refused("news", "a.jpg") == 40004);
    BOOST_TEST(refused("image", "a.jpg") == 0);
    BOOST_TEST(w.owner.temporary.all().size() == 1u);
}

}  // namespace

BOOST_AUTO_TEST_SUITE_END()
