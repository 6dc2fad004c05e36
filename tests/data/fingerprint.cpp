// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include <wxmp/data/detail/fingerprint.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

BOOST_AUTO_TEST_SUITE(data_fingerprint)

namespace {

using wxmp::detail::fingerprint;

// Of more than two steps, and a rest.
std::string some_bytes() {
    std::string bytes;
    for (unsigned i = 0; i != 331; ++i) bytes += static_cast<char>(i * 151 + i / 7);
    return bytes;
}

std::string flipped(std::string bytes, std::size_t bit) {
    bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ (1 << (bit % 8)));
    return bytes;
}

}  // namespace

BOOST_AUTO_TEST_CASE(is_that_of_the_bytes_wherever_they_are) {
    const auto bytes = some_bytes();
    for (std::size_t shift = 0; shift != 9; ++shift) {
        const auto moved = std::string(shift, 'x') + bytes;
        BOOST_TEST(fingerprint(std::string_view(moved).substr(shift)) == fingerprint(bytes));
    }
}

BOOST_AUTO_TEST_CASE(shows_each_bit) {
    const auto bytes = some_bytes();
    const auto whole = fingerprint(bytes);
    std::size_t unseen = 0;
    for (std::size_t bit = 0; bit != 8 * bytes.size(); ++bit)
        unseen += fingerprint(flipped(bytes, bit)) == whole;
    BOOST_TEST(unseen == 0u);
}

BOOST_AUTO_TEST_CASE(shows_any_two_bits) {
    const auto bytes = some_bytes().substr(0, 130);
    std::size_t unseen = 0, pairs = 0;
    for (std::size_t a = 0; a != 8 * bytes.size(); ++a)
        for (std::size_t b = 0; b != a; ++b, ++pairs)
            unseen += fingerprint(flipped(flipped(bytes, a), b)) == fingerprint(bytes);
    BOOST_TEST(pairs == 540'280u);
    BOOST_TEST(unseen == 0u);
}

// Alike words give it the most chances to take one change for another.
BOOST_AUTO_TEST_CASE(tells_any_two_bits_among_zeros) {
    const std::string zeros(130, '\0');
    std::vector<std::uint64_t> all;
    for (std::size_t a = 0; a != 8 * zeros.size(); ++a)
        for (std::size_t b = 0; b != a; ++b) all.push_back(fingerprint(flipped(flipped(zeros, a), b)));
    std::sort(all.begin(), all.end());
    BOOST_TEST(all.size() == 540'280u);
    BOOST_TEST((std::adjacent_find(all.begin(), all.end()) == all.end()));
}

BOOST_AUTO_TEST_CASE(shows_words_that_changed_places) {
    const auto bytes = some_bytes();
    std::size_t unseen = 0;
    for (std::size_t a = 0; a + 8 <= bytes.size(); a += 8)
        for (std::size_t b = 0; b != a; b += 8) {
            auto other = bytes;
            for (std::size_t i = 0; i != 8; ++i) std::swap(other[a + i], other[b + i]);
            unseen += fingerprint(other) == fingerprint(bytes);
        }
    BOOST_TEST(unseen == 0u);
}

BOOST_AUTO_TEST_CASE(shows_how_many_zeros_there_are) {
    std::vector<std::uint64_t> all;
    std::size_t unseen = 0;
    for (std::size_t size = 0; size != 200; ++size) {
        const auto one = fingerprint(std::string(size, '\0'));
        for (const auto& other : all) unseen += one == other;
        all.push_back(one);
    }
    BOOST_TEST(unseen == 0u);
}

BOOST_AUTO_TEST_SUITE_END()
