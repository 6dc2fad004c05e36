// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// Lists page by page. One that changes between two pages, new items first: what was there all the time is given once, and
// nothing twice. One that makes no sense: the flow ends all the same, after as many requests as it may make.
#include <wxmp/wxmp.hpp>

#include "../flow/random_events.hpp"
#include "target.hpp"
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace {

using namespace wxmp;
using namespace wxmp_fuzz;
using wxmp_test::choices;
using flow_of_pages = pages<draft::batchget>;

struct list {
    choices& c;
    std::vector<std::uint32_t> items{};  // newest first
    std::set<std::uint32_t> gone{};
    std::uint32_t next = 0;
    std::uint32_t first_total = 0;
    bool is_endless = false;

    void add() { items.insert(items.begin(), next++); }

    // Fewer items come and go between two pages than the flow remembers.
    void change() {
        for (auto n = c.below(8) == 0 ? c.below(40) : 0; n != 0; --n) {
            if (c.once_in(2) || items.empty()) add();
            else {
                const auto which = items.begin() + static_cast<std::ptrdiff_t>(c.below(items.size()));
                gone.insert(*which);
                items.erase(which);
            }
        }
    }

    std::string page(std::uint64_t offset, std::uint64_t count) const {
        const auto begin = std::min<std::uint64_t>(offset, items.size());
        const auto end = std::min<std::uint64_t>(begin + count, items.size());
        return text(items.size(), {items.begin() + static_cast<std::ptrdiff_t>(begin),
                                   items.begin() + static_cast<std::ptrdiff_t>(end)});
    }

    std::string nonsense() {
        if (is_endless && c.at_end()) return text(100, {next++});  // always one more
        std::vector<std::uint32_t> some;
        for (auto n = c.below(4); n != 0; --n) some.push_back(c.byte());
        return text(c.once_in(16) ? static_cast<std::uint64_t>(c.number()) : c.byte(), some);
    }

    static std::string text(std::uint64_t total, const std::vector<std::uint32_t>& some) {
        std::string s = R"({"total_count":)" + std::to_string(total) + R"(,"item":[)";
        for (const auto id : some)
            s += (s.back() == '[' ? "" : ",") + (R"({"media_id":")" + std::to_string(id) + "\"}");
        return s + "]}";
    }
};

// Answers it as `say` does until it ends; the number of requests.
template <class Say> std::size_t run(flow_of_pages& f, const list& l, Say say) {
    for (std::size_t requests = 0;; ++requests) {
        const auto a = f.next({});
        if (std::holds_alternative<flows::done>(a)) return requests;
        const auto* s = std::get_if<flows::send>(&a);
        require(s, "it wants something else");
        const auto asked = decode<draft::batchget>(s->request->body.text());
        require(asked && asked->count >= 1 && asked->count <= 20, "another page: " + s->request->body.text());
        // Each is a new item, a repeated one, or a time that the list shrank; an empty page is the end.
        require(requests <= 1'002 + 4 * std::size_t{l.first_total}, "too many requests");
        f.on(flows::answered{s->id, {200, {}, say(*asked)}, {}}, {});
    }
}

void list_changing(choices& c) {
    list l{c};
    for (auto n = c.byte(); n != 0; --n) l.add();
    const auto old = l.next;
    l.first_total = old;
    std::map<std::uint32_t, int> given;
    const std::uint32_t count = 1 + static_cast<std::uint32_t>(c.below(20));
    const auto take = [&](draft::batchget::entry&& e) {
        require(e.media_id.size() < 9, "an item that never was");
        return ++given[static_cast<std::uint32_t>(std::stoul(e.media_id))], true;
    };
    flow_of_pages f({0, count, {}}, take);
    run(f, l, [&](const draft::batchget& asked) {
        if (!given.empty()) l.change();
        return l.page(asked.offset, asked.count);
    });
    const auto r = std::move(f).take();
    for (const auto& [id, times] : given) {
        require(times == 1, "item " + std::to_string(id) + " is given twice");
        require(id < l.next, "an item that never was");
    }
    if (!r) return require(r.error() == errc::no_progress, "another error: " + r.error().message());
    require(*r == given.size(), "it counts otherwise");
    for (std::uint32_t id = 0; id != old; ++id)
        require(given.contains(id) || l.gone.contains(id), "item " + std::to_string(id) + " is missing");
}

void list_nonsense(choices& c) {
    list l{c, {}, {}, 0, UINT16_MAX, c.once_in(8)};
    std::size_t given = 0;
    const bool may_stop = c.once_in(2);
    flow_of_pages f({static_cast<std::uint64_t>(c.number()), 1 + static_cast<std::uint32_t>(c.below(20)), {}},
                    [&](auto&&) { return ++given, !may_stop || !c.once_in(16); });
    bool is_first = true;
    run(f, l, [&](const draft::batchget&) {
        const auto text = l.nonsense();
        if (const auto read = decode<draft::batchget::response>(text); std::exchange(is_first, false) && read)
            l.first_total =
                static_cast<std::uint32_t>(std::min<std::uint64_t>(read->total_count, UINT16_MAX));
        return text;
    });
    const auto r = std::move(f).take();
    if (r) require(*r == given, "it counts otherwise");
    else require(!r.error().message().empty(), "an error without words");
}

}  // namespace

namespace wxmp_fuzz {

void try_pages(std::string_view input) {
    choices c(input);
    if (c.once_in(4)) list_nonsense(c);
    else list_changing(c);
}

}  // namespace wxmp_fuzz
