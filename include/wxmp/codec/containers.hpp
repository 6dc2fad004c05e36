// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_CODEC_CONTAINERS_HPP
#define WXMP_CODEC_CONTAINERS_HPP

#include <wxmp/codec/codec.hpp>
#include <wxmp/data/at_most_one.hpp>
#include <wxmp/data/required.hpp>

#include <cstddef>
#include <iterator>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace wxmp::inline v0_1 {

namespace detail {

template <class T> T& emplace_blank(std::optional<T>& v) {
    return blank::emplace<T>([&v](auto&&... made) -> T& { return v.emplace(std::move(made)...); });
}

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

}  // namespace detail

/// An empty optional has no JSON form: a struct omits the member. A null is read as empty.
template <class T> struct codec<std::optional<T>> {
    static bool read(std::optional<T>& v, json_reader& in, const json_path& at) {
        if (in.begins_with('n')) return v.reset(), in.null();
        return codec<T>::read(detail::emplace_blank(v), in, at);
    }
    static bool write(json_writer& out, const std::optional<T>& v, const json_path& at) {
        return v ? codec<T>::write(out, *v, at) : (out.raw("null"), true);
    }
};

template <class T> struct codec<at_most_one<T>> {
    static bool read(std::optional<T>& v, json_reader& in, const json_path& at) {
        if (!in.begins_with('{')) return read_other(v, in, at);
        if (in.empty_object()) return v.reset(), true;
        return codec<T>::read(detail::emplace_blank(v), in, at);
    }
    static bool write(json_writer& out, const std::optional<T>& v, const json_path& at) {
        return codec<std::optional<T>>::write(out, v, at);
    }

private:
    [[gnu::cold]] static bool read_other(std::optional<T>& v, json_reader& in, const json_path& at) {
        if (in.begins_with('[')) return read_array(v, in, at);
        const auto start = in.here();
        std::string_view text;
        if (in.begins_with('"') && in.text(text) && text.empty()) return v.reset(), true;
        in.go_back(start);
        return codec<std::optional<T>>::read(v, in, at);
    }
    static bool read_array(std::optional<T>& v, json_reader& in, const json_path& at) {
        v.reset();
        for (auto all = in.array(); all.more();) {
            if (v) return at.fail(errc::wrong_type);
            if (!codec<T>::read(detail::emplace_blank(v), in, json_path(at, std::size_t{}))) return false;
        }
        return !in.is_broken();
    }
};

template <class T> struct codec<std::vector<T>> {
    static bool read(std::vector<T>& v, json_reader& in, const json_path& at) {
        if (!in.begins_with('[')) return in.next(), at.fail(errc::wrong_type);
        return detail::read_list(v, in, at, codec<T>::read);
    }
    static bool write(json_writer& out, const std::vector<T>& v, const json_path& at) {
        out.raw("[");
        for (std::size_t i = 0; i != v.size(); ++i) {
            if (i != 0) out.raw(",");
            if (!codec<T>::write(out, v[i], json_path(at, i))) return false;
        }
        out.raw("]");
        return true;
    }
};

}  // namespace wxmp::inline v0_1

#endif
