// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_CODEC_DETAIL_OBJECT_READER_HPP
#define WXMP_CODEC_DETAIL_OBJECT_READER_HPP

#include <wxmp/codec/codec.hpp>
#include <wxmp/codec/detail/text/word.hpp>
#include <wxmp/codec/member_table.hpp>
#include <wxmp/detail/compiled.hpp>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string_view>

namespace wxmp::inline v0_1::detail {

// The start of a member in JSON text, in its plainest form: `"name":`. What follows the opening quote is
// compared in words of eight bytes.
class plain_name {
public:
    constexpr plain_name() = default;
    explicit consteval plain_name(std::string_view name) noexcept;

    // Its size after the opening quote.
    constexpr std::size_t size() const noexcept { return size_; }

    // Whether these eight bytes may be its beginning.
    bool begins_like(std::uint64_t word) const noexcept { return ((word ^ first_) & mask_) == 0; }

    // Whether the text at `p`, which begins like it, is it; `left` bytes remain. `name` is what made it.
    bool is_at(const char* p, std::size_t left, std::string_view name) const noexcept {
        if (size_ <= 8) return true;
        if (left < size_ || text_engine::word_at(p + size_ - 8) != last_) return false;
        if (size_ <= 16) return true;
        if (text_engine::word_at(p + 8) != second_) return false;
        return size_ <= 24 || std::memcmp(p + 16, name.data() + 16, size_ - 24) == 0;
    }

private:
    std::size_t size_{};
    std::uint64_t first_{}, mask_{}, second_{}, last_{};
};

consteval plain_name::plain_name(std::string_view name) noexcept : size_(name.size() + 2) {
    std::array<char, 8> first{}, mask{}, second{}, last{};
    for (std::size_t i = 0; i != size_; ++i) {
        const char c = i < name.size() ? name[i] : i == name.size() ? '"' : ':';
        if (i < 8) first[i] = c, mask[i] = '\xff';
        else if (i < 16) second[i - 8] = c;
        if (i + 8 >= size_) last[i + 8 - size_] = c;
    }
    first_ = std::bit_cast<std::uint64_t>(first);
    mask_ = std::bit_cast<std::uint64_t>(mask);
    second_ = std::bit_cast<std::uint64_t>(second);
    last_ = std::bit_cast<std::uint64_t>(last);
}

// A member, and how it is read. The functions are null if it has no JSON form.
struct member_reader : member {
    plain_name key;
    bool (*read)(void* value, json_reader& in, const json_path& at);
    void (*clear)(void* value);

    template <class T, class D> static consteval member_reader of();
};

template <class M> bool read_member(void* value, json_reader& in, const json_path& at) {
    return codec<M>::read(*static_cast<M*>(value), in, at);
}
template <class M> void clear_member(void* value) { *static_cast<M*>(value) = blank::make<M>(); }

template <class T, class D> consteval member_reader member_reader::of() {
    using M = member_type<T, D>;
    constexpr member base = member::of<T, D>();
    constexpr plain_name key(base.name);
    member_reader m{base, key, nullptr, nullptr};
    if constexpr (base.has_json()) m.read = read_member<M>, m.clear = clear_member<M>;
    return m;
}

using reader_table = table<member_reader>;
template <class T> inline constexpr const reader_table& readers = table_of<member_reader, T>;

// A member whose position in the text is recorded, besides reading the struct.
struct noted_member {
    std::string_view name;
    std::optional<json_reader::mark> value{};  // of the last one with that name
};
using noted_members = std::span<noted_member>;

// Members that are not read into the struct, or recorded as well.
struct special_members {
    member_names left_out{};
    noted_members noted{};
};

// Reads the members of an object, in any order.
inline bool read_members(void* object, json_reader& in, const reader_table& table, const json_path& at,
                         const special_members* special = nullptr) {
    return compiled.read_members(object, in, table, at, special);
}

// Reads an alternative, selected by which member in `discriminators` is present.
inline bool read_alternative(void* object, json_reader& in, const reader_table& table,
                             member_names discriminators, const json_path& at) {
    return compiled.read_alternative(object, in, table, discriminators, at);
}

// Runs `read(in, at)` over a whole text. False if the text does not fit or is broken, which takes precedence.
template <class Read> bool read_document(json_reader& in, const json_path& at, Read read) {
    const auto start = in.here();
    const bool fits = read(in, at);
    if (!fits && !in.is_broken()) {
        in.go_back(start);
        in.skip();
    }
    if (!in.ends()) return at.fault() = in.fault(), false;
    return fits;
}

}  // namespace wxmp::inline v0_1::detail

#endif
