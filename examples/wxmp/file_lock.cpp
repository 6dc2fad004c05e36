// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include "file_lock.hpp"

#include "language.hpp"
#include "report.hpp"
#include <cerrno>
#include <fcntl.h>
#include <optional>
#include <string>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace tool {

namespace {

namespace fs = std::filesystem;
using sources::descriptor;

constexpr int tries = 100;

wxmp::error fault(const fs::path& name, int number) {
    return wxmp::error({number, boost::system::generic_category()}, tr("cannot write {}", name.string()));
}

// Another process may have removed it between opening and locking.
bool is_still_there(const fs::path& name, const descriptor& file) {
    struct stat opened {
    }, there{};
    return ::fstat(file.get(), &opened) == 0 && ::lstat(name.c_str(), &there) == 0 &&
           opened.st_ino == there.st_ino && opened.st_dev == there.st_dev;
}

bool is_regular(const descriptor& file) {
    struct stat info {};
    return ::fstat(file.get(), &info) == 0 && S_ISREG(info.st_mode);
}

std::string holder(const descriptor& file) {
    char text[24]{};
    const auto n = ::pread(file.get(), text, sizeof text - 1, 0);
    const std::string digits(text, n > 0 ? static_cast<std::size_t>(n) : 0);
    const auto end = digits.find_first_not_of("0123456789");
    return end == 0 || digits.empty() ? tr("another process") : tr("process {}", digits.substr(0, end));
}

// Whom it cannot be told to, as on a full disk, is kept out all the same.
void write_holder(const descriptor& file) {
    const auto text = std::to_string(::getpid()) + '\n';
    static_cast<void>(::ftruncate(file.get(), 0) == 0 &&
                      ::pwrite(file.get(), text.data(), text.size(), 0) != 0);
}

}  // namespace

file_lock::file_lock(fs::path name, descriptor file) : name_(std::move(name)), file_(std::move(file)) {}

result<file_lock> file_lock::acquire(const fs::path& locked) {
    const auto there = sources::regular_file::open_if_there(locked);
    if (!there) return there.error();
    const auto name = fs::path(locked).concat(".lock");
    for (int i = 0; i != tries; ++i) {
        descriptor file(::open(name.c_str(), O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0600));
        if (!file.is_open()) return fault(name, errno);
        if (!is_regular(file)) return local_fault(tr("{} is not a file: remove it", name.string()));
        const int failed = ::flock(file.get(), LOCK_EX | LOCK_NB) == 0 ? 0 : errno;
        if (failed == EWOULDBLOCK)
            return local_fault(
                tr("{} is in use by {}: wait until that has ended", locked.string(), holder(file)));
        if (failed != 0) return fault(name, failed);
        if (!is_still_there(name, file)) continue;
        write_holder(file);
        return file_lock(name, std::move(file));
    }
    return local_fault(tr("{} comes and goes: other processes use it; try again", name.string()));
}

file_lock::~file_lock() {
    if (file_.is_open()) ::unlink(name_.c_str());
}

}  // namespace tool
