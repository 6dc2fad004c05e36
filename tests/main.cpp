// The one translation unit that compiles Boost.Test.
#define BOOST_TEST_MODULE wxmp
#include <boost/test/included/unit_test.hpp>

#include "allocations.hpp"
#include <cstddef>
#include <cstdlib>
#include <new>

namespace {

thread_local long live = 0;
thread_local long countdown = -1;
thread_local bool fails_once = false;

void* allocate(std::size_t size) {
    if (countdown == 0) {
        if (fails_once) countdown = -1;
        throw std::bad_alloc();
    }
    if (countdown > 0) --countdown;
    void* p = std::malloc(size == 0 ? 1 : size);
    if (!p) throw std::bad_alloc();
    ++live;
    return p;
}

void release(void* p) noexcept {
    if (p) --live;
    std::free(p);
}

}  // namespace

void* operator new(std::size_t size) { return allocate(size); }
void* operator new[](std::size_t size) { return allocate(size); }
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
    try {
        return allocate(size);
    } catch (const std::bad_alloc&) {
        return nullptr;
    }
}
void operator delete(void* p) noexcept { release(p); }
void operator delete[](void* p) noexcept { release(p); }
void operator delete(void* p, std::size_t) noexcept { release(p); }
void operator delete[](void* p, std::size_t) noexcept { release(p); }

namespace wxmp_test {

long& live_allocations() noexcept { return live; }
long& allocations_before_failure() noexcept { return countdown; }
bool& allocation_fails_once() noexcept { return fails_once; }

}  // namespace wxmp_test
