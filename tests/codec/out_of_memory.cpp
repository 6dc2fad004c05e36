// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
//
// Fails every allocation of an operation once: nothing but std::bad_alloc may come out, and nothing may leak.
#include <wxmp/api/publish/uploadnews.hpp>
#include <wxmp/api/upload_video/query_status.hpp>
#include <wxmp/api/upload_video/save_video.hpp>
#include <wxmp/codec/json_value.hpp>
#include <wxmp/codec/multipart_reader.hpp>
#include <wxmp/codec/multipart_writer.hpp>
#include <wxmp/data/file_digest.hpp>
#include <wxmp/data/redact.hpp>
#include <wxmp/flow/upload_record.hpp>
#include <wxmp/operation/complete.hpp>
#include <wxmp/operation/prepare.hpp>
#include <wxmp/operation/serve.hpp>

#include <boost/test/unit_test.hpp>

#include "../allocations.hpp"
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <new>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

BOOST_AUTO_TEST_SUITE(codec_out_of_memory)

namespace {

using namespace wxmp;
using wxmp_test::fail_each_allocation;
using wxmp_test::for_each_failure;
using wxmp_test::runs_out_at;

const std::string long_text(60, 'x');
const std::string document =
    R"({"articles":[{"title":")" + long_text + R"(","author":")" + long_text + R"(","content":"\ud800)" +
    "\x01\xff" + R"(","show_cover_pic":"1","later":{"a":[1,2.5,"b"],"c":null}},{"title":"two","x":1}]})";

publish::uploadnews news() {
    article a{long_text, long_text, "author",    "digest", flag(true), "<p>" + long_text + "</p>",
              {},        {},        flag(false), {}};
    a.others.entries = {{"later" + long_text, R"({"a":[1,2,{"b":"c"}]})"}};
    return {{std::move(a)}};
}

http::request request_of(const auto& op) {
    auto r = prepare(op).value();
    authorize(r, secret("TOKEN"));
    return r;
}

BOOST_AUTO_TEST_CASE(the_test_sees_what_it_looks_for) {
    BOOST_TEST(fail_each_allocation([] {}) == 0);
    const auto one = [] {
        int* volatile p = new int;  // or the compiler leaves both out
        delete p;
    };
    BOOST_TEST(fail_each_allocation(one) == 1);
    BOOST_TEST(fail_each_allocation([] { std::vector<std::string> two(2, long_text); }) == 3);
}

BOOST_AUTO_TEST_CASE(decoding) {
    BOOST_REQUIRE(decode<publish::uploadnews>(document));
    BOOST_TEST(fail_each_allocation([] { (void)decode<publish::uploadnews>(document); }) > 5);
    constexpr std::string_view unfit = R"({"articles":[{"title":7,"content":8}]})";
    BOOST_TEST(fail_each_allocation([unfit] { (void)decode<publish::uploadnews>(unfit); }) > 3);
    BOOST_TEST(fail_each_allocation([] { (void)decode<json::value>("[\"" + long_text); }) > 0);
}

BOOST_AUTO_TEST_CASE(encoding) {
    const auto op = news();
    BOOST_REQUIRE(encode(op));
    BOOST_TEST(fail_each_allocation([&] { (void)encode(op); }) == 1);
    auto bad = op;
    bad.articles[0].others.entries[0].json = "{";
    BOOST_TEST(fail_each_allocation([&] { (void)encode(bad); }) > 3);
}

