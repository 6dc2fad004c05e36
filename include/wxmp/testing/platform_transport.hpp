// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TESTING_PLATFORM_TRANSPORT_HPP
#define WXMP_TESTING_PLATFORM_TRANSPORT_HPP

#include <wxmp/testing/deliver_body.hpp>
#include <wxmp/testing/platform.hpp>
#include <wxmp/testing/virtual_clock.hpp>
#include <wxmp/transport/transport.hpp>

#include <algorithm>
#include <chrono>
#include <utility>

namespace wxmp::inline v0_1::testing {

/** A blocking transport that passes requests to a @ref platform, with a virtual clock and no sockets.

    It reports the errors of any transport: a lost response is `errc::connection_lost`, a late one
    `errc::timeout`, a large one `errc::too_large`, and a source that ends early `errc::source_failed`.
*/
class platform_transport {
public:
    /// Sends to `p`, which must outlive it; the clock starts at `start`.
    explicit platform_transport(platform& p, wall_time start = wall_time(std::chrono::seconds(1'767'225'600)))
        : platform_(&p), clock_(start) {}

    /// Has the platform handle the request.
    result<http::response> send(const http::request& r) {
        auto arrived = r;
        if (must_be_read(r.body)) {
            arrived.body = http::body(r.body.text());
            if (arrived.body.size() != r.body.size()) return error(errc::source_failed);
        }
        auto answer = platform_->handle(arrived, clock_.now().wall);
        if (r.timeout.count() != 0 && answer.delay >= r.timeout) {
            clock_.advance(r.timeout);
            return error(errc::timeout);
        }
        clock_.advance(answer.delay);
        if (answer.lost) return error(errc::connection_lost);
        return deliver_body(r, std::move(answer.response));
    }

    /// The virtual time.
    [[nodiscard]] instant now() const noexcept { return clock_.now(); }

    /// Advances the virtual time; it never goes back.
    void wait_until(time_point t) noexcept { clock_.wait_until(t); }

    /// The virtual clocks. The platform uses the wall clock.
    [[nodiscard]] virtual_clock& clock() noexcept { return clock_; }

private:
    static bool must_be_read(const http::body& b) {
        return std::any_of(b.pieces().begin(), b.pieces().end(),
                           [](const auto& p) { return p.must_be_read(); });
    }

    platform* platform_;
    virtual_clock clock_;
};

static_assert(blocking_transport<platform_transport>);

}  // namespace wxmp::inline v0_1::testing

#endif
