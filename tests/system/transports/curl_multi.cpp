// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include "../../../examples/transports/curl_multi.hpp"

#include "subjects.hpp"

namespace {

struct harness : transports::curl_multi {
    explicit harness(const std::string& file) { ca_file = file; }
    void on_progress(auto told) {
        progress = [=](curl_off_t out, curl_off_t in) {
            told(static_cast<std::uint64_t>(out), static_cast<std::uint64_t>(in));
        };
    }
};

const bool added = wxmp_test::add_adapter<harness>("curl_multi", {});

}  // namespace
