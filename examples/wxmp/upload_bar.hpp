// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_EXAMPLES_WXMP_UPLOAD_BAR_HPP
#define WXMP_EXAMPLES_WXMP_UPLOAD_BAR_HPP

#include "language.hpp"
#include "progress_bar.hpp"
#include "report.hpp"
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <functional>
#include <optional>
#include <string>

namespace tool {

/// What is told how many bytes of an exchange are sent; empty: nothing is.
using sent_listener = std::function<void(std::uint64_t sent)>;

/// Draws on a terminal how much of a file is sent in one exchange, while it lives. Of a small one nothing.
class upload_bar {
public:
    upload_bar(sent_listener& listener, const std::string& name, std::uint64_t size)
        : listener_(listener), size_(size) {
        if (size < least_size || !draws_bars()) return;
        bar_.emplace(name, stderr, tr(" left"));
        listener_ = [this](std::uint64_t sent) { show(sent); };
    }
    upload_bar(const upload_bar&) = delete;
    upload_bar& operator=(const upload_bar&) = delete;
    ~upload_bar() { listener_ = nullptr; }

    /// All is sent.
    void finish() {
        if (bar_) bar_->update(size_, size_);
    }

private:
    static constexpr std::uint64_t least_size = 256u << 10;

    // What is sent has a head too. It begins again where the request is repeated.
    void show(std::uint64_t sent) {
        const auto now = std::chrono::steady_clock::now();
        if (sent < sent_ || sent == 0) begin_ = now;
        sent_ = sent;
        const auto seconds = std::chrono::duration<double>(now - begin_).count();
        const auto all_but_last = std::min(sent, size_ - 1);
        if (sent != 0)
            bar_->update(all_but_last, size_, seconds > 0 ? static_cast<double>(sent) / seconds : 0);
    }

    sent_listener& listener_;
    std::uint64_t size_;
    std::uint64_t sent_{};
    std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
    std::optional<progress_bar> bar_{};
};

}  // namespace tool

#endif
