// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include <wxmp/api/material/add_material.hpp>
#include <wxmp/api/material/get_material.hpp>
#include <wxmp/api/media/get.hpp>
#include <wxmp/api/media/get_jssdk.hpp>
#include <wxmp/client.hpp>
#include <wxmp/flow/call.hpp>
#include <wxmp/flow/detail/download_gate.hpp>
#include <wxmp/flow/download.hpp>
#include <wxmp/testing/scripted_transport.hpp>

#include <boost/test/unit_test.hpp>

#include <cerrno>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

BOOST_AUTO_TEST_SUITE(flow_download)

namespace {

using namespace wxmp;
using material::get_material;

constexpr instant now{};
const std::string refused =
    R"({"errcode":40007,"errmsg":"invalid media_id rid: 6141b79a-7c6e812d-5514c622"})";
const std::string jpeg("\xff\xd8\xff\xe0\0\x10JFIF{}", 12);

static_assert(flow<download<get_material>>);
static_assert(flow<download<media::get>>);
static_assert(flow<download<media::get_jssdk>>);

template <class Op>
concept downloadable = requires {
    typename download<Op>;
};
static_assert(!downloadable<material::add_material>);

http::response answer(std::string body, std::vector<http::header> headers = {}, int status = 200) {
    return {status, std::move(headers), std::move(body)};
}

http::header named(const std::string& filename) {
    return {"Content-disposition", "attachment; filename=\"" + filename + '"'};
}

const error disk_full({ENOSPC, boost::system::generic_category()}, "cannot write a.jpg");

// What a sink was given.
struct taken {
    std::string bytes{};
    std::size_t pieces{};
    std::size_t most = std::string::npos;  // pieces that it wants

    auto sink() {
        return [this](std::string_view piece) -> result<void> {
            BOOST_TEST(!piece.empty());
            if (pieces == most) return disk_full;
            bytes += piece;
            ++pieces;
            return {};
        };
    }
};

template <class Op = get_material>
auto run(const http::response& r, std::size_t piece, taken& to, const options& o = {}) {
    testing::scripted_transport script;
    script.in_pieces_of(piece).reply(r);
    client wx(std::move(script), o);
    return wx.run(download<Op>(Op{"m"}, to.sink(), o));
}

// The same without a sink: what the download has to agree with.
template <class Op> auto without_sink(const http::response& r, const options& o = {}) {
    testing::scripted_transport script;
    script.reply(r);
    client wx(std::move(script), o);
    return wx(Op{"m"});
}

// Compares both in any split of the body into pieces of one size.
template <class Op> void agree(const http::response& r) {
    const auto expected = without_sink<Op>(r);
    for (std::size_t piece = 1; piece <= r.body.size() + 1; ++piece) {
        taken to;
        const auto got = run<Op>(r, piece, to);
        BOOST_TEST_REQUIRE(got.has_value() == expected.has_value());
        const bool is_file = got && expected->file;
        BOOST_TEST((to.bytes == (is_file ? r.body : "")));
        if (!got) {
            BOOST_CHECK(got.error() == expected.error());
            continue;
        }
        BOOST_TEST(got->size == to.bytes.size());
        BOOST_TEST_REQUIRE(got->response.file.has_value() == is_file);
        if (!is_file) continue;
        BOOST_CHECK((*got->response.file ==
                     http::download{expected->file->filename, expected->file->content_type, {}}));
    }
}

flows::send asked(download<get_material>& d) {
    auto a = d.next(now);
    BOOST_REQUIRE(std::holds_alternative<flows::send>(a));
    return std::get<flows::send>(std::move(a));
}

bool is_done(download<get_material>& d) { return std::holds_alternative<flows::done>(d.next(now)); }

bool ended_with(download<get_material>& d, errc e) {
    const bool over = is_done(d);
    const auto r = std::move(d).take();
    return over && !r && r.error() == e;
}

}  // namespace

