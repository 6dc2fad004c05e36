// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_DATA_FILE_DIGEST_HPP
#define WXMP_DATA_FILE_DIGEST_HPP

#include <wxmp/data/sha1.hpp>
#include <wxmp/data/sha1_digest.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace wxmp::inline v0_1 {

/// The SHA-1 digests of a file and of each of its blocks, as a block upload sends them.
struct file_digest {
    sha1_digest file{};                 ///< of all bytes
    std::vector<sha1_digest> blocks{};  ///< one per block, in order; the last may be shorter; may be empty

    /// Compares the file's digest and those of all blocks.
    friend bool operator==(const file_digest&, const file_digest&) = default;
};

/** Computes the SHA-1 of a file and of each of its blocks in one pass.

    Append bytes in order, in pieces of any size, which need not end where blocks do. For a block size that
    is a multiple of 64 (the default is) both digests share most of their work; any other size works too, but
    takes the time of two passes. Buffers fewer than 64 bytes per digest; allocates only for the block
    digests.

    @code
    wxmp::block_hasher hasher;
    while (const auto bytes = read_more(); !bytes.empty()) hasher.update(bytes);
    const wxmp::file_digest digest = hasher.digest();
    @endcode
*/
class block_hasher {
public:
    /// The default size in bytes of all blocks but the last: 1 MiB.
    static constexpr std::size_t default_block_size = std::size_t{1} << 20;

    /// Starts a file; `block_size` is in bytes, 0 means the default.
    explicit block_hasher(std::size_t block_size = default_block_size) noexcept
        : block_size_(block_size != 0 ? block_size : default_block_size) {}

    /** Appends the next bytes of the file, which are not needed after the call. Linear.

        Throws only std::bad_alloc, and has then appended nothing.
    */
    void update(std::span<const std::byte> bytes) {
        if (bytes.size() >= missing()) make_room(bytes.size());
        while (bytes.size() >= missing()) {
            const std::size_t rest = missing();
            update_both(file_, block_, bytes.first(rest));
            blocks_.push_back(block_.digest());
            block_ = sha1{};
            bytes = bytes.subspan(rest);
        }
        update_both(file_, block_, bytes);
    }

    /// Returns the digests of all bytes so far; the last block ends here. More may be appended afterwards.
    file_digest digest() const {
        file_digest result;
        result.blocks.reserve(blocks_.size() + 1);
        result.blocks = blocks_;
        if (block_.size() != 0) result.blocks.push_back(block_.digest());
        result.file = file_.digest();
        return result;
    }

    /// Returns how many bytes were appended so far.
    std::uint64_t size() const noexcept { return file_.size(); }

    /// Returns the size in bytes of all blocks but the last.
    std::size_t block_size() const noexcept { return block_size_; }

private:
    // For the digests of the blocks that so many bytes complete.
    void make_room(std::size_t bytes) {
        const auto count = blocks_.size() + (static_cast<std::size_t>(block_.size()) + bytes) / block_size_;
        if (count > blocks_.capacity()) blocks_.reserve(std::max(count, 2 * blocks_.size()));
    }

    // Bytes until the current block is complete; never 0.
    std::size_t missing() const noexcept { return block_size_ - static_cast<std::size_t>(block_.size()); }

    std::size_t block_size_;
    sha1 file_{};
    sha1 block_{};
    std::vector<sha1_digest> blocks_{};  // of the complete blocks
};

}  // namespace wxmp::inline v0_1

#endif
