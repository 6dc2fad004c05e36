// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_CODEC_DETAIL_OBJECT_VALUE_HPP
#define WXMP_CODEC_DETAIL_OBJECT_VALUE_HPP

#include <wxmp/codec/member_table.hpp>

#include <boost/json/object.hpp>

namespace wxmp::detail {

// Convert a struct and a struct of alternatives to and from Boost.JSON values.
bool members_to_value(json::object& out, const void* object, const member_table& table, const json_path& at,
                      member_names left_out = {});
bool members_from_value(void* object, const json::value& in, const member_table& table, const json_path& at,
                        member_names left_out = {});
bool alternative_to_value(json::value& out, const void* object, const member_table& table,
                          const json_path& at);
bool alternative_from_value(void* object, const json::value& in, const member_table& table,
                            member_names told_by, const json_path& at);

// Decodes one member; a null `in` means that it is absent.
bool member_from_value(const member& m, void* object, const json::value* in, const json_path& at);

}  // namespace wxmp::detail

#endif
