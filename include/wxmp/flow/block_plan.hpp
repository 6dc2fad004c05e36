// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_FLOW_BLOCK_PLAN_HPP
#define WXMP_FLOW_BLOCK_PLAN_HPP

#include <wxmp/data/fields.hpp>

#include <cstdint>

namespace wxmp::inline v0_1 {

/// One block of a file.
struct file_block {
    index_from_1 part_num;   ///< block number, from 1
    std::uint64_t offset{};  ///< of its first byte in the file
    std::uint32_t size{};    ///< bytes; only the last block may be shorter than the others

    friend constexpr bool operator==(const file_block&, const file_block&) = default;
};

/// How a file is split into blocks.
class block_plan {
public:
    /// For a file of `file_size` bytes in blocks of `block_size` bytes; neither may be 0.
    constexpr block_plan(std::uint64_t file_size, std::uint32_t block_size) noexcept
        : file_size_(file_size), block_size_(block_size) {}

    /// The size of the file in bytes.
    [[nodiscard]] constexpr std::uint64_t file_size() const noexcept { return file_size_; }

    /// The size of each block but the last, in bytes.
    [[nodiscard]] constexpr std::uint32_t block_size() const noexcept { return block_size_; }

    /// The number of blocks.
    [[nodiscard]] constexpr std::uint32_t count() const noexcept {
        return static_cast<std::uint32_t>((file_size_ - 1) / block_size_ + 1);
    }

    /// The block at index `i`, from 0 and below @ref count.
    [[nodiscard]] constexpr file_block operator[](std::uint32_t i) const noexcept {
        const auto offset = std::uint64_t{i} * block_size_;
        const auto left = file_size_ - offset;
        return {{i + 1}, offset, left < block_size_ ? static_cast<std::uint32_t>(left) : block_size_};
    }

private:
    std::uint64_t file_size_;
    std::uint32_t block_size_;
};

}  // namespace wxmp::inline v0_1

#endif
