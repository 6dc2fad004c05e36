// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// The record of an upload in a file, for whoever goes on with it. POSIX.
#ifndef UPLOAD_STATE_HPP
#define UPLOAD_STATE_HPP

#include <wxmp/error/error.hpp>
#include <wxmp/flow/upload_record.hpp>

#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <unistd.h>

namespace upload_state {

namespace detail {

inline wxmp::error cannot_write(const std::filesystem::path& path) {
    return wxmp::error({errno, boost::system::generic_category()}, "cannot write " + path.string());
}

}  // namespace detail

/// Keeps the record. The file is whole at any time, and on the disk when this returns.
inline wxmp::result<void> write(const std::filesystem::path& path, const wxmp::upload_record& r) {
    const auto text = wxmp::write_upload_record(r);
    if (!text) return text.error();
    const auto fresh = std::filesystem::path(path).concat(".new");
    auto* out = std::fopen(fresh.c_str(), "wb");
    if (!out) return detail::cannot_write(fresh);
    const bool is_written = std::fwrite(text->data(), 1, text->size(), out) == text->size() &&
                            std::fflush(out) == 0 && fsync(fileno(out)) == 0;
    if (std::fclose(out) != 0 || !is_written) return detail::cannot_write(fresh);
    if (std::rename(fresh.c_str(), path.c_str()) != 0) return detail::cannot_write(path);
    return {};
}

/// Reads the record of a file of this name and size. `errc::source_changed` where it is about another one.
inline wxmp::result<wxmp::upload_record> read(const std::filesystem::path& path, const std::string& filename,
                                              std::uint64_t size) {
    std::ifstream in(path, std::ios::binary);
    auto r = wxmp::read_upload_record(std::string(std::istreambuf_iterator<char>(in), {}));
    if (!r) return wxmp::error(r.error().code(), path.string() + ": " + r.error().detail());
    if (r->filename != filename || r->filesize != size)
        return wxmp::error(wxmp::errc::source_changed, path.string() + " is about another file, " +
                                                           r->filename + " of " +
                                                           std::to_string(r->filesize) + " bytes");
    return r;
}

}  // namespace upload_state

#endif
