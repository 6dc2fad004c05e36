// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// A small file that is read and replaced as a whole, and survives a crash in between. POSIX.
#ifndef WHOLE_FILE_HPP
#define WHOLE_FILE_HPP

#include <wxmp/error/error.hpp>

#include <cerrno>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace whole_file {

namespace detail {

inline wxmp::error last_error(const std::string& what) {
    return wxmp::error({errno, boost::system::generic_category()}, what);
}

class descriptor {
public:
    explicit descriptor(int number) noexcept : number_(number) {}
    descriptor(const descriptor&) = delete;
    descriptor& operator=(const descriptor&) = delete;
    ~descriptor() {
        if (number_ >= 0) ::close(number_);
    }

    int get() const noexcept { return number_; }
    bool close() noexcept { return ::close(std::exchange(number_, -1)) == 0; }

private:
    int number_;
};

inline bool write_all(int to, std::string_view text) noexcept {
    while (!text.empty()) {
        const auto n = ::write(to, text.data(), text.size());
        if (n < 0 && errno != EINTR) return false;
        if (n > 0) text.remove_prefix(static_cast<std::size_t>(n));
    }
    return true;
}

// A rename is on the disk when its folder is.
inline bool sync_folder_of(const std::filesystem::path& path) noexcept {
    const auto parent = path.parent_path();
    const descriptor folder(
        ::open(parent.empty() ? "." : parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    return folder.get() >= 0 && ::fsync(folder.get()) == 0;
}

// Writes a new file of this name's folder; its name.
inline wxmp::result<std::string> write_beside(const std::filesystem::path& path, std::string_view text) {
    auto name = path.string() + ".XXXXXX";
    descriptor out(::mkostemp(name.data(), O_CLOEXEC));
    if (out.get() < 0) return last_error("cannot write " + path.string());
    if (write_all(out.get(), text) && ::fsync(out.get()) == 0 && out.close()) return name;
    auto e = last_error("cannot write " + path.string());
    ::unlink(name.c_str());
    return e;
}

}  // namespace detail

/// Reads a file; nothing where there is none. Only a regular file is read: a pipe or a device may never end.
inline wxmp::result<std::optional<std::string>> read(const std::filesystem::path& path) {
    const detail::descriptor in(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (in.get() < 0 && errno == ENOENT) return std::optional<std::string>();
    struct stat info {};
    if (in.get() < 0 || ::fstat(in.get(), &info) != 0) return detail::last_error(path.string());
    if (!S_ISREG(info.st_mode))
        return wxmp::error(wxmp::errc::source_failed, path.string() + " is not a file");
    std::string text;
    char block[16384];
    for (;;) {
        const auto n = ::read(in.get(), block, sizeof block);
        if (n == 0) return std::optional(std::move(text));
        if (n > 0) text.append(block, static_cast<std::size_t>(n));
        else if (errno != EINTR) return detail::last_error(path.string());
    }
}

/// Replaces a file, or makes it, for its owner only. What is there is whole at any time, the old or the new text, and is
/// on the disk when this returns. A process that is killed in between may leave a file `path.XXXXXX`.
inline wxmp::result<void> replace(const std::filesystem::path& path, std::string_view text) {
    const auto fresh = detail::write_beside(path, text);
    if (!fresh) return fresh.error();
    if (::rename(fresh->c_str(), path.c_str()) != 0) {
        auto e = detail::last_error("cannot write " + path.string());
        ::unlink(fresh->c_str());
        return e;
    }
    if (!detail::sync_folder_of(path)) return detail::last_error("cannot write " + path.string());
    return {};
}

}  // namespace whole_file

#endif
