// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// The digest of a file alone, and together with those of its 1 MiB blocks.
#include <wxmp/data/detail/source/sha1/dispatch.hpp>
#include <wxmp/data/file_digest.hpp>
#include <wxmp/data/sha1.hpp>

#include <boost/uuid/detail/sha1.hpp>

#include "harness.hpp"
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <openssl/evp.h>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace {

namespace engine = wxmp::detail::sha1_engine;
using bytes = std::span<const std::byte>;

constexpr std::size_t file_size = std::size_t{32} << 20;
constexpr std::size_t block_size = wxmp::block_hasher::default_block_size;

wxmp::sha1_digest openssl(bytes data) {
    wxmp::sha1_digest digest;
    EVP_Digest(data.data(), data.size(), digest.bytes, nullptr, EVP_sha1(), nullptr);
    return digest;
}

wxmp::file_digest openssl_both(bytes data) {
    wxmp::file_digest digest{openssl(data), {}};
    for (std::size_t at = 0; at < data.size(); at += block_size)
        digest.blocks.push_back(openssl(data.subspan(at, std::min(block_size, data.size() - at))));
    return digest;
}

wxmp::sha1_digest boost_uuids(bytes data) {
    boost::uuids::detail::sha1 hash;
    hash.process_bytes(data.data(), data.size());
    boost::uuids::detail::sha1::digest_type words;
    hash.get_digest(words);
    wxmp::sha1_digest digest;
    for (std::size_t i = 0; i < 20; ++i)
        digest.bytes[i] = static_cast<std::uint8_t>(words[i / 4] >> (24 - 8 * (i % 4)));
    return digest;
}

wxmp::file_digest both(bytes data) {
    wxmp::block_hasher hasher;
    hasher.update(data);
    return hasher.digest();
}

// A wrong digest has no time.
template <class Digest> void require(const Digest& digest, const Digest& expected) {
    if (digest == expected) return;
    std::fputs("wrong digest\n", stderr);
    std::exit(1);
}

}  // namespace

int main(int argc, char** argv) {
    std::vector<std::byte> data(file_size);
    std::uint32_t random = 1;
    for (std::byte& b : data) b = static_cast<std::byte>((random = random * 1664525 + 1013904223) >> 24);
    const wxmp::file_digest expected = openssl_both(data);

    wxmp_bench::harness bench(argc, argv);
    const auto add = [&](std::string who, auto run) { bench.add("sha1", std::move(who), file_size, run); };
    add("OpenSSL, one pass", [&] { require(openssl(data), expected.file); });
    add("OpenSSL, two passes", [&] { require(openssl_both(data), expected); });
    for (const engine::engine& e : engine::engines) {
        if (!e.available()) {
            std::fprintf(stderr, "not available on this CPU: %s\n", e.name);
            continue;
        }
        add(std::string(e.name) + ", one digest", [&] {
            engine::active = &e;
            require(wxmp::sha1_of(data), expected.file);
        });
        add(std::string(e.name) + ", both digests", [&] {
            engine::active = &e;
            require(both(data), expected);
        });
    }
    add("boost::uuids::detail::sha1", [&] { require(boost_uuids(data), expected.file); });
    return bench.run();
}
