// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_CODEC_JSON_VALUE_HPP
#define WXMP_CODEC_JSON_VALUE_HPP

/** @file
    Conversions to and from Boost.JSON values, for programs that have or want these.

    No other header includes it, as the library itself needs no document in memory. A program that includes it
    links Boost.JSON, or includes `<boost/json/src.hpp>` in one of its translation units.
*/

#include <wxmp/codec/members.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <boost/json/value_stack.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace wxmp::inline v0_1 {

namespace json = boost::json;

/** Any JSON as a Boost.JSON value, so that `decode<json::value>(text)` parses it.

    Numbers that are not integers are converted by Boost.JSON. Of members with the same name, the last one
    is kept.
*/
template <> struct codec<json::value> {
    static bool read(json::value& v, json_reader& in, const json_path&) {
        json::value_stack stack;
        stack.reset(v.storage());
        if (!push(stack, in)) return false;
        v = stack.release();
        return true;
    }

    static bool write(json_writer& out, const json::value& v, const json_path& at) {
        if (const auto* text = v.if_string()) return out.text(*text, at);
        if (const auto* array = v.if_array()) return write_array(out, *array, at);
        if (const auto* object = v.if_object()) return write_object(out, *object, at);
        out.raw(json::serialize(v));
        return true;
    }

private:
    static bool push(json::value_stack& stack, json_reader& in) {
        switch (in.next()) {
        case json_kind::none: break;
        case json_kind::null: return in.null() && (stack.push_null(), true);
        case json_kind::yes_no: return push_yes_no(stack, in);
        case json_kind::number: return push_number(stack, in);
        case json_kind::text: return push_text(stack, in);
        case json_kind::array: return push_array(stack, in);
        case json_kind::object: return push_object(stack, in);
        }
        return false;
    }

    static bool push_yes_no(json::value_stack& stack, json_reader& in) {
        bool yes{};
        return in.yes_no(yes) && (stack.push_bool(yes), true);
    }

    static bool push_number(json::value_stack& stack, json_reader& in) {
        std::int64_t whole{};
        if (in.short_integer(whole)) return stack.push_int64(whole), true;
        std::string_view text;
        if (!in.number(text)) return false;
        error_code ec;
        const auto number = json::parse(text, ec);
        if (number.is_int64()) stack.push_int64(number.get_int64());
        else if (number.is_uint64()) stack.push_uint64(number.get_uint64());
        else stack.push_double(number.get_double());
        return true;
    }

    static bool push_text(json::value_stack& stack, json_reader& in) {
        std::string_view text;
        return in.text(text) && (stack.push_string(text), true);
    }

    static bool push_array(json::value_stack& stack, json_reader& in) {
        std::size_t count = 0;
        for (auto all = in.array(); all.more(); ++count)
            if (!push(stack, in)) return false;
        if (in.is_broken()) return false;
        stack.push_array(count);
        return true;
    }

    static bool push_object(json::value_stack& stack, json_reader& in) {
        std::size_t count = 0;
        for (auto all = in.object(); all.more(); ++count) {
            std::string_view name;
            if (!in.name(name)) return false;
            stack.push_key(name);
            if (!push(stack, in)) return false;
        }
        if (in.is_broken()) return false;
        stack.push_object(count);
        return true;
    }

    static bool write_array(json_writer& out, const json::array& v, const json_path& at) {
        out.raw("[");
        for (std::size_t i = 0; i != v.size(); ++i) {
            if (i != 0) out.raw(",");
            if (!write(out, v[i], json_path(at, i))) return false;
        }
        out.raw("]");
        return true;
    }

    static bool write_object(json_writer& out, const json::object& v, const json_path& at) {
        if (v.empty()) return out.raw("{}"), true;
        for (const auto& member : v) {
            const json_path here(at, member.key());
            if (!out.name(member.key(), &member == v.begin(), here) || !write(out, member.value(), here))
                return false;
        }
        out.raw("}");
        return true;
    }
};

/// Converts a `v` to a `json::value`. Errors as @ref encode_to.
template <encodable T> result<json::value> to_value(const T& v) {
    const auto text = encode(v);
    if (!text) return text.error();
    return decode<json::value>(*text, ~std::size_t{});
}

/// Converts a `json::value` to a `T`. Errors as @ref decode.
template <encodable T> result<T> from_value(const json::value& in) {
    return decode<T>(json::serialize(in), ~std::size_t{});
}

}  // namespace wxmp::inline v0_1

#endif
