// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// How much room a body takes while it arrives.
#include <wxmp/transport/transport.hpp>

#include <boost/test/unit_test.hpp>

#include <cstddef>
#include <string>

BOOST_AUTO_TEST_SUITE(transport_take_body)

namespace {

using namespace wxmp;

constexpr std::size_t limit = 1 << 20;

http::request bounded() {
    http::request r;
    r.max_response = limit;
    return r;
}

http::response announcing(const std::string& size) { return {200, {{"content-length", size}}, {}}; }

}  // namespace

BOOST_AUTO_TEST_CASE(an_announced_body_never_moves) {
    auto answer = announcing("300000");
    BOOST_TEST(!take_body(bounded(), answer, "first"));
    const auto* const begin = answer.body.data();
    BOOST_TEST(answer.body.capacity() == limit / 2);
    BOOST_TEST(!take_body(bounded(), answer, std::string(299'995, 'x')));
    BOOST_TEST(answer.body.data() == begin);
    BOOST_TEST(answer.body.size() == 300'000u);
    BOOST_TEST(!take_body(bounded(), answer, "more than it said"));
    BOOST_TEST(answer.body.ends_with("it said"));
}

// Else the bytes and their copy would take more than the limit together.
BOOST_AUTO_TEST_CASE(a_body_longer_than_announced_never_moves_either_where_half_the_limit_is_exceeded) {
    for (const auto* size : {"524289", "900000", "1048576"}) {
        auto answer = announcing(size);
        BOOST_TEST(!take_body(bounded(), answer, std::string(524'289, 'x')));
        const auto* const begin = answer.body.data();
        BOOST_TEST(!take_body(bounded(), answer, std::string(limit - 524'289, 'x')));
        BOOST_TEST(answer.body.data() == begin);
    }
}

BOOST_AUTO_TEST_CASE(no_more_room_is_made_than_there_may_be) {
    for (const auto* size :
         {"1048577", "18446744073709551615", "18446744073709551616", "-1", "", "x", "10x"}) {
        auto answer = announcing(size);
        BOOST_TEST(!take_body(bounded(), answer, "first"));
        BOOST_TEST(answer.body.capacity() < limit / 2, size);
    }
    auto answer = announcing("1048576");
    BOOST_TEST(!take_body(bounded(), answer, "first"));
    BOOST_TEST(answer.body.capacity() == limit);
    BOOST_TEST((take_body(bounded(), answer, std::string(limit - 4, 'x')) == errc::too_large));
    BOOST_TEST(answer.body == "first");
}

BOOST_AUTO_TEST_CASE(a_body_that_nobody_announced_takes_no_more_than_the_limit) {
    http::response answer{200, {}, {}};
    const std::string piece(1000, 'x');
    for (int i = 0; i != 1048; ++i) BOOST_REQUIRE(!take_body(bounded(), answer, piece));
    BOOST_TEST(answer.body.capacity() == limit);
    BOOST_TEST((take_body(bounded(), answer, piece) == errc::too_large));
}

BOOST_AUTO_TEST_CASE(a_sink_gets_all_of_a_body_and_the_answer_no_room) {
    auto r = bounded();
    std::string got;
    r.sink = [&got](const http::response&, std::string_view piece) { return got += piece, got.size() < 10; };
    auto answer = announcing("300000");
    BOOST_TEST(!take_body(r, answer, "first"));
    BOOST_TEST((take_body(r, answer, "and last") == errc::cancelled));
    BOOST_TEST(got == "firstand last");
    BOOST_TEST(answer.body.capacity() < 100u);
}

BOOST_AUTO_TEST_SUITE_END()
