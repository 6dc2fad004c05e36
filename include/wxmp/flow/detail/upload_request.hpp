// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_FLOW_DETAIL_UPLOAD_REQUEST_HPP
#define WXMP_FLOW_DETAIL_UPLOAD_REQUEST_HPP

#include <wxmp/flow/block_plan.hpp>
#include <wxmp/flow/detail/retries.hpp>
#include <wxmp/flow/flow.hpp>
#include <wxmp/flow/upload_table.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace wxmp::inline v0_1::detail {

// One item of work of an upload, with its retries: a piece to hash, a call, or a block.
struct upload_request {
    enum class state : std::uint8_t { due, reading, ready, sending };

    flows::request_id id{};  // a block's number; 0 for what is done one at a time
    upload_phase phase{};    // it belongs to
    file_block part{};       // to read
    state status{};
    http::request request{};  // while ready or sending
    retries tries{};
    time_point due = time_point::min();

    bool is_in_flight() const noexcept { return status == state::reading || status == state::sending; }
    std::uint32_t index() const noexcept { return part.part_num.value - 1; }
    std::string name() const {
        using enum upload_phase;
        if (phase == hashing || phase == sending) return "block " + std::to_string(part.part_num.value);
        return phase == opening ? "init_upload" : phase == finishing ? "upload_finish" : "save_video";
    }
};

// An event for the state machine of an upload, and the request it belongs to.
struct upload_input {
    upload_event event = upload_event::unexpected;
    instant now{};
    upload_request* request{};
    error why{};
    flows::fetched* fetched{};  // in the event
    std::string copy{};         // of what is lent there
    std::string name{};         // id that the service returned

    // What becomes of the request.
    std::optional<http::request> ready{};
    retries tries{};
    time_point due = time_point::min();
    detail::tries review{};

    std::string_view bytes() const noexcept { return copy.empty() ? fetched->bytes() : copy; }
};

}  // namespace wxmp::inline v0_1::detail

#endif
