// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TESTING_PLATFORM_PAGING_HPP
#define WXMP_TESTING_PLATFORM_PAGING_HPP

#include <wxmp/testing/platform/rules.hpp>

#include <cstdint>
#include <vector>

namespace wxmp::inline v0_1::testing {

/** Calls `take` with the items of one page of a list, newest first.

    @param skip number of items on earlier pages
    @param listed whether an item is in the list
    @return Number of items in the list. Linear in the size of `oldest_first`.
*/
template <class Item, class Listed, class Take>
std::uint64_t for_page(const std::vector<Item>& oldest_first, std::uint64_t skip, std::uint64_t count,
                       Listed listed, Take take) {
    std::uint64_t total = 0;
    for (auto n = oldest_first.size(); n != 0; --n) {
        const Item& i = oldest_first[n - 1];
        if (!listed(i)) continue;
        if (total >= skip && total - skip < count) take(i);
        ++total;
    }
    return total;
}

/// The response to a list call with `offset`, `count` and `total_count`. Errors: 45076 (count).
template <class Op, class Item, class Listed, class Entry>
result<typename Op::response> page_of(const Op& op, const std::vector<Item>& oldest_first, const moment& m,
                                      Listed listed, Entry entry) {
    if (op.count == 0 || op.count > m.rules.limits.page_items) return refuse(45076, "count");
    typename Op::response page;
    page.total_count = for_page(oldest_first, op.offset, op.count, listed,
                                [&](const Item& i) { page.item.push_back(entry(i)); });
    page.item_count = page.item.size();
    return page;
}

}  // namespace wxmp::inline v0_1::testing

#endif
