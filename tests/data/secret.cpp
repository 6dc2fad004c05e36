// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include <wxmp/data/secret.hpp>

#include <boost/test/unit_test.hpp>

#include <concepts>
#include <ostream>
#include <sstream>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

BOOST_AUTO_TEST_SUITE(data_secret)

namespace {

using wxmp::secret;

template <class Stream, class T>
concept printable = requires(Stream& out, const T& v) {
    out << v;
};

static_assert(printable<std::ostream, std::string>);
static_assert(!printable<std::ostream, secret>);
static_assert(!printable<std::ostringstream, secret>);
static_assert(!printable<std::wostream, secret>);

static_assert(!std::convertible_to<secret, std::string>);
static_assert(!std::convertible_to<secret, std::string_view>);
static_assert(!std::convertible_to<secret, const char*>);
static_assert(!std::convertible_to<secret, bool>);
static_assert(!std::constructible_from<std::string, secret>);
static_assert(!std::constructible_from<std::string_view, secret>);
static_assert(!std::convertible_to<std::string, secret>);
static_assert(std::regular<secret>);
static_assert(std::is_nothrow_move_constructible_v<secret> && std::is_nothrow_move_assignable_v<secret>);

BOOST_AUTO_TEST_CASE(reveal_is_the_way_to_the_text) {
    const secret s(std::string("a\0b", 3));
    BOOST_TEST(s.reveal() == std::string("a\0b", 3));
    BOOST_TEST(!s.empty());
    BOOST_TEST(secret().empty());
    const secret none;
    BOOST_TEST(none.reveal().empty());
}

BOOST_AUTO_TEST_CASE(equal_texts_are_equal_secrets) {
    BOOST_CHECK(secret("token") == secret("token"));
    BOOST_CHECK(secret("token") != secret("Token"));
    BOOST_CHECK(secret("token") != secret("token "));
    BOOST_CHECK(secret() == secret(""));
}

BOOST_AUTO_TEST_CASE(copies_are_apart) {
    secret a("first");
    const secret b = a;
    a = secret("second");
    BOOST_TEST(b.reveal() == "first");
    const secret c = std::move(a);
    BOOST_TEST(c.reveal() == "second");
}

}  // namespace

BOOST_AUTO_TEST_SUITE_END()
