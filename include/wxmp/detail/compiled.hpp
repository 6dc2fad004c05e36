// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_DETAIL_COMPILED_HPP
#define WXMP_DETAIL_COMPILED_HPP

#include <wxmp/version.hpp>

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace wxmp::inline v0_1 {

class json_path;
class json_reader;
class json_writer;
class secret;
enum class errc;
struct known_error;

namespace detail {

namespace text_engine {
struct engine;
struct plain_run;
}  // namespace text_engine

namespace sha1_engine {
struct engine;
}

template <class Member> class table;
struct error_functions;
struct flow_functions;
struct leading_member;
struct member_reader;
struct member_writer;
struct operation_functions;
struct special_members;
struct transport_functions;

// What wxmp/src.hpp compiles, all reached through one constant: a program without it lacks one symbol,
// whose name says what to do; one with two copies has one duplicate.
struct compiled_functions {
    using names = std::span<const std::string_view>;

    const sha1_engine::engine* (*choose_sha1_engine)() noexcept;

    std::span<const known_error> (*catalogue)() noexcept;
    const known_error* (*find_known_error)(int code) noexcept;
    std::string (*errc_message)(int);
    std::string (*api_message)(int);
    std::string (*condition_message)(int);

    std::string (*redact)(std::string_view text, std::span<const secret>);
    std::string (*redact_url)(std::string_view);

    const text_engine::engine* (*choose_text_engine)() noexcept;
    std::optional<std::string> (*repaired_json)(std::string_view text);
    std::string (*integer_digits)(std::string_view number);

    bool (*skip)(json_reader&);
    bool (*exact_text)(json_reader&, std::string& out);
    bool (*read_string)(json_reader&, const text_engine::plain_run& front, std::string_view& out);

    bool (*read_members)(void* object, json_reader&, const table<member_reader>&, const json_path&,
                         const special_members*);
    bool (*read_alternative)(void* object, json_reader&, const table<member_reader>&, names discriminators,
                             const json_path&);
    bool (*write_members)(json_writer&, const void* object, const table<member_writer>&, const json_path&,
                          names left_out, std::span<const leading_member>);
    bool (*write_alternative)(json_writer&, const void* object, const table<member_writer>&,
                              const json_path&);

    // Of later layers.
    const error_functions& error;
    const operation_functions& operation;
    const flow_functions& flow;
    const transport_functions& transport;
};

extern const compiled_functions link_wxmp_compiled_or_include_wxmp_src_hpp_in_one_source;

inline constexpr const compiled_functions& compiled =
    link_wxmp_compiled_or_include_wxmp_src_hpp_in_one_source;

}  // namespace detail

}  // namespace wxmp::inline v0_1

#endif
