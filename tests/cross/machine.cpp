// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// What is written for the instructions or the byte order of a machine: SHA-1 (NIST's vectors through each path, and the
// paths against each other), the engines for JSON text, and the recorded exchange of each call, in both directions.
//
//     machine SHA1_PATH TEXT_ENGINE    names of those that have to be in use
#include <wxmp/data/file_digest.hpp>
#include <wxmp/src.hpp>
#include <wxmp/testing/golden.hpp>
#include <wxmp/testing/src.hpp>

#include <boost/json/src.hpp>

#include <codec/text_engines.hpp>
#include <cstdio>
#include <data/sha1_engines.hpp>
#include <data/sha1_vectors.hpp>
#include <filesystem>
#include <fstream>
#include <fuzz/calls.hpp>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

namespace engine = wxmp::detail::sha1_engine;
using wxmp_test::tally;

namespace {

tally total;

void report(const char* path, const char* what, const tally& part, int expected) {
    std::printf("%s, %s: %d passed, %d failed\n", path, what, part.passed, part.failed);
    total.passed += part.passed;
    total.failed += part.failed;
    if (part.passed + part.failed != expected) ++total.failed;
}

// Files of random sizes in blocks of random sizes, against digests of one chain.
tally check_blocks() {
    wxmp_test::generator random(1);
    const std::string data = random.text(4096);
    tally result;
    for (int i = 0; i < 1000; ++i) {
        const std::size_t block_size = i % 2 != 0 ? 64 * (1 + random.up_to(9)) : 1 + random.up_to(600);
        const std::string_view file = std::string_view(data).substr(random.up_to(64), random.up_to(4000));
        wxmp::file_digest expected{wxmp::sha1_of(file), {}};
        for (std::size_t at = 0; at < file.size(); at += block_size)
            expected.blocks.push_back(wxmp::sha1_of(file.substr(at, block_size)));
        const std::size_t split = random.up_to(file.size());
        wxmp::block_hasher hasher(block_size);
        hasher.update(wxmp_test::as_bytes(file.substr(0, split)));
        hasher.update(wxmp_test::as_bytes(file.substr(split)));
        result.count(hasher.digest() == expected);
    }
    return result;
}

struct recorded {
    std::string target, text;
};

std::vector<recorded> recorded_exchanges() {
    std::vector<recorded> all;
    for (const auto& file : std::filesystem::recursive_directory_iterator(WXMP_TESTS_DIR "/golden")) {
        if (!file.is_regular_file()) continue;
        std::ifstream in(file.path(), std::ios::binary);
        const std::string text(std::istreambuf_iterator<char>(in), {});
        const auto begin = text.find(" /") + 1;
        all.push_back({text.substr(begin, text.find('"', begin) - begin), text});
    }
    return all;
}

struct golden_check {
    std::vector<recorded> all = recorded_exchanges();
    tally result{};

    template <wxmp::operation Op> void operator()() {
        std::size_t found = 0;
        bool is_good = true;
        for (const auto& r : all) {
            if (!wxmp::detail::matches(Op::at, *wxmp::parse_target(r.target))) continue;
            ++found;
            const auto wrong = wxmp::testing::check_golden<Op>(r.target, r.text);
            for (const auto& w : wrong) std::printf("FAIL %s\n", w.c_str());
            is_good = is_good && wrong.empty();
        }
        if (found != 1)
            std::printf("FAIL %s was recorded %zu times\n", std::string(Op::at.path).c_str(), found);
        result.count(is_good && found == 1);
    }
};

tally check_calls() {
    golden_check check;
    for (std::size_t i = 0; i != wxmp_fuzz::all_calls::count; ++i)
        wxmp_fuzz::all_calls::choose(i, [&]<wxmp::operation Op> { check.operator()<Op>(); });
    return check.result;
}

void expect_name(const char* what, std::string_view found, std::string_view expected) {
    total.count(found == expected);
    if (found != expected) std::printf("FAIL the %s is not %s\n", what, expected.data());
}

}  // namespace

int main(int, char** names) {
    expect_name("path of SHA-1", engine::fastest()->name, names[1]);
    for (const engine::engine& path : engine::engines) {
        if (!path.available()) continue;
        const wxmp_test::use_engine in_use(path);
        report(path.name, "short messages", wxmp_test::check_messages("SHA1ShortMsg.rsp"), 65);
        report(path.name, "long messages", wxmp_test::check_messages("SHA1LongMsg.rsp"), 64);
        report(path.name, "Monte Carlo", wxmp_test::check_monte_carlo("SHA1Monte.rsp"), 100);
        report(path.name, "blocks", check_blocks(), 1000);
    }
    expect_name("text engine", wxmp_test::text_engine::now().name, names[2]);
    for (const auto* engine : wxmp_test::text_engine::engines) {
        if (!engine->available()) continue;
        tally texts;
        texts.count(wxmp_test::disagreements(*engine) == 0);
        report(engine->name, "JSON text as the portable code", texts, 1);
    }
    report("client and server", "calls as recorded", check_calls(), wxmp_fuzz::all_calls::count);
    std::printf("%d passed, %d failed\n", total.passed, total.failed);
    return total.failed != 0;
}
