// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// All commands; each function is in the file of its name.
#ifndef WXMP_EXAMPLES_WXMP_FAMILIES_HPP
#define WXMP_EXAMPLES_WXMP_FAMILIES_HPP

#include "command.hpp"

namespace tool {

commands publish_commands();
commands news_commands();  ///< drafts and publications
commands material_commands();
commands comment_commands();
commands account_commands();
commands simulator_commands();
command init_command();
command doctor_command();

}  // namespace tool

#endif
