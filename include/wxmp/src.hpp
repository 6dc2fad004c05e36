// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_SRC_HPP
#define WXMP_SRC_HPP

/** @file
    What is compiled once: include it in exactly one translation unit of a program.

    It holds what reads and writes JSON text, with the CPU's vector instructions, the catalogue of return
    codes, and all of Boost.JSON, which has no inline mode in Boost 1.81. A program that links Boost.JSON
    defines `WXMP_LINKS_BOOST_JSON` before, and gets all but that. No other header of the library includes it.
    Who vendors the single header includes that instead, in one translation unit with `WXMP_SOURCE` defined.
*/

#include <wxmp/codec/detail/source/json_reader.hpp>
#include <wxmp/codec/detail/source/json_text.hpp>
#include <wxmp/codec/detail/source/object_reader.hpp>
#include <wxmp/codec/detail/source/object_value.hpp>
#include <wxmp/codec/detail/source/object_writer.hpp>
#include <wxmp/codec/detail/source/text_engine.hpp>
#include <wxmp/error/detail/source/catalogue.hpp>
#include <wxmp/error/detail/source/messages_zh.hpp>

#if !defined(WXMP_LINKS_BOOST_JSON)
#include <boost/json/src.hpp>  // IWYU pragma: export
#endif

#endif
