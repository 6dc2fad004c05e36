// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include <wxmp/api/auth/stable_token.hpp>
#include <wxmp/client.hpp>
#include <wxmp/data/html.hpp>
#include <wxmp/flow/poll.hpp>
#include <wxmp/flow/publish_article.hpp>
#include <wxmp/flow/upload.hpp>
#include <wxmp/testing/platform_transport.hpp>

#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <string>

BOOST_AUTO_TEST_SUITE(testing_platform_flow)

namespace {

using namespace wxmp;
using namespace wxmp::testing;

// Bytes of all values, among them those that a text channel would change.
std::string noise(std::size_t size, std::uint64_t seed) {
    id_source ids(seed);
    std::string bytes;
    for (std::size_t i = 0; i != size; ++i) bytes += static_cast<char>(ids.number());
    return bytes;
}

struct newsroom {
    newsroom() { c.access_token(c(auth::stable_token{{}, "wx1", secret("s1")}).value().access_token); }

    result<uploaded_video> upload_video_of(const std::string& bytes, std::string title = "video") {
        const memory_source source{bytes};
        upload_options how;
        how.block_size = 64;
        how.review = false;
        return c.run(upload("v.mp4", bytes.size(), {std::move(title), "words", false}, {}, how),
                     {.source = source});
    }

    std::size_t videos() const { return owner.videos.videos().size(); }

    platform p;
    account& owner{p.add_account("wx1", secret("s1"))};
    client<platform_transport> c{platform_transport(p)};
};

BOOST_AUTO_TEST_CASE(from_token_to_published_article) {
    newsroom n;
    const auto cover = noise(300, 1), first = noise(500, 2), second = noise(700, 3),
               video = noise(4 * 64 + 7, 4);

    const auto cover_id =
        n.c(material::add_material{media_type::image, {"cover.jpg", http::body::borrow(cover)}})
            .value()
            .media_id;
    const auto first_url = n.c(media::uploadimg{{"first.png", http::body::borrow(first)}}).value().url;
    const auto second_url = n.c(media::uploadimg{{"second.jpg", http::body::borrow(second)}}).value().url;

    const auto uploaded = n.upload_video_of(video).value();
    const auto passed = n.c.run(poll_video(upload_video::query_status{uploaded.media_id})).value();
    BOOST_TEST(passed.vid.value() == uploaded.vid);

    article a{"标题", cover_id};
    a.content = html::paragraph("a < b") + html::image(first_url) + html::video(uploaded.vid) +
                html::image(second_url);
    const auto article_id = n.c(publish::uploadnews{{a}}).value().media_id;
    const auto url = n.c.run(publish_article(article_id)).value().url.value();

    const auto page = n.p.published(url);
    BOOST_TEST_REQUIRE(page.has_value());
    BOOST_TEST(page->text->title == "标题");
    BOOST_TEST(page->text->content.value() == a.content.value());
    BOOST_TEST((page->cover->bytes == cover));
    BOOST_TEST_REQUIRE(page->pictures.size() == 2u);
    BOOST_TEST((page->pictures[0]->bytes == first));
    BOOST_TEST((page->pictures[1]->bytes == second));
    BOOST_TEST_REQUIRE(page->videos.size() == 1u);
    BOOST_TEST((page->videos[0]->bytes() == video));
    BOOST_TEST(page->videos[0]->blocks.size() == 5u);
    BOOST_TEST(page->videos[0]->repeated_blocks == 0u);
    BOOST_TEST((page->videos[0]->opened.filesha == uploaded.filesha));
    BOOST_TEST(n.videos() == 1u);
    BOOST_TEST(n.p.calls<upload_video::upload_block>() == 5u);
}

BOOST_AUTO_TEST_CASE(a_refused_video_ends_the_wait) {
    newsroom n;
    const auto uploaded = n.upload_video_of("video", "[check fails]").value();
    const auto outcome = n.c.run(poll_video(upload_video::query_status{uploaded.media_id}));
    BOOST_TEST((outcome.error() == errc::not_passed));
    BOOST_TEST(outcome.error().detail().find("check fail") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_lost_answer_to_save_video_leaves_one_video_and_a_doubt) {
    newsroom n;
    n.p.inject({.call = call_name(upload_video::save_video::at), .what = fault::lose_answer{}});
    const auto outcome = n.upload_video_of("video");
    BOOST_TEST((outcome.error() == errc::outcome_unknown));
    BOOST_TEST((outcome.error() == condition::outcome_unknown));
    BOOST_TEST(n.videos() == 1u);
    BOOST_TEST(n.p.calls<upload_video::save_video>() == 1u);
}

BOOST_AUTO_TEST_CASE(a_lost_save_video_leaves_none) {
    newsroom n;
    n.p.inject({.call = call_name(upload_video::save_video::at), .what = fault::lose_request{}});
    BOOST_TEST((n.upload_video_of("video").error() == errc::outcome_unknown));
    BOOST_TEST(n.videos() == 0u);
}

BOOST_AUTO_TEST_CASE(a_block_whose_answer_was_lost_comes_again) {
    newsroom n;
    std::string bytes = noise(300, 5);
    n.p.inject({.call = call_name(upload_video::upload_block::at), .nth = 2, .what = fault::lose_answer{}});
    n.p.inject({.call = call_name(upload_video::upload_block::at), .nth = 4, .what = fault::error_code{-1}});
    const auto uploaded = n.upload_video_of(bytes).value();
    const auto& kept = *n.owner.videos.find_upload(uploaded.vid);
    BOOST_TEST((kept.bytes() == bytes));
    BOOST_TEST(kept.repeated_blocks == 1u);
    BOOST_TEST(n.p.calls<upload_video::upload_block>() == 7u);
    BOOST_TEST(n.p.faults_left() == 0u);
    BOOST_TEST(n.videos() == 1u);
}

}  // namespace

BOOST_AUTO_TEST_SUITE_END()
