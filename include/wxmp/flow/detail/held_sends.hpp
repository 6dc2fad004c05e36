// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_FLOW_DETAIL_HELD_SENDS_HPP
#define WXMP_FLOW_DETAIL_HELD_SENDS_HPP

#include <wxmp/flow/detail/answer_gate.hpp>
#include <wxmp/flow/flow.hpp>

#include <algorithm>
#include <list>
#include <memory>
#include <optional>
#include <utility>
#include <variant>

namespace wxmp::detail {

// The body of a request that was taken apart, and what keeps its bytes alive.
struct kept_body {
    http::body bytes;
    std::shared_ptr<const void> lender;
};

// A request of an inner flow that may have to be sent more than once: each time it borrows the same bytes.
template <class Course> struct held_send {
    request_id id{};                          // by which it is sent
    request_id inner{};                       // by which the inner flow knows it
    http::request request{};                  // as the inner flow made it, but without
    std::shared_ptr<const kept_body> body{};  // its body
    Course course{};                          // what the wrapper knows about it
    bool is_out{};                            // its outcome is awaited
    time_point due = time_point::min();       // else: not to be sent before
    answer_gate gate{};                       // of the send that is out
    std::optional<event> last{};              // the outcome that was not passed on

    // Sends it, once more or for the first time. The caller may still change the request that goes out.
    send go() {
        auto r = request;
        r.body = body->bytes.lend();
        r.lender = body;
        gate = answer_gate(r);
        is_out = true;
        return {id, std::move(r)};
    }

    // It is to be sent again, from then on; `outcome` is what came of it so far.
    void again(event outcome, time_point when = time_point::min()) {
        last = std::move(outcome);
        is_out = false;
        due = when;
    }
};

// The outcome for the inner flow, under the id that it knows, with its sink filled.
template <class Course> event outcome_for(held_send<Course>& h, event e) {
    if (const auto* a = std::get_if<answered>(&e); a && !h.gate.open(a->response))
        return failed{h.inner, error(errc::cancelled)};
    std::visit([&](auto& x) { x.id = h.inner; }, e);
    return e;
}

// What an inner flow has asked for and not got.
template <class Course> class held_sends {
public:
    using item = held_send<Course>;

    // A request that the inner flow wants to have sent; it will go under the given id.
    item& hold(send s, request_id id) {
        auto& i = items_.emplace_back();
        i.id = id;
        i.inner = s.id;
        i.body = std::make_shared<const kept_body>(
            kept_body{std::exchange(s.request.body, {}), std::exchange(s.request.lender, {})});
        i.request = std::move(s.request);
        return i;
    }

    // The one that is out under this id, or null.
    item* find(request_id id) {
        return find_if([id](const item& i) { return i.is_out && i.id == id; });
    }

    // The first one that is to be sent and satisfies `p`, or null.
    template <class P> item* waiting(P p) {
        return find_if([&](const item& i) { return !i.is_out && p(i); });
    }

    template <class Do> void each_waiting(Do f) {
        for (auto& i : items_)
            if (!i.is_out) f(i);
    }

    // When the next one is to be sent.
    time_point next_due() const {
        auto due = time_point::max();
        for (const auto& i : items_)
            if (!i.is_out) due = std::min(due, i.due);
        return due;
    }

    item take(item& which) {
        auto taken = std::move(which);
        items_.remove_if([&](const item& i) { return &i == &which; });
        return taken;
    }

private:
    template <class P> item* find_if(P p) {
        const auto found = std::find_if(items_.begin(), items_.end(), p);
        return found == items_.end() ? nullptr : &*found;
    }

    std::list<item> items_;
};

}  // namespace wxmp::detail

#endif
