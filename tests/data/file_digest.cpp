// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include <wxmp/data/file_digest.hpp>

#include <boost/test/unit_test.hpp>

#include "sha1_engines.hpp"
#include "sha1_vectors.hpp"
#include <cstddef>
#include <string>
#include <string_view>

BOOST_AUTO_TEST_SUITE(data_file_digest)

namespace {

using wxmp::block_hasher;
using wxmp::file_digest;
using wxmp::sha1_of;
using wxmp_test::as_bytes;

// What the hasher has to find, block by block.
file_digest by_parts(std::string_view text, std::size_t block_size) {
    file_digest result{sha1_of(text), {}};
    for (std::size_t at = 0; at < text.size(); at += block_size)
        result.blocks.push_back(sha1_of(text.substr(at, block_size)));
    return result;
}

BOOST_AUTO_TEST_CASE(an_empty_file_has_a_digest_and_no_blocks) {
    block_hasher hasher;
    hasher.update({});
    BOOST_TEST(hasher.size() == 0u);
    BOOST_TEST(hasher.digest().blocks.empty());
    BOOST_TEST(hasher.digest().file.hex() == "da39a3ee5e6b4b0d3255bfef95601890afd80709");
}

BOOST_AUTO_TEST_CASE(a_block_is_one_mebibyte_unless_told_otherwise) {
    BOOST_TEST(block_hasher().block_size() == 1048576u);
    BOOST_TEST(block_hasher(0).block_size() == 1048576u);
    BOOST_TEST(block_hasher(100).block_size() == 100u);
}

BOOST_AUTO_TEST_CASE(no_block_begins_before_its_first_byte) {
    const std::string text(256, 'a');
    block_hasher hasher(128);
    hasher.update(as_bytes(text));
    const file_digest digest = hasher.digest();
    BOOST_REQUIRE(digest.blocks.size() == 2u);
    BOOST_CHECK(digest.blocks[0] == sha1_of(text.substr(128)));
    BOOST_CHECK(digest.blocks[1] == digest.blocks[0]);
}

BOOST_AUTO_TEST_CASE(every_block_size_and_piece_size) {
    const std::string text = wxmp_test::generator(4).text(300);
    for (std::size_t block_size = 1; block_size <= 310; ++block_size) {
        const file_digest expected = by_parts(text, block_size);
        for (const std::size_t piece : {1u, 7u, 63u, 64u, 65u, 128u, 300u}) {
            block_hasher hasher(block_size);
            for (std::size_t at = 0; at < text.size(); at += piece)
                hasher.update(as_bytes(std::string_view(text).substr(at, piece)));
            BOOST_TEST_CONTEXT("blocks of " << block_size << " in pieces of " << piece)
            BOOST_REQUIRE(hasher.digest() == expected);
            BOOST_REQUIRE(hasher.size() == text.size());
        }
    }
}

BOOST_AUTO_TEST_CASE(feeding_goes_on_after_a_digest) {
    const std::string text = wxmp_test::generator(5).text(400);
    block_hasher hasher(128);
    for (std::size_t size = 0; size <= text.size(); ++size) {
        const std::string_view so_far = std::string_view(text).substr(0, size);
        if (size != 0) hasher.update(as_bytes(so_far.substr(size - 1)));
        BOOST_REQUIRE(hasher.digest() == by_parts(so_far, 128));
    }
}

BOOST_AUTO_TEST_CASE(digests_differ_by_file_or_by_blocks) {
    const file_digest digest = by_parts("abc", 2);
    BOOST_CHECK(digest != by_parts("abd", 2));
    BOOST_CHECK(digest != by_parts("abc", 3));
    BOOST_CHECK(digest == by_parts("abc", 2));
}

}  // namespace

BOOST_AUTO_TEST_SUITE_END()
