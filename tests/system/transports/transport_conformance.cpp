// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
//     transport_conformance               prints the names of the adapters that it was built with
//     transport_conformance NAME          runs one through the suite: lines `check|outcome|detail|exception`
//     transport_conformance NAME --heap   uploads 10 MB from borrowed memory and from a source: lines `name KiB`
//     transport_conformance NAME --calls HOST MAX_RESPONSE     see calls.hpp
#include <wxmp/src.hpp>

#include "calls.hpp"
#include "heap.hpp"
#include "subjects.hpp"
#include <csignal>
#include <cstdlib>
#include <iostream>
#include <string_view>

namespace {

bool run(const wxmp_test::adapter& a) {
    bool all = true;
    auto names = wxmp_test::check_names();
    for (const auto& [name, check] : a.own) names.push_back(name);
    for (const auto& name : names) {
        const auto r = wxmp_test::check(name, a);
        const auto excepted = a.except.find(name);
        const bool is_excepted = excepted != a.except.end();
        std::cout << r.name << '|' << to_string(r.outcome) << '|' << r.detail << '|'
                  << (is_excepted ? excepted->second : "") << std::endl;
        all = all && (r.outcome == wxmp::testing::check_outcome::passed) != is_excepted;
    }
    return all;
}

}  // namespace

int main(int count, char** words) {
    std::signal(SIGPIPE, SIG_IGN);  // OpenSSL raises it when the peer is gone
    ::setenv("no_proxy", "127.0.0.1", 1);
    const auto& all = wxmp_test::adapters();
    if (count < 2) {
        for (const auto& [name, adapter] : all) std::cout << name << '\n';
        return 0;
    }
    const auto chosen = all.find(words[1]);
    if (chosen == all.end()) return std::cerr << "there is no adapter " << words[1] << '\n', 2;
    if (count > 2 && words[2] == std::string_view("--heap"))
        return !wxmp_test::measure_heap(chosen->second.make);
    if (count > 4 && words[2] == std::string_view("--calls"))
        return wxmp_test::make_calls(chosen->second.make, words[3], std::stoull(words[4]), std::cin), 0;
    return !run(chosen->second);
}
