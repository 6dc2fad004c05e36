// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// A file whose bytes are sent from where they are: mapped (POSIX); elsewhere read. Copy it and file.hpp.
#ifndef SOURCES_MAPPED_FILE_HPP
#define SOURCES_MAPPED_FILE_HPP

#include "file.hpp"
#if !__has_include(<sys/mman.h>)
namespace sources { using mapped_file = file; }
#else
#include <fcntl.h>
#include <string_view>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
namespace sources {

/** Any number of threads may read it.

    It lends nothing once the file has shrunk: an upload ends in `errc::source_failed`. But what it lent
    before is gone, too: SIGBUS kills who sends that. Where files are cut while they are sent, use `file`.
*/
class mapped_file {
public:
    /// Maps a file; the error names it and says why that failed.
    static wxmp::result<mapped_file> open(const std::filesystem::path& path) {
        struct stat info {};
        mapped_file f(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
        const bool  is_open = f.file_ >= 0 && ::fstat(f.file_, &info) == 0;
        const auto  size = static_cast<std::size_t>(info.st_size);
        void* const bytes = size != 0 ? ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, f.file_, 0) : nullptr;
        if (!is_open || bytes == MAP_FAILED)
            return wxmp::error(wxmp::errc::source_failed, path.string() + ": " + std::strerror(errno));
        f.bytes_ = {static_cast<const char*>(bytes), size};
        return f;
    }
    mapped_file(mapped_file&& o) noexcept { std::swap(file_, o.file_), std::swap(bytes_, o.bytes_); }
    ~mapped_file() {
        if (!bytes_.empty()) ::munmap(const_cast<char*>(bytes_.data()), bytes_.size());
        if (file_ >= 0) ::close(file_);
    }

    [[nodiscard]] std::uint64_t    size() const noexcept { return bytes_.size(); }
    [[nodiscard]] std::string_view lend(std::uint64_t offset, std::size_t size) const noexcept {
        struct stat now {};
        const bool is_whole = ::fstat(file_, &now) == 0 && std::size_t(now.st_size) >= bytes_.size();
        return is_whole && offset < bytes_.size() ? bytes_.substr(offset, size) : std::string_view();
    }
    std::size_t read_at(std::uint64_t offset, void* out, std::size_t size) const noexcept {
        return lend(offset, size).copy(static_cast<char*>(out), size);
    }

private:
    explicit mapped_file(int file) noexcept : file_(file) {}
    int              file_ = -1;
    std::string_view bytes_{};
};
}  // namespace sources
#endif
#endif
