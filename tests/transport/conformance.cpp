// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// A case for each check of the suite and each adapter. The adapters and the suite are in system/transports.
#include <boost/test/unit_test.hpp>

#include "../system/transports/subjects.hpp"
#include <csignal>
#include <cstdlib>
#include <string>

namespace {

using boost::unit_test::framework::master_test_suite;
using wxmp::testing::check_outcome;

void prepare() {
    ::setenv("no_proxy", "127.0.0.1", 1);
    std::signal(SIGPIPE, SIG_IGN);  // OpenSSL raises it when the peer is gone
}

void run(const std::string& name, const std::string& check) {
    prepare();
    const auto& adapter = wxmp_test::adapters().at(name);
    const auto r = wxmp_test::check(check, adapter, 4'000'000);  // the script sends 64 MiB
    const bool is_excepted = adapter.except.contains(check);
    BOOST_TEST((r.outcome == check_outcome::passed) == !is_excepted, to_string(r.outcome)
                                                                         << ": " << r.detail);
}

void run_its_own(const std::string& name) {
    prepare();
    const auto& adapter = wxmp_test::adapters().at(name);
    BOOST_TEST(!adapter.own.empty());
    for (const auto& [check, function] : adapter.own) BOOST_TEST(function() == "", check);
}

// Before main: the adapters may not be there yet, but the names of the checks are.
bool add_cases(const std::string& name, bool has_own) {
    auto* suite = BOOST_TEST_SUITE("transport_conformance_" + name);
    for (const auto& check : wxmp_test::check_names())
        suite->add(boost::unit_test::make_test_case([=] { run(name, check); }, check, __FILE__, __LINE__));
    if (has_own)
        suite->add(
            boost::unit_test::make_test_case([=] { run_its_own(name); }, "its_own", __FILE__, __LINE__));
    master_test_suite().add(suite);
    return true;
}

#define ADAPTER_CASES(name, has_own) const bool name##_is_added = add_cases(#name, has_own)

ADAPTER_CASES(curl, false);
ADAPTER_CASES(curl_multi, true);
ADAPTER_CASES(beast, true);
ADAPTER_CASES(beast_token, true);

}  // namespace