BOOST_AUTO_TEST_CASE(any_split_of_a_body_gives_what_a_call_gives) {
    const std::string bodies[] = {"",
                                  " ",
                                  "\r\n\t ",
                                  jpeg,
                                  "  " + jpeg,
                                  "{",
                                  " {",
                                  "{}",
                                  "{\\rtf1 no JSON}",
                                  refused,
                                  "\r\n " + refused,
                                  refused + "x",
                                  "[" + refused + "]",
                                  R"({"errcode":0})",
                                  R"({"errcode":"x"})",
                                  R"({"title":"a JSON file"})",
                                  R"({"news_item":[{"title":"a"}]})",
                                  R"({"news_item":[{"title":7}]})",
                                  R"({"title":"t","down_url":"http://v/1"})",
                                  R"({"video_url":"http://v/2"})",
                                  std::string("{\0\0\0", 4),
                                  R"({"a":)" + std::string(100, '[') + std::string(100, ']') + '}'};
    for (const auto& body : bodies) BOOST_TEST_CONTEXT(body) {
            for (const int status : {200, 206, 404, 502})
                for (const auto& headers :
                     {std::vector<http::header>{}, {{"Content-Type", "text/plain"}}, {named("a.jpg")}}) {
                    agree<get_material>(answer(body, headers, status));
                    agree<media::get>(answer(body, headers, status));
                }
        }
}

BOOST_AUTO_TEST_CASE(a_file_is_passed_on_as_it_comes) {
    for (const auto& r : {answer(jpeg), answer(refused, {named("a.json")})}) {
        taken to;
        BOOST_TEST(run(r, 1, to).has_value());
        BOOST_TEST(to.pieces == r.body.size());
        BOOST_TEST((to.bytes == r.body));
    }
}

BOOST_AUTO_TEST_CASE(an_error_never_reaches_the_sink) {
    for (const int status : {200, 400, 500}) {
        taken to;
        const auto got = run(answer(refused, {{"Content-Type", "image/jpeg"}}, status), 7, to);
        BOOST_TEST_REQUIRE(!got.has_value());
        BOOST_TEST(got.error().api_code() == 40007);
        BOOST_TEST(got.error().rid() == "6141b79a-7c6e812d-5514c622");
        BOOST_TEST(to.pieces == 0u);
    }
    taken to;
    const auto got = run(answer(jpeg, {named("a.jpg")}, 502), 7, to);
    BOOST_TEST_REQUIRE(!got.has_value());
    BOOST_CHECK(got.error() == errc::http_status);
    BOOST_TEST(to.pieces == 0u);
}

