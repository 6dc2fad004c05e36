// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TESTS_FLOW_AT_ONCE_HPP
#define WXMP_TESTS_FLOW_AT_ONCE_HPP

#include <wxmp/transport/token_store.hpp>
#include <wxmp/transport/transport.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace wxmp_test {

// Both clocks of a test show the same number.
inline wxmp::instant at(wxmp::time_point t) { return {t, wxmp::wall_time(t.time_since_epoch())}; }

// Drives a flow by hand, with as many exchanges under way as it wants. An exchange is carried out when its
// answer is given, what it wants of a store or a source at once.
template <wxmp::flow F> class stepper {
public:
    using server =
        std::function<wxmp::result<wxmp::http::response>(const wxmp::http::request&, wxmp::time_point)>;
    using store = std::function<wxmp::result<wxmp::store_answer>(const wxmp::store_request&)>;

    explicit stepper(F f, store s = no_store) : flow_(std::move(f)), store_(std::move(s)) {}

    // Over a store that blocks.
    template <wxmp::blocking_token_store S>
    stepper(F f, S& s)
        : stepper(std::move(f), [&s](const wxmp::store_request& r) { return wxmp::detail::ask(s, r); }) {}

    // What it wants next; false where it only waits.
    bool ask(wxmp::time_point now, wxmp::byte_source_ref from = {}) {
        auto a = flow_.next(at(now));
        if (auto* w = std::get_if<wxmp::flows::wait>(&a)) return wake_ = w->until, false;
        wake_ = wxmp::time_point::max();
        if (auto* s = std::get_if<wxmp::flows::send>(&a)) out_.push_back(*s);
        if (auto* f = std::get_if<wxmp::flows::fetch>(&a))
            flow_.on(wxmp::detail::read_source(*f, from), at(now));
        if (auto* q = std::get_if<wxmp::flows::ask_store>(&a))
            flow_.on(wxmp::detail::to_event(q->id, store_(*q->what)), at(now));
        if (std::holds_alternative<wxmp::flows::done>(a)) outcome_ = std::move(flow_).take();
        return true;
    }

    // Answers one that is out.
    void answer(const server& serve, wxmp::time_point now, std::size_t which = 0) {
        const auto s = out_.at(which);
        out_.erase(out_.begin() + static_cast<std::ptrdiff_t>(which));
        flow_.on(wxmp::detail::to_event(s, serve(*s.request, now)), at(now));
    }

    // To the end; `pick` chooses which of the given number is answered next.
    wxmp::result<typename F::value_type> run(const server& serve, wxmp::time_point& now,
                                             wxmp::byte_source_ref from = {},
                                             std::function<std::size_t(std::size_t)> pick = first) {
        for (int i = 0; i != 100'000 && !outcome_; ++i) {
            if (ask(now, from)) continue;
            if (!out_.empty()) answer(serve, now, pick(out_.size()));
            else {
                BOOST_REQUIRE_MESSAGE(wake_ != wxmp::time_point::max(), "it waits for nothing");
                now = std::max(now, wake_);
            }
        }
        BOOST_REQUIRE_MESSAGE(outcome_.has_value(), "it does not end");
        return *outcome_;
    }

    static std::size_t first(std::size_t) { return 0; }
    static std::size_t last(std::size_t n) { return n - 1; }
    static wxmp::result<wxmp::store_answer> no_store(const wxmp::store_request&) {
        return wxmp::error(wxmp::errc::store_failed, "none");
    }

    F& flow() { return flow_; }
    const std::vector<wxmp::flows::send>& out() const { return out_; }
    wxmp::time_point wake() const { return wake_; }
    const std::optional<wxmp::result<typename F::value_type>>& outcome() const { return outcome_; }

private:
    F flow_;
    store store_;
    std::vector<wxmp::flows::send> out_;
    wxmp::time_point wake_ = wxmp::time_point::max();
    std::optional<wxmp::result<typename F::value_type>> outcome_;
};

// A request and its id.
struct numbered_request {
    wxmp::flows::request_id id{};
    wxmp::http::request request{};
};

// A flow that sends all its requests at once and keeps what came of each, in order. `+body` or `-message`.
class burst {
public:
    using value_type = std::vector<std::string>;

    explicit burst(std::vector<numbered_request> todo) : todo_(std::move(todo)), told_(todo_.size()) {}

    wxmp::flows::action next(wxmp::instant) {
        if (asked_ != todo_.size() && !is_cancelled_) {
            auto& x = todo_[asked_++];
            return wxmp::flows::send{x.id, &x.request};
        }
        if (under_way() == 0 || is_cancelled_) return wxmp::flows::done{};
        return wxmp::flows::wait{wxmp::time_point::max()};
    }
    void on(wxmp::flows::event e, wxmp::instant) {
        for (std::size_t i = 0; i != asked_; ++i) {
            if (todo_[i].id != wxmp::flows::id_of(e) || !told_[i].empty()) continue;
            if (auto* a = std::get_if<wxmp::flows::answered>(&e)) told_[i] = '+' + a->response.body;
            if (auto* f = std::get_if<wxmp::flows::failed>(&e)) told_[i] = '-' + f->why.message();
            return;
        }
        BOOST_ERROR("an outcome that was not asked for");
    }
    void cancel() { is_cancelled_ = true; }
    wxmp::result<value_type> take() && {
        if (is_cancelled_) return wxmp::error(wxmp::errc::cancelled);
        return std::move(told_);
    }

private:
    std::size_t under_way() const {
        return asked_ - static_cast<std::size_t>(std::count_if(told_.begin(), told_.end(),
                                                               [](const auto& t) { return !t.empty(); }));
    }

    std::vector<numbered_request> todo_;
    std::vector<std::string> told_;
    std::size_t asked_{};
    bool is_cancelled_{};
};

}  // namespace wxmp_test

#endif
