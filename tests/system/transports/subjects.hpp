// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// The adapters of examples/transports and the suite they run through. Each adapter and the suite is compiled
// once, for the test program and for the program beside this file.
#ifndef WXMP_TESTS_SYSTEM_TRANSPORTS_SUBJECTS_HPP
#define WXMP_TESTS_SYSTEM_TRANSPORTS_SUBJECTS_HPP

#include <wxmp/testing/conformance_report.hpp>
#include <wxmp/testing/transport_conformance/subject.hpp>

#include <chrono>
#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace wxmp_test {

using exceptions = std::map<std::string, std::string>;        ///< checks that it does not pass, and why
using own_checks = std::map<std::string, std::string (*)()>;  ///< by name; they return what is wrong

/// An exception that several have.
inline constexpr auto connects_each_time = "it makes a connection for each request";

/// One adapter.
struct adapter {
    wxmp::testing::subject_factory make;
    exceptions except{};  ///< it has to pass all others, and none of these
    own_checks own{};     ///< what is tried with it alone
};

/// The adapters of this program by name.
inline std::map<std::string, adapter>& adapters() {
    static std::map<std::string, adapter> all;
    return all;
}

/// Adds `Harness`, which is made from the file of certificates to trust.
template <class Harness> bool add_adapter(const std::string& name, exceptions except, own_checks own = {}) {
    const auto make = [](const std::string& ca_file) { return Harness(ca_file); };
    adapter a{wxmp::testing::make_subject_factory(make), std::move(except), std::move(own)};
    return adapters().emplace(name, std::move(a)).second;
}

/// The names of the suite's checks.
std::vector<std::string> check_names();

/// Makes one of them, or one of the adapter's own.
wxmp::testing::check_result check(const std::string& name, const adapter& a,
                                  std::size_t largest_body = std::size_t{64} << 20,
                                  std::chrono::milliseconds patience = std::chrono::seconds(20));

}  // namespace wxmp_test

#endif
