// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// wxmp_bench_count WHO CASE RUNS: decodes or encodes so many times, for a program that counts instructions. WHO is a peer,
// wxmp, or the name of an engine of it.
#include <wxmp/codec/detail/engines/engines.hpp>
#include <wxmp/codec/members.hpp>

#include "../keep.hpp"
#include "payloads.hpp"
#include "peers.hpp"
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

using namespace wxmp_bench;

template <class T> void decode(std::string_view who, std::string text, int runs) {
    text.reserve(text.size() + padding);
    for (int i = 0; i != runs; ++i) {
        if (who != "simdjson" && who != "boost_json") {
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

namespace text_engine = wxmp::detail::text_engine;

void use_engine(std::string_view name) {
    for (const auto* e : text_engine::engines)
        if (e->name == name) text_engine::active = e;
}

template <class T> void encode(std::string_view who, const T& value, int runs) {
    for (int i = 0; i != runs; ++i) {
        if (who == "boost_json") keep(by_boost_json::encode(value));
        else keep(wxmp::encode(value).value());
    }
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 4) return 2;
    const std::string_view who = argv[1], of_case = argv[2];
    const int runs = std::atoi(argv[3]);
    use_engine(who);
    if (of_case == "content") decode<page>(who, payloads::page(20'000), runs);
    else if (of_case == "short") decode<page>(who, payloads::page(0), runs);
    else if (of_case == "comments") decode<comments>(who, payloads::comments(), runs);
    else if (of_case == "status") decode<status>(who, payloads::status(), runs);
    else if (of_case == "media_id") decode<media_id>(who, payloads::media_id(), runs);
    else if (of_case == "articles")
        encode(who, draft_of(wxmp::decode<page>(payloads::page(20'000)).value()), runs);
    else if (of_case == "reply") encode(who, some_reply(), runs);
    else return 2;
}
