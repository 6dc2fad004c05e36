// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_FLOW_DETAIL_HASHED_BLOCKS_HPP
#define WXMP_FLOW_DETAIL_HASHED_BLOCKS_HPP

#include <wxmp/data/detail/fingerprint.hpp>
#include <wxmp/data/sha1.hpp>
#include <wxmp/flow/upload_record.hpp>

#include <cstdint>
#include <string_view>
#include <vector>

namespace wxmp::inline v0_1::detail {

// Tells whether a block that is about to be sent is what was hashed. To hash it once more would take as long
// as it did at first: that is only done for one that a former run has hashed.
class hashed_blocks {
public:
    // Before a block is hashed. If it throws, nothing has changed.
    void note(std::uint32_t which, std::string_view bytes, const upload_record& r) {
        if (fingerprints_.empty()) fingerprints_.resize(r.plan().count());
        fingerprints_[which] = fingerprint(bytes);
    }

    bool has(std::uint32_t which, std::string_view bytes, const upload_record& r) const {
        if (fingerprints_.empty()) return sha1_of(bytes) == r.part_shas.each[which];
        return fingerprint(bytes) == fingerprints_[which];
    }

private:
    std::vector<std::uint64_t> fingerprints_;  // of all blocks; empty if a former run has hashed them
};

}  // namespace wxmp::inline v0_1::detail

#endif
