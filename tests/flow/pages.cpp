// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include <wxmp/api/auth/stable_token.hpp>
#include <wxmp/client.hpp>
#include <wxmp/flow/pages.hpp>
#include <wxmp/testing/platform_transport.hpp>
#include <wxmp/testing/scripted_transport.hpp>

#include <boost/test/unit_test.hpp>

#include "../thorough.hpp"
#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace {

// Counts how many of it there are.
struct counted {
    static inline long alive = 0;
    static inline long most = 0;

    counted() { count(); }
    counted(const counted& other) : text(other.text) { count(); }
    counted(counted&& other) noexcept : text(std::move(other.text)) { count(); }
    counted& operator=(const counted&) = default;
    counted& operator=(counted&&) = default;
    ~counted() { --alive; }

    static void count() { most = std::max(most, ++alive); }

    std::string text;
};

}  // namespace

template <> struct wxmp::codec<counted> : text_form<counted> {
    static const std::string& text(const counted& v) { return v.text; }
    static bool parse(counted& v, std::string_view text) { return v.text = text, true; }
};

BOOST_AUTO_TEST_SUITE(flow_pages)

namespace {

using namespace wxmp;
using namespace wxmp::testing;
using material::batchget_material;
using material::material_kind;

// batchget_material with items that are counted.
struct counting_list {
    static constexpr endpoint at = batchget_material::at;
    struct entry {
        std::string media_id{};
        counted name{};
    };
    struct response {
        std::uint64_t total_count{};
        std::vector<entry> item{};
    };
    material_kind type;
    std::uint64_t offset{};
    std::uint32_t count = 20;
};
BOOST_DESCRIBE_STRUCT(counting_list, (), (type, offset, count))
BOOST_DESCRIBE_STRUCT(counting_list::entry, (), (media_id, name))
BOOST_DESCRIBE_STRUCT(counting_list::response, (), (total_count, item))

static_assert(flow<pages<batchget_material>> && flow<pages<draft::batchget>>);
static_assert(flow<pages<freepublish::batchget>> && flow<pages<comment::list>>);
static_assert(!paged_operation<draft::count>);

// Notes how large the answers are.
struct measured_transport : platform_transport {
    using platform_transport::platform_transport;
    result<http::response> send(const http::request& r) {
        auto answer = platform_transport::send(r);
        if (answer) largest = std::max(largest, answer->body.size());
        return answer;
    }
    std::size_t largest{};
};

// A platform with so many voices, made once for each number: a platform is a value.
const platform& platform_with(std::size_t voices) {
    static std::map<std::size_t, platform> made;
    const auto [at, is_new] = made.try_emplace(voices);
    if (!is_new) return at->second;
    auto& p = at->second;
    p.rules().stored_others = ~std::uint64_t{};
    p.add_account("wx1", secret("s1"));
    client<platform_transport> c{platform_transport(p)};
    c.access_token(c(auth::stable_token{{}, "wx1", secret("s1")}).value().access_token);
    for (std::size_t i = 0; i != voices; ++i)
        c(material::add_material{media_type::voice, http::file{std::to_string(i) + ".mp3", {"x"}}}).value();
    return p;
}

struct library {
    explicit library(const platform& from) : p(from) {
        c.access_token(c(auth::stable_token{{}, "wx1", secret("s1")}).value().access_token);
    }

    void add() { c(material::add_material{media_type::voice, http::file{"new.mp3", {"x"}}}).value(); }
    void remove(std::string media_id) { c(material::del_material{std::move(media_id)}).value(); }

    // The voices that there are, oldest first.
    std::vector<std::string> voices() const {
        std::vector<std::string> all;
        for (const auto& m : owner.media.materials())
            if (!m.deleted) all.push_back(m.media_id);
        return all;
    }

    platform p;
    account& owner{p.add_account("wx1", secret("s1"))};
    client<measured_transport> c{measured_transport(p)};
};

// How often each item was handed out.
using tally = std::map<std::string, int>;

int most_often(const tally& t) {
    int most = 0;
    for (const auto& [id, times] : t) most = std::max(most, times);
    return most;
}

// A number below `end` that is the same in each run.
std::size_t pick(id_source& ids, std::size_t end) { return static_cast<std::size_t>(ids.number() % end); }

// A service that lists nonsense: what it says to its n-th request, from 0. Its patience has an end.
struct odd_service {
    std::function<std::string(std::uint64_t n)> say;
    std::uint64_t requests{};

