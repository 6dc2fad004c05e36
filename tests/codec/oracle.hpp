// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TESTS_CODEC_ORACLE_HPP
#define WXMP_TESTS_CODEC_ORACLE_HPP

#include <wxmp/codec/json_value.hpp>
#include <wxmp/codec/members.hpp>
#include <wxmp/detail/compiled.hpp>

#include <boost/describe/members.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/mp11/algorithm.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

// JSON by another way: a document of Boost.JSON's own parser, and a walk over that. Only what is no struct, list or
// optional is read by the library's codec.
namespace wxmp_test {

namespace json = boost::json;

inline wxmp::result<json::value> parse_json(std::string_view text,
                                            std::size_t max_depth = wxmp::default_max_depth) {
    const auto repaired = wxmp::detail::compiled.repaired_json(text);
    json::parse_options options;
    options.max_depth = max_depth;
    wxmp::error_code ec;
    auto value = json::parse(repaired ? *repaired : text, ec, {}, options);
    if (ec == json::error::too_deep) return wxmp::error(wxmp::errc::too_deep);
    if (ec) return wxmp::error(wxmp::errc::bad_json, ec.message());
    return value;
}

class value_walk {
public:
    static inline thread_local bool met_double =
        false;  // where a member with a codec of its own was expected

    static inline thread_local bool has_long_numbers = false;  // whose last digits a double may lose

    template <class T> static wxmp::result<T> run(const json::value& in) {
        met_double = false;
        std::optional<wxmp::error> fault;
        auto v = wxmp::detail::blank::make<T>();
        take(v, in, json_path(fault));
        if (fault) return *fault;
        return v;
    }

private:
    using json_path = wxmp::json_path;
    using errc = wxmp::errc;
    using unknown = wxmp::unknown_members;

    template <class T> static bool take(T& v, const json::value& in, const json_path& at) {
        if constexpr (wxmp::alternatives<T>) return take_alternative(v, in, at);
        else if constexpr (wxmp::described<T>) return take_object(v, in, at);
        else return take_by_codec(v, in, at);
    }
    template <class T> static bool take(wxmp::required<T>& v, const json::value& in, const json_path& at) {
        return take(static_cast<T&>(v), in, at);
    }
    template <class T> static bool take(std::optional<T>& v, const json::value& in, const json_path& at) {
        if (in.is_null()) return v.reset(), true;
        return take(v.emplace(wxmp::detail::blank::make<T>()), in, at);
    }
    template <class T> static bool take(wxmp::at_most_one<T>& v, const json::value& in, const json_path& at) {
        const auto* object = in.if_object();
        const auto* array = in.if_array();
        const auto* text = in.if_string();
        if ((object && object->empty()) || (text && text->empty())) return v.reset(), true;
        if (!array) return take(static_cast<std::optional<T>&>(v), in, at);
        v.reset();
        if (array->empty()) return true;
        const json_path first(at, std::size_t{});
        if (!take(v.emplace(wxmp::detail::blank::make<T>()), array->front(), first)) return false;
        return array->size() == 1 || at.fail(errc::wrong_type);
    }
    template <class T> static bool take(std::vector<T>& v, const json::value& in, const json_path& at) {
        const auto* array = in.if_array();
        if (!array) return at.fail(errc::wrong_type);
        v.clear();
        for (std::size_t i = 0; i != array->size(); ++i)
            if (!take(v.emplace_back(wxmp::detail::blank::make<T>()), (*array)[i], json_path(at, i)))
                return false;
        return true;
    }

    // One that was written as 1.50e2, say. A double holds each below 2^53, but a zero may have been a tiny number.
    static bool is_exact_integer(const json::value& in) {
        const auto* number = in.if_double();
        return number && *number != 0 && std::abs(*number) < 9007199254740992.0 &&
               std::trunc(*number) == *number;
    }

    template <class T> static bool take_by_codec(T& v, const json::value& in, const json_path& at) {
        if constexpr (std::is_integral_v<T>)
            if (!has_long_numbers && is_exact_integer(in))
                return take_by_codec(v, json::value(static_cast<std::int64_t>(in.get_double())), at);
        met_double |= in.is_double();
        const auto text = json::serialize(in);
        wxmp::json_reader reader(text);
        return wxmp::codec<T>::read(v, reader, at) || at.fail(errc::wrong_type);
    }

    template <class T>
    using members_of =
        boost::describe::describe_members<T, boost::describe::mod_public | boost::describe::mod_inherited>;

    template <class T> static bool take_object(T& v, const json::value& in, const json_path& at) {
        const auto* object = in.if_object();
        if (!object) return at.fail(errc::wrong_type);
        bool good = true;
        boost::mp11::mp_for_each<members_of<T>>([&](auto d) {
            if (good) good = take_member<T>(v.*d.pointer, d.name, *object, at);
        });
        return good;
    }

    template <class M>
    static constexpr bool has_json = wxmp::encodable<typename wxmp::detail::without_required<M>::type>;

    template <class T, class M>
    static bool take_member(M& v, std::string_view name, const json::object& in, const json_path& at) {
        const auto& table = wxmp::detail::members<T>;
        if constexpr (std::is_same_v<M, unknown>) {
            for (const auto& [key, value] : in)
                if (!wxmp::detail::find_member(table, key) || key == name)
                    v.entries.push_back({key, json::serialize(value)});
            return true;
        } else if constexpr (has_json<M>) {
            const auto& m = *wxmp::detail::find_member(table, wxmp::detail::wire_name(name));
            const json_path here(at, m.name);
            if (const auto* value = in.if_contains(m.name)) return take(v, *value, here);
            return !m.required || here.fail(errc::missing_member);
        }
        return true;
    }

    template <class T> static bool take_alternative(T& v, const json::value& in, const json_path& at) {
        const auto* object = in.if_object();
        if (!object) return at.fail(errc::wrong_type);
        auto told = std::begin(T::discriminators);
        bool found = false, good = true;
        boost::mp11::mp_for_each<members_of<T>>([&](auto d) {
            if constexpr (wxmp::detail::member::of<T, decltype(d)>().has_json())
                if (!found && object->contains(*told++)) found = true, good = take(v.*d.pointer, in, at);
        });
        return found ? good : at.fail(errc::missing_member);
    }
};

}  // namespace wxmp_test

#endif