BOOST_AUTO_TEST_CASE(a_buffer_is_as_it_was) {
    auto bad = news();
    bad.articles[0].content = std::string(3'000, 'x') + '\xff';  // found when there is room for all of it
    const auto failures = for_each_failure([&](long n) {
        std::string out = "before";
        const bool ran_out = runs_out_at(n, [&] { (void)encode_to(out, bad); });
        BOOST_TEST(out == "before");
        return ran_out;
    });
    BOOST_TEST(failures > 1);
}

BOOST_AUTO_TEST_CASE(preparing) {
    const auto op = news();
    BOOST_REQUIRE(prepare(op));
    BOOST_TEST(fail_each_allocation([&] { (void)prepare(op); }) > 10);
    BOOST_TEST(fail_each_allocation([] { (void)request_of(upload_video::query_status{long_text}); }) > 5);
    BOOST_TEST(fail_each_allocation([] { (void)prepare(upload_video::query_status{long_text + '\xff'}); }) >
               3);
    BOOST_TEST(fail_each_allocation([] {
                   (void)prepare(upload_video::save_video{std::string(65, 'x'), "", "", false});
               }) > 1);
}

BOOST_AUTO_TEST_CASE(completing) {
    const http::response good{200,
                              {},
                              R"({"type":")" + long_text + R"(","media_id":")" + long_text +
                                  R"(","create_at":"1","item":[{"index":0},{"index":1}]})"};
    const http::response bad{
        200, {}, R"({"errcode":40007,"errmsg":")" + long_text + R"( rid: 6141b79a-7c6e812d-5514c622"})"};
    BOOST_REQUIRE(complete<publish::uploadnews>(good));
    BOOST_TEST(fail_each_allocation([&] { (void)complete<publish::uploadnews>(good); }) > 4);
    BOOST_TEST(fail_each_allocation([&] { (void)complete<publish::uploadnews>(bad); }) > 3);
}

BOOST_AUTO_TEST_CASE(serving) {
    const auto news_request = request_of(news());
    const auto status_request = request_of(upload_video::query_status{long_text});
    BOOST_REQUIRE(read_request<publish::uploadnews>(news_request));
    BOOST_TEST(fail_each_allocation([&] { (void)read_request<publish::uploadnews>(news_request); }) > 5);
    BOOST_TEST(fail_each_allocation([&] { (void)read_request<upload_video::query_status>(status_request); }) >
               3);
    BOOST_TEST(fail_each_allocation([&] { (void)read_request<upload_video::query_status>(news_request); }) >
               0);
    BOOST_TEST(fail_each_allocation([] {
                   (void)write_response<upload_video::query_status>(
                       {upload_video::video_status::passed, {}, long_text, long_text});
               }) > 3);
}

// ---- Forms

form_data form() {
    form_data all;
    all.add_text("name" + long_text, long_text, "text/" + long_text);
    all.add_file("file" + long_text, {long_text + ".png", http::body(long_text)});
    return all;
}

BOOST_AUTO_TEST_CASE(a_form_goes_on) {
    const auto random = [] { return std::uint64_t{7}; };
    const auto whole = form().encode(random).value();
    BOOST_TEST(fail_each_allocation([&] { (void)form().encode(random); }) > 15);
    const auto failures = for_each_failure([&](long n) {
        form_data all;
        all.add_text("name" + long_text, long_text, "text/" + long_text);
        http::file file{long_text + ".png", http::body(long_text)};
        if (!runs_out_at(n, [&] { all.add_file("file" + long_text, file); })) return false;
        all.add_file("file" + long_text, file);
        BOOST_TEST(all.encode(random).value().body.text() == whole.body.text());
        return true;
    });
    BOOST_TEST(failures > 3);
}

BOOST_AUTO_TEST_CASE(a_reader_of_forms_refuses_to_go_on) {
    const auto made = form().encode([] { return std::uint64_t{7}; }).value();
    const auto text = made.body.text();
    const auto boundary = boundary_of(made.content_type).value();
    struct counter {
        int ends = 0;
        void part_begin(multipart_head&&) {}
        void part_data(std::string_view) {}
        void part_end() { ++ends; }
    };
    BOOST_TEST(fail_each_allocation([&] { (void)read_form(made.content_type, text); }) > 5);
    const auto failures = for_each_failure([&](long n) {
        multipart_reader reader(boundary);
        counter parts;
        if (!runs_out_at(n, [&] { (void)reader.feed(text, parts); })) return false;
        const auto ends = parts.ends;
        BOOST_CHECK(reader.finish().error() == errc::exception_thrown);
        for (int i = 0; i != 2; ++i) BOOST_CHECK(reader.feed(text, parts).error() == errc::exception_thrown);
        BOOST_CHECK(reader.finish().error() == errc::exception_thrown);
        BOOST_TEST(parts.ends == ends);
        return true;
    });
    BOOST_TEST(failures > 3);
}

