// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include "shell_command.hpp"

#include "language.hpp"
#include "report.hpp"
#include "sources/regular_file.hpp"
#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <fcntl.h>
#include <memory>
#include <optional>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <system_error>
#include <thread>
#include <unistd.h>
#include <utility>

extern char** environ;

namespace tool {

namespace {

using clock = std::chrono::steady_clock;
constexpr auto moment = std::chrono::milliseconds(20);  // after which to look for a stop

wxmp::error system_fault(int number) {
    return local_fault(translated(std::generic_category().message(number)));
}

struct file_closer {
    void operator()(std::FILE* f) const { std::fclose(f); }
};
using temporary_file = std::unique_ptr<std::FILE, file_closer>;

// Which nobody sees, and which ends with the process.
result<temporary_file> make_temporary(std::string_view text) {
    temporary_file made(std::tmpfile());
    if (!made) return system_fault(errno);
    const bool is_written = std::fwrite(text.data(), 1, text.size(), made.get()) == text.size();
    if (!is_written || std::fflush(made.get()) != 0 || std::fseek(made.get(), 0, SEEK_SET) != 0)
        return system_fault(errno);
    return made;
}

// Its files are these descriptors; signals are as they were for the user.
class spawn_settings {
public:
    spawn_settings(int input, int output, int errors) {
        posix_spawn_file_actions_init(&files);
        posix_spawnattr_init(&attributes);
        posix_spawn_file_actions_adddup2(&files, input, STDIN_FILENO);
        posix_spawn_file_actions_adddup2(&files, output, STDOUT_FILENO);
        posix_spawn_file_actions_adddup2(&files, errors, STDERR_FILENO);
        sigset_t none{}, ignored{};
        sigemptyset(&none);
        sigemptyset(&ignored);
        sigaddset(&ignored, SIGPIPE);
        posix_spawnattr_setsigmask(&attributes, &none);
        posix_spawnattr_setsigdefault(&attributes, &ignored);
        posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    }
    spawn_settings(const spawn_settings&) = delete;
    spawn_settings& operator=(const spawn_settings&) = delete;
    ~spawn_settings() {
        posix_spawn_file_actions_destroy(&files);
        posix_spawnattr_destroy(&attributes);
    }

    posix_spawn_file_actions_t files{};
    posix_spawnattr_t attributes{};
};

// A process that has ended when this is gone.
class child {
public:
    child(const std::string& command, const std::string& argument, const spawn_settings& how) {
        std::array<std::string, 5> words = {"sh", "-c", command, "sh", argument};
        std::array<char*, 6> arguments{};
        std::transform(words.begin(), words.end(), arguments.begin(),
                       [](std::string& word) { return word.data(); });
        fault_ = posix_spawn(&id_, "/bin/sh", &how.files, &how.attributes, arguments.data(), environ);
    }
    child(const child&) = delete;
    child& operator=(const child&) = delete;
    ~child() {
        if (fault_ != 0 || has_ended_) return;
        ::kill(id_, SIGKILL);
        wait(0);
    }

    int fault() const noexcept { return fault_; }  ///< why it could not begin

    bool has_ended() { return has_ended_ || wait(WNOHANG); }

    int status() const noexcept { return status_; }  ///< as `waitpid` tells it

private:
    bool wait(int options) {
        pid_t ended{};
        do ended = ::waitpid(id_, &status_, options);
        while (ended < 0 && errno == EINTR);
        return has_ended_ = ended != 0;
    }

    pid_t id_{};
    int fault_{};
    int status_{};
    bool has_ended_{};
};

// How long there still is to wait, and why no longer.
class deadline {
public:
    explicit deadline(const command_bounds& within) : within_(within) {}

    std::optional<wxmp::error> is_over() const {
        if (within_.stop.stop_requested()) return wxmp::error(wxmp::errc::cancelled);
        if (clock::now() < end_) return std::nullopt;
        return local_fault(tr("it takes more than {} s", within_.time.count()));
    }

private:
    const command_bounds& within_;
    clock::time_point end_ = clock::now() + within_.time;
};

// Until nobody can write to it any more.
result<std::string> read_all(int from, const command_bounds& within, const deadline& until) {
    std::string all;
    std::array<char, 64 << 10> piece{};
    for (;;) {
        if (auto over = until.is_over()) return *std::move(over);
        pollfd waiting{from, POLLIN, 0};
        if (::poll(&waiting, 1, static_cast<int>(moment.count())) <= 0) continue;
        const auto size = ::read(from, piece.data(), piece.size());
        if (size < 0 && errno == EINTR) continue;
        if (size < 0) return system_fault(errno);
        if (size == 0) return all;
        all.append(piece.data(), static_cast<std::size_t>(size));
        if (all.size() > within.output)
            return local_fault(tr("it writes more than {} MiB", within.output >> 20));
    }
}

std::string first_line_of(std::FILE* f) {
    std::array<char, 200> line{};
    std::rewind(f);
    if (!std::fgets(line.data(), line.size(), f)) return {};
    std::string text(line.data());
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
    return text;
}

}  // namespace

result<command_outcome> run_in_shell(const std::string& command, const std::string& argument,
                                     std::string_view input, const command_bounds& within) {
    const deadline until(within);
    const auto to_read = make_temporary(input);
    if (!to_read) return to_read.error();
    const auto complaints = make_temporary("");
    if (!complaints) return complaints.error();
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) return system_fault(errno);
    const sources::descriptor output(ends[0]);
    sources::descriptor to_write(ends[1]);
    child process(command, argument,
                  spawn_settings(::fileno(to_read->get()), to_write.get(), ::fileno(complaints->get())));
    to_write.close();
    if (process.fault() != 0) return system_fault(process.fault());
    auto said = read_all(output.get(), within, until);
    if (!said) return said.error();
    while (!process.has_ended()) {
        if (auto over = until.is_over()) return *std::move(over);
        std::this_thread::sleep_for(moment);
    }
    if (WIFSIGNALED(process.status()))
        return local_fault(tr("signal {} ended it", WTERMSIG(process.status())));
    return command_outcome{WEXITSTATUS(process.status()), *std::move(said), first_line_of(complaints->get())};
}

}  // namespace tool
