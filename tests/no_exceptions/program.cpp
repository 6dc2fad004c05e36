// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// Calls in all three styles, of a program without exceptions: what came of each, in one line.
#include <wxmp/testing/platform_transport.hpp>
#include <wxmp/testing/scripted_transport.hpp>
#include <wxmp/wxmp.hpp>

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <transport/task.hpp>
#include <utility>

// What Boost calls in place of a throw.
namespace boost {
void throw_exception(const std::exception& e) {
    std::printf("thrown: %s\n", e.what());
    std::abort();
}
void throw_exception(const std::exception& e, const source_location&) { throw_exception(e); }
}  // namespace boost

namespace {

using namespace wxmp;
using wxmp::testing::scripted_transport;

struct awaitable : scripted_transport {
    template <class T> using task = wxmp_test::task<T>;
    task<result<http::response>> send(const http::request& r) { co_return scripted_transport::send(r); }
    task<result<void>> wait_until(time_point t) {
        scripted_transport::wait_until(t);
        co_return result<void>();
    }
};

struct callback : scripted_transport {
    void send(const http::request& r, auto handler) { handler(scripted_transport::send(r)); }
    void wait_until(time_point t, auto handler) {
        scripted_transport::wait_until(t);
        handler();
    }
};

template <class T> T scripted() {
    T t;
    t.reply(R"({"access_token":"T","expires_in":7200})").fail(error(errc::timeout));
    t.reply(R"({"total_count":3})").reply(R"({"errcode":40013,"errmsg":"invalid appid"})").reply("no JSON");
    return t;
}

void print(const char* style, const result<draft::count::response>& r) {
    if (r) std::printf("%s: %d\n", style, static_cast<int>(r->total_count));
    else std::printf("%s: %s\n", style, r.error().message().c_str());
}

// With policies: a token out of a store, another try after a timeout. Then two errors.
template <class T> struct desk {
    memory_token_store store{};
    client<T, token_policy<memory_token_store>, retry_policy> c{
        scripted<T>(), options{},
        token_policy(store, auth::stable_token{.appid = "wx1", .secret = secret("s")}), retry_policy()};
};

void block() {
    desk<scripted_transport> d;
    for (int i = 0; i != 3; ++i) print("blocking", d.c(draft::count{}));
}

void await() {
    desk<awaitable> d;
    for (int i = 0; i != 3; ++i) {
        auto t = d.c(draft::count{});
        t.start();
        print("awaitable", t.outcome().value());
    }
}

void call_back() {
    desk<callback> d;
    for (int i = 0; i != 3; ++i)
        d.c(draft::count{}, [](result<draft::count::response> r) { print("callback", std::move(r)); });
}

}  // namespace

int main() {
    block();
    await();
    call_back();
}
