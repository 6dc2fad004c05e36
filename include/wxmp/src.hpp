// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_SRC_HPP
#define WXMP_SRC_HPP

/** @file
    What is compiled once: include it in exactly one translation unit of a program that does not link
    `wxmp-compiled`.

    It holds what reads and writes JSON text, with the CPU's vector instructions, and the catalogue of return
    codes. No other header of the library includes it. Who vendors the single header includes that instead, in
    one translation unit with `WXMP_SOURCE` defined.
*/

#include <wxmp/codec/detail/source/choose_engine.hpp>
#include <wxmp/codec/detail/source/integer_digits.hpp>
#include <wxmp/codec/detail/source/json_reader.hpp>
#include <wxmp/codec/detail/source/object_reader.hpp>
#include <wxmp/codec/detail/source/object_writer.hpp>
#include <wxmp/codec/detail/source/repaired_json.hpp>
#include <wxmp/detail/compiled.hpp>
#include <wxmp/error/detail/source/catalogue.hpp>
#include <wxmp/error/detail/source/messages_zh.hpp>

namespace wxmp::inline v0_1::detail {

const compiled_functions link_wxmp_compiled_or_include_wxmp_src_hpp_in_one_source{
    .catalogue = []() noexcept { return std::span<const known_error>(source::known_errors); },
    .describe_zh = source::describe_zh,
    .choose_engine = source::choose_engine,
    .repaired_json = source::repaired_json,
    .integer_digits = source::integer_digits,
    .skip = source::json_reading::skip,
    .exact_text = source::json_reading::exact_text,
    .read_string = source::json_reading::read_string,
    .note_members = source::note_members,
    .read_members = source::read_members,
    .read_alternative = source::read_alternative,
    .write_members = source::write_members,
    .write_alternative = source::write_alternative,
};

}  // namespace wxmp::inline v0_1::detail

#endif
