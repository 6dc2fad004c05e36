// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_EXAMPLES_WXMP_FILE_LOCK_HPP
#define WXMP_EXAMPLES_WXMP_FILE_LOCK_HPP

#include "command.hpp"
#include "sources/regular_file.hpp"
#include <filesystem>

namespace tool {

/// Keeps other processes from a file, by a file `.lock` beside it, which holds the number of the process that
/// has it. The system ends the lock with the process, however that ends.
class file_lock {
public:
    /// Never waits: where another process has it, that is an error which names the process.
    static result<file_lock> acquire(const std::filesystem::path& locked);

    file_lock(file_lock&&) noexcept = default;
    file_lock& operator=(file_lock&&) = delete;
    ~file_lock();

private:
    file_lock(std::filesystem::path name, sources::descriptor file);

    std::filesystem::path name_;
    sources::descriptor file_;
};

}  // namespace tool

#endif
