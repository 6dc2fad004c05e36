// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TESTS_ALLOCATIONS_HPP
#define WXMP_TESTS_ALLOCATIONS_HPP

#include <boost/test/unit_test.hpp>

#include <limits>
#include <new>
#include <string>
#include <utility>

namespace wxmp_test {

// main.cpp replaces operator new of the whole test program; it only interferes when told to. Of this thread:

long& live_allocations() noexcept;            // blocks that are in use
long& allocations_before_failure() noexcept;  // until one fails; negative: none fails
bool& allocation_fails_once() noexcept;       // and not all that follow it as well

// While it lives nothing fails: what the other side does is not what is tried.
class no_failures {
public:
    no_failures() noexcept : before_(std::exchange(allocations_before_failure(), -1)) {}
    no_failures(const no_failures&) = delete;
    no_failures& operator=(const no_failures&) = delete;
    ~no_failures() { allocations_before_failure() = before_; }

private:
    long before_;
};

// While it lives the nth allocation fails, counted from 0, and no other.
class one_failure {
public:
    explicit one_failure(long n) noexcept {
        allocation_fails_once() = true;
        allocations_before_failure() = n;
    }
    one_failure(const one_failure&) = delete;
    one_failure& operator=(const one_failure&) = delete;
    ~one_failure() {
        allocations_before_failure() = -1;
        allocation_fails_once() = false;
    }

    [[nodiscard]] bool has_come() const noexcept { return allocations_before_failure() < 0; }
};

// Runs `work(n)`, which lets its nth allocation fail and tells whether there was one, for 0, 1 and so on, or each
// `step`th, until there is none. The number of that. Nothing may leak but what is made once, by a first run that nothing
// fails in.
template <class Work> long for_each_failure(Work work, long step = 1) {
    work(std::numeric_limits<long>::max());
    for (long n = 0;; n += step) {
        const long before = live_allocations();
        const bool has_failed = work(n);
        BOOST_REQUIRE_MESSAGE(live_allocations() == before, "a leak when allocation " << n << " failed");
        if (!has_failed) return n;
    }
}

// Whether `work` runs out of memory when its nth allocation fails; false if it has not so many. A failure is not
// passed over, and nothing else is thrown.
template <class Work> bool runs_out_at(long n, Work work) {
    bool ran_out = false;
    bool other = false;
    bool has_failed = false;
    {
        const one_failure failure(n);
        try {
            work();
        } catch (const std::bad_alloc&) {
            ran_out = true;
        } catch (...) {
            other = true;
        }
        has_failed = failure.has_come();
    }
    BOOST_REQUIRE_MESSAGE(!other, "another exception when allocation " << n << " failed");
    BOOST_REQUIRE_MESSAGE(has_failed == ran_out, "nobody was told that allocation " << n << " failed");
    return ran_out;
}

// A bound on how often something allocates, as it is where a string keeps 15 bytes in place. With more of them it is only
// asked that anything is allocated.
inline long least_allocations(long usual) { return std::string().capacity() > 15 ? 0 : usual; }

// Runs `work` with its first allocation failing, then its second and so on, until none fails. How often it failed.
template <class Work> long fail_each_allocation(Work work) {
    return for_each_failure([&](long n) { return runs_out_at(n, work); });
}

}  // namespace wxmp_test

#endif
