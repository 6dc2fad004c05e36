// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// The record of an upload in a file, for whoever goes on with it. POSIX.
#ifndef UPLOAD_STATE_HPP
#define UPLOAD_STATE_HPP

#include <wxmp/error/error.hpp>
#include <wxmp/flow/upload_record.hpp>

#include "whole_file.hpp"
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>

namespace upload_state {

/// Keeps the record. The file is whole at any time, and on the disk when this returns.
inline wxmp::result<void> write(const std::filesystem::path& path, const wxmp::upload_record& r) {
    const auto text = wxmp::write_upload_record(r);
    if (!text) return text.error();
    return whole_file::replace(path, *text);
}

/// Reads the record of a file of this name and size; nothing where there is none. `errc::source_changed` where it is
/// about another file.
inline wxmp::result<std::optional<wxmp::upload_record>>
read(const std::filesystem::path& path, const std::string& filename, std::uint64_t size) {
    const auto text = whole_file::read(path, whole_file::trust::own);
    if (!text) return text.error();
    if (!*text) return std::optional<wxmp::upload_record>();
    auto r = wxmp::read_upload_record(**text);
    if (!r) return wxmp::error(r.error().code(), path.string() + ": " + r.error().detail());
    if (r->filename != filename || r->filesize != size)
        return wxmp::error(wxmp::errc::source_changed, path.string() + " is about another file, " +
                                                           r->filename + " of " +
                                                           std::to_string(r->filesize) + " bytes");
    return std::optional(*std::move(r));
}

}  // namespace upload_state

#endif
