// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TESTS_BENCH_HARNESS_HPP
#define WXMP_TESTS_BENCH_HARNESS_HPP

#include "keep.hpp"
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <functional>
#include <new>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// A benchmark is one source that includes this, adds what to measure and runs it:
//
//     int main(int argc, char** argv) {
//         wxmp_bench::harness bench(argc, argv);
//         bench.add("small page", "simdjson", page.size(), [&] { wxmp_bench::keep(parse(page)); });
//         bench.add("small page", "wxmp", page.size(), [&] { wxmp_bench::keep(decode(page)); });
//         return bench.run();
//     }
//
// The first one of each case is what the others of that case are compared with. Rounds are interleaved
// (A B C A B C ...), so that a machine that slows down for a while slows all of them. The time is the
// thread's CPU time. Allocations are those of one run through operator new, which this header replaces;
// what a C library takes from malloc is not seen.
//
//     program [--json] [--rounds N] [NAME...]     only what has a NAME in its case or name
namespace wxmp_bench {

/// What operator new did since the last reset.
struct heap {
    std::size_t allocations{};
    std::size_t live{};
    std::size_t peak{};  ///< of live

    static heap& now() {
        static heap counters;
        return counters;
    }

    void reset() {
        allocations = 0;
        peak = live;
    }

    // The size is kept in front of the block; the gap is a multiple of the alignment.
    void* take(std::size_t size, std::size_t alignment) {
        const std::size_t gap = std::max(alignment, std::size_t{__STDCPP_DEFAULT_NEW_ALIGNMENT__});
        void* const block = std::aligned_alloc(gap, (size + 2 * gap - 1) / gap * gap);
        if (block == nullptr) throw std::bad_alloc();
        *static_cast<std::size_t*>(block) = size;
        ++allocations;
        live += size;
        peak = std::max(peak, live);
        return static_cast<std::byte*>(block) + gap;
    }

    void give_back(void* p, std::size_t alignment) noexcept {
        if (p == nullptr) return;
        const std::size_t gap = std::max(alignment, std::size_t{__STDCPP_DEFAULT_NEW_ALIGNMENT__});
        void* const block = static_cast<std::byte*>(p) - gap;
        live -= *static_cast<std::size_t*>(block);
        std::free(block);
    }
};

class harness {
public:
    harness(int argc, char** argv) {
        for (int i = 1; i < argc; ++i) {
            const std::string_view argument = argv[i];
            if (argument == "--json") json_ = true;
            else if (argument == "--rounds" && i + 1 < argc) rounds_ = std::max(1, std::atoi(argv[++i]));
            else names_.emplace_back(argument);
        }
    }

    /// Adds one thing to measure, which works on that many bytes in each run.
    void add(std::string of_case, std::string who, std::size_t bytes, std::function<void()> run) {
        entries_.push_back({std::move(of_case), std::move(who), bytes, std::move(run)});
    }

    /// Measures and prints; the result of main.
    int run() {
        choose();
        if (entries_.empty()) {
            std::fputs("no case has that name\n", stderr);
            return 1;
        }
        for (entry& e : entries_) prepare(e);
        for (int round = 0; round < rounds_; ++round)
            for (entry& e : entries_) e.ns.push_back(time(e));
        json_ ? print_json() : print_table();
        return 0;
    }

private:
    struct entry {
        std::string of_case, who;
        std::size_t bytes;
        std::function<void()> run;
        std::size_t repeats{1};  // in one round, so that it is long enough for the clock
        std::size_t allocations{}, peak{};
        std::vector<double> ns{};  // of one run, by round

        double median() const {
            std::vector<double> sorted = ns;
            std::sort(sorted.begin(), sorted.end());
            return sorted[sorted.size() / 2];
        }

        double mb_per_s() const { return static_cast<double>(bytes) * 1e3 / median(); }
    };

    static constexpr double shortest_round = 2e6;  // ns

    bool named(const entry& e) const {
        return names_.empty() || std::any_of(names_.begin(), names_.end(), [&](const std::string& name) {
                   return (e.of_case + " " + e.who).find(name) != std::string::npos;
               });
    }

