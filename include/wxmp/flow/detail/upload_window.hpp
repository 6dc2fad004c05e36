// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_FLOW_DETAIL_UPLOAD_WINDOW_HPP
#define WXMP_FLOW_DETAIL_UPLOAD_WINDOW_HPP

#include <wxmp/flow/detail/backoff.hpp>
#include <wxmp/flow/flow.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace wxmp::detail {

enum class block_state : std::uint8_t { due, reading, ready, sending };

// A block on its way: due to be read, being read, read and checked, being sent.
struct block_slot {
    std::uint32_t index{};  // in the plan, from 0
    block_state state{};
    fetched bytes{};  // while ready
    backoff tries{};

    // Requests of blocks are told apart by the block; 0 is left to all others.
    request_id id() const noexcept { return index + 1; }
    bool is_asked() const noexcept { return state == block_state::reading || state == block_state::sending; }
};

// The blocks on their way, at most as many as the window is wide.
class upload_window {
public:
    // The slot that waits for an event with this id, or null.
    block_slot* asked(request_id id) {
        return first([id](const block_slot& s) { return s.id() == id && s.is_asked(); });
    }

    // A block that can be sent, or null.
    block_slot* ready() {
        return first([](const block_slot& s) { return s.state == block_state::ready; });
    }

    // A block that can be read: one whose pause is over, or the next that has not arrived. Or null.
    block_slot* readable(time_point now, const std::vector<bool>& arrived, std::size_t width) {
        auto* s =
            first([now](const block_slot& x) { return x.state == block_state::due && x.tries.due() <= now; });
        if (s || slots_.size() >= std::max<std::size_t>(width, 1)) return s;
        while (next_ < arrived.size() && arrived[next_]) ++next_;
        if (next_ == arrived.size()) return nullptr;
        slots_.push_back({next_++});
        return &slots_.back();
    }

    // When the first pause is over; the end of time if there is none.
    time_point next_due() const {
        auto t = time_point::max();
        for (const auto& s : slots_)
            if (s.state == block_state::due) t = std::min(t, s.tries.due());
        return t;
    }

    void remove(const block_slot* s) { slots_.erase(slots_.begin() + (s - slots_.data())); }

private:
    template <class Is> block_slot* first(Is is) {
        const auto found = std::find_if(slots_.begin(), slots_.end(), is);
        return found == slots_.end() ? nullptr : &*found;
    }

    std::vector<block_slot> slots_;
    std::uint32_t next_{};  // no block from here on was ever in a slot
};

}  // namespace wxmp::detail

#endif
