// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TESTING_MUTATIONS_HPP
#define WXMP_TESTING_MUTATIONS_HPP

#include <wxmp/codec/json_value.hpp>
#include <wxmp/testing/failures.hpp>

#include <boost/describe/class.hpp>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wxmp::inline v0_1::testing {

/// Decodes JSON into the type under test and encodes it again.
using round_trip = std::function<result<json::value>(const json::value&)>;

namespace detail {

struct anything {
    template <class T> constexpr operator T() const noexcept;
};
template <class T, std::size_t... I> constexpr bool takes(std::index_sequence<I...>) {
    return requires { T{((void)I, anything{})...}; };
}
// Detects members missing from BOOST_DESCRIBE_STRUCT: T then takes more initializers than it describes.
template <class T>
inline constexpr bool fully_described =
    !takes<T>(std::make_index_sequence<wxmp::detail::members<T>.size() + 1>{});

// A member's name in a JSON pointer.
inline std::string escaped(std::string_view name) {
    std::string text;
    for (const char c : name)
        if (c == '~') text += "~0";
        else if (c == '/') text += "~1";
        else text += c;
    return text;
}

// The JSON pointers of all members of all objects in a value.
inline void list_members(std::vector<std::string>& out, const json::value& v, const std::string& at) {
    if (const auto* a = v.if_array())
        for (std::size_t i = 0; i != a->size(); ++i) list_members(out, (*a)[i], at + '/' + std::to_string(i));
    if (const auto* o = v.if_object())
        for (const auto& [name, member] : *o) {
            const auto here = at + '/' + escaped(name);
            out.push_back(here);
            list_members(out, member, here);
        }
}

inline std::pair<std::string, std::string> split_pointer(const std::string& pointer) {
    const auto slash = pointer.rfind('/');
    return {pointer.substr(0, slash), pointer.substr(slash + 1)};
}

inline json::value& find(json::value& v, const std::string& pointer) {
    error_code ec;
    return pointer.empty() ? v : *v.find_pointer(pointer, ec);
}

inline json::value without(json::value v, const std::string& pointer) {
    const auto [parent, name] = split_pointer(pointer);
    auto& members = find(v, parent).as_object();
    for (const auto& [key, value] : std::as_const(members))
        if (escaped(key) == name) return members.erase(key), v;
    return v;
}

inline json::value with(json::value v, const std::string& pointer, json::value by) {
    find(v, pointer) = std::move(by);
    return v;
}

inline json::value reversed(const json::value& v) {
    if (const auto* a = v.if_array()) {
        json::array out;
        for (const auto& e : *a) out.push_back(reversed(e));
        return out;
    }
    const auto* o = v.if_object();
    if (!o) return v;
    json::object out;
    for (auto i = o->end(); i != o->begin();) {
        --i;
        out.emplace(i->key(), reversed(i->value()));
    }
    return out;
}

class mutation_check {
public:
    mutation_check(failures& out, const json::value& good, wxmp::detail::member_table table, round_trip trip)
        : out_(out), good_(good), table_(table), trip_(std::move(trip)), again_(trip_(good)) {}

    void run() {
        if (!again_) return out_.push_back("the unchanged value is refused: " + again_.error().message());
        std::vector<std::string> all;
        list_members(all, good_, "");
        for (const auto& pointer : all) check(pointer);
        same("the members in reverse order", reversed(good_));
        // Where a response may be a file, this is read as one and must come back unchanged.
        const auto other = trip_(json::array{});
        if (other ? *other != json::array{} : !(other.error() == errc::wrong_type))
            out_.emplace_back("an array in place of the object: not refused as a wrong type");
    }

private:
    void check(const std::string& pointer) {
        const auto* m = pointer.find('/', 1) == pointer.npos
                            ? wxmp::detail::find_member(table_, pointer.substr(1))
                            : nullptr;
        absent(pointer, m);
        null(pointer, m);
        if (m) wrong_type(pointer);
        numeric_string(pointer);
        unknown_sibling(pointer);
    }

    void absent(const std::string& pointer, const wxmp::detail::member* m) {
        allowed_or(errc::missing_member, pointer, trip_(without(good_, pointer)), m, "left out");
    }

    void null(const std::string& pointer, const wxmp::detail::member* m) {
        allowed_or(errc::wrong_type, pointer, trip_(with(good_, pointer, nullptr)), m, "as null");
    }

