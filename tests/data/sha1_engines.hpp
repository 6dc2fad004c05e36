// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TESTS_DATA_SHA1_ENGINES_HPP
#define WXMP_TESTS_DATA_SHA1_ENGINES_HPP

#include <wxmp/data/detail/source/sha1/dispatch.hpp>

#include <cstddef>
#include <cstdint>
#include <string>

// Without Boost, so that the cross-compiled test program can use it too.
namespace wxmp_test {

/// Makes all hashes use one engine, until the end of the scope.
class use_engine {
public:
    explicit use_engine(const wxmp::detail::sha1_engine::engine& e)
        : before_(wxmp::detail::sha1_engine::active.exchange(&e)) {}
    ~use_engine() { wxmp::detail::sha1_engine::active = before_; }
    use_engine(const use_engine&) = delete;
    use_engine& operator=(const use_engine&) = delete;

private:
    const wxmp::detail::sha1_engine::engine* before_;
};

/// Random numbers that are the same everywhere (splitmix64).
class generator {
public:
    explicit generator(std::uint64_t seed) : state_(seed) {}

    std::uint64_t operator()() {
        std::uint64_t z = state_ += 0x9e3779b97f4a7c15;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        return z ^ (z >> 31);
    }

    /// A number from 0 to `most`.
    std::size_t up_to(std::size_t most) {
        return static_cast<std::size_t>((*this)() % (most + std::uint64_t{1}));
    }

    std::string text(std::size_t size) {
        std::string bytes(size, '\0');
        for (char& c : bytes) c = static_cast<char>((*this)() >> 56);
        return bytes;
    }

private:
    std::uint64_t state_;
};

}  // namespace wxmp_test

#endif
