// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include "../../../examples/transports/curl_multi.hpp"

#include "subjects.hpp"
#include "waiting.hpp"

namespace {

struct harness : transports::curl_multi {
    explicit harness(const std::string& file) { ca_file = file; }
    void on_progress(auto told) { progress = told; }
};

const bool added = wxmp_test::add_adapter<harness>("curl_multi", {}, wxmp_test::waiting_checks<harness>());

}  // namespace
