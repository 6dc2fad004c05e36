// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include "../../../examples/transports/curl.hpp"

#include "subjects.hpp"

namespace {

struct harness : transports::curl {
    explicit harness(const std::string& file) { ca_file = file; }
    void on_progress(auto told) { progress = told; }
};

const bool added = wxmp_test::add_adapter<harness>("curl", {});

}  // namespace
