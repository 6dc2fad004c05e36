// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_CODEC_DETAIL_SOURCE_OBJECT_VALUE_HPP
#define WXMP_CODEC_DETAIL_SOURCE_OBJECT_VALUE_HPP

#include <wxmp/codec/detail/object_value.hpp>
#include <wxmp/codec/json_text.hpp>
#include <wxmp/codec/member_table.hpp>
#include <wxmp/codec/utf8.hpp>

#include <boost/json/object.hpp>

#include <string>
#include <string_view>
#include <utility>

// Compiled in one translation unit of a program, through wxmp/src.hpp.
namespace wxmp::detail {

inline bool append_unknown(json::object& out, const unknown_members& all, const json_path& at) {
    for (const auto& e : all.entries) {
        const json_path here(at, e.name);
        auto v = parse_json(e.json, default_max_depth, out.storage());
        if (!v) return here.fail(v.error() == errc::too_deep ? errc::too_deep : errc::bad_json);
        if (!is_utf8(e.name)) return here.fail(errc::invalid_utf8);
        out.insert_or_assign(e.name, *std::move(v));
    }
    return true;
}

bool members_to_value(json::object& out, const void* object, const member_table& table, const json_path& at,
                      member_names left_out) {
    out.reserve(table.size());
    for (const auto& m : table) {
        if (is_among(left_out, m.name)) continue;
        const auto* value = m.in(object);
        if (m.kind == member_kind::unknown) {
            if (!append_unknown(out, *static_cast<const unknown_members*>(value), at)) return false;
        } else if (m.has_json() && m.present(value)) {
            json::value v(out.storage());
            if (!m.to_value(v, value, json_path(at, m.name))) return false;
            out.insert_or_assign(m.name, std::move(v));
        }
    }
    return true;
}

inline void keep_unknown(unknown_members& out, const json::object& in, const member_table& table) {
    for (const auto& kv : in) {
        const std::string_view name(kv.key().data(), kv.key().size());
        if (!is_known(table, name)) out.entries.push_back({std::string(name), write_json(kv.value())});
    }
}

bool member_from_value(const member& m, void* object, const json::value* in, const json_path& at) {
    if (in) return m.from_value(m.at(object), *in, at);
    return !m.required || at.fail(errc::missing_member);
}

bool members_from_value(void* object, const json::value& in, const member_table& table, const json_path& at,
                        member_names left_out) {
    const auto* o = in.if_object();
    if (!o) return at.fail(errc::wrong_type);
    for (const auto& m : table) {
        if (m.kind == member_kind::unknown)
            keep_unknown(*static_cast<unknown_members*>(m.at(object)), *o, table);
        if (!m.has_json() || is_among(left_out, m.name)) continue;
        if (!member_from_value(m, object, o->if_contains(m.name), json_path(at, m.name))) return false;
    }
    return true;
}

// A struct of alternatives is encoded as the first one that is set.
bool alternative_to_value(json::value& out, const void* object, const member_table& table,
                          const json_path& at) {
    for (const auto& m : table) {
        const auto* value = m.in(object);
        if (m.has_json() && m.present(value)) return m.to_value(out, value, at);
    }
    return at.fail(errc::missing_member);
}

bool alternative_from_value(void* object, const json::value& in, const member_table& table,
                            member_names told_by, const json_path& at) {
    const auto* o = in.if_object();
    if (!o) return at.fail(errc::wrong_type);
    auto name = told_by.begin();
    for (const auto& m : table)
        if (m.has_json() && o->contains(*name++)) return m.from_value(m.at(object), in, at);
    return at.fail(errc::missing_member);
}

}  // namespace wxmp::detail

#endif
