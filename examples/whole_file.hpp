// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// A small file that is read and replaced as a whole, and survives a crash in between. POSIX.
#ifndef WHOLE_FILE_HPP
#define WHOLE_FILE_HPP

#include <wxmp/error/error.hpp>

#include "sources/regular_file.hpp"
#include <cerrno>
#include <fcntl.h>
#include <filesystem>
#include <optional>
#include <random>
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

/// A file that is written in pieces, and gets its name when it is whole. Until then it is `NAME.XXXXXX`, which is gone
/// when this ends, unless the process is killed.
class new_file {
public:
    /// @param name of the file that it is to be, or of one in the same folder
    /// @param mode as for `open`, where the umask takes from it
    explicit new_file(std::filesystem::path name, mode_t mode) : name_(std::move(name)), mode_(mode) {}
    ~new_file() { drop(); }
    new_file(const new_file&) = delete;
    new_file& operator=(const new_file&) = delete;

    /// Writes more of it. Nothing is made before this is called.
    wxmp::result<void> write(std::string_view piece) {
        if (temporary_.empty() && !begin()) return fault();
        if (!detail::write_all(out_.get(), piece)) return fault();
        return {};
    }

    /// Names it, in place of a file that is there, but not of a link. It is on the disk when this returns.
    wxmp::result<void> replace(const std::filesystem::path& name) {
        if (detail::is_link(name)) return detail::is_a_link(name);
        if (auto done = finish(); !done) return done;
        if (::rename(temporary_.c_str(), name.c_str()) != 0) return fault();
        temporary_.clear();
        return detail::sync_folder_of(name) ? wxmp::result<void>() : fault();
    }

    /// The same; an error where there is a file.
    wxmp::result<void> keep_as(const std::filesystem::path& name) {
        if (auto done = finish(); !done) return done;
        if (::link(temporary_.c_str(), name.c_str()) != 0)
            return detail::last_error("cannot write " + name.string());
        drop();
        return detail::sync_folder_of(name) ? wxmp::result<void>() : fault();
    }

private:
    bool begin() {
        constexpr std::string_view characters = "abcdefghijklmnopqrstuvwxyz012345";
        std::random_device dice;
        do {
            temporary_ = name_.string() + '.';
            for (int i = 0; i != 6; ++i) temporary_ += characters[dice() % characters.size()];
            out_ = sources::descriptor(
                ::open(temporary_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode_));
        } while (!out_.is_open() && errno == EEXIST);
        if (!out_.is_open()) temporary_.clear();
        return out_.is_open();
    }

    wxmp::result<void> finish() {
        if (auto written = write(""); !written) return written;
        if (::fsync(out_.get()) != 0 || !out_.close()) return fault();
        return {};
    }

    void drop() {
        if (!temporary_.empty()) ::unlink(std::exchange(temporary_, "").c_str());
    }

    wxmp::error fault() const { return detail::last_error("cannot write " + name_.string()); }

    std::filesystem::path name_;
    mode_t mode_;
    std::string temporary_{};
    sources::descriptor out_{};
};

/// Replaces a file, or makes it, for its owner only. What is there is whole at any time, the old or the new text, and is
/// on the disk when this returns. A process that is killed in between may leave a file `path.XXXXXX`.
inline wxmp::result<void> replace(const std::filesystem::path& path, std::string_view text,
                                  mode_t mode = 0600) {
    new_file file(path, mode);
    if (auto written = file.write(text); !written) return written;
    return file.replace(path);
}

}  // namespace whole_file

#endif
