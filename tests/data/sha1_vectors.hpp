// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TESTS_DATA_SHA1_VECTORS_HPP
#define WXMP_TESTS_DATA_SHA1_VECTORS_HPP

#include <wxmp/data/sha1.hpp>

#include <cstddef>
#include <fstream>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// NIST's SHA-1 vectors, without Boost, so that the cross-compiled test program can use them too.
namespace wxmp_test {

/// What became of some vectors.
struct tally {
    int passed{};
    int failed{};

    void count(bool good) { good ? ++passed : ++failed; }
};

inline std::span<const std::byte> as_bytes(std::string_view text) {
    return std::as_bytes(std::span(text.data(), text.size()));
}

inline std::span<const std::byte> as_bytes(const wxmp::sha1_digest& digest) {
    return std::as_bytes(std::span(digest.bytes));
}

/// The `key = value` lines of a .rsp file, in order; empty if the file cannot be read.
inline std::vector<std::pair<std::string, std::string>> read_rsp(const std::string& file) {
    std::ifstream in(std::string(WXMP_TESTS_DIR "/vectors/sha1/") + file);
    std::vector<std::pair<std::string, std::string>> fields;
    for (std::string line; std::getline(in, line);) {
        if (!line.empty() && line.back() == '\r') line.pop_back();
        const std::size_t at = line.find(" = ");
        if (at == line.npos || line.front() == '[') continue;
        fields.emplace_back(line.substr(0, at), line.substr(at + 3));
    }
    return fields;
}

/// Decodes hexadecimal digits; whoever calls checks the length.
inline std::string from_hex(std::string_view hex) {
    std::string bytes;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
        const int value = wxmp::detail::hex_value(hex[i]) * 16 + wxmp::detail::hex_value(hex[i + 1]);
        bytes += static_cast<char>(value);
    }
    return bytes;
}

/// Checks a file of triples Len (in bits), Msg, MD.
inline tally check_messages(const std::string& file) {
    tally result;
    std::size_t length = 0;
    std::string message;
    for (const auto& [key, value] : read_rsp(file)) {
        if (key == "Len") length = std::stoul(value) / 8;
        if (key == "Msg") message = from_hex(value).substr(0, length);
        if (key != "MD") continue;
        result.count(message.size() == length && wxmp::sha1_of(message).hex() == value);
    }
    return result;
}

/// One step of the Monte Carlo test: a thousand digests, each of the three before it.
inline wxmp::sha1_digest monte_carlo_step(const wxmp::sha1_digest& seed) {
    wxmp::sha1_digest a = seed, b = seed, c = seed;
    for (int i = 0; i < 1000; ++i) {
        wxmp::sha1 hash;
        hash.update(as_bytes(a));
        hash.update(as_bytes(b));
        hash.update(as_bytes(c));
        a = std::exchange(b, std::exchange(c, hash.digest()));
    }
    return c;
}

/// Checks the Monte Carlo file: 100 checkpoints, 100 000 digests.
inline tally check_monte_carlo(const std::string& file) {
    tally result;
    std::optional<wxmp::sha1_digest> seed;
    for (const auto& [key, value] : read_rsp(file)) {
        if (key == "Seed") seed = wxmp::sha1_digest::parse(value);
        if (key != "MD" || !seed) continue;
        seed = monte_carlo_step(*seed);
        result.count(seed->hex() == value);
    }
    return result;
}

}  // namespace wxmp_test

#endif