BOOST_AUTO_TEST_CASE(a_reader_of_forms_refuses_after_an_exception_of_its_handler) {
    struct thrower {
        void part_begin(multipart_head&&) { throw 1; }
        void part_data(std::string_view) {}
        void part_end() {}
    } handler;
    const auto made = form().encode([] { return std::uint64_t{7}; }).value();
    multipart_reader reader(boundary_of(made.content_type).value());
    BOOST_CHECK_THROW((void)reader.feed(made.body.text(), handler), int);
    BOOST_CHECK(reader.feed("", handler).error() == errc::exception_thrown);
}

// ---- Digests, records, errors

BOOST_AUTO_TEST_CASE(a_hasher_goes_on) {
    const std::string bytes(1'000, 'b');
    const auto all = std::as_bytes(std::span(bytes));
    block_hasher whole(64);
    whole.update(all);
    const auto failures = for_each_failure([&](long n) {
        block_hasher hasher(64);
        const auto hash = [&] {
            while (hasher.size() != all.size()) {
                const auto rest = all.subspan(static_cast<std::size_t>(hasher.size()));
                hasher.update(rest.first(std::min<std::size_t>(rest.size(), 150)));
            }
        };
        if (!runs_out_at(n, hash)) return false;
        hash();
        BOOST_CHECK(hasher.digest() == whole.digest());
        return true;
    });
    BOOST_TEST(failures > 2);
    BOOST_TEST(fail_each_allocation([&] { (void)whole.digest(); }) > 0);
}

BOOST_AUTO_TEST_CASE(a_record_is_written_and_read) {
    const auto digest = sha1_of(std::string_view("x"));
    const upload_record r{.filename = long_text,
                          .filesize = 100,
                          .block_size = 50,
                          .video = {long_text, long_text, false},
                          .filesha = digest,
                          .part_shas = {{digest, digest}},
                          .vid = long_text,
                          .arrived = {{true, false}}};
    const auto text = write_upload_record(r).value();
    BOOST_REQUIRE(read_upload_record(text));
    BOOST_TEST(fail_each_allocation([&] { (void)write_upload_record(r); }) > 10);
    BOOST_TEST(fail_each_allocation([&] { (void)read_upload_record(text); }) > 10);
    BOOST_TEST(fail_each_allocation([&] { (void)read_upload_record(text.substr(1)); }) > 2);
    BOOST_TEST(fail_each_allocation([&] { (void)read_upload_record("{}"); }) > 2);
}

BOOST_AUTO_TEST_CASE(an_error_is_made_told_and_redacted) {
    const std::vector<secret> secrets{secret(long_text), secret("short")};
    const auto refused = error::from_api(40007, long_text + " rid: 6141b79a-7c6e812d-5514c622");
    BOOST_TEST(fail_each_allocation([] { (void)error(errc::wrong_type, "/" + long_text); }) > 1);
    BOOST_TEST(fail_each_allocation([&] { (void)error::from_api(40007, refused.detail()); }) > 1);
    BOOST_TEST(fail_each_allocation([&] { (void)refused.message(); }) > 0);
    BOOST_TEST(fail_each_allocation([&] { (void)refused.message_zh(); }) > 0);
    BOOST_TEST(fail_each_allocation([&] { (void)error(refused).redacted(secrets); }) > 5);
    BOOST_TEST(fail_each_allocation([&] { (void)error(refused).with_request_member(long_text); }) > 1);
    BOOST_TEST(fail_each_allocation([&] { (void)redact(refused.detail(), secrets); }) > 5);
    BOOST_TEST(fail_each_allocation([&] { (void)redact_url("https://u:p@h/?access_token=" + long_text); }) >
               3);
    BOOST_TEST(fail_each_allocation([&] { (void)write_error(40007, long_text); }) > 2);
}

}  // namespace

BOOST_AUTO_TEST_SUITE_END()
