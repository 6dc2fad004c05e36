// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include <boost/test/unit_test.hpp>

#include "platform_world.hpp"
#include <cstdint>
#include <string>
#include <vector>

BOOST_AUTO_TEST_SUITE(testing_platform_videos)

namespace {

using namespace wxmp;
using namespace wxmp::testing;
using namespace wxmp::upload_video;
using namespace std::chrono_literals;

init_upload opening(const std::string& bytes) { return {"v.mp4", sha1_of(bytes), bytes.size()}; }

upload_block block_of(const std::string& vid, std::uint32_t number, std::string bytes) {
    const auto digest = sha1_of(bytes);
    return {vid, digest, index_from_1{number}, http::body(std::move(bytes))};
}

save_video saving(const std::string& vid, std::string title = "title") {
    return {std::move(title), "words", vid, false};
}

std::string upload(world& w, const std::string& bytes) {
    const auto vid = w.ask(opening(bytes)).value().vid;
    w.ask(block_of(vid, 1, bytes)).value();
    w.ask(upload_finish{vid}).value();
    return vid;
}

video_status status_of(world& w, const std::string& media_id) {
    return w.ask(query_status{media_id}).value().status;
}

BOOST_AUTO_TEST_CASE(blocks_make_a_file_in_any_order) {
    world w;
    const auto vid = w.ask(opening("abcde")).value().vid;
    BOOST_TEST(vid.starts_with("wxv_"));
    BOOST_TEST(w.code_of(block_of(vid, 3, "e")) == 0);
    BOOST_TEST(w.code_of(block_of(vid, 1, "ab")) == 0);
    BOOST_TEST(w.code_of(upload_finish{vid}) == 41005);
    BOOST_TEST(w.code_of(block_of(vid, 2, "cd")) == 0);
    BOOST_TEST(w.code_of(upload_finish{vid}) == 0);
    const auto& kept = *w.owner.videos.find_upload(vid);
    BOOST_TEST(kept.bytes() == "abcde");
    BOOST_TEST(kept.blocks.size() == 3u);
    BOOST_TEST(kept.received == 5u);
    BOOST_TEST(kept.finishes == 1u);
    BOOST_TEST(kept.opened.filename == "v.mp4");
    BOOST_TEST((kept.hash.digest() == sha1_of("abcde")));
}

BOOST_AUTO_TEST_CASE(an_upload_is_announced_properly) {
    world w;
    BOOST_TEST(w.code_of(init_upload{"v.mp4", sha1_digest{}, 1}) == 0);
    BOOST_TEST(w.code_of(init_upload{"v.mp4", sha1_digest{}, std::uint64_t{2} << 30}) == 0);
    BOOST_TEST(w.code_of(init_upload{"v.mp4", sha1_digest{}, (std::uint64_t{2} << 30) + 1}) == 40011);
    BOOST_TEST(w.code_of(init_upload{"mp4", sha1_digest{}, 1}) == 40005);
    BOOST_TEST(w.code_of_post<init_upload>(
                   R"({"filename":"","filesha":"0000000000000000000000000000000000000000","filesize":1})") ==
               41011);
    BOOST_TEST(
        w.code_of_post<init_upload>(
            R"({"filename":"v.mp4","filesha":"0000000000000000000000000000000000000000","filesize":0})") ==
        40011);
    BOOST_TEST(w.owner.videos.uploads().size() == 2u);
}

BOOST_AUTO_TEST_CASE(blocks_are_checked) {
    world w;
    const auto vid = w.ask(opening("abcde")).value().vid;
    auto wrong = block_of(vid, 1, "ab");
    wrong.part_sha = sha1_of("other");
    BOOST_TEST(w.code_of(wrong) == 40097);
    BOOST_TEST(w.code_of(block_of("wxv_1", 1, "ab")) == 40218);
    BOOST_TEST(w.code_of(block_of(vid, 1, std::string(1u << 20, 'x'))) == 0);
    BOOST_TEST(w.code_of(block_of(vid, 2, std::string((1u << 20) + 1, 'x'))) == 45001);
    const auto target =
        call_name(upload_block::at) + "&vid=" + vid + "&part_sha=" + sha1_of("ab").hex() + "&part_num=";
    const auto code = [&](const std::string& number, std::string body) {
        return code_in(complete<upload_block>(w.post(target + number, std::move(body))));
    };
    BOOST_TEST(code("0", "ab") == 40114);
    BOOST_TEST(code("x", "ab") == 40097);
    BOOST_TEST(code("2", "") == 44001);
    BOOST_TEST(w.owner.videos.find_upload(vid)->blocks.size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_block_may_come_again_but_not_as_another) {
    world w;
    const auto vid = w.ask(opening("ab")).value().vid;
    BOOST_TEST(w.code_of(block_of(vid, 1, "ab")) == 0);
    BOOST_TEST(w.code_of(block_of(vid, 1, "ab")) == 0);
    BOOST_TEST(w.code_of(block_of(vid, 1, "xx")) == 40097);
    BOOST_TEST(w.code_of(upload_finish{vid}) == 0);
    BOOST_TEST(w.code_of(upload_finish{vid}) == 0);
    BOOST_TEST(w.code_of(block_of(vid, 1, "ab")) == 40065);
    BOOST_TEST(w.owner.videos.uploads().front().repeated_blocks == 1u);
    BOOST_TEST(w.owner.videos.uploads().front().finishes == 2u);
    BOOST_TEST(w.owner.videos.uploads().front().received == 2u);
}

BOOST_AUTO_TEST_CASE(repeats_can_be_refused) {
    platform_rules rules;
    rules.refuse_repeated_blocks = true;
    world w(rules);
    const auto vid = w.ask(opening("ab")).value().vid;
    BOOST_TEST(w.code_of(block_of(vid, 1, "ab")) == 0);
    BOOST_TEST(w.code_of(block_of(vid, 1, "ab")) == 40097);
    BOOST_TEST(w.code_of(upload_finish{vid}) == 0);
    BOOST_TEST(w.code_of(upload_finish{vid}) == 40065);
}

BOOST_AUTO_TEST_CASE(the_whole_file_is_checked) {
    world w;
    const auto longer = w.ask(init_upload{"v.mp4", sha1_of("ab"), 3}).value().vid;
    BOOST_TEST(w.code_of(upload_finish{longer}) == 40011);
    BOOST_TEST(w.code_of(block_of(longer, 1, "ab")) == 0);
    BOOST_TEST(w.code_of(upload_finish{longer}) == 40011);
    const auto other = w.ask(init_upload{"v.mp4", sha1_of("xy"), 2}).value().vid;
    BOOST_TEST(w.code_of(block_of(other, 1, "ab")) == 0);
    BOOST_TEST(w.code_of(upload_finish{other}) == 40097);
    BOOST_TEST(w.code_of(upload_finish{"wxv_1"}) == 40218);
    BOOST_TEST(w.code_of(saving(other)) == 40065);
}

BOOST_AUTO_TEST_CASE(bytes_can_be_forgotten) {
    platform_rules rules;
    rules.keep_video_bytes = false;
    world w(rules);
    const auto vid = w.ask(opening("abcd")).value().vid;
    BOOST_TEST(w.code_of(block_of(vid, 2, "cd")) == 0);
    BOOST_TEST(w.owner.videos.uploads().front().bytes() == "cd");
    BOOST_TEST(w.code_of(block_of(vid, 1, "ab")) == 0);
    BOOST_TEST(w.code_of(block_of(vid, 1, "ab")) == 0);
    BOOST_TEST(w.code_of(upload_finish{vid}) == 0);
    BOOST_TEST(w.owner.videos.uploads().front().bytes().empty());
    BOOST_TEST(w.owner.videos.uploads().front().received == 4u);
}

BOOST_AUTO_TEST_CASE(each_save_makes_a_video) {
    world w;
    const auto vid = upload(w, "abc");
    const auto first = w.ask(saving(vid)).value().media_id;
    const auto second = w.ask(saving(vid)).value().media_id;
    BOOST_TEST(first != second);
    BOOST_TEST(w.owner.videos.videos().size() == 2u);
    BOOST_TEST(w.p.calls<save_video>() == 2u);
}

BOOST_AUTO_TEST_CASE(a_save_is_checked) {
    world w;
    const auto vid = upload(w, "abc");
    auto op = saving(vid, std::string(65, 'x'));
    BOOST_TEST(w.code_of(op) == 45003);
    op.title.clear();
    for (int i = 0; i != 64; ++i) op.title += "字";
    BOOST_TEST(w.code_of(op) == 0);
    op.tags = std::vector<std::string>(5, "tag");
    BOOST_TEST(w.code_of(op) == 0);
    op.tags->push_back("tag");
    BOOST_TEST(w.code_of(op) == 45021);
    BOOST_TEST(w.code_of(saving("wxv_1")) == 40218);
    BOOST_TEST(w.code_of_post<save_video>(R"({"title":"","video_desc":"","content":")" + vid +
                                          R"(","declare_ori":0})") == 40062);
    BOOST_TEST(w.code_of_post<save_video>(R"({"video_desc":"","content":")" + vid +
                                          R"(","declare_ori":0})") == 41011);
    BOOST_TEST(w.owner.videos.videos().size() == 2u);
}

