// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include "calls.hpp"

#include <wxmp/api/draft/get.hpp>
#include <wxmp/client.hpp>

#include "../resident_memory.hpp"
#include <chrono>
#include <iostream>
#include <malloc.h>
#include <utility>

namespace wxmp_test {

namespace {

using std::chrono::milliseconds;

struct sends_by_subject {
    wxmp::result<wxmp::http::response> send(const wxmp::http::request& r, std::stop_token stop) {
        return subject.send(r, std::move(stop));
    }

    wxmp::testing::conformance_subject& subject;
};

std::string told(const wxmp::result<wxmp::draft::get::response>& r) {
    if (!r) return r.error().code().message() + '|' + r.error().message();
    return "ok|" + (r->news_item.empty() ? std::string() : std::string(r->news_item.front().title));
}

void make_call(wxmp::client<sends_by_subject>& client, const std::string& name, milliseconds deadline) {
    using clock = std::chrono::steady_clock;
    resident_memory::forget_peak();
    const auto before = resident_memory::now();
    const auto begin = clock::now();
    const auto r = client(wxmp::draft::get{name}, {.deadline = deadline});
    const auto time = std::chrono::duration_cast<milliseconds>(clock::now() - begin).count();
    std::cout << name << '|' << time << '|' << resident_memory::peak() - before << '|' << told(r)
              << std::endl;
}

}  // namespace

void make_calls(const wxmp::testing::subject_factory& make, const std::string& host,
                std::uint64_t max_response, std::istream& in) {
    ::mallopt(M_MMAP_THRESHOLD, 64 << 10);  // what is freed is to be seen to go
    ::mallopt(M_TRIM_THRESHOLD, 64 << 10);
    const auto subject = make("");
    wxmp::options o;
    o.scheme = "http", o.host = host, o.max_response = max_response;
    wxmp::client<sends_by_subject> client(sends_by_subject{*subject}, o);
    client.access_token(wxmp::secret("CANARY-token_of-the-calls"));
    std::string name;
    for (long ms{}; in >> name >> ms;) make_call(client, name, milliseconds(ms));
}

}  // namespace wxmp_test
