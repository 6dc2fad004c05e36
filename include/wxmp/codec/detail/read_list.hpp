// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_CODEC_DETAIL_READ_LIST_HPP
#define WXMP_CODEC_DETAIL_READ_LIST_HPP

#include <wxmp/codec/json_path.hpp>
#include <wxmp/codec/json_reader.hpp>
#include <wxmp/data/required.hpp>

#include <cstddef>
#include <iterator>
#include <memory>
#include <vector>

namespace wxmp::inline v0_1::detail {

// The next elements of a vector, kept on the stack until their number is known, so that a page of a list of
// the service needs only one allocation, of the right size.
template <class T> class batch {
public:
    batch() = default;
    batch(const batch&) = delete;
    batch& operator=(const batch&) = delete;
    ~batch() { std::destroy_n(begin(), size_); }

    bool is_full() const noexcept { return size_ == capacity; }

    // Adds an element; undefined if full.
    T& add() {
        T* const added = blank::make_at<T>(room_ + size_ * sizeof(T));
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
    static constexpr std::size_t capacity = sizeof(T) < 1024 ? 8192 / sizeof(T) : 8;

    T* begin() noexcept { return reinterpret_cast<T*>(room_); }

    alignas(T) std::byte room_[capacity * sizeof(T)];
    std::size_t size_ = 0;
};

// Reads the array that begins here; `read_element` reads each element.
template <class T, class Read>
bool read_list(std::vector<T>& v, json_reader& in, const json_path& at, Read read_element) {
    v.clear();
    batch<T> batch;
    std::size_t index = 0;
    for (auto all = in.array(); all.more(); ++index) {
        if (batch.is_full()) batch.move_to(v, true);
        if (!read_element(batch.add(), in, json_path(at, index))) return false;
    }
    batch.move_to(v);
    return !in.is_broken();
}

}  // namespace wxmp::inline v0_1::detail

#endif
