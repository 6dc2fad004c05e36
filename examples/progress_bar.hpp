// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// A progress bar on a terminal, and a line for each tenth elsewhere.
#ifndef PROGRESS_BAR_HPP
#define PROGRESS_BAR_HPP

#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <string>
#include <unistd.h>
#include <utility>

/// Draws how far something is.
class progress_bar {
public:
    /// `left` is said behind the time that is left.
    explicit progress_bar(std::string what, std::FILE* to = stdout, std::string left = " left")
        : what_(std::move(what)), left_(std::move(left)), to_(to), on_terminal_(isatty(fileno(to)) == 1) {}
    ~progress_bar() { end_line(); }
    progress_bar(const progress_bar&) = delete;
    progress_bar& operator=(const progress_bar&) = delete;

    /// `done` of `total` bytes, and how fast it goes (0: not known); cheap to call often.
    void update(std::uint64_t done, std::uint64_t total, double bytes_per_second = 0) {
        if (total == 0 || percent_ == 100) return;
        const auto percent = static_cast<int>(done * 100 / total);
        const auto now = std::chrono::steady_clock::now();
        const bool is_due = on_terminal_
                                ? percent != percent_ || now - drawn_ > std::chrono::milliseconds(250)
                                : percent_ < 0 || percent / 10 != percent_ / 10;
        if (!is_due) return;
        percent_ = percent;
        drawn_ = now;
        draw(done, total, bytes_per_second);
    }

    /// To be called before anything else is printed.
    void end_line() {
        if (std::exchange(is_in_line_, false)) std::fputc('\n', to_);
        std::fflush(to_);
    }

private:
    void draw(std::uint64_t done, std::uint64_t total, double rate) {
        const auto full = static_cast<std::size_t>(percent_) * 30 / 100;
        const auto bar =
            on_terminal_ ? " [" + std::string(full, '#') + std::string(30 - full, '.') + ']' : std::string();
        const auto mib = [](std::uint64_t bytes) { return static_cast<double>(bytes) / (1 << 20); };
        std::fprintf(to_, "%s  %s%s %3d %%  %.1f / %.1f MiB", on_terminal_ ? "\r" : "", what_.c_str(),
                     bar.c_str(), percent_, mib(done), mib(total));
        if (rate > 0) std::fprintf(to_, "  %.1f MB/s", rate / 1e6);
        if (rate > 0 && done != total) {
            const auto left = std::lround(static_cast<double>(total - done) / rate);
            std::fprintf(to_, "  %ld:%02ld%s", left / 60, left % 60, left_.c_str());
        }
        if (on_terminal_) std::fputs("\x1b[K", to_);  // clears what was longer
        is_in_line_ = true;
        if (on_terminal_ && percent_ != 100) std::fflush(to_);
        else end_line();
    }

    std::string what_;
    std::string left_;
    std::FILE* to_;
    bool on_terminal_;
    bool is_in_line_{};
    int percent_ = -1;
    std::chrono::steady_clock::time_point drawn_{};
};

#endif
