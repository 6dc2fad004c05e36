// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// Calls one after the other under retries and failover, each with any outcomes at any time: no more tries, no longer
// pauses and no other hosts than the policies say, and what may have been carried out is only repeated if that is
// harmless. The rules are written down here once more, as the documentation has them.
#include <wxmp/wxmp.hpp>

#include "../flow/random_events.hpp"
#include "target.hpp"
#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace {

using namespace wxmp;
using namespace wxmp_fuzz;
using std::chrono::milliseconds;
using wxmp_test::choices;

// What may come of an exchange.
struct outcome {
    enum class kind { done, unsent, unknown, stale, rate, day, final };
    kind what;
    errc fault;  // of the transport; ok: it was answered
    int status = 200;
    std::string_view body = {};
};

constexpr auto ok = errc{};
constexpr outcome outcomes[] = {
    {outcome::kind::done, ok, 200, R"({"errcode":0,"total_count":1,"publish_id":"1","msg_data_id":1})"},
    {outcome::kind::unsent, errc::connect_failed},
    {outcome::kind::unsent, errc::connect_failed},
    {outcome::kind::unsent, errc::store_failed},
    {outcome::kind::unknown, errc::timeout},
    {outcome::kind::unknown, errc::connection_lost},
    {outcome::kind::unknown, ok, 502, "<html>"},
    {outcome::kind::unknown, ok, 200, R"({"errcode":-1,"errmsg":"busy"})"},
    {outcome::kind::stale, errc::stale_connection},
    {outcome::kind::stale, errc::stale_connection},
    {outcome::kind::rate, ok, 200, R"({"errcode":45011,"errmsg":"x"})"},
    {outcome::kind::day, ok, 200, R"({"errcode":45009,"errmsg":"x"})"},
    {outcome::kind::final, ok, 200, R"({"errcode":40007,"errmsg":"x"})"},
    {outcome::kind::final, errc::too_large},
};

// The host that calls begin with, as what has been reached leaves it.
struct hosts {
    std::vector<std::string> all;
    bool is_known;  // the own one, which is h0, is among them
    milliseconds pause;
    std::size_t preferred = 0;
    time_point until = time_point::min();

    std::size_t first(time_point now) const { return now < until ? preferred : 0; }
};

class one_call {
public:
    one_call(choices& c, hosts& h, instant& now, const retry_policy* retry, bool is_harmless)
        : c_(c), hosts_(h), now_(now), retry_(retry), is_harmless_(is_harmless) {}

    template <flow F> void run(F f) {
        for (int step = 0; step != 10'000; ++step) {
            if (!is_cancelled_ && c_.once_in(64)) f.cancel(), is_cancelled_ = true;
            auto a = f.next(now_);
            if (std::holds_alternative<flows::done>(a)) return check_end(std::move(f).take());
            if (const auto* s = std::get_if<flows::send>(&a)) check_send(*s);
            else if (const auto* w = std::get_if<flows::wait>(&a)) wait(f, w->until);
            else require(false, "it wants something else");
        }
        require(false, "it does not end");
    }

private:
    template <class F> void wait(F& f, time_point until) {
        if (!sent_) {
            require(until != time_point::max(), "it waits for nothing");
            require(until > now_.steady, "it waits for what is over");
            pass(until - now_.steady);
            return;
        }
        pass(milliseconds(c_.byte()));
        const auto& o = outcomes[c_.below(std::size(outcomes))];
        end(o);
        const auto id = *std::exchange(sent_, {});
        if (o.fault != ok) f.on(flows::failed{id, error(o.fault), {}}, now_);
        else f.on(flows::answered{id, {o.status, {}, std::string(o.body)}, {}}, now_);
    }

    void pass(milliseconds d) {
        now_.steady += d;
        now_.wall += d;
    }

    // Who reached another host than the own one stays there.
    void end(const outcome& o) {
        last_ = &o;
        ended_ = now_;
        if (o.fault == errc::connect_failed) ++unreached_;
        else if (hosts_.is_known && unreached_ != 0)
            hosts_.preferred = place_, hosts_.until = now_.steady + hosts_.pause;
    }

    void check_send(const flows::send& s) {
        require(!sent_, "it sends while it is under way");
        require(!is_cancelled_, "it sends after it was cancelled");
        if (!last_) {
            latest_ = retry_ ? now_.steady + retry_->pauses.total : now_.steady;
            place_ = hosts_.first(now_.steady);
        } else check_repetition();
        if (!hosts_.is_known) require(s.request->host == "h0", "a host that is in no list is replaced");
        else require(s.request->host == hosts_.all[place_], "another host: " + s.request->host);
        sent_ = s.id;
    }

