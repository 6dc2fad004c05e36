// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include <wxmp/data/sha1.hpp>

#include <boost/test/unit_test.hpp>

#include "../thorough.hpp"
#include "sha1_vectors.hpp"
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

BOOST_AUTO_TEST_SUITE(data_sha1)

namespace {

using wxmp::sha1;
using wxmp::sha1_digest;
using wxmp::sha1_of;
using wxmp_test::as_bytes;

consteval sha1_digest known(std::string_view hex) { return sha1_digest::parse(hex).value(); }

static_assert(sha1_of("") == known("da39a3ee5e6b4b0d3255bfef95601890afd80709"));
static_assert(sha1_of("abc") == known("a9993e364706816aba3e25717850c26c9cd0d89d"));
static_assert(sha1_of("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq") ==
              known("84983e441c3bd26ebaae4aa1f95129e5e54670f1"));

consteval bool both_in_constant_evaluation() {
    std::array<std::byte, 200> bytes{};
    sha1 first, second;
    update_both(first, second, bytes);
    return first.digest() == sha1_of(bytes) && second.digest() == first.digest();
}
static_assert(both_in_constant_evaluation());

// Bytes without a period that a chunk could hide.
std::string sample(std::size_t size) {
    std::string text(size, '\0');
    for (std::size_t i = 0; i < size; ++i) text[i] = static_cast<char>((i * i + i / 251) % 253);
    return text;
}

BOOST_AUTO_TEST_CASE(short_messages) {
    const auto result = wxmp_test::check_messages("SHA1ShortMsg.rsp");
    BOOST_TEST(result.passed == 65);
    BOOST_TEST(result.failed == 0);
}

BOOST_AUTO_TEST_CASE(long_messages) {
    const auto result = wxmp_test::check_messages("SHA1LongMsg.rsp");
    BOOST_TEST(result.passed == 64);
    BOOST_TEST(result.failed == 0);
}

BOOST_AUTO_TEST_CASE(monte_carlo) {
    const auto result = wxmp_test::check_monte_carlo("SHA1Monte.rsp");
    BOOST_TEST(result.passed == 100);
    BOOST_TEST(result.failed == 0);
}

BOOST_AUTO_TEST_CASE(a_split_at_every_offset_changes_nothing) {
    const std::string text = sample(333);
    const sha1_digest whole = sha1_of(text);
    for (std::size_t at = 0; at <= text.size(); ++at) {
        sha1 hash;
        hash.update(std::string_view(text).substr(0, at));
        hash.update(std::string_view(text).substr(at));
        BOOST_TEST(hash.digest().hex() == whole.hex(), "split at " << at);
        BOOST_TEST(hash.size() == text.size());
    }
}

BOOST_AUTO_TEST_CASE(pieces_of_every_size_change_nothing) {
    const std::string text = sample(1000);
    const sha1_digest whole = sha1_of(text);
    for (std::size_t piece = 1; piece <= 200; ++piece) {
        sha1 hash;
        for (std::size_t at = 0; at < text.size(); at += piece)
            hash.update(std::string_view(text).substr(at, piece));
        BOOST_TEST(hash.digest().hex() == whole.hex(), "pieces of " << piece);
    }
}

BOOST_AUTO_TEST_CASE(feeding_goes_on_after_a_digest) {
    const std::string text = sample(300);
    sha1 hash;
    for (std::size_t size = 0; size <= text.size(); ++size) {
        const std::string_view so_far = std::string_view(text).substr(0, size);
        if (size != 0) hash.update(so_far.substr(size - 1));
        BOOST_TEST(hash.digest().hex() == sha1_of(so_far).hex(), "size " << size);
    }
}

BOOST_AUTO_TEST_CASE(nothing_to_append_changes_nothing) {
    sha1 hash;
    hash.update(std::span<const std::byte>{});
    hash.update(std::string_view{});
    BOOST_TEST(hash.digest().hex() == "da39a3ee5e6b4b0d3255bfef95601890afd80709");
}

BOOST_AUTO_TEST_CASE(two_hashes_at_any_sizes) {
    const std::string text = sample(400);
    for (std::size_t a = 0; a < 70; ++a) {
        for (std::size_t b = 0; b < 70; b += 7) {
            for (const std::size_t n : {0u, 1u, 63u, 64u, 65u, 130u, 300u}) {
                sha1 first, second, third, fourth;
                first.update(std::string_view(text).substr(0, a));
                second.update(std::string_view(text).substr(0, b));
                third = first;
                fourth = second;
                update_both(first, second, as_bytes(std::string_view(text).substr(70, n)));
                third.update(std::string_view(text).substr(70, n));
                fourth.update(std::string_view(text).substr(70, n));
                BOOST_REQUIRE(first.digest() == third.digest());
                BOOST_REQUIRE(second.digest() == fourth.digest());
                BOOST_REQUIRE(first.size() == a + n);
            }
        }
    }
}

#ifndef WXMP_TEST_IS_SANITIZED  // tests/system/upload_memory hashes more
BOOST_AUTO_TEST_CASE(more_than_2_to_the_32_bits) {
    const std::string megabyte(1 << 20, 'x');
    sha1 hash;
    for (int i = 0; i < 513; ++i) hash.update(megabyte);
    BOOST_TEST(hash.size() == std::uint64_t{513} << 20);
    BOOST_TEST(hash.digest().hex() == "14f89dfb131b127270cebbd8654a912cb840af89");
}
#endif

BOOST_AUTO_TEST_CASE(hexadecimal_digits_round_trip) {
    sha1_digest digest;
    for (std::size_t i = 0; i < sha1_digest::size; ++i)
        digest.bytes[i] = static_cast<std::uint8_t>(i * 13 + 7);
    const std::string text = digest.hex();
    BOOST_TEST(text == "0714212e3b4855626f7c8996a3b0bdcad7e4f1fe");
    const auto lower = sha1_digest::parse(text);
    BOOST_REQUIRE(lower.has_value());
    BOOST_CHECK(*lower == digest);
    const auto upper = sha1_digest::parse("0714212E3B4855626F7C8996A3B0BDCAD7E4F1FE");
    BOOST_REQUIRE(upper.has_value());
    BOOST_CHECK(*upper == digest);
    BOOST_CHECK(sha1_digest{} != digest);
}

BOOST_AUTO_TEST_CASE(other_texts_are_no_digest) {
    const std::string good(40, 'a');
    BOOST_CHECK(!sha1_digest::parse(""));
    BOOST_CHECK(!sha1_digest::parse(good.substr(1)));
    BOOST_CHECK(!sha1_digest::parse(good + "a"));
    BOOST_CHECK(!sha1_digest::parse(good.substr(2)));
    for (std::size_t at = 0; at < good.size(); ++at) {
        for (const char bad : {'g', 'G', '/', ':', '@', '`', ' ', '\0', '\xff'}) {
            std::string text = good;
            text[at] = bad;
            BOOST_CHECK(!sha1_digest::parse(text));
        }
    }
}

}  // namespace

BOOST_AUTO_TEST_SUITE_END()
