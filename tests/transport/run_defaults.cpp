// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// What of a run may be left out: all but the flow and, where the transport calls back, the handler.
#include <wxmp/api/draft/count.hpp>
#include <wxmp/client.hpp>

#include <boost/test/unit_test.hpp>

#include "task.hpp"
#include <functional>
#include <iterator>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

BOOST_AUTO_TEST_SUITE(transport_run_defaults)

namespace {

using namespace wxmp;
using outcome = result<draft::count::response>;

// Answers at once, and keeps the target it was asked for.
struct answering {
    std::string target{};

    result<http::response> answer(const http::request& r) {
        target = r.target.reveal();
        return http::response{200, {}, R"({"total_count":3})"};
    }
};

struct blocking : answering {
    result<http::response> send(const http::request& r) { return answer(r); }
};

struct awaitable : answering {
    template <class T> using task = wxmp_test::task<T>;
    task<result<http::response>> send(const http::request& r) { co_return answer(r); }
};

struct callback : answering {
    void send(const http::request& r, std::function<void(result<http::response>)> handler) {
        handler(answer(r));
    }
};

template <class T> result<T> ended(result<T> r) { return r; }
template <class T> result<T> ended(wxmp_test::task<result<T>> t) {
    t.start();
    return t.outcome().value();
}

run_options stopped() {
    stop_source s;
    s.request_stop();
    return {.stop = s.get_token()};
}

auto flow_of_call() { return call<draft::count>({}, options{}); }

// Makes each request of a store, and keeps what came of it.
class store_user {
public:
    using value_type = std::vector<error>;

    flows::action next(instant) {
        if (told_.size() == std::size(requests_)) return flows::done{};
        return flows::ask_store{1, &requests_[told_.size()]};
    }
    void on(const flows::event& e, instant) { told_.push_back(std::get<flows::failed>(e).why); }
    void cancel() {}
    result<value_type> take() && { return std::move(told_); }

private:
    store_request requests_[5] = {load_token{}, lease_token{}, commit_token{}, release_token{},
                                  invalidate_token{}};
    value_type told_;
};

constexpr auto with_token = "/cgi-bin/draft/count?access_token=T";
constexpr auto without_token = "/cgi-bin/draft/count?access_token=";

using styles_with_results = std::tuple<blocking, awaitable>;

BOOST_AUTO_TEST_CASE_TEMPLATE(a_client_needs_no_options, Transport, styles_with_results) {
    client c{Transport{}};
    BOOST_TEST(ended(c(draft::count{})).value().total_count == 3u);
    BOOST_TEST(ended(c.run(flow_of_call())).value().total_count == 3u);
    BOOST_TEST((ended(c(draft::count{}, stopped())).error() == errc::cancelled));
    BOOST_TEST((ended(c.run(flow_of_call(), stopped())).error() == errc::cancelled));
    BOOST_TEST((ended(c.run(flow_of_call(), {.stop = stopped().stop})).error() == errc::cancelled));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_driver_needs_no_token_and_no_options, Transport, styles_with_results) {
    Transport t;
    no_token_store none;
    BOOST_TEST(ended(drive(t, none, flow_of_call())).value().total_count == 3u);
    BOOST_TEST(t.target == without_token);
    BOOST_TEST(ended(drive(t, none, flow_of_call(), secret("T"))).value().total_count == 3u);
    BOOST_TEST(t.target == with_token);
    BOOST_TEST((ended(drive(t, none, flow_of_call(), {}, stopped())).error() == errc::cancelled));
}

void check_refused(const result<std::vector<error>>& told) {
    BOOST_TEST(told->size() == 5u);
    for (const auto& why : *told) BOOST_CHECK(why == error(errc::store_failed, "there is no token store"));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_flow_without_a_store_is_told_so, Transport, styles_with_results) {
    Transport t;
    no_token_store none;
    check_refused(ended(drive(t, none, store_user())));
    check_refused(ended(client<Transport>(t).run(store_user())));
}

BOOST_AUTO_TEST_CASE(a_flow_that_is_called_back_is_told_so_too) {
    callback t;
    no_token_store none;
    int times = 0;
    drive(t, none, store_user(), [&](const auto& told) { ++times, check_refused(told); });
    BOOST_TEST(times == 1);
}

// Keeps what its handler got.
struct inbox {
    std::optional<outcome> got{};
    auto handler() {
        return [this](outcome r) { got = std::move(r); };
    }
    outcome take() { return std::exchange(got, std::nullopt).value(); }
};

BOOST_AUTO_TEST_CASE(a_client_that_calls_back_needs_no_options) {
    client c{callback{}};
    inbox in;
    c(draft::count{}, in.handler());
    BOOST_TEST(in.take().value().total_count == 3u);
    c.run(flow_of_call(), in.handler());
    BOOST_TEST(in.take().value().total_count == 3u);
    c(draft::count{}, stopped(), in.handler());
    BOOST_TEST((in.take().error() == errc::cancelled));
    c.run(flow_of_call(), stopped(), in.handler());
    BOOST_TEST((in.take().error() == errc::cancelled));
    c.run(flow_of_call(), {.stop = stopped().stop}, in.handler());
    BOOST_TEST((in.take().error() == errc::cancelled));
}

BOOST_AUTO_TEST_CASE(a_driver_that_calls_back_needs_no_token_and_no_options) {
    callback t;
    no_token_store none;
    inbox in;
    drive(t, none, flow_of_call(), in.handler());
    BOOST_TEST(in.take().value().total_count == 3u);
    BOOST_TEST(t.target == without_token);
    drive(t, none, flow_of_call(), secret("T"), {}, in.handler());
    BOOST_TEST(in.take().value().total_count == 3u);
    BOOST_TEST(t.target == with_token);
    drive(t, none, flow_of_call(), {}, stopped(), in.handler());
    BOOST_TEST((in.take().error() == errc::cancelled));
}

}  // namespace

BOOST_AUTO_TEST_SUITE_END()