    void check_repetition() {
        const auto paused = now_.steady - ended_.steady;
        const bool is_unreached = last_->fault == errc::connect_failed;
        if (is_unreached && hosts_.is_known && unreached_ < hosts_.all.size()) {
            require(paused == milliseconds(0), "it waits before it asks another host");
            place_ = (place_ + 1) % hosts_.all.size();
            return;
        }
        unreached_ = 0;
        place_ = hosts_.first(ended_.steady);
        require(retry_, "it is sent again without a policy");
        using enum outcome::kind;
        if (last_->what == stale && !std::exchange(was_stale_, true)) {
            require(is_harmless_ || retry_->resend_stale, "it is sent again after a stale connection");
            return require(paused == milliseconds(0), "it waits after a stale connection");
        }
        const auto& b = retry_->pauses;
        require(++tries_ <= b.tries || b.tries == 0, "more tries than allowed");
        if (last_->what == rate || last_->what == day) return check_limit(last_->what == day, paused);
        require(last_->what == unsent || ((last_->what == unknown || last_->what == stale) && is_harmless_),
                "what may have been carried out is repeated");
        require(paused >= milliseconds(1) && paused <= std::max(b.longest, milliseconds(1)),
                "too long a pause");
        require(now_.steady <= latest_, "a try after the total");
    }

    void check_limit(bool is_day, milliseconds paused) {
        require((is_day ? retry_->day : retry_->rate) == at_limit::wait, "it waits for the end of a limit");
        const milliseconds period = is_day ? std::chrono::hours(24) : std::chrono::minutes(1);
        require(paused <= period + retry_->pauses.first, "it waits for longer than the limit");
        // UTC+8 has its midnight in the same minute as everybody.
        const auto then = (now_.wall.time_since_epoch() + std::chrono::hours(8)) / period;
        require(then > (ended_.wall.time_since_epoch() + std::chrono::hours(8)) / period,
                "it comes back within the limit");
        latest_ += paused;
    }

    template <class T> void check_end(const result<T>& r) {
        require(!sent_ || is_cancelled_, "it ends while it is under way");
        if (is_cancelled_) return;
        require(last_, "it ends before it begins");
        require(r.has_value() == (last_->what == outcome::kind::done), "the result is not the last outcome");
        if (last_->fault != ok) require(r.error() == last_->fault, "another error: " + r.error().message());
    }

    choices& c_;
    hosts& hosts_;
    instant& now_;
    const retry_policy* retry_;
    bool is_harmless_;
    bool is_cancelled_{};
    bool was_stale_{};
    std::optional<flows::request_id> sent_{};
    const outcome* last_{};
    instant ended_{};
    time_point latest_{};
    unsigned tries_ = 1;
    std::size_t place_{}, unreached_{};
};

backoff pauses_of(choices& c) {
    constexpr double factors[] = {0.5, 1, 1.5, 2, 3};
    return {.tries = static_cast<unsigned>(c.below(6)),
            .first = milliseconds(c.byte() * 10),
            .factor = factors[c.below(std::size(factors))],
            .longest = milliseconds(c.byte() * 50),
            .jitter = static_cast<double>(c.below(3)) / 2,
            .total = std::chrono::seconds(c.byte())};
}

hosts hosts_of(choices& c) {
    hosts h{{}, c.once_in(2) || c.once_in(2), std::chrono::seconds(c.byte())};
    const auto count = 1 + c.below(4);
    for (std::size_t i = 0; i != count; ++i) h.all.push_back("h" + std::to_string(i + !h.is_known));
    return h;
}

}  // namespace

namespace wxmp_fuzz {

void try_policies(std::string_view input) {
    choices c(input);
    options o;
    o.host = "h0";
    o.random = [&c] { return std::uint64_t{c.byte()} << 56; };
    const retry_policy retry{pauses_of(c), c.once_in(2) ? at_limit::fail : at_limit::wait,
                             c.once_in(2) ? at_limit::fail : at_limit::wait, c.once_in(2)};
    auto h = hosts_of(c);
    const failover_policy failover(h.all, h.pause);
    policies p;
    if (!c.once_in(4)) p.retry = &retry;
    if (c.once_in(4)) h.is_known = false;
    else p.failover = &failover;
    instant now{time_point(milliseconds(1)),
                wall_time(milliseconds(1'767'225'600'000) + milliseconds(c.byte() * 331))};
    for (int i = 0; i != 4; ++i) {
        const bool is_harmless = c.once_in(2);
        one_call one(c, h, now, p.retry, is_harmless);
        if (is_harmless) one.run(with_policies(call<draft::count>({}, o), p, o));
        else one.run(with_policies(call<freepublish::submit>({"m"}, o), p, o));
        now.steady += std::chrono::seconds(c.byte());
    }
}

}  // namespace wxmp_fuzz
