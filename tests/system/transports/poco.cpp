// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include "../../../examples/transports/poco.hpp"

#include "subjects.hpp"

namespace {

struct harness : transports::poco {
    explicit harness(const std::string& file) { ca_file = file; }
    void on_progress(auto told) { progress = told; }
};

const bool added = wxmp_test::add_adapter<harness>(
    "poco", {{"keeps_the_order_of_headers", "its header map keeps those of one name together"},
             {"reports_a_close_after_the_first_byte",
              "a chunked answer that is cut off between two chunks passes for a whole one"},
             {"keeps_its_connection", wxmp_test::connects_each_time},
             {"does_not_send_again_on_a_kept_connection", wxmp_test::connects_each_time}});

}  // namespace
