// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_DATA_SHA1_HPP
#define WXMP_DATA_SHA1_HPP

#include <wxmp/data/detail/sha1/engine.hpp>
#include <wxmp/data/sha1_digest.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <type_traits>

namespace wxmp::inline v0_1 {

/** Computes a SHA-1 digest incrementally, from pieces of any size.

    Usable in constant expressions. At run time, uses the fastest implementation that the CPU supports:
    SHA-NI, the ARMv8 instructions or portable C++. All give the same digest. Whole 64-byte chunks are read
    in place; only the remainder, at most 63 bytes, is copied. Never allocates.

    An object must not be used by two threads at the same time; a copy is independent.

    @code
    wxmp::sha1 hash;
    hash.update("ab");
    hash.update("c");
    hash.digest().hex(); // "a9993e364706816aba3e25717850c26c9cd0d89d"
    @endcode
*/
class sha1 {
public:
    /// Appends bytes, which are not needed after the call. Linear.
    constexpr void update(std::span<const std::byte> bytes) noexcept {
        const std::size_t head = missing();
        if (bytes.size() < head) return hold(bytes);
        if (head != 0) {
            hold(bytes.first(head));
            detail::sha1_engine::compress({&state_}, chunk_.data(), 1);
            bytes = bytes.subspan(head);
        }
        const std::size_t chunks = bytes.size() / chunk_size;
        if (chunks != 0) detail::sha1_engine::compress({&state_}, bytes.data(), chunks);
        size_ += chunks * chunk_size;
        hold(bytes.subspan(chunks * chunk_size));
    }

    /// Appends the bytes of a text, without a terminator.
    constexpr void update(std::string_view text) noexcept {
        if (std::is_constant_evaluated()) {
            for (const char c : text) {
                const auto one = static_cast<std::byte>(c);
                update(std::span(&one, 1));
            }
        } else update(std::as_bytes(std::span(text)));
    }

    /// Returns the digest of all bytes so far; more may be appended afterwards.
    constexpr sha1_digest digest() const noexcept {
        sha1 padded = *this;
        padded.pad();
        sha1_digest result;
        for (std::size_t i = 0; i < sha1_digest::size; ++i)
            result.bytes[i] = static_cast<std::uint8_t>(padded.state_.h[i / 4] >> (24 - 8 * (i % 4)));
        return result;
    }

    /// Returns how many bytes were appended so far.
    constexpr std::uint64_t size() const noexcept { return size_; }

    /** Appends the same bytes to two hashes, at little more than the cost of one.

        Meant for hashing a file along with its current block. The work is shared if the sizes of both are
        equal modulo 64; otherwise each is updated separately. The hashes must be distinct objects.
    */
    friend constexpr void update_both(sha1& first, sha1& second, std::span<const std::byte> bytes) noexcept {
        const std::size_t head = first.missing() < bytes.size() ? first.missing() : bytes.size();
        const std::size_t chunks = (bytes.size() - head) / chunk_size;
        if (first.held() != second.held() || chunks == 0) {
            first.update(bytes);
            second.update(bytes);
            return;
        }
        first.update(bytes.first(head));
        second.update(bytes.first(head));
        detail::sha1_engine::compress({&first.state_, &second.state_}, bytes.data() + head, chunks);
        first.size_ += chunks * chunk_size;
        second.size_ += chunks * chunk_size;
        first.update(bytes.subspan(head + chunks * chunk_size));
        second.update(bytes.subspan(head + chunks * chunk_size));
    }

private:
    static constexpr std::size_t chunk_size = detail::sha1_engine::chunk_size;

    constexpr std::size_t held() const noexcept { return static_cast<std::size_t>(size_ % chunk_size); }

    // Bytes missing from the partial chunk; 0 if there is none.
    constexpr std::size_t missing() const noexcept { return held() == 0 ? 0 : chunk_size - held(); }

    constexpr void hold(std::span<const std::byte> bytes) noexcept {
        for (std::size_t at = held(); const std::byte byte : bytes) chunk_[at++] = byte;
        size_ += bytes.size();
    }

    // Appends a one bit, zeros, and the length in bits, which ends a chunk.
    constexpr void pad() noexcept {
        constexpr std::array<std::byte, chunk_size> one_bit{std::byte{0x80}};
        const std::uint64_t bits = size_ * 8;
        const std::size_t zeros = (2 * chunk_size - 9 - held()) % chunk_size;
        update(std::span(one_bit).first(1 + zeros));
        std::array<std::byte, 8> length{};
        for (std::size_t i = 0; i < 8; ++i) length[i] = static_cast<std::byte>(bits >> (56 - 8 * i));
        update(length);
    }

    detail::sha1_engine::state state_{};
    std::array<std::byte, chunk_size> chunk_{};  // its first held() bytes are a partial chunk
    std::uint64_t size_{};
};

/// Computes the SHA-1 of bytes in memory.
constexpr sha1_digest sha1_of(std::span<const std::byte> bytes) noexcept {
    sha1 hash;
    hash.update(bytes);
    return hash.digest();
}

/// Computes the SHA-1 of a text.
constexpr sha1_digest sha1_of(std::string_view text) noexcept {
    sha1 hash;
    hash.update(text);
    return hash.digest();
}

}  // namespace wxmp::inline v0_1

#endif
