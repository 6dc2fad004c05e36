// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_FLOW_DETAIL_DOWNLOAD_GATE_HPP
#define WXMP_FLOW_DETAIL_DOWNLOAD_GATE_HPP

#include <wxmp/data/http.hpp>
#include <wxmp/error/error.hpp>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace wxmp::inline v0_1::detail {

// Filters what reaches the sink of a download: holds back what may be a JSON response.
class download_gate {
public:
    // Holds back at most `most` bytes; 0: no limit.
    download_gate(std::function<result<void>(std::string_view)> to, std::uint64_t most)
        : to_(std::move(to)), most_(most) {}

    // Takes the next piece of a body. False if no more is wanted.
    bool pass(const http::response& head, std::string_view bytes) {
        if (state_ == state::blank) look(head, bytes);
        if (state_ == state::closed) return false;
        if (state_ == state::open && held_.empty()) return give(bytes);
        held_.append(bytes);
        if (most_ != 0 && held_.size() > most_) state_ = state::open;
        return state_ != state::open || give(release());
    }

    // Passes bytes straight to the sink. False if it failed, now or before.
    bool give(std::string_view bytes) {
        if (bytes.empty()) return true;
        if (state_ == state::closed) return false;
        const auto taken = to_(bytes);
        if (taken) return given_ += bytes.size(), true;
        fault_ = taken.error();
        close();
        return false;
    }

    // Takes out what was held back.
    std::string release() { return std::exchange(held_, {}); }

    void close() noexcept { state_ = state::closed; }
    std::uint64_t given() const noexcept { return given_; }
    // The error of the sink, if any.
    const std::optional<error>& fault() const noexcept { return fault_; }

private:
    // Only white space so far; the start of a JSON object; a file; no more is wanted.
    enum class state : std::uint8_t { blank, braced, open, closed };

    void look(const http::response& head, std::string_view bytes) {
        const auto first = bytes.find_first_not_of(" \t\r\n");
        if (!http::find_header(head.headers, "Content-Disposition").empty()) state_ = state::open;
        else if (first != bytes.npos) state_ = bytes[first] == '{' ? state::braced : state::open;
    }

    std::function<result<void>(std::string_view)> to_;
    std::optional<error> fault_;
    std::uint64_t most_;
    std::string held_;
    std::uint64_t given_{};
    state state_{};
};

}  // namespace wxmp::inline v0_1::detail

#endif
