// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// wxmp_bench_count WHO CASE RUNS: decodes so many times, for a program that counts instructions.
#include <wxmp/codec/members.hpp>

#include "payloads.hpp"
#include "peers.hpp"
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

using namespace wxmp_bench;

template <class T> void keep(const T& v) { asm volatile("" : : "g"(&v) : "memory"); }

template <class T> void decode(std::string_view who, std::string text, int runs) {
    text.reserve(text.size() + padding);
    for (int i = 0; i != runs; ++i) {
        if (who == "wxmp") {
            const auto out = wxmp::decode<T>(text);
            keep(out.value());
            continue;
        }
        T out{};
        if (who == "simdjson") by_simdjson::decode(text, out);
        else by_boost_json::decode(text, out);
        keep(out);
    }
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 4) return 2;
    const std::string_view who = argv[1], of_case = argv[2];
    const int runs = std::atoi(argv[3]);
    if (of_case == "content") decode<page>(who, payloads::page(20'000), runs);
    else if (of_case == "short") decode<page>(who, payloads::page(0), runs);
    else if (of_case == "comments") decode<comments>(who, payloads::comments(), runs);
    else if (of_case == "status") decode<status>(who, payloads::status(), runs);
    else if (of_case == "media_id") decode<media_id>(who, payloads::media_id(), runs);
    else return 2;
}
