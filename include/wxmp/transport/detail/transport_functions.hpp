// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TRANSPORT_DETAIL_TRANSPORT_FUNCTIONS_HPP
#define WXMP_TRANSPORT_DETAIL_TRANSPORT_FUNCTIONS_HPP

#include <wxmp/data/http.hpp>
#include <wxmp/data/source.hpp>
#include <wxmp/detail/compiled.hpp>
#include <wxmp/error/error.hpp>
#include <wxmp/flow/flow_ref.hpp>
#include <wxmp/transport/stop_token.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace wxmp::inline v0_1 {

struct run_options;

namespace detail {

class run_state;

// A blocking transport and its token store, without their types.
struct blocking_calls {
    void* transport;
    result<http::response> (*send)(void* transport, const http::request&, const stop_token&);
    instant (*now)(void* transport);
    void (*wait_until)(void* transport, time_point, const stop_token&);
    void* store;
    result<store_answer> (*ask)(void* store, const store_request&);
};

// What wxmp/src.hpp compiles of this layer.
struct transport_functions {
    std::optional<errc> (*take_body)(const http::request&, http::response& answer, std::string_view piece);
    error (*error_of_exception)();
    instant (*system_now)();

    bool (*run_blocking)(const blocking_calls&, flow_ref, secret&& token, run_options&&);
    flows::action (*next)(run_state&, instant now);
    void (*on)(run_state&, flows::event&&, instant now);
    flows::event (*sent)(const flows::send&, result<http::response>&&);
    flows::event (*answered_by_store)(flows::request_id, result<store_answer>&&);
    flows::event (*read_source)(const flows::fetch&, byte_source_ref from, std::string&& buffer);
    void (*break_off)(flow_ref, const std::optional<flows::request_id>& lost, instant now);
    flows::ask_store (*only_to_give_back)(flow_ref, instant now);
};

}  // namespace detail

}  // namespace wxmp::inline v0_1

#endif
