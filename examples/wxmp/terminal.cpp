// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include "terminal.hpp"

#include <cstdio>
#include <iostream>
#include <termios.h>
#include <unistd.h>

namespace tool {

namespace {

// Nothing that is typed is shown until this ends.
class without_echo {
public:
    without_echo() : is_terminal_(tcgetattr(STDIN_FILENO, &before_) == 0) {
        if (!is_terminal_) return;
        auto silent = before_;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
    }
    without_echo(const without_echo&) = delete;
    without_echo& operator=(const without_echo&) = delete;
    ~without_echo() {
        if (!is_terminal_) return;
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
        std::fputc('\n', stderr);  // in place of the one that was typed
    }

private:
    termios before_{};
    bool is_terminal_;
};

}  // namespace

std::optional<std::string> ask(std::string_view question) {
    std::fprintf(stderr, "%.*s: ", static_cast<int>(question.size()), question.data());
    std::fflush(stderr);
    std::string line;
    if (!std::getline(std::cin, line)) return std::nullopt;
    const auto begin = line.find_first_not_of(" \t\r");
    if (begin == line.npos) return std::string();
    return line.substr(begin, line.find_last_not_of(" \t\r") + 1 - begin);
}

std::optional<std::string> ask_for_secret(std::string_view question) {
    const without_echo silent;
    return ask(question);
}

}  // namespace tool
