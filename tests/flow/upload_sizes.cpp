// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// Plan, record and requests of an upload at the sizes where a number may be off by one or too narrow.
#include <wxmp/flow/upload.hpp>

#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

BOOST_AUTO_TEST_SUITE(flow_upload_sizes)

namespace {

using namespace wxmp;

constexpr std::uint32_t mib = 1u << 20;
constexpr std::uint64_t gib = std::uint64_t{1} << 30;
constexpr std::uint64_t sizes[] = {1, mib - 1, mib, mib + 1, 2 * mib, 2 * gib - 1, 2 * gib};

video_details titled() { return {"title", "words", false}; }

// A record of which all blocks but the last have arrived; its bytes are as many `x`.
upload_record all_but_the_last(std::uint64_t size) {
    upload_record r{
        .filename = "v.mp4", .filesize = size, .block_size = mib, .video = {"title", "words", false}};
    const auto plan = r.plan();
    r.filesha = sha1_of("whatever the whole file is");
    r.part_shas.each.resize(plan.count());
    r.part_shas.each.back() = sha1_of(std::string(plan[plan.count() - 1].size, 'x'));
    r.vid = "v";
    r.arrived.has.assign(plan.count(), true);
    r.arrived.has.back() = false;
    return r;
}

const flows::send& as_send(const flows::action& a) {
    BOOST_REQUIRE(std::holds_alternative<flows::send>(a));
    return std::get<flows::send>(a);
}

flows::event ok(flows::request_id id) {
    return flows::answered{id, {200, {}, R"({"ret":0,"vid":"v","media_id":"m"})"}, {}};
}

BOOST_AUTO_TEST_CASE(the_blocks_cover_the_file_without_gap_or_overlap) {
    for (const auto size : sizes) {
        const block_plan plan(size, mib);
        BOOST_TEST(plan.count() == (size + mib - 1) / mib);
        std::uint64_t end = 0;
        bool fits = true;
        for (std::uint32_t i = 0; i != plan.count(); ++i) {
            const auto b = plan[i];
            fits = fits && b.offset == end && b.part_num.value == i + 1 && b.size >= 1 &&
                   (b.size == mib || i + 1 == plan.count());
            end += b.size;
        }
        BOOST_TEST(fits, "a file of " << size << " bytes");
        BOOST_TEST(end == size);
    }
}

BOOST_AUTO_TEST_CASE(two_gib_are_the_most) {
    for (const auto size : sizes) {
        upload u("v.mp4", size, titled());
        const auto a = u.next({});
        BOOST_REQUIRE(std::holds_alternative<flows::fetch>(a));
        BOOST_TEST(std::get<flows::fetch>(a).size == (size < mib ? size : mib));
        BOOST_TEST(u.progress().total == size);
        BOOST_TEST(u.progress().blocks == (size + mib - 1) / mib);
    }
    for (const auto size : {std::uint64_t{0}, 2 * gib + 1, 4 * gib, 4 * gib + 1, ~std::uint64_t{0}}) {
        upload u("v.mp4", size, titled());
        BOOST_TEST(std::holds_alternative<flows::done>(u.next({})));
        const auto r = std::move(u).take();
        BOOST_REQUIRE(!r);
        BOOST_TEST((r.error() == errc::limit_exceeded));
        BOOST_TEST(r.error().request_member() == "/filesize");
        BOOST_TEST(r.error().detail().find("filesize has " + std::to_string(size) + " bytes; it must") !=
                   std::string::npos);
    }
}

BOOST_AUTO_TEST_CASE(the_record_survives_its_text) {
    for (const auto size : sizes) {
        const auto r = all_but_the_last(size);
        const auto text = write_upload_record(r);
        BOOST_REQUIRE(text);
        BOOST_TEST(text->find("\"filesize\":" + std::to_string(size) + ",") != text->npos);
        const auto back = read_upload_record(*text);
        BOOST_REQUIRE(back);
        BOOST_TEST(back->filesize == size);
        BOOST_TEST((back->part_shas == r.part_shas));
        BOOST_TEST((back->arrived == r.arrived));
        BOOST_TEST(text->size() < 60u * 1024);
    }
}

BOOST_AUTO_TEST_CASE(the_announced_size_is_the_size) {
    for (const auto size : sizes) {
        auto record = all_but_the_last(size);
        record.vid.reset();
        record.arrived.has.clear();
        upload u(record);
        const auto a = u.next({});
        BOOST_TEST(as_send(a).request->body.text().find("\"filesize\":" + std::to_string(size) + "}") !=
                   std::string::npos);
    }
}

BOOST_AUTO_TEST_CASE(the_last_block_is_read_and_sent_from_where_it_is) {
    for (const auto size : sizes) {
        const auto last = (size - 1) / mib;
        const auto left = static_cast<std::size_t>(size - last * mib);
        upload u(all_but_the_last(size));
        BOOST_TEST(u.progress().sent == last * mib);
        auto a = u.next({});
        BOOST_REQUIRE(std::holds_alternative<flows::fetch>(a));
        const auto f = std::get<flows::fetch>(a);
        BOOST_TEST(f.offset == last * mib);
        BOOST_TEST(f.size == left);
        u.on(flows::fetched{f.id, {}, std::string(left, 'x')}, {});
        a = u.next({});
        BOOST_TEST(as_send(a).request->body.size() == left);
        BOOST_TEST(as_send(a).request->safe_target.ends_with("&part_num=" + std::to_string(last + 1)));
        u.on(ok(as_send(a).id), {});
        BOOST_TEST(u.progress().sent == size);
        a = u.next({});
        BOOST_TEST(as_send(a).request->safe_target.find("action=upload_finish") != std::string::npos);
    }
}

}  // namespace

BOOST_AUTO_TEST_SUITE_END()
