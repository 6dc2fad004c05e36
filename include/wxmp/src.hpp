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

#include <wxmp/codec/detail/engines/engines.hpp>
#include <wxmp/codec/detail/source/json_reader.hpp>
#include <wxmp/codec/detail/source/object_reader.hpp>
#include <wxmp/codec/detail/source/object_writer.hpp>
#include <wxmp/codec/detail/source/repaired_json.hpp>
#include <wxmp/data/detail/source/redact.hpp>
#include <wxmp/data/detail/source/sha1/dispatch.hpp>
#include <wxmp/detail/compiled.hpp>
#include <wxmp/error/detail/source/error_texts.hpp>
#include <wxmp/error/detail/source/known_errors.hpp>
#include <wxmp/error/detail/source/messages.hpp>
#include <wxmp/flow/detail/source/call.hpp>
#include <wxmp/flow/detail/source/failover.hpp>
#include <wxmp/flow/detail/source/policy_layer.hpp>
#include <wxmp/flow/detail/source/renewal.hpp>
#include <wxmp/operation/detail/source/complete.hpp>
#include <wxmp/operation/detail/source/prepare.hpp>
#include <wxmp/transport/detail/source/running.hpp>

namespace wxmp::inline v0_1::detail {

namespace source {

inline constexpr error_functions errors{
    .message = error_line,
    .message_zh = error_line_zh,
    .is = is,
    .make_texts = make_texts,
    .no_texts = no_texts,
    .release = release,
};

inline constexpr operation_functions operation{
    .default_options = default_options,
    .random_bits = random_bits,
    .refused_request = refused_member,
    .find_violation = find_violation,
    .prepare = prepare,
    .authorize = authorize,
    .complete = complete,
    .api_error_of = api_error_of,
};

inline constexpr flow_functions flow{
    .new_call = new_call,
    .new_policy_layer = new_policy_layer,
    .new_renewal = new_renewal,
    .new_token_provider = new_token_provider,
    .hosts_of_service = hosts_of_service,
};

inline constexpr transport_functions transport{
    .take_body = take_body,
    .error_of_exception = error_of_exception,
    .system_now = system_now,
    .run_blocking = run_blocking,
    .next = running::next,
    .on = running::on,
    .sent = sent,
    .answered_by_store = answered_by_store,
    .read_source = read_source,
    .break_off = break_off,
    .only_to_give_back = only_to_give_back,
};

}  // namespace source

const compiled_functions link_wxmp_compiled_or_include_wxmp_src_hpp_in_one_source{
    .choose_sha1_engine = sha1_engine::choose_engine,
    .catalogue = source::catalogue,
    .find_known_error = source::find_known_error,
    .errc_message = source::errc_message,
    .api_message = source::api_message,
    .condition_message = source::condition_message,
    .redact = source::redact,
    .redact_url = source::redact_url,
    .choose_text_engine = text_engine::choose_engine,
    .repaired_json = source::repaired_json,
    .integer_digits = source::integer_digits,
    .skip = source::json_reading::skip,
    .exact_text = source::json_reading::exact_text,
    .read_string = source::json_reading::read_string,
    .read_members = source::read_members,
    .read_alternative = source::read_alternative,
    .write_members = source::write_members,
    .write_alternative = source::write_alternative,
    .error = source::errors,
    .operation = source::operation,
    .flow = source::flow,
    .transport = source::transport,
};

}  // namespace wxmp::inline v0_1::detail

#endif
