// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_DATA_SOURCE_HPP
#define WXMP_DATA_SOURCE_HPP

#include <wxmp/data/detail/check_byte_source.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>

namespace wxmp::inline v0_1 {

/** A random-access source of bytes with a known size: a file, a mapping, an object in a store.

    `read_at(offset, out, size)` copies `size` bytes, starting at `offset`, to `out` and returns the number
    copied. Fewer than requested means that the source ended or failed. The same bytes may be read many times.
*/
template <class S>
concept byte_source = requires(const S& s, std::uint64_t offset, void* out, std::size_t size) {
    { s.size() } -> std::convertible_to<std::uint64_t>;
    { s.read_at(offset, out, size) } -> std::convertible_to<std::size_t>;
};

/** A source whose bytes are already in memory and can be used in place.

    `lend(offset, size)` returns a view of them, shorter at the end, valid for the lifetime of the source.
*/
template <class S>
concept lending_source = byte_source<S> && requires(const S& s, std::uint64_t offset, std::size_t size) {
    { s.lend(offset, size) } -> std::convertible_to<std::string_view>;
};

namespace detail {

// Not one that makes references itself.
template <class S, class Ref>
concept wrong_byte_source = !byte_source<S> && !requires(const S& s) {
    s.operator Ref();
};

}  // namespace detail

/// A reference to any @ref byte_source, which must outlive it. Cheap to copy.
class byte_source_ref {
public:
    /// Refers to an empty source.
    byte_source_ref() = default;

    /// Refers to `s`, which must outlive every copy of this reference.
    template <byte_source S>
        requires(!std::same_as<S, byte_source_ref>)
    byte_source_ref(const S& s)
    noexcept : self_(&s), calls_(&calls_for<S>) {}

    template <byte_source S>
        requires(!std::same_as<S, byte_source_ref>)
    byte_source_ref(const S&&)
    = delete;  // would dangle

    /// Any other type: the error says what it lacks.
    template <detail::wrong_byte_source<byte_source_ref> S> byte_source_ref(const S&) {
        static_assert(detail::check_byte_source<S>());
    }

    /// Size in bytes.
    [[nodiscard]] std::uint64_t size() const { return calls_ ? calls_->size(self_) : 0; }

    /// Copies `size` bytes, starting at `offset`; returns the number copied, fewer at the end or on failure.
    [[nodiscard]] std::size_t read_at(std::uint64_t offset, void* out, std::size_t size) const {
        return calls_ ? calls_->read_at(self_, offset, out, size) : 0;
    }

    /// Whether the bytes can be used in place.
    [[nodiscard]] bool lends() const noexcept { return calls_ && calls_->lend; }

    /// A view of the bytes; empty if the source does not lend.
    [[nodiscard]] std::string_view lend(std::uint64_t offset, std::size_t size) const {
        return lends() ? calls_->lend(self_, offset, size) : std::string_view();
    }

private:
    struct calls {
        std::uint64_t (*size)(const void*);
        std::size_t (*read_at)(const void*, std::uint64_t, void*, std::size_t);
        std::string_view (*lend)(const void*, std::uint64_t, std::size_t);
    };

    template <class S> static consteval calls make_calls() {
        calls c{[](const void* s) -> std::uint64_t { return static_cast<const S*>(s)->size(); },
                [](const void* s, std::uint64_t offset, void* out, std::size_t size) -> std::size_t {
                    return static_cast<const S*>(s)->read_at(offset, out, size);
                },
                nullptr};
        if constexpr (lending_source<S>)
            c.lend = [](const void* s, std::uint64_t offset, std::size_t size) -> std::string_view {
                return static_cast<const S*>(s)->lend(offset, size);
            };
        return c;
    }
    template <class S> static constexpr calls calls_for = make_calls<S>();

    const void* self_{};
    const calls* calls_{};
};

/// A source over bytes in memory, which must outlive it.
class memory_source {
public:
    /// Borrows the bytes.
    explicit memory_source(std::string_view bytes) noexcept : bytes_(bytes) {}
    template <class S>
        requires std::same_as<std::remove_const_t<S>, std::string>
    explicit memory_source(S&&) = delete;

    [[nodiscard]] std::uint64_t size() const noexcept { return bytes_.size(); }
    [[nodiscard]] std::string_view lend(std::uint64_t offset, std::size_t size) const noexcept {
        return offset < bytes_.size() ? bytes_.substr(static_cast<std::size_t>(offset), size)
                                      : std::string_view();
    }
    std::size_t read_at(std::uint64_t offset, void* out, std::size_t size) const noexcept {
        return lend(offset, size).copy(static_cast<char*>(out), size);
    }

private:
    std::string_view bytes_;
};

}  // namespace wxmp::inline v0_1

#endif
