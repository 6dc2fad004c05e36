// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_FLOW_UPLOAD_TABLE_HPP
#define WXMP_FLOW_UPLOAD_TABLE_HPP

#include <wxmp/version.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace wxmp::inline v0_1 {

/// The phases of an @ref upload.
enum class upload_phase : std::uint8_t {
    hashing,    ///< reads the source once, for the digests
    opening,    ///< init_upload
    sending,    ///< upload_block, several at a time
    finishing,  ///< upload_finish
    saving,     ///< save_video
    reviewing,  ///< query_status, until the video has passed review
    draining,   ///< failed or cancelled; waits for what is in flight
    ended,      ///< the result can be taken
};

/// The events of an @ref upload.
enum class upload_event : std::uint8_t {
    bytes,       ///< the source delivered the bytes, and they are right
    response,    ///< a call succeeded
    pending,     ///< the review is pending, and will be polled again
    transient,   ///< a request failed, and will be retried
    lost,        ///< the outcome of a request is unknown, and it must not be repeated
    failure,     ///< something failed permanently
    expired,     ///< the vid has expired, and nothing is in flight
    cancel,      ///< the caller cancelled
    idle,        ///< nothing is in flight
    unexpected,  ///< the outcome of no pending action; no phase accepts it
};

/// An extra condition of a transition.
enum class upload_guard : std::uint8_t {
    always,        ///< no condition
    last_piece,    ///< it completes the hash of the source
    last_block,    ///< it was the last block to arrive
    first_time,    ///< no vid has expired in this run yet
    wants_review,  ///< `upload_options::review`
};

/// What an @ref upload does on a transition.
enum class upload_action : std::uint8_t {
    nothing,        ///< only enters the phase
    hash_piece,     ///< adds the bytes to the digests
    ready_block,    ///< makes the request for the block that was read
    keep_response,  ///< into the record
    note_unsent,    ///< clears a mark in the record that the call was sent
    forget_vid,     ///< and which blocks have arrived
    stay_unknown,   ///< keeps the error, and any mark in the record that the call was sent
    keep_error,     ///< keeps the first error
    stop,           ///< keeps `errc::cancelled`, unless there is an error
    persist_again,  ///< if the record has changed since it was last persisted
};

/// A transition: from a phase, on an event, if a guard holds, perform an action and enter another phase.
struct upload_transition {
    upload_phase from;     ///< the phase it leaves
    upload_event on;       ///< what happened
    upload_guard when;     ///< the condition
    upload_phase to;       ///< the phase it enters
    upload_action action;  ///< what is done
};

/// The transitions of an @ref upload. The first row that matches phase and event and whose guard holds is
/// taken; if there is none, the upload ends with `errc::unexpected_event`.
inline constexpr auto upload_table = [] {
    using enum upload_phase;
    using enum upload_event;
    using enum upload_guard;
    using enum upload_action;
    return std::to_array<upload_transition>({
        {hashing, bytes, last_piece, opening, hash_piece},
        {hashing, bytes, always, hashing, hash_piece},
        {hashing, failure, always, draining, keep_error},
        {hashing, cancel, always, draining, stop},
        {opening, response, always, sending, keep_response},
        {opening, transient, always, opening, note_unsent},
        {opening, lost, always, draining, stay_unknown},
        {opening, failure, always, draining, keep_error},
        {opening, cancel, always, draining, stop},
        {sending, bytes, always, sending, ready_block},
        {sending, response, last_block, finishing, keep_response},
        {sending, response, always, sending, keep_response},
        {sending, transient, always, sending, nothing},
        {sending, lost, always, draining, stay_unknown},
        {sending, failure, always, draining, keep_error},
        {sending, expired, first_time, opening, forget_vid},
        {sending, expired, always, draining, keep_error},
        {sending, cancel, always, draining, stop},
        {finishing, response, always, saving, keep_response},
        {finishing, transient, always, finishing, nothing},
        {finishing, lost, always, draining, stay_unknown},
        {finishing, failure, always, draining, keep_error},
        {finishing, cancel, always, draining, stop},
        {saving, response, wants_review, reviewing, keep_response},
        {saving, response, always, ended, keep_response},
        {saving, transient, always, saving, note_unsent},
        {saving, lost, always, draining, stay_unknown},
        {saving, failure, always, draining, keep_error},
        {saving, cancel, always, draining, stop},
        {reviewing, response, always, ended, nothing},
        {reviewing, pending, always, reviewing, nothing},
        {reviewing, transient, always, reviewing, nothing},
        {reviewing, failure, always, draining, keep_error},
        {reviewing, cancel, always, draining, stop},
        {draining, bytes, always, draining, nothing},
        {draining, response, always, draining, keep_response},
        {draining, pending, always, draining, nothing},
        {draining, transient, always, draining, note_unsent},
        {draining, lost, always, draining, stay_unknown},
        {draining, failure, always, draining, keep_error},
        {draining, cancel, always, draining, stop},
        {draining, idle, always, ended, persist_again},
    });
}();

/// Finds the row to take, or null; `holds(guard)` tells whether a guard holds.
template <class Holds>
constexpr const upload_transition* find_transition(upload_phase from, upload_event on, Holds holds) {
    for (const auto& t : upload_table)
        if (t.from == from && t.on == on && holds(t.when)) return &t;
    return nullptr;
}

/// The name of a phase, as in the README's diagram.
constexpr std::string_view name_of(upload_phase p) noexcept {
    constexpr std::string_view names[] = {"hashing", "opening",   "sending",  "finishing",
                                          "saving",  "reviewing", "draining", "ended"};
    return names[static_cast<std::size_t>(p)];
}

/// The same of an event.
constexpr std::string_view name_of(upload_event e) noexcept {
    constexpr std::string_view names[] = {"bytes",   "response", "pending", "transient", "lost",
                                          "failure", "expired",  "cancel",  "idle",      "unexpected"};
    return names[static_cast<std::size_t>(e)];
}

/// The same of a guard.
constexpr std::string_view name_of(upload_guard g) noexcept {
    constexpr std::string_view names[] = {"always", "last piece", "last block", "first time", "wants review"};
    return names[static_cast<std::size_t>(g)];
}

namespace detail {

inline std::string label_of(const upload_transition& t) {
    std::string text(name_of(t.on));
    if (t.when != upload_guard::always) text.append(" [").append(name_of(t.when)).append("]");
    return text;
}

}  // namespace detail

/// Formats a row, such as `sending --> finishing : response [last block]`.
inline std::string to_string(const upload_transition& t) {
    return std::string(name_of(t.from)).append(" --> ").append(name_of(t.to)) + " : " + detail::label_of(t);
}

/// The table as a Mermaid state diagram. Rows between the same two phases share an arrow.
inline std::string upload_diagram() {
    std::string text = "stateDiagram-v2\n    [*] --> hashing\n";
    for (auto t = upload_table.begin(); t != upload_table.end(); ++t) {
        const auto is_alike = [t](const auto& x) { return x.from == t->from && x.to == t->to; };
        if (std::any_of(upload_table.begin(), t, is_alike)) continue;
        text += "    " + to_string(*t);
        for (auto more = t + 1; more != upload_table.end(); ++more)
            if (is_alike(*more)) text += ", " + detail::label_of(*more);
        text += '\n';
    }
    return text + "    ended --> [*]\n";
}

}  // namespace wxmp::inline v0_1

#endif