    result<http::response> send(const http::request&) {
        if (requests == 100'000) return error(errc::unexpected_event, "asked for ever");
        return http::response{200, {}, say(requests++)};
    }
};

// A page with these items, by number.
std::string page(std::uint64_t total, std::uint64_t first, std::uint64_t end) {
    std::string items;
    for (auto i = first; i != end; ++i)
        items += (items.empty() ? "" : ",") + (R"({"media_id":"m)" + std::to_string(i) + R"(","name":"n"})");
    return R"({"total_count":)" + std::to_string(total) + R"(,"item":[)" + items + "]}";
}

struct listing {
    result<std::uint64_t> outcome;
    std::uint64_t requests;
    tally got;
};

listing list(odd_service service, std::uint32_t size = 20, std::uint64_t offset = 0) {
    tally got;
    client c(std::ref(service));
    auto outcome = c.run(pages(counting_list{material_kind::voice, offset, size},
                               [&](auto&& item) { return ++got[item.media_id], true; }));
    return {std::move(outcome), service.requests, std::move(got)};
}

// Whether it ended as it should, with all it had got told.
bool has_no_progress(const listing& l, const std::string& detail) {
    if (!l.outcome && l.outcome.error() == errc::no_progress && l.outcome.error().detail() == detail)
        return true;
    BOOST_TEST_MESSAGE((l.outcome ? "an outcome" : l.outcome.error().message())
                       << " after " << l.requests << " requests");
    return false;
}

constexpr std::uint32_t many = 5'000 / wxmp_test::stride;

BOOST_AUTO_TEST_CASE(every_item_exactly_once_the_newest_first) {
    for (const std::uint32_t size : {1u, 7u, 20u}) {
        library l(platform_with(many));
        std::vector<std::string> got;
        const auto n = l.c.run(pages(batchget_material{material_kind::voice, 0, size}, [&](auto&& item) {
            got.push_back(std::move(item.media_id));
            return true;
        }));
        BOOST_TEST(n.value() == many);
        std::reverse(got.begin(), got.end());
        BOOST_TEST((got == l.voices()));
        BOOST_TEST(l.p.calls<batchget_material>() == (many + size - 1) / size);
    }
}

BOOST_AUTO_TEST_CASE(an_outcome_before_anything_is_asked_for_ends_it) {
    pages<draft::batchget> list(
        {0, 2, {}}, [](auto&&) { return true; }, options());
    list.on(flows::failed{1, error(errc::timeout)}, {});
    BOOST_TEST(std::holds_alternative<flows::done>(list.next({})));
    BOOST_TEST((std::move(list).take().error() == errc::unexpected_event));
}

BOOST_AUTO_TEST_CASE(no_more_than_two_pages_are_held) {
    for (const std::uint32_t size : {1u, 7u, 20u}) {
        library l(platform_with(many));
        counted::most = 0;
        const auto n = l.c.run(pages(counting_list{material_kind::voice, 0, size}, [](auto&& item) {
            const auto taken = std::move(item);
            return !taken.name.text.empty();
        }));
        BOOST_TEST(n.value() == many);
        BOOST_TEST(counted::alive == 0);
        BOOST_TEST(counted::most >= long{size});
        BOOST_TEST(counted::most <= 2 * long{size});
        BOOST_TEST(l.c.next_layer().largest < 400 + 120 * std::size_t{size});
    }
}

// Adds and deletes between the pages, so that in all more come, more go, or as many.
void check_while_it_changes(std::uint32_t size, std::size_t adds, std::size_t deletes, std::uint64_t seed) {
    library l(platform_with(400));
    id_source ids(seed);
    const auto before = l.voices();
    tally got;
    const auto change = [&] {
        for (auto i = pick(ids, adds + 1); i != 0; --i) l.add();
        auto there = l.voices();
        for (auto i = std::min(pick(ids, deletes + 1), there.size()); i != 0; --i) {
            const auto gone = there.begin() + static_cast<std::ptrdiff_t>(pick(ids, there.size()));
            l.remove(*gone);
            there.erase(gone);
        }
    };
    const auto n = l.c.run(pages(batchget_material{material_kind::voice, 0, size}, [&](auto&& item) {
        ++got[item.media_id];
        if (pick(ids, size) == 0) change();
        return true;
    }));
    BOOST_TEST(n.value() == got.size());
    BOOST_TEST(most_often(got) == 1);
    const auto after = l.voices();
    const std::set<std::string> there(after.begin(), after.end());
    std::size_t stayed = 0, missed = 0;
    for (const auto& id : before) {
        stayed += there.contains(id);
        missed += there.contains(id) && !got.contains(id);
    }
    BOOST_TEST(stayed != 0u);
    BOOST_TEST(missed == 0u);
}

BOOST_AUTO_TEST_CASE(what_stays_is_handed_out_once_while_others_come_and_go) {
    for (const std::uint32_t size : {1u, 7u, 20u})
        for (std::uint64_t seed = 1; seed != (wxmp_test::is_thorough ? 4 : 2); ++seed)
            BOOST_TEST_CONTEXT("pages of " << size << ", seed " << seed) {
                check_while_it_changes(size, 3, 0, seed);
                check_while_it_changes(size, 0, 1 + size / 4, seed);
                check_while_it_changes(size, 1 + size / 4, 1 + size / 4, seed);
            }
}

BOOST_AUTO_TEST_CASE(many_that_were_read_already_come_again_after_a_deletion_further_on) {
    for (const std::uint32_t size : {1u, 20u}) {
        library l(platform_with(400));
        auto there = l.voices();
        tally got;
        const auto n = l.c.run(pages(batchget_material{material_kind::voice, 0, size}, [&](auto&& item) {
            if (++got[item.media_id]; got.size() == 150)
                for (std::size_t i = 0; i != 50; ++i) l.remove(there[i]);
            return true;
        }));
        BOOST_TEST(n.value() == 350u);
        BOOST_TEST(most_often(got) == 1);
    }
}

BOOST_AUTO_TEST_CASE(all_can_go_on_the_way) {
    library l(platform_with(60));
    const auto n = l.c.run(pages(batchget_material{material_kind::voice, 0, 20}, [&](auto&&) {
        for (const auto& id : l.voices()) l.remove(id);
        return true;
    }));
    BOOST_TEST(n.value() == 20u);
}

BOOST_AUTO_TEST_CASE(a_list_may_be_empty) {
    library l(platform_with(0));
    const auto n = l.c.run(pages(draft::batchget{}, [](auto&&) { return true; }));
    BOOST_TEST(n.value() == 0u);
    BOOST_TEST(l.p.calls<draft::batchget>() == 1u);
}

BOOST_AUTO_TEST_CASE(the_handler_can_stop_it) {
    library l(platform_with(60));
    int left = 25;
    const auto n =
        l.c.run(pages(batchget_material{material_kind::voice}, [&](auto&&) { return --left != 0; }));
    BOOST_TEST(n.value() == 25u);
    BOOST_TEST(l.p.calls<batchget_material>() == 2u);
}

BOOST_AUTO_TEST_CASE(it_can_begin_further_on) {
    library l(platform_with(60));
    const auto n =
        l.c.run(pages(batchget_material{material_kind::voice, 45, 7}, [](auto&&) { return true; }));
    BOOST_TEST(n.value() == 15u);
}

BOOST_AUTO_TEST_CASE(an_error_ends_it) {
    library l(platform_with(60));
    l.p.inject({.call = call_name(batchget_material::at), .nth = 2, .what = fault::error_code{45009}});
    int got = 0;
    const auto n =
        l.c.run(pages(batchget_material{material_kind::voice}, [&](auto&&) { return ++got, true; }));
    BOOST_TEST(n.error().api_code() == 45009);
    BOOST_TEST(got == 20);
    const auto bad =
        l.c.run(pages(batchget_material{material_kind::voice, 0, 21}, [](auto&&) { return true; }));
    BOOST_TEST((bad.error() == errc::limit_exceeded));
}

BOOST_AUTO_TEST_CASE(it_can_be_cancelled) {
    pages f(draft::batchget{}, [](auto&&) { return true; });
    BOOST_TEST(std::holds_alternative<flows::send>(f.next({})));
    BOOST_TEST(std::holds_alternative<flows::wait>(f.next({})));
    f.cancel();
    BOOST_TEST(std::holds_alternative<flows::done>(f.next({})));
    BOOST_TEST((std::move(f).take().error() == errc::cancelled));
}

BOOST_AUTO_TEST_CASE(cancelling_after_the_end_changes_nothing) {
    pages f(draft::batchget{}, [](auto&&) { return true; });
    BOOST_TEST(std::holds_alternative<flows::send>(f.next({})));
    f.on(flows::answered{0, {200, {}, R"({"total_count":0,"item_count":0,"item":[]})"}}, {});
    BOOST_TEST(std::holds_alternative<flows::done>(f.next({})));
    f.cancel();
    BOOST_TEST(std::move(f).take().value() == 0u);
}

BOOST_AUTO_TEST_CASE(comments_have_pages) {
    for (const std::uint32_t size : {1u, 49u, 50u}) {
        library l(platform_with(0));
        auto& comments = l.owner.comments;
        comments.add_message(7, {{}, {}});
        for (int i = 0; i != 123; ++i) comments.write({7, 1}, "o", std::to_string(i), {});
        for (std::uint64_t id = 3; id <= 123; id += 3) comments.take_back({7, 1}, id);
        std::vector<std::uint64_t> got;
        const auto n = l.c.run(pages(comment::list{7, index_from_0{1}, 0, size}, [&](auto&& item) {
            got.push_back(item.user_comment_id);
            return true;
        }));
        BOOST_TEST(n.value() == 82u);
        BOOST_TEST(std::is_sorted(got.rbegin(), got.rend()));
        BOOST_TEST((std::adjacent_find(got.begin(), got.end()) == got.end()));
    }
}

BOOST_AUTO_TEST_CASE(drafts_that_are_deleted_as_they_come_are_not_missed) {
    for (const std::uint32_t size : {1u, 7u, 20u}) {
        library l(platform_with(0));
        article a{
            "title",
            l.c(material::add_material{media_type::image, http::file{"c.jpg", {"x"}}}).value().media_id};
        a.content = "text";
        for (int i = 0; i != 50; ++i) l.c(draft::add{{a}}).value();
        const auto n = l.c.run(pages(draft::batchget{0, size, true}, [&](auto&& item) {
            return l.c(draft::delete_{item.media_id}).has_value();
        }));
        BOOST_TEST(n.value() == 50u);
        BOOST_TEST(l.owner.drafts.all().empty());
    }
}

BOOST_AUTO_TEST_CASE(publications_have_pages) {
    library l(platform_with(0));
    article a{"title",
              l.c(material::add_material{media_type::image, http::file{"c.jpg", {"x"}}}).value().media_id};
    a.content = "text";
    for (int i = 0; i != 45; ++i) l.c(freepublish::submit{l.c(draft::add{{a}}).value().media_id}).value();
    l.c.next_layer().clock().advance(std::chrono::minutes(1));
    tally got;
    const auto n = l.c.run(
        pages(freepublish::batchget{0, 7}, [&](auto&& item) { return ++got[item.article_id.text] == 1; }));
    BOOST_TEST(n.value() == 45u);
    BOOST_TEST(got.size() == 45u);
}

BOOST_AUTO_TEST_CASE(one_page_again_and_again_is_no_list) {
    const auto l = list({[](auto) { return page(20'000, 0, 20); }});
    BOOST_TEST(has_no_progress(l, "new items: 20 of 221, none in the last 201; total 20000"));
    BOOST_TEST(l.requests == 12u);
    BOOST_TEST(l.got.size() == 20u);
    const auto single = list({[](auto) { return page(20'000, 0, 1); }}, 1);
    BOOST_TEST(has_no_progress(single, "new items: 1 of 202, none in the last 201; total 20000"));
    BOOST_TEST(single.requests == 202u);
}

BOOST_AUTO_TEST_CASE(a_total_that_goes_up_and_down_is_no_list) {
    const auto same = list({[](auto n) { return page(n % 2 == 0 ? 1'000 : 100, 0, 20); }});
    BOOST_TEST(has_no_progress(same, "new items: 20 of 221, none in the last 201; total 1000"));
    BOOST_TEST(same.requests == 21u);
    const auto other = list({[](auto n) { return page(n % 2 == 0 ? 100 : 50, 20 * n, 20 * n + 20); }});
    BOOST_TEST(has_no_progress(other, "new items: 1334 of 1401, none in the last 0; total 100"));
    BOOST_TEST(other.requests < 200u);
}

BOOST_AUTO_TEST_CASE(a_total_that_only_shrinks_is_no_list) {
    const auto l = list({[](auto n) { return page(1'000'000 - n, 0, 20); }});
    BOOST_TEST(has_no_progress(l, "new items: 20 of 221, none in the last 201; total 999799"));
    BOOST_TEST(l.requests == 202u);
}

BOOST_AUTO_TEST_CASE(items_without_end_are_no_list) {
    const auto growing = list({[](auto n) { return page(100 + 20 * n, 20 * n, 20 * n + 20); }});
    BOOST_TEST(has_no_progress(growing, "new items: 1400 of 1401, none in the last 0; total 1500"));
    BOOST_TEST(growing.requests == 71u);
    const auto jumping = list({[](auto n) { return page(n == 0 ? 21 : 100'000'000, 20 * n, 20 * n + 20); }});
    BOOST_TEST(has_no_progress(jumping, "new items: 1084 of 1085, none in the last 0; total 100000000"));
}

BOOST_AUTO_TEST_CASE(a_total_beyond_all_measure_is_none) {
    for (const std::uint64_t total : {~std::uint64_t{}, std::uint64_t{100'000'001}}) {
        const auto l = list({[&](auto n) { return page(total, 20 * n, 20 * n + 20); }});
        BOOST_TEST(has_no_progress(l, "a list of " + std::to_string(total) + " items"));
        BOOST_TEST(l.requests == 1u);
        BOOST_TEST(l.got.empty());
    }
    const auto later =
        list({[](auto n) { return page(n == 0 ? 40 : ~std::uint64_t{}, 20 * n, 20 * n + 20); }});
    BOOST_TEST(has_no_progress(later, "a list of 18446744073709551615 items"));
    BOOST_TEST(later.got.size() == 20u);
}

BOOST_AUTO_TEST_CASE(an_empty_page_is_the_end_whatever_the_total) {
    const auto l = list({[](auto n) { return n == 0 ? page(1'000, 0, 20) : page(1'000, 0, 0); }});
    BOOST_TEST(l.outcome.value() == 20u);
    BOOST_TEST(l.requests == 2u);
    const auto none = list({[](auto) { return page(1'000, 0, 0); }});
    BOOST_TEST(none.outcome.value() == 0u);
    BOOST_TEST(none.requests == 1u);
}

BOOST_AUTO_TEST_CASE(more_items_than_the_total_are_the_end) {
    const auto l = list({[](auto n) { return page(30, 20 * n, 20 * n + 20); }});
    BOOST_TEST(l.outcome.value() == 40u);
    BOOST_TEST(l.requests == 2u);
    const auto empty = list({[](auto) { return page(0, 0, 20); }});
    BOOST_TEST(empty.outcome.value() == 20u);
    BOOST_TEST(empty.requests == 1u);
}

BOOST_AUTO_TEST_CASE(an_offset_at_the_end_of_its_range_does_not_come_round) {
    const auto l = list({[](auto n) { return page(100, 20 * n, 20 * n + 20); }}, 20, ~std::uint64_t{});
    BOOST_TEST(l.outcome.value() == 20u);
    BOOST_TEST(l.requests == 1u);
}

BOOST_AUTO_TEST_CASE(others_may_delete_as_fast_as_it_reads) {
    library l(platform_with(400));
    // Between each two requests one of the oldest goes, from the second page on.
    struct cleaned {
        library& l;
        std::size_t left;
        result<http::response> send(const http::request& r) {
            auto answer = l.c.next_layer().send(r);
            const auto there = l.voices();
            if (l.p.calls<batchget_material>() > 1 && left != 0) --left, l.remove(there.front());
            return answer;
        }
    };
    client c(cleaned{l, 150});
    c.access_token(c(auth::stable_token{{}, "wx1", secret("s1")}).value().access_token);
    tally got;
    const auto n = c.run(pages(batchget_material{material_kind::voice, 0, 20},
                               [&](auto&& item) { return ++got[item.media_id], true; }));
    BOOST_TEST(n.value() == 250u);
    BOOST_TEST(most_often(got) == 1);
}

}  // namespace

BOOST_AUTO_TEST_SUITE_END()
