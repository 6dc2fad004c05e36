// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TESTS_ALLOCATIONS_HPP
#define WXMP_TESTS_ALLOCATIONS_HPP

#include <boost/test/unit_test.hpp>

#include <new>

namespace wxmp_test {

// main.cpp replaces operator new of the whole test program; it only interferes when told to. Of this thread:

long& live_allocations() noexcept;            // blocks that are in use
long& allocations_before_failure() noexcept;  // until one fails; negative: none fails
bool& allocation_fails_once() noexcept;       // and not all that follow it as well

// Runs `work` with its first allocation failing, then its second and so on, until none fails. How often it
// failed.
template <class Work> long fail_each_allocation(Work work) {
    work();  // what is made once and stays
    for (long n = 0;; ++n) {
        const long before = live_allocations();
        bool ran_out = false;
        bool other = false;
        allocations_before_failure() = n;
        try {
            work();
        } catch (const std::bad_alloc&) {
            ran_out = true;
        } catch (...) {
            other = true;
        }
        allocations_before_failure() = -1;
        BOOST_REQUIRE_MESSAGE(!other, "another exception when allocation " << n << " failed");
        BOOST_REQUIRE_MESSAGE(live_allocations() == before, "a leak when allocation " << n << " failed");
        if (!ran_out) return n;
    }
}

}  // namespace wxmp_test

#endif
