// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include <wxmp/data/file_digest.hpp>
#include <wxmp/data/sha1.hpp>

#include <boost/test/unit_test.hpp>

#include "../thorough.hpp"
#include "sha1_engines.hpp"
#include "sha1_vectors.hpp"
#include <algorithm>
#include <cstddef>
#include <openssl/evp.h>
#include <span>
#include <string>
#include <string_view>

BOOST_AUTO_TEST_SUITE(data_sha1_openssl)

namespace {

namespace engine = wxmp::detail::sha1_engine;
using wxmp::sha1_digest;
using wxmp_test::as_bytes;

sha1_digest openssl(std::span<const std::byte> bytes) {
    sha1_digest digest;
    unsigned size = 0;
    BOOST_REQUIRE(EVP_Digest(bytes.data(), bytes.size(), digest.bytes, &size, EVP_sha1(), nullptr) == 1);
    BOOST_REQUIRE(size == sha1_digest::size);
    return digest;
}

wxmp::file_digest openssl(std::span<const std::byte> bytes, std::size_t block_size) {
    wxmp::file_digest result{openssl(bytes), {}};
    for (std::size_t at = 0; at < bytes.size(); at += block_size)
        result.blocks.push_back(openssl(bytes.subspan(at, std::min(block_size, bytes.size() - at))));
    return result;
}

// Calls feed with all bytes, in random pieces; some of them empty, half of them short.
template <class Feed>
void in_pieces(std::span<const std::byte> bytes, wxmp_test::generator& random, Feed feed) {
    while (!bytes.empty()) {
        const std::size_t most =
            random.up_to(1) != 0 ? bytes.size() : std::min<std::size_t>(bytes.size(), 130);
        const std::size_t piece = random.up_to(most);
        feed(bytes.first(piece));
        bytes = bytes.subspan(piece);
    }
}

BOOST_AUTO_TEST_CASE(random_hashes_agree) {
    wxmp_test::generator random(1);
    const std::string data = random.text(8192);
    int compared = 0;
    for (int i = 0; i < 10000; i += wxmp_test::stride) {
        const std::size_t offset = random.up_to(64);
        const auto bytes = as_bytes(data).subspan(offset, random.up_to(random.up_to(9) != 0 ? 600 : 8000));
        const sha1_digest expected = openssl(bytes);
        for (const engine::engine& path : engine::engines) {
            if (!path.available()) continue;
            const wxmp_test::use_engine in_use(path);
            wxmp::sha1 hash;
            in_pieces(bytes, random, [&](auto piece) { hash.update(piece); });
            BOOST_TEST_CONTEXT(path.name << ", case " << i << ", " << bytes.size() << " bytes")
            BOOST_REQUIRE(hash.digest() == expected);
            BOOST_REQUIRE(wxmp::sha1_of(bytes) == expected);
        }
        ++compared;
    }
    BOOST_TEST(compared == 10000 / wxmp_test::stride);
}

BOOST_AUTO_TEST_CASE(random_files_and_their_blocks_agree) {
    wxmp_test::generator random(2);
    const std::string data = random.text(8192);
    int compared = 0;
    for (int i = 0; i < 10000; i += wxmp_test::stride) {
        const std::size_t block_size =
            random.up_to(1) != 0 ? 64 * (1 + random.up_to(16)) : 1 + random.up_to(1000);
        const std::size_t offset = random.up_to(64);
        const auto bytes = as_bytes(data).subspan(offset, random.up_to(random.up_to(9) != 0 ? 1000 : 8000));
        const wxmp::file_digest expected = openssl(bytes, block_size);
        for (const engine::engine& path : engine::engines) {
            if (!path.available()) continue;
            const wxmp_test::use_engine in_use(path);
            wxmp::block_hasher hasher(block_size);
            in_pieces(bytes, random, [&](auto piece) { hasher.update(piece); });
            BOOST_TEST_CONTEXT(path.name << ", case " << i << ", " << bytes.size() << " bytes in blocks of "
                                         << block_size)
            BOOST_REQUIRE(hasher.digest() == expected);
        }
        ++compared;
    }
    BOOST_TEST(compared == 10000 / wxmp_test::stride);
}

BOOST_AUTO_TEST_CASE(a_file_of_several_default_blocks_agrees) {
    wxmp_test::generator random(3);
    const std::string data = random.text((3 << 20) + 4321);
    const wxmp::file_digest expected = openssl(as_bytes(data), 1 << 20);
    BOOST_TEST(expected.blocks.size() == 4u);
    for (const engine::engine& path : engine::engines) {
        if (!path.available()) continue;
        const wxmp_test::use_engine in_use(path);
        wxmp::block_hasher at_once;
        at_once.update(as_bytes(data));
        BOOST_CHECK(at_once.digest() == expected);
        wxmp::block_hasher in_some_pieces;
        in_pieces(as_bytes(data), random, [&](auto piece) { in_some_pieces.update(piece); });
        BOOST_CHECK(in_some_pieces.digest() == expected);
    }
}

}  // namespace

BOOST_AUTO_TEST_SUITE_END()