BOOST_AUTO_TEST_CASE(a_video_is_checked_transcoded_and_passes) {
    world w;
    const auto vid = upload(w, "abc");
    const auto id = w.ask(saving(vid)).value().media_id;
    BOOST_TEST((status_of(w, id) == video_status::checking));
    w.pass(10s - 1ms);
    BOOST_TEST((status_of(w, id) == video_status::checking));
    w.pass(1ms);
    BOOST_TEST((status_of(w, id) == video_status::transcoding));
    BOOST_TEST(!w.owner.videos.has_passed(vid, w.now));
    w.pass(20s);
    const auto answer = w.ask(query_status{id}).value();
    BOOST_TEST((answer.status == video_status::passed));
    BOOST_TEST(answer.vid.value() == vid);
    BOOST_TEST(answer.mp_video_fail_detail_wording.value() == "check pass");
    BOOST_TEST((answer.ori_status == originality::unmarked));
    BOOST_TEST(w.owner.videos.has_passed(vid, w.now));
    BOOST_TEST(w.code_of(query_status{"x"}) == 40007);
}

BOOST_AUTO_TEST_CASE(a_mark_in_the_title_makes_a_video_fail) {
    world w;
    const auto vid = upload(w, "abc");
    const auto checked = w.ask(saving(vid, "a [check fails]")).value().media_id;
    const auto transcoded = w.ask(saving(vid, "a [transcoding fails]")).value().media_id;
    w.pass(10s);
    BOOST_TEST((status_of(w, checked) == video_status::check_failed));
    BOOST_TEST((status_of(w, transcoded) == video_status::transcoding));
    w.pass(20s);
    BOOST_TEST((status_of(w, checked) == video_status::check_failed));
    BOOST_TEST((status_of(w, transcoded) == video_status::transcoding_failed));
}

BOOST_AUTO_TEST_CASE(a_test_can_decide) {
    world w;
    const auto id = w.ask(saving(upload(w, "abc"))).value().media_id;
    BOOST_TEST(w.owner.videos.decide(id, video_status::forbidden, w.now));
    BOOST_TEST((status_of(w, id) == video_status::forbidden));
    BOOST_TEST(!w.owner.videos.decide("x", video_status::passed, w.now));
}

}  // namespace

BOOST_AUTO_TEST_SUITE_END()
