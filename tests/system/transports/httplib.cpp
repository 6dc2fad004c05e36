// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include "../../../examples/transports/httplib.hpp"

#include "subjects.hpp"

namespace {

struct harness : transports::httplib {
    explicit harness(const std::string& file) { ca_file = file; }
    void on_progress(auto told) { progress = told; }
};

const bool added = wxmp_test::add_adapter<harness>(
    "httplib",
    {{"adds_no_headers", "it adds Accept and User-Agent"},
     {"keeps_repeated_and_empty_headers", "it drops response headers that are empty"},
     {"keeps_the_order_of_headers", "its header map is sorted"},
     {"returns_the_answer_after_an_interim_one", "it cannot read an interim answer that has headers"},
     {"keeps_its_connection", wxmp_test::connects_each_time},
     {"does_not_send_again_on_a_kept_connection", wxmp_test::connects_each_time}});

}  // namespace
