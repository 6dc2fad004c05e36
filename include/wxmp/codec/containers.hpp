// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_CODEC_CONTAINERS_HPP
#define WXMP_CODEC_CONTAINERS_HPP

#include <wxmp/codec/codec.hpp>
#include <wxmp/codec/detail/read_list.hpp>
#include <wxmp/data/at_most_one.hpp>
#include <wxmp/data/required.hpp>

#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace wxmp::inline v0_1 {

namespace detail {

template <class T> T& emplace_blank(std::optional<T>& v) {
    return blank::emplace<T>([&v](auto&&... made) -> T& { return v.emplace(std::move(made)...); });
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
