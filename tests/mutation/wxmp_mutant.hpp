// Included by each header that has mutants in it.
#ifndef WXMP_MUTANT_HPP
#define WXMP_MUTANT_HPP

#include <atomic>
#include <type_traits>

namespace wxmp_mutant {

inline constexpr int bound = BOUND;  // of the numbers

extern int chosen;
extern std::atomic<bool> reached[bound];

inline bool is_chosen(int n) noexcept {
    reached[n].store(true, std::memory_order_relaxed);
    return n == chosen;
}

constexpr bool is(int n) noexcept { return std::is_constant_evaluated() ? false : is_chosen(n); }

}  // namespace wxmp_mutant

#endif
