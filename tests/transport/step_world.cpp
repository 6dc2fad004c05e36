// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include "step_world.hpp"

#include <wxmp/api/draft/add.hpp>
#include <wxmp/api/material/add_material.hpp>
#include <wxmp/operation/complete.hpp>
#include <wxmp/operation/prepare.hpp>
#include <wxmp/testing/deliver_body.hpp>
#include <wxmp/testing/platform.hpp>

namespace wxmp_test {

using namespace wxmp;

namespace {

const std::string secret_of_account = "CANARY-secret";

}  // namespace

struct step_world::service {
    testing::platform p{};
    testing::account& owner{p.add_account("wx1", secret(secret_of_account))};
    secret token{};

    // Makes a call, without steps.
    template <operation Op> typename Op::response ask(const Op& op, wall_time now) {
        if (token.empty() && Op::at.needs_token) token = ask(step_world::grant(), now).access_token;
        auto r = prepare(op).value();
        authorize(r, token);
        return complete<Op>(p.handle(r, now).response).value();
    }
};

step_world::step_world() : service_(std::make_unique<service>()) {
    options.random = [n = std::uint64_t{0}]() mutable { return n += 0x9e37'79b9'7f4a'7c15; };
}
step_world::~step_world() = default;

auth::stable_token step_world::grant() { return {.appid = "wx1", .secret = secret(secret_of_account)}; }

namespace {

wall_time date(const step_world& w) { return wall_time(w.clock.now().steady.time_since_epoch() + w.asleep); }

}  // namespace

result<http::response> step_world::answer(const http::request& r) {
    const no_failures guard;
    auto a = service_->p.handle(r, date(*this));
    if (a.lost) return error(errc::connection_lost);
    return testing::deliver_body(r, std::move(a.response));
}

result<http::response> step_world::answer(const http::request& r, const stop_token& stop) {
    step();
    auto a = answer(r);
    if (stop.stop_requested()) return error(errc::cancelled);
    return a;
}

secret step_world::token() { return service_->ask(grant(), date(*this)).access_token; }

void step_world::refuse(std::string_view path, unsigned nth, int code) {
    service_->p.inject({.call = std::string(path), .nth = nth, .what = testing::fault::error_code{code}});
}

void step_world::expire_token_of(std::string_view path, unsigned nth) {
    service_->p.inject({.call = std::string(path), .nth = nth, .what = testing::fault::expire_token{}});
}

void step_world::expire_token() {
    service_->owner.tokens.expire(store.inner.load().value()->token.reveal(), date(*this));
}

std::string step_world::add_cover() {
    return service_->ask(material::add_material{media_type::image, {"cover.jpg", {"cover"}}}, date(*this))
        .media_id;
}

std::string step_world::add_drafts(int count) {
    article a{"title", add_cover()};
    a.content = "<p>text</p>";
    std::string last;
    for (int i = 0; i != count; ++i) last = service_->ask(draft::add{{a}}, date(*this)).media_id;
    return last;
}

void step_world::wait(time_point t, const stop_token& stop) {
    step();
    if (!stop.stop_requested()) clock.wait_until(t);
}

void step_world::step() {
    const no_failures guard;
    times.push_back(clock.now().steady);
    if (steps++ == act_at) act();
}

}  // namespace wxmp_test
