// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// A file as a source, for any system. Copy it into your program.
#ifndef SOURCES_FILE_HPP
#define SOURCES_FILE_HPP

#include <wxmp/error/error.hpp>

#include <cerrno>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <system_error>
#include <utility>

namespace sources {

/// A file, read where it is asked for. Use one from one thread at a time. Where it has got shorter or longer since it was
/// opened, its end cannot be read, so that a file that is still being written is not taken for a whole one.
class file {
public:
    /// Opens a file; the error names it and says why it cannot be opened.
    static wxmp::result<file> open(const std::filesystem::path& path) {
        std::error_code ec;
        const auto size = std::filesystem::file_size(path, ec);
        if (ec) return wxmp::error(wxmp::errc::source_failed, path.string() + ": " + ec.message());
        std::ifstream in(path, std::ios::binary);
        if (!in)
            return wxmp::error(wxmp::errc::source_failed,
                               path.string() + ": " + std::generic_category().message(errno));
        return file(std::move(in), size);
    }

    [[nodiscard]] std::uint64_t size() const noexcept { return size_; }

    std::size_t read_at(std::uint64_t offset, void* out, std::size_t size) const {
        in_.clear();
        in_.seekg(static_cast<std::streamoff>(offset));
        in_.read(static_cast<char*>(out), static_cast<std::streamsize>(size));
        const auto read = static_cast<std::size_t>(in_.gcount());
        const bool has_grown = offset + read == size_ && in_.peek() != std::ifstream::traits_type::eof();
        return has_grown ? 0 : read;
    }

private:
    file(std::ifstream in, std::uint64_t size) : in_(std::move(in)), size_(size) {}

    mutable std::ifstream in_;
    std::uint64_t size_;
};

}  // namespace sources

#endif