BOOST_AUTO_TEST_CASE(a_file_may_be_larger_than_what_is_held) {
    options o;
    o.max_response = o.max_file = 100;
    const auto large = jpeg + std::string(10'000, 'x');
    taken to;
    const auto got = run(answer(large), 64, to, o);
    BOOST_TEST_REQUIRE(got.has_value());
    BOOST_TEST(got->size == large.size());
    BOOST_TEST((to.bytes == large));

    taken nothing;
    BOOST_CHECK(run(answer(large, {}, 404), 64, nothing, o).error() == errc::too_large);
    BOOST_TEST(nothing.pieces == 0u);
}

BOOST_AUTO_TEST_CASE(no_more_is_held_than_an_answer_may_have) {
    options o;
    o.max_response = 100;
    for (const std::string& start : {std::string("{"), std::string(" ")}) {
        const auto large = start + std::string(10'000, ' ');
        taken to;
        download<get_material> d({"m"}, to.sink(), o);
        const auto& request = *asked(d).request;
        for (std::size_t given = 0; given != large.size();) {
            BOOST_TEST(request.sink({200, {}, {}}, large.substr(given, 1)));
            BOOST_TEST(++given - to.bytes.size() <= 100u);
        }
        d.on(flows::answered{0, {200, {}, {}}}, now);
        const auto got = std::move(d).take();
        BOOST_TEST_REQUIRE(got.has_value());
        BOOST_TEST(got->size == large.size());
        BOOST_TEST((to.bytes == large));
    }
    // An answer may have just as many.
    o.max_response = refused.size();
    taken to;
    BOOST_TEST(run(answer(refused), 1, to, o).error().api_code() == 40007);
    BOOST_TEST(to.pieces == 0u);
}

BOOST_AUTO_TEST_CASE(a_transport_may_know_no_sinks) {
    for (const auto& [body, file] :
         {std::pair{jpeg, true}, {std::string(), true}, {std::string("{}"), true}, {refused, false}}) {
        taken to;
        download<get_material> d({"m"}, to.sink());
        asked(d);
        d.on(flows::answered{0, answer(body)}, now);
        BOOST_TEST(is_done(d));
        const auto got = std::move(d).take();
        BOOST_TEST_REQUIRE(got.has_value() == file);
        BOOST_TEST((to.bytes == (file ? body : "")));
        if (!file) continue;
        BOOST_TEST(got->size == body.size());
        BOOST_TEST(got->response.file->bytes.empty());
    }
}

BOOST_AUTO_TEST_CASE(what_the_sink_says_is_the_result) {
    for (const auto& r : {answer(jpeg), answer("{}"), answer(refused, {named("a")})})
        for (const std::size_t most : {0u, 1u}) {
            taken to;
            to.most = most;
            const auto got = run(r, 1, to);
            if (got) BOOST_TEST(to.pieces == 1u);  // a file of which all was held is one piece
            else BOOST_CHECK(got.error() == disk_full);
            BOOST_TEST(to.pieces == most);
        }
    taken to;
    to.most = 0;
    download<get_material> d({"m"}, to.sink());
    asked(d);
    d.on(flows::answered{0, answer(jpeg)}, now);
    BOOST_TEST(is_done(d));
    BOOST_CHECK(std::move(d).take().error() == disk_full);
}

BOOST_AUTO_TEST_CASE(a_sink_that_failed_is_not_asked_again) {
    int asked = 0;
    const auto fails = [&](std::string_view) -> result<void> { return ++asked, disk_full; };
    detail::download_gate gate(fails, 0);
    BOOST_TEST(!gate.pass(answer({}), jpeg));
    BOOST_TEST(!gate.pass(answer({}), jpeg));
    BOOST_TEST(!gate.give(jpeg));
    BOOST_TEST(asked == 1);
    BOOST_TEST((gate.fault() == disk_full));
}

BOOST_AUTO_TEST_CASE(nothing_reaches_the_sink_after_the_end) {
    taken to;
    download<get_material> d({"m"}, to.sink());
    const auto& request = *asked(d).request;
    BOOST_TEST(request.sink({200, {}, {}}, "abc"));
    d.cancel();
    BOOST_TEST(!request.sink({200, {}, {}}, "def"));
    d.on(flows::answered{0, answer(jpeg)}, now);
    BOOST_TEST(ended_with(d, errc::cancelled));
    BOOST_TEST(to.bytes == "abc");
}

BOOST_AUTO_TEST_CASE(a_break_is_an_error) {
    taken to;
    download<get_material> d({"m"}, to.sink());
    const auto& request = *asked(d).request;
    BOOST_TEST(request.sink({200, {}, {}}, "abc"));
    d.on(flows::failed{0, error(errc::connection_lost)}, now);
    BOOST_TEST(ended_with(d, errc::connection_lost));
}

BOOST_AUTO_TEST_CASE(events_that_were_not_asked_for_end_it) {
    taken to;
    download<get_material> early({"m"}, to.sink());
    early.on(flows::answered{0, answer(jpeg)}, now);
    BOOST_TEST(ended_with(early, errc::unexpected_event));
    download<get_material> wrong({"m"}, to.sink());
    asked(wrong);
    wrong.on(flows::answered{1, answer(jpeg)}, now);
    BOOST_TEST(ended_with(wrong, errc::unexpected_event));
    download<get_material> untouched({"m"}, to.sink());
    BOOST_CHECK(std::move(untouched).take().error() == errc::unexpected_event);
    BOOST_TEST(to.pieces == 0u);
}

BOOST_AUTO_TEST_CASE(nothing_is_sent_of_what_cannot_be_prepared) {
    download<get_material> d({""}, [](std::string_view) { return result<void>(); });
    BOOST_TEST(ended_with(d, errc::missing_member));
}

BOOST_AUTO_TEST_SUITE_END()