    // The table decides for top-level members; nested ones may be accepted, or refused with this error.
    void allowed_or(errc e, const std::string& pointer, const result<json::value>& got,
                    const wxmp::detail::member* m, const char* what) {
        if (m && got.has_value() == m->required)
            fail(pointer, what + std::string(got ? ": accepted, though it is required"
                                                 : ": refused, though it is optional"));
        if (!got && (!(got.error() == e) || got.error().detail() != pointer))
            fail(pointer, what + unexpected(got.error(), e));
    }

    void wrong_type(const std::string& pointer) {
        const auto got = trip_(with(good_, pointer, json::array(1, json::array())));  // {} would make it []
        if (got) return fail(pointer, "as [[]]: accepted");
        if (!(got.error() == errc::wrong_type) || !got.error().detail().starts_with(pointer))
            fail(pointer, "as [[]]" + unexpected(got.error(), errc::wrong_type));
    }

    static std::string unexpected(const error& got, errc expected) {
        return ": expected the error \"" + make_error_code(expected).message() + "\" of this member, got \"" +
               got.message() + '"';
    }

    void fail(const std::string& pointer, const std::string& what) { out_.push_back(pointer + ' ' + what); }

    void numeric_string(const std::string& pointer) {
        json::value copy = good_;
        const auto& v = find(copy, pointer);
        if (v.is_int64() || v.is_uint64())
            same(pointer + " as a string", with(good_, pointer, json::serialize(v).c_str()));
    }

    // It may be kept or skipped; the known members must round-trip unchanged.
    void unknown_sibling(const std::string& pointer) {
        json::value more = good_;
        find(more, split_pointer(pointer).first).as_object()["wxmp_unknown"] = json::array{1};
        auto got = trip_(more);
        if (!got) return fail(pointer, "beside an unknown member: refused: " + got.error().message());
        if (*got != *again_ && !holds_unknown(*got))
            fail(pointer, "beside an unknown member: decoded to another value");
    }

    static bool holds_unknown(const json::value& v) {
        return json::serialize(v).find("\"wxmp_unknown\":[1]") != std::string::npos;
    }

    void same(const std::string& what, const json::value& v) {
        const auto got = trip_(v);
        if (!got) out_.push_back(what + ": refused: " + got.error().message());
        else if (*got != *again_) out_.push_back(what + ": decoded to another value");
    }

    failures& out_;
    const json::value good_;
    wxmp::detail::member_table table_;
    round_trip trip_;
    result<json::value> again_;
};

}  // namespace detail

/** Mutates every member of `good` in turn and adds to `out` what is not handled as documented.

    A member at any depth is left out, of another type, null, a number as a string, beside an unknown member,
    and in another order. Required members may not be left out, optional ones may; whatever is refused must
    give an error with the JSON pointer of the member.

    @param table describes the members of the top-level object
    @param trip the codec under test
*/
inline void check_mutations(failures& out, const json::value& good, wxmp::detail::member_table table,
                            round_trip trip) {
    detail::mutation_check(out, good, table, std::move(trip)).run();
}

/** The same for the JSON form of a described type, read by @ref decode and written by @ref encode.

    @param good an object with every member of `T`, as @ref encode writes it
    @return What is wrong; empty on success.
*/
template <described T> failures check_mutations(const json::value& good) {
    static_assert(detail::fully_described<T>, "BOOST_DESCRIBE_STRUCT leaves out a member");
    failures out;
    if (!good.is_object()) return {"the value is not an object"};
    for (const auto& m : wxmp::detail::members<T>)
        if (m.has_json() && !good.get_object().contains(m.name))
            out.push_back('/' + std::string(m.name) + " is not in the value");
    const auto trip = [](const json::value& v) -> result<json::value> {
        const auto decoded = decode<T>(json::serialize(v));
        if (!decoded) return decoded.error();
        const auto text = encode(*decoded);
        if (!text) return text.error();
        return decode<json::value>(*text);
    };
    if (const auto same = trip(good); same && *same != good)
        out.push_back("the unchanged value: encoded as " + json::serialize(*same));
    check_mutations(out, good, wxmp::detail::members<T>, trip);
    return out;
}

}  // namespace wxmp::inline v0_1::testing

#endif
