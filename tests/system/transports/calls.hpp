// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TESTS_SYSTEM_TRANSPORTS_CALLS_HPP
#define WXMP_TESTS_SYSTEM_TRANSPORTS_CALLS_HPP

#include <wxmp/testing/transport_conformance/subject.hpp>

#include <cstdint>
#include <istream>
#include <string>

namespace wxmp_test {

/** Gets the drafts that are named in the lines `NAME MILLISECONDS` of `in`, from this host, all by one client.

    Prints `NAME|MILLISECONDS|KIB|CODE|TEXT` for each: how long it took, by how much the resident memory grew at its
    highest, the error's code in words or `ok`, and the whole error or the title of the first article.
*/
void make_calls(const wxmp::testing::subject_factory& make, const std::string& host,
                std::uint64_t max_response, std::istream& in);

}  // namespace wxmp_test

#endif
