// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_FLOW_UPLOAD_TABLE_HPP
#define WXMP_FLOW_UPLOAD_TABLE_HPP

#include <cstdint>
#include <string>
#include <string_view>

namespace wxmp {

/// What an @ref upload does just now.
enum class upload_phase : std::uint8_t {
    hashing,    ///< reads the source once, for the digests
    opening,    ///< init_upload
    sending,    ///< upload_block, several at a time
    finishing,  ///< upload_finish
    saving,     ///< save_video
    reviewing,  ///< query_status, until the video has passed
    draining,   ///< it has failed, and waits for what is under way
    ended,      ///< the result can be taken
};

/// What an @ref upload is told.
enum class upload_input : std::uint8_t {
    bytes,      ///< of the source
    success,    ///< the call was answered
    transient,  ///< worth another try
    lost,       ///< the answer was lost, and the call may not be repeated
    failure,    ///< for good
};

/// One thing that may happen.
struct upload_transition {
    upload_phase from;
    upload_input on;
    upload_phase to;
};

/** The whole machine. What is told in a phase that has no row for it ends in `errc::unexpected_event`.

    A failure while other requests are out, and a cancel in any phase, lead to `draining`.
*/
inline constexpr upload_transition upload_table[] = {
    {upload_phase::hashing, upload_input::bytes, upload_phase::hashing},
    {upload_phase::hashing, upload_input::bytes, upload_phase::opening},
    {upload_phase::hashing, upload_input::failure, upload_phase::draining},
    {upload_phase::opening, upload_input::success, upload_phase::sending},
    {upload_phase::opening, upload_input::transient, upload_phase::opening},
    {upload_phase::opening, upload_input::lost, upload_phase::draining},
    {upload_phase::opening, upload_input::failure, upload_phase::draining},
    {upload_phase::sending, upload_input::bytes, upload_phase::sending},
    {upload_phase::sending, upload_input::success, upload_phase::sending},
    {upload_phase::sending, upload_input::success, upload_phase::finishing},
    {upload_phase::sending, upload_input::transient, upload_phase::sending},
    {upload_phase::sending, upload_input::lost, upload_phase::draining},
    {upload_phase::sending, upload_input::failure, upload_phase::draining},
    {upload_phase::finishing, upload_input::success, upload_phase::saving},
    {upload_phase::finishing, upload_input::transient, upload_phase::finishing},
    {upload_phase::finishing, upload_input::lost, upload_phase::draining},
    {upload_phase::finishing, upload_input::failure, upload_phase::draining},
    {upload_phase::saving, upload_input::success, upload_phase::reviewing},
    {upload_phase::saving, upload_input::success, upload_phase::ended},
    {upload_phase::saving, upload_input::transient, upload_phase::saving},
    {upload_phase::saving, upload_input::lost, upload_phase::draining},
    {upload_phase::saving, upload_input::failure, upload_phase::draining},
    {upload_phase::reviewing, upload_input::success, upload_phase::reviewing},
    {upload_phase::reviewing, upload_input::success, upload_phase::ended},
    {upload_phase::reviewing, upload_input::transient, upload_phase::reviewing},
    {upload_phase::reviewing, upload_input::failure, upload_phase::draining},
    {upload_phase::draining, upload_input::bytes, upload_phase::draining},
    {upload_phase::draining, upload_input::success, upload_phase::draining},
    {upload_phase::draining, upload_input::transient, upload_phase::draining},
    {upload_phase::draining, upload_input::lost, upload_phase::draining},
    {upload_phase::draining, upload_input::failure, upload_phase::draining},
};

/// Whether the table lets `from` go to `to` on that input.
constexpr bool is_listed(upload_phase from, upload_input on, upload_phase to) noexcept {
    for (const auto& t : upload_table)
        if (t.from == from && t.on == on && t.to == to) return true;
    return false;
}

/// Whether the table has any row for an input in a phase.
constexpr bool takes(upload_phase from, upload_input on) noexcept {
    for (const auto& t : upload_table)
        if (t.from == from && t.on == on) return true;
    return false;
}

constexpr std::string_view name_of(upload_phase p) noexcept {
    constexpr std::string_view names[] = {"hashing", "opening",   "sending",  "finishing",
                                          "saving",  "reviewing", "draining", "ended"};
    return names[static_cast<std::size_t>(p)];
}

constexpr std::string_view name_of(upload_input i) noexcept {
    constexpr std::string_view names[] = {"bytes", "success", "transient", "lost", "failure"};
    return names[static_cast<std::size_t>(i)];
}

/// The table as a Mermaid state diagram, for documentation.
inline std::string upload_diagram() {
    std::string text = "stateDiagram-v2\n    [*] --> hashing\n";
    for (const auto& t : upload_table) {
        if (t.from == upload_phase::draining) continue;
        text.append("    ").append(name_of(t.from)).append(" --> ").append(name_of(t.to));
        text.append(" : ").append(name_of(t.on)).append("\n");
    }
    return text + "    draining --> ended : nothing under way\n    ended --> [*]\n";
}

}  // namespace wxmp

#endif
