// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TESTING_SCRIPTED_TRANSPORT_HPP
#define WXMP_TESTING_SCRIPTED_TRANSPORT_HPP

#include <wxmp/testing/deliver_body.hpp>
#include <wxmp/testing/virtual_clock.hpp>
#include <wxmp/transport/transport.hpp>

#include <cstddef>
#include <deque>
#include <string>
#include <utility>
#include <vector>

namespace wxmp::inline v0_1::testing {

/// A blocking transport that returns scripted responses, records the requests, and has a virtual clock.
class scripted_transport {
public:
    /// Adds a response with this body to the script.
    scripted_transport& reply(std::string body, int status = 200) {
        script_.emplace_back(http::response{status, {}, std::move(body)});
        return *this;
    }

    /// Adds this response to the script.
    scripted_transport& reply(http::response r) {
        script_.emplace_back(std::move(r));
        return *this;
    }

    /// Sinks get the bodies of all later sends in pieces of this many bytes, at least 1.
    scripted_transport& in_pieces_of(std::size_t bytes) {
        piece_ = bytes;
        return *this;
    }

    /// Adds this error to the script.
    scripted_transport& fail(error e) {
        script_.emplace_back(std::move(e));
        return *this;
    }

    /// Returns the next entry of the script; past its end, `errc::unexpected_event`. If there is no memory to
    /// note the request, this throws std::bad_alloc and nothing was sent.
    result<http::response> send(const http::request& r) {
        if (script_.empty()) return past_the_end(r);
        sent_.push_back(r);
        auto answer = std::move(script_.front());
        script_.pop_front();
        if (answer && r.sink) return deliver_body(r, *std::move(answer), piece_);
        return answer;
    }

    /// The virtual time.
    [[nodiscard]] instant now() const noexcept { return clock_.now(); }

    /// Advances the virtual time.
    void wait_until(time_point t) { clock_.wait_until(t); }

    /// The virtual clocks.
    [[nodiscard]] virtual_clock& clock() noexcept { return clock_; }

    /// All requests so far.
    [[nodiscard]] const std::vector<http::request>& sent() const noexcept { return sent_; }

    /// Number of scripted responses not used yet.
    [[nodiscard]] std::size_t left() const noexcept { return script_.size(); }

private:
    result<http::response> past_the_end(const http::request& r) {
        const error none(errc::unexpected_event, "no scripted response is left");
        sent_.push_back(r);
        return none;
    }

    std::deque<result<http::response>> script_;
    std::vector<http::request> sent_;
    virtual_clock clock_;
    std::size_t piece_ = 65'536;
};

}  // namespace wxmp::inline v0_1::testing

#endif
