// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// A small file that is read and replaced as a whole, and survives a crash in between. POSIX.
#ifndef WHOLE_FILE_HPP
#define WHOLE_FILE_HPP

#include <wxmp/error/error.hpp>

#include "sources/regular_file.hpp"
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

/// Who else may have had to do with a file that is read.
enum class trust {
    anyone,        ///< whoever
    own,           ///< it is the user's, no link, and nobody else may write to it
    confidential,  ///< it is the user's, or that of root, and nobody else may read it
};

namespace detail {

inline wxmp::error last_error(const std::string& what) {
    return wxmp::error({errno, boost::system::generic_category()}, what);
}

inline wxmp::error untrusted(const std::filesystem::path& path, const std::string& what) {
    return wxmp::error(wxmp::errc::source_failed, path.string() + what);
}

inline std::optional<wxmp::error> check(const std::filesystem::path& path, const struct stat& info, trust t) {
    if (t == trust::anyone) return std::nullopt;
    const bool is_of_root = t == trust::confidential && info.st_uid == 0;
    if (info.st_uid != ::geteuid() && !is_of_root)
        return untrusted(path, " belongs to another user: copy it, and use the copy");
    if (t == trust::own && (info.st_mode & (S_IWGRP | S_IWOTH)) != 0)
        return untrusted(path, " can be written to by others than its owner: look at it, and chmod 600 it");
    if (t == trust::confidential && (info.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        return untrusted(path, " is open to others than its owner: chmod 600 it");
    return std::nullopt;
}

inline bool is_link(const std::filesystem::path& path) noexcept {
    struct stat info {};
    return ::lstat(path.c_str(), &info) == 0 && S_ISLNK(info.st_mode);
}

inline wxmp::error is_a_link(const std::filesystem::path& path) {
    return untrusted(path, " is a link, which is not followed: name the file that it leads to");
}

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
    const sources::descriptor folder(
        ::open(parent.empty() ? "." : parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    return folder.is_open() && ::fsync(folder.get()) == 0;
}

// Writes a new file of this name's folder, for its owner only; its name.
inline wxmp::result<std::string> write_beside(const std::filesystem::path& path, std::string_view text) {
    auto name = path.string() + ".XXXXXX";
    sources::descriptor out(::mkostemp(name.data(), O_CLOEXEC));
    if (!out.is_open()) return last_error("cannot write " + path.string());
    if (write_all(out.get(), text) && ::fsync(out.get()) == 0 && out.close()) return name;
    auto e = last_error("cannot write " + path.string());
    ::unlink(name.c_str());
    return e;
}

}  // namespace detail

/// Reads a file that `t` allows; nothing where there is none. Only a regular file is read.
inline wxmp::result<std::optional<std::string>> read(const std::filesystem::path& path,
                                                     trust t = trust::anyone) {
    if (t == trust::own && detail::is_link(path)) return detail::is_a_link(path);
    const auto file = sources::regular_file::open_if_there(path, t == trust::own ? O_NOFOLLOW : 0);
    if (!file) return file.error();
    if (!*file) return std::optional<std::string>();
    if (auto fault = detail::check(path, (*file)->info(), t)) return *std::move(fault);
    auto text = (*file)->read((*file)->size());
    if (text.size() == (*file)->size()) return std::optional(std::move(text));
    if (errno != 0) return sources::regular_file::fault(path, errno);
    return wxmp::error(wxmp::errc::source_failed, path.string() + " changed while it was read");
}

/// Replaces a file, or makes it, for its owner only. What is there is whole at any time, the old or the new text, and is
/// on the disk when this returns. A process that is killed in between may leave a file `path.XXXXXX`.
inline wxmp::result<void> replace(const std::filesystem::path& path, std::string_view text) {
    if (detail::is_link(path)) return detail::is_a_link(path);
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
