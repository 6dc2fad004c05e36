// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// A regular file as a source; no pipe and no device, which may never end. POSIX. Copy it into your program.
#ifndef SOURCES_REGULAR_FILE_HPP
#define SOURCES_REGULAR_FILE_HPP

#include <wxmp/error/error.hpp>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <optional>
#include <string>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace sources {

/// A file descriptor that is closed with it.
class descriptor {
public:
    explicit descriptor(int number = -1) noexcept : number_(number) {}
    descriptor(descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    descriptor& operator=(descriptor&& other) noexcept {
        std::swap(number_, other.number_);
        return *this;
    }
    ~descriptor() { close(); }

    int get() const noexcept { return number_; }
    bool is_open() const noexcept { return number_ >= 0; }
    bool close() noexcept { return number_ < 0 || ::close(std::exchange(number_, -1)) == 0; }

private:
    int number_;
};

/// A regular file, opened for reading; several threads may use one. Where it has got shorter or longer since, its end
/// cannot be read, so that a file that is still being written is not taken for a whole one.
class regular_file {
public:
    /// Opens a file; the error names it and says why it cannot be opened. Never waits for a pipe.
    /// @param flags more for `open`, as O_NOFOLLOW
    static wxmp::result<regular_file> open(const std::filesystem::path& path, int flags = 0) {
        auto there = open_if_there(path, flags);
        if (!there) return there.error();
        if (!*there) return fault(path, ENOENT);
        return **std::move(there);
    }

    /// The same; nothing where there is no such file.
    static wxmp::result<std::optional<regular_file>> open_if_there(const std::filesystem::path& path,
                                                                   int flags = 0) {
        descriptor opened(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY | flags));
        if (!opened.is_open() && errno == ENOENT) return std::optional<regular_file>();
        struct stat info {};
        if (!opened.is_open() || ::fstat(opened.get(), &info) != 0) return fault(path, errno);
        if (S_ISDIR(info.st_mode)) return fault(path, EISDIR);
        if (!S_ISREG(info.st_mode))
            return wxmp::error(wxmp::errc::source_failed, path.string() + " is not a file");
        return std::optional(regular_file(std::move(opened), info));
    }

    [[nodiscard]] std::uint64_t size() const noexcept { return static_cast<std::uint64_t>(info_.st_size); }

    /// What it was when it was opened: its owner, mode and so on.
    [[nodiscard]] const struct stat& info() const noexcept { return info_; }

    std::size_t read_at(std::uint64_t offset, void* out, std::size_t size) const {
        const auto read = read_bytes(offset, static_cast<char*>(out), size);
        char more{};
        const bool has_grown = offset + read == this->size() && read_bytes(this->size(), &more, 1) != 0;
        return has_grown ? 0 : read;
    }

    /// The first bytes, `most` at most; fewer, with `errno`, where they cannot be read.
    [[nodiscard]] std::string read(std::uint64_t most) const {
        std::string bytes(static_cast<std::size_t>(std::min(size(), most)), '\0');
        errno = 0;
        bytes.resize(read_at(0, bytes.data(), bytes.size()));
        return bytes;
    }

    /// The error of this file.
    static wxmp::error fault(const std::filesystem::path& path, int number) {
        return wxmp::error(wxmp::errc::source_failed,
                           path.string() + ": " + std::generic_category().message(number));
    }

private:
    regular_file(descriptor opened, const struct stat& info) : descriptor_(std::move(opened)), info_(info) {}

    std::size_t read_bytes(std::uint64_t offset, char* out, std::size_t size) const {
        std::size_t done = 0;
        while (done != size) {
            const auto n =
                ::pread(descriptor_.get(), out + done, size - done, static_cast<off_t>(offset + done));
            if (n == 0 || (n < 0 && errno != EINTR)) break;
            if (n > 0) done += static_cast<std::size_t>(n);
        }
        return done;
    }

    descriptor descriptor_;
    struct stat info_;
};

}  // namespace sources

#endif