    static const entry& first_of(const std::vector<entry>& all, const std::string& of_case) {
        return *std::find_if(all.begin(), all.end(), [&](const entry& e) { return e.of_case == of_case; });
    }

    // Keeps what is named, and the first of its case to compare it with.
    void choose() {
        std::vector<entry> chosen;
        for (const entry& e : entries_) {
            const bool first = &e == &first_of(entries_, e.of_case);
            const bool wanted = std::any_of(entries_.begin(), entries_.end(), [&](const entry& other) {
                return other.of_case == e.of_case && (first || &other == &e) && named(other);
            });
            if (wanted) chosen.push_back(e);
        }
        entries_ = std::move(chosen);
    }

    // The first run is to warm up, the second is counted, the others find the number of repeats.
    static void prepare(entry& e) {
        e.run();
        heap& counters = heap::now();
        counters.reset();
        const std::size_t before = counters.live;
        e.run();
        e.allocations = counters.allocations;
        e.peak = counters.peak - before;
        while (time(e) * static_cast<double>(e.repeats) < shortest_round) e.repeats *= 2;
    }

    static double now() {
        std::timespec t{};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
        return static_cast<double>(t.tv_sec) * 1e9 + static_cast<double>(t.tv_nsec);
    }

    // After a run that is not timed: what ran before has left the heap and the caches as it needs them, not as this does.
    static double time(const entry& e) {
        e.run();
        const double begin = now();
        for (std::size_t i = 0; i < e.repeats; ++i) e.run();
        return (now() - begin) / static_cast<double>(e.repeats);
    }

    double ratio(const entry& e) const { return e.median() / first_of(entries_, e.of_case).median(); }

    void print_table() const {
        std::string of_case;
        for (const entry& e : entries_) {
            if (e.of_case != of_case) {
                std::printf("%s%s, %zu bytes, median of %d rounds; ratio to %s\n",
                            of_case.empty() ? "" : "\n", e.of_case.c_str(), e.bytes, rounds_, e.who.c_str());
                std::printf("%-36s %14s %10s %8s %12s %12s\n", "", "ns", "MB/s", "ratio", "allocations",
                            "peak bytes");
            }
            of_case = e.of_case;
            std::printf("%-36s %14.0f %10.1f %8.3f %12zu %12zu\n", e.who.c_str(), e.median(), e.mb_per_s(),
                        ratio(e), e.allocations, e.peak);
        }
    }

    // One object a line. Names are ours: nothing to escape.
    void print_json() const {
        for (const entry& e : entries_)
            std::printf("{\"case\": \"%s\", \"who\": \"%s\", \"ns\": %.1f, \"mb_per_s\": %.1f, "
                        "\"ratio_to\": \"%s\", \"ratio\": %.4f, \"allocations\": %zu, \"peak_bytes\": %zu}\n",
                        e.of_case.c_str(), e.who.c_str(), e.median(), e.mb_per_s(),
                        first_of(entries_, e.of_case).who.c_str(), ratio(e), e.allocations, e.peak);
    }

    std::vector<entry> entries_{};
    std::vector<std::string> names_{};
    int rounds_{11};
    bool json_{};
};

}  // namespace wxmp_bench

// Replacements may not be inline: this header is for the one source of a program.
void* operator new(std::size_t size) { return wxmp_bench::heap::now().take(size, 0); }
void* operator new(std::size_t size, std::align_val_t alignment) {
    return wxmp_bench::heap::now().take(size, static_cast<std::size_t>(alignment));
}
void operator delete(void* p) noexcept { wxmp_bench::heap::now().give_back(p, 0); }
void operator delete(void* p, std::size_t) noexcept { wxmp_bench::heap::now().give_back(p, 0); }
void operator delete(void* p, std::align_val_t alignment) noexcept {
    wxmp_bench::heap::now().give_back(p, static_cast<std::size_t>(alignment));
}
void operator delete(void* p, std::size_t, std::align_val_t alignment) noexcept {
    wxmp_bench::heap::now().give_back(p, static_cast<std::size_t>(alignment));
}

#endif
