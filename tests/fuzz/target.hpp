// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// What each file NAME.cpp of this folder has: a function try_NAME that is given any bytes, and ends the program where
// something is wrong.
#ifndef WXMP_TESTS_FUZZ_TARGET_HPP
#define WXMP_TESTS_FUZZ_TARGET_HPP

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

namespace wxmp_fuzz {

// A finding, unless there is nothing wrong.
inline void require_none(const std::string& wrong) {
    if (wrong.empty()) return;
    std::fprintf(stderr, "%s\n", wrong.c_str());
    std::abort();
}

inline void require(bool is_right, const std::string& what) {
    if (!is_right) require_none(what);
}

// Takes an input to pieces; past its end all are 0 or empty.
class pieces {
public:
    explicit pieces(std::string_view input) : left_(input) {}

    bool at_end() const { return left_.empty(); }
    std::uint8_t byte() { return static_cast<std::uint8_t>(text_of(1).empty() ? 0 : last_[0]); }
    std::size_t below(std::size_t n) { return byte() % n; }
    std::string text() { return std::string(text_of(byte())); }  // up to 255 bytes
    std::string rest() { return std::string(text_of(left_.size())); }

private:
    std::string_view text_of(std::size_t size) {
        last_ = left_.substr(0, size);
        left_.remove_prefix(last_.size());
        return last_;
    }

    std::string_view left_;
    std::string_view last_;
};

}  // namespace wxmp_fuzz

#endif
