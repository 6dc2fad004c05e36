// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_CODEC_MEMBER_TABLE_HPP
#define WXMP_CODEC_MEMBER_TABLE_HPP

#include <wxmp/codec/codec.hpp>
#include <wxmp/codec/detail/text/word.hpp>
#include <wxmp/data/body.hpp>
#include <wxmp/data/download.hpp>

#include <boost/describe/members.hpp>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>

namespace wxmp {

/// A struct described by `BOOST_DESCRIBE_STRUCT`, which gives it a JSON form.
template <class T>
concept described = boost::describe::has_describe_members<T>::value && std::is_aggregate_v<T>;

namespace detail {

// How a member is encoded. Only `value` and `secret_value` have a JSON form.
enum class member_kind : std::uint8_t { value, file, octets, download, unknown, secret_value };

// The start of a member in JSON text, in its plainest form: `"name":`. What follows the opening quote is
// compared in words of eight bytes.
class plain_name {
public:
    constexpr plain_name() = default;
    explicit constexpr plain_name(std::string_view name) noexcept : size_(name.size() + 2) {
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

// The types of most members, which the object reader reads itself.
enum class usual_type : std::uint8_t {
    none,
    text,
    optional_text,
    yes,
    optional_yes,
    int32,
    uint32,
    uint64,
    time,
    optional_time
};
template <class M> constexpr auto usual_type_of = usual_type::none;
template <> inline constexpr auto usual_type_of<std::string> = usual_type::text;
template <> inline constexpr auto usual_type_of<std::optional<std::string>> = usual_type::optional_text;
template <> inline constexpr auto usual_type_of<flag> = usual_type::yes;
template <> inline constexpr auto usual_type_of<std::optional<flag>> = usual_type::optional_yes;
template <> inline constexpr auto usual_type_of<std::int32_t> = usual_type::int32;
template <> inline constexpr auto usual_type_of<std::uint32_t> = usual_type::uint32;
template <> inline constexpr auto usual_type_of<std::uint64_t> = usual_type::uint64;
template <> inline constexpr auto usual_type_of<unix_seconds> = usual_type::time;
template <> inline constexpr auto usual_type_of<std::optional<unix_seconds>> = usual_type::optional_time;

// What a table can do with the members: only these functions are in it, so only they are compiled.
namespace able {
inline constexpr unsigned to_read = 1, to_write = 2, to_make_values = 4, to_take_values = 8;
}

// One member of a described struct, as data. Every loop over members, in every direction, walks these.
struct member {
    std::string_view name;
    plain_name key;
    std::uint64_t bit;  // identifies it within its table
    member_kind kind;
    usual_type type;
    bool required;
    void* (*at)(void* object);
    bool (*present)(const void* member);
    void (*clear)(void* member);
    bool (*to_value)(json::value& out, const void* member, const json_path& at);
    bool (*from_value)(void* member, const json::value& in, const json_path& at);
    bool (*write)(json_writer& out, const void* member, const json_path& at);
    bool (*read)(void* member, json_reader& in, const json_path& at);

    const void* in(const void* object) const { return at(const_cast<void*>(object)); }
    constexpr bool has_json() const noexcept {
        return kind == member_kind::value || kind == member_kind::secret_value;
    }
};

// The name on the wire is the member's, less one trailing underscore (`delete_` is sent as `delete`).
constexpr std::string_view wire_name(std::string_view name) noexcept {
    if (name.ends_with('_')) name.remove_suffix(1);
    return name;
}

template <class M> constexpr member_kind kind_of = member_kind::value;
template <> inline constexpr member_kind kind_of<secret> = member_kind::secret_value;
template <> inline constexpr member_kind kind_of<http::file> = member_kind::file;
template <> inline constexpr member_kind kind_of<http::body> = member_kind::octets;
template <> inline constexpr member_kind kind_of<std::optional<http::download>> = member_kind::download;
template <> inline constexpr member_kind kind_of<unknown_members> = member_kind::unknown;

template <class M> constexpr bool is_optional = false;
template <class M> constexpr bool is_optional<std::optional<M>> = true;
template <class M> constexpr bool is_optional<at_most_one<M>> = true;

// The functions for a member of type M.
template <class M> struct erased {
    static M& get(void* m) noexcept { return *static_cast<M*>(m); }
    static const M& get(const void* m) noexcept { return *static_cast<const M*>(m); }

    static bool present(const void* m) {
        if constexpr (is_optional<M>) return get(m).has_value();
        else return true;
    }
    static void clear(void* m) { get(m) = M{}; }
    static bool to_value(json::value& out, const void* m, const json_path& at) {
        return codec<M>::to_value(out, get(m), at);
    }
    static bool from_value(void* m, const json::value& in, const json_path& at) {
        return codec<M>::from_value(get(m), in, at);
    }
    static bool write(json_writer& out, const void* m, const json_path& at) {
        return write_json_of(out, get(m), at);
    }
    static bool read(void* m, json_reader& in, const json_path& at) { return read_json_of(get(m), in, at); }
};

template <class T, unsigned Able, class D> constexpr member member_of() {
    using M = std::remove_cvref_t<decltype(std::declval<T&>().*D::pointer)>;
    constexpr auto kind = kind_of<M>;
    member m{};
    m.name = wire_name(D::name);
    m.key = plain_name(m.name);
    m.kind = kind;
    m.type = usual_type_of<M>;
    m.required = !is_optional<M> && kind != member_kind::unknown;
    m.at = [](void* object) -> void* { return &(static_cast<T*>(object)->*D::pointer); };
    if constexpr ((Able & (able::to_write | able::to_make_values)) != 0) m.present = &erased<M>::present;
    if constexpr (kind == member_kind::value || kind == member_kind::secret_value) {
        if constexpr ((Able & (able::to_read | able::to_take_values)) != 0) m.clear = &erased<M>::clear;
        if constexpr ((Able & able::to_make_values) != 0) m.to_value = &erased<M>::to_value;
        if constexpr ((Able & able::to_take_values) != 0) m.from_value = &erased<M>::from_value;
        if constexpr ((Able & able::to_write) != 0) m.write = &erased<M>::write;
        if constexpr ((Able & able::to_read) != 0) m.read = &erased<M>::read;
    }
    return m;
}
template <class T, unsigned Able, template <class...> class List, class... D>
constexpr auto table_of(List<D...>) {
    std::array<member, sizeof...(D)> all{member_of<T, Able, D>()...};
    for (std::size_t i = 0; i != all.size(); ++i) all[i].bit = std::uint64_t{1} << i;
    return all;
}

// All members of a struct; refers to a constant array.
class member_table {
public:
    template <std::size_t N>
    explicit consteval member_table(const std::array<member, N>& all)
        : begin_(all.data()), end_(all.data() + N) {
        static_assert(N <= 64, "a bit tells of each member that it was read");
        for (const auto& m : all) {
            if (m.has_json()) with_json_ |= m.bit;
            if (m.has_json() && m.required) required_ |= m.bit;
        }
    }

    constexpr const member* begin() const noexcept { return begin_; }
    constexpr const member* end() const noexcept { return end_; }
    constexpr std::size_t size() const noexcept { return static_cast<std::size_t>(end_ - begin_); }
    constexpr const member& operator[](std::size_t i) const noexcept { return begin_[i]; }

    // The bits of members that have a JSON form, and of those that are required.
    constexpr std::uint64_t with_json() const noexcept { return with_json_; }
    constexpr std::uint64_t required() const noexcept { return required_; }

private:
    const member* begin_;
    const member* end_;
    std::uint64_t with_json_ = 0;
    std::uint64_t required_ = 0;
};

template <class T, unsigned Able>
inline constexpr auto array_of_members = table_of<T, Able>(
    boost::describe::describe_members<T, boost::describe::mod_public | boost::describe::mod_inherited>{});

// The members of T as described, inherited ones first.
template <class T, unsigned Able = 0> inline constexpr member_table members{array_of_members<T, Able>};

constexpr const member* find_member(member_table table, std::string_view name) noexcept {
    for (const auto& m : table)
        if (m.name == name) return &m;
    return nullptr;
}

// Whether a member has that name in JSON.
constexpr bool is_known(member_table table, std::string_view name) noexcept {
    for (const auto& m : table)
        if (m.has_json() && m.name == name) return true;
    return false;
}

constexpr std::size_t count_of_json_members(member_table table) noexcept {
    std::size_t n = 0;
    for (const auto& m : table) n += m.has_json();
    return n;
}

// Members that are not sent in the object but in the query.
using member_names = std::span<const std::string_view>;

inline bool is_among(member_names names, std::string_view name) noexcept {
    for (const auto& n : names)
        if (n == name) return true;
    return false;
}

}  // namespace detail

}  // namespace wxmp

#endif
