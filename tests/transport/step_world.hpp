// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TESTS_TRANSPORT_STEP_WORLD_HPP
#define WXMP_TESTS_TRANSPORT_STEP_WORLD_HPP

#include <wxmp/api/auth/stable_token.hpp>
#include <wxmp/operation/options.hpp>
#include <wxmp/testing/virtual_clock.hpp>
#include <wxmp/transport/stop_token.hpp>

#include "../allocations.hpp"
#include "../flow/logged_store.hpp"
#include "task.hpp"
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wxmp_test {

// What the functions of a caller throw in these tests.
struct mishap : std::runtime_error {
    mishap() : std::runtime_error("CANARY") {}
};

// An account of the simulated platform, and all that a client of it has around it. Each thing that a run waits for
// is a step, at which a test can do something.
class step_world {
public:
    step_world();
    step_world(const step_world&) = delete;
    step_world& operator=(const step_world&) = delete;
    ~step_world();

    // ---- The service. It has a clock of its own, which nobody sets, and which goes on while the machine of the
    // client sleeps.

    std::chrono::milliseconds asleep{};

    wxmp::result<wxmp::http::response> answer(const wxmp::http::request& r);

    // What an exchange comes to that was stopped: it was carried out, but nobody knows.
    wxmp::result<wxmp::http::response> answer(const wxmp::http::request& r, const wxmp::stop_token& stop);

    static wxmp::auth::stable_token grant();

    // A valid token.
    wxmp::secret token();

    // The nth call from now on of the one with this path is refused with a code; its token expires before.
    void refuse(std::string_view path, unsigned nth, int code);
    void expire_token_of(std::string_view path, unsigned nth);

    // The stored token is over.
    void expire_token();

    // Content, made without steps; the media_id, of the last one.
    std::string add_cover();
    std::string add_drafts(int count);

    // ---- Time, and what waits

    wxmp::testing::virtual_clock clock{wxmp::wall_time(std::chrono::seconds(1'767'240'000))};
    event_loop loop{};
    wxmp::options options{};
    logged_store store{[this] { return clock.now().steady; }};

    // The store, whose own memory does not run out.
    struct guarded_store {
        logged_store* store;
        no_failures guard{};
        logged_store* operator->() const { return store; }
    };
    guarded_store stored() { return {&store}; }

    void wait(wxmp::time_point t, const wxmp::stop_token& stop);

    // ---- Steps

    int steps = 0;
    int act_at = -1;  // before this step of a run ends, counted from 0
    std::function<void()> act{};
    std::vector<wxmp::time_point> times{};  // of each step

    int starts = 0;
    int throw_at = -1;  // when this one of what a run begins is begun
    int reads = 0;
    int read_at = -1;  // this read of the source throws

    void step();
    void start() {
        if (starts++ == throw_at) throw mishap();
    }

private:
    struct service;
    std::unique_ptr<service> service_;
};

// A source whose reads are steps.
struct stepping_source {
    step_world& w;
    std::string bytes;
    [[nodiscard]] std::uint64_t size() const { return bytes.size(); }
    std::size_t read_at(std::uint64_t at, void* out, std::size_t n) const {
        if (w.reads++ == w.read_at) throw mishap();
        w.step();
        return at < bytes.size() ? bytes.copy(static_cast<char*>(out), n, static_cast<std::size_t>(at)) : 0;
    }
};

}  // namespace wxmp_test

#endif
