// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_EXAMPLES_WXMP_ASSET_EXAMINER_HPP
#define WXMP_EXAMPLES_WXMP_ASSET_EXAMINER_HPP

#include "assets.hpp"
#include <filesystem>
#include <string>
#include <string_view>

namespace tool {

/// Looks at a file: what it is by its bytes, how large it is, and by which way it goes.
/// @param place where it should be, for messages
looked_file examine_file(asset a, const std::filesystem::path& path, std::string_view place,
                         const asset_rules& rules);

/// The same of bytes that are in memory.
looked_file examine_bytes(asset a, std::string bytes, const asset_rules& rules);

}  // namespace tool

#endif
