// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// Makes many calls through one client, to a platform inside this process, while one of twenty meets with a fault.
//
//     soak CALLS SEED
//
// Prints `name number` lines: how many calls came to which end, what did not agree with what the platform has done,
// and the resident memory in KiB after half of the calls, and the most of it in the other half.
#include <wxmp/api/auth/stable_token.hpp>
#include <wxmp/api/draft/add.hpp>
#include <wxmp/api/draft/count.hpp>
#include <wxmp/api/draft/delete_.hpp>
#include <wxmp/api/draft/get.hpp>
#include <wxmp/api/material/add_material.hpp>
#include <wxmp/client.hpp>
#include <wxmp/testing/platform_transport.hpp>
#include <wxmp/transport/memory_token_store.hpp>

#include "resident_memory.hpp"
#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <utility>

namespace {

using wxmp::condition;
using wxmp::errc;
using wxmp::error;
using response = wxmp::result<wxmp::http::response>;
namespace fault = wxmp::testing::fault;
namespace resident_memory = wxmp_test::resident_memory;

// The platform as a callback transport, so that it shows how often a handler is called. Now and then it fails.
class transport {
public:
    transport(wxmp::testing::platform& p, unsigned seed) : platform_(p), to_platform_(p), dice_(seed) {}

    template <class Handler> void send(const wxmp::http::request& r, Handler told) {
        lost_answer = false;
        to_platform_.clock().advance(std::chrono::milliseconds(20));
        told(is_faulty && dice_() % 20 == 0 ? send_badly(r) : to_platform_.send(r));
    }
    template <class Handler> void wait_until(wxmp::time_point t, Handler told) {
        to_platform_.wait_until(t);
        told();
    }
    wxmp::instant now() const { return to_platform_.now(); }

    bool is_faulty{};
    bool lost_answer{};  // to the latest request, which the platform has carried out or refused

private:
    response send_badly(const wxmp::http::request& r) {
        switch (dice_() % 8) {
        case 0: return error(errc::connect_failed);
        case 1: return without_answer(r, errc::connection_lost);
        case 2: return without_answer(r, errc::timeout);
        case 3: return without_answer(r, errc::stale_connection);
        case 4: return with(fault::lose_request{}, r);
        case 5: return with(fault::http_status{static_cast<int>(500 + dice_() % 4)}, r);
        case 6: return with(fault::error_code{codes[dice_() % std::size(codes)]}, r);
        default: return with_broken_body(r);
        }
    }

    response without_answer(const wxmp::http::request& r, errc why) {
        lost_answer = to_platform_.send(r).has_value();
        return error(why);
    }

    response with(const fault::any& what, const wxmp::http::request& r) {
        platform_.inject({.what = what});
        return to_platform_.send(r);
    }

    response with_broken_body(const wxmp::http::request& r) {
        auto answer = dice_() % 50 == 0 ? with(fault::expire_token{}, r) : to_platform_.send(r);
        if (!answer || answer->body.empty()) return answer;
        auto& body = answer->body;
        if (dice_() % 2 == 0) body.resize(dice_() % body.size());
        else body = "<html><title>Log in</title>";
        return answer;
    }

    static constexpr int codes[] = {-1, 40001, 40007, 42001, 45009, 45011, 48001, 50002};

    wxmp::testing::platform& platform_;
    wxmp::testing::platform_transport to_platform_;
    std::mt19937 dice_;
};

class soak {
public:
    explicit soak(unsigned seed) : dice_(seed + 1), transport_(platform_, seed) {
        auto& rules = platform_.rules();
        rules.calls_a_day = ~std::uint64_t{};
        platform_.add_account("wx1", wxmp::secret("CANARY-secret"));
        wxmp::material::add_material cover{.type = wxmp::media_type::image,
                                           .media = {"cover.jpg", {"cover"}}};
        client_(cover, [this](auto r) { cover_ = r.value().media_id; });
        transport_.is_faulty = true;
    }

    void run(std::uint64_t calls) {
        for (std::uint64_t i = 0; i != calls; ++i) {
            if (i == calls / 2) begin_other_half();
            call();
        }
        count_["kib_most"] = resident_memory::peak();
        for (const auto& [name, number] : count_) std::cout << name << ' ' << number << '\n';
    }

private:
    void begin_other_half() {
        resident_memory::forget_peak();
        count_["kib_at_half"] = resident_memory::now();
    }

    const auto& drafts() const { return platform_.find_account("wx1")->drafts.all(); }

    void call() {
        const auto choice = dice_() % 4;
        if (drafts().empty() || (choice == 0 && drafts().size() < 20)) return add();
        const auto id = drafts()[dice_() % drafts().size()].media_id;
        if (choice == 1) ask(wxmp::draft::count{}, 0);
        else if (choice == 2) ask(wxmp::draft::get{id}, 0);
        else ask(wxmp::draft::delete_{id}, -1);
    }

    void add() {
        wxmp::article a{"title", cover_};
        a.content = "<p>text</p>";
        ask(wxmp::draft::add{{std::move(a)}}, 1);
    }

    // `change`: of the number of drafts, if the call is carried out.
    template <class Op> void ask(Op op, int change) {
        const auto before = drafts().size();
        int ends = 0;
        transport_.lost_answer = false;
        client_(std::move(op), [&](const auto& r) {
            ++ends;
            judge(r ? std::nullopt : std::optional(r.error()),
                  static_cast<int>(drafts().size()) - static_cast<int>(before), change);
        });
        ++count_[ends == 1 ? "ended_once" : "ended_otherwise"];
    }

    void judge(const std::optional<error>& e, int changed, int change) {
        const bool is_unknown = e && *e == condition::outcome_unknown;
        const bool is_unreadable = e && e->http_status() == 200 && e->api_code() == 0;
        ++count_[!e ? "successes" : is_unknown ? "unknown" : is_unreadable ? "unreadable" : "other_errors"];
        if (changed != 0 && changed != change) ++count_["done_twice"];
        if (!e && changed != change) ++count_["success_without_effect"];
        if (change != 1) return;  // the others are safe to repeat, and may have been done by an earlier try
        if (e && !is_unknown && !is_unreadable && changed != 0) ++count_["effect_without_telling"];
        if (transport_.lost_answer && changed != 0 && !is_unknown) ++count_["lost_without_telling"];
        if (transport_.lost_answer && is_unknown) ++count_["lost_and_told"];
    }

    wxmp::testing::platform platform_;
    std::mt19937 dice_;
    transport transport_;
    wxmp::memory_token_store store_;
    std::mt19937_64 random_{7};
    wxmp::client<transport&, wxmp::token_policy<wxmp::memory_token_store>, wxmp::retry_policy> client_{
        transport_, options(),
        wxmp::token_policy(store_,
                           wxmp::auth::stable_token{.appid = "wx1", .secret = wxmp::secret("CANARY-secret")}),
        wxmp::retry_policy()};
    std::string cover_;
    std::map<std::string, std::int64_t> count_;

    wxmp::options options() {
        wxmp::options o;
        o.random = [this] { return random_(); };
        return o;
    }
};

}  // namespace

int main(int count, char** words) {
    if (count != 3) return std::cerr << "soak CALLS SEED\n", 2;
    soak(static_cast<unsigned>(std::stoul(words[2]))).run(std::stoull(words[1]));
}
