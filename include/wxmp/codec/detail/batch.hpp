// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_CODEC_DETAIL_BATCH_HPP
#define WXMP_CODEC_DETAIL_BATCH_HPP

#include <wxmp/version.hpp>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <memory>
#include <new>
#include <vector>

namespace wxmp::detail {

// The next elements of a vector, kept on the stack until their number is known, so that a page of a list of
// the service needs only one allocation, of the right size.
template <class T> class batch {
public:
    batch() = default;
    batch(const batch&) = delete;
    batch& operator=(const batch&) = delete;
    ~batch() { std::destroy_n(begin(), size_); }

    std::size_t size() const noexcept { return size_; }
    bool is_full() const noexcept { return size_ == capacity; }

    // Adds an element; undefined if full.
    T& add() {
        T* const added = ::new (room_ + size_ * sizeof(T)) T{};  // T() would zero its memory first
        ++size_;
        return *added;
    }

    // Moves all elements to the end of `v`. If more are to come, reserves twice the size.
    void move_to(std::vector<T>& v, bool more = false) {
        const auto size = v.size() + size_;
        if (v.capacity() < size) v.reserve(more ? 2 * size : size);
        v.insert(v.end(), std::move_iterator(begin()), std::move_iterator(begin() + size_));
        std::destroy_n(begin(), size_);
        size_ = 0;
    }

private:
    static constexpr std::size_t capacity = std::max<std::size_t>(8, 8192 / sizeof(T));

    T* begin() noexcept { return reinterpret_cast<T*>(room_); }

    alignas(T) std::byte room_[capacity * sizeof(T)];
    std::size_t size_ = 0;
};

}  // namespace wxmp::detail

#endif
