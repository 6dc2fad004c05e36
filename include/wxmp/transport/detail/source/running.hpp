// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TRANSPORT_DETAIL_SOURCE_RUNNING_HPP
#define WXMP_TRANSPORT_DETAIL_SOURCE_RUNNING_HPP

#include <wxmp/flow/detail/saturate.hpp>
#include <wxmp/operation/prepare.hpp>
#include <wxmp/transport/run.hpp>
#include <wxmp/transport/token_store.hpp>
#include <wxmp/transport/transport.hpp>

#include <boost/config.hpp>
#include <boost/core/no_exceptions_support.hpp>
#include <boost/system/errc.hpp>
#include <boost/system/system_error.hpp>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <new>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <variant>

namespace wxmp::inline v0_1::detail::source {

// Room for so many bytes of at most `limit`. It is the limit halved some times, so that the bytes and their
// copy, while they move there, take no more than the limit together.
inline void make_room(std::string& body, std::uint64_t size, std::uint64_t limit) {
    if (size <= body.capacity()) return;
    constexpr std::uint64_t least = 64;  // twice what a string has room for by itself: it grows by more
    while (limit / 2 >= std::max(size, least)) limit /= 2;
    body.reserve(static_cast<std::size_t>(limit));
}

// How many bytes the server announces: with room for them from the start, none is copied. 0: nothing of use.
inline std::uint64_t announced_size(const http::response& answer, std::uint64_t limit) {
    const auto text = http::find_header(answer.headers, "Content-Length");
    std::uint64_t size = 0;
    std::from_chars(text.data(), text.data() + text.size(), size);
    return size <= limit ? size : 0;
}

inline std::optional<errc> take_body(const http::request& r, http::response& answer, std::string_view piece) {
    if (piece.empty()) return std::nullopt;
    if (r.sink && answer.status / 100 == 2) {
        if (r.sink(answer, piece)) return std::nullopt;
        return errc::cancelled;
    }
    const std::uint64_t size = std::uint64_t{answer.body.size()} + piece.size();
    if (r.max_response != 0) {
        if (size > r.max_response) return errc::too_large;
        const auto announced = answer.body.empty() ? announced_size(answer, r.max_response) : 0;
        make_room(answer.body, std::max(size, announced), r.max_response);
    }
    answer.body.append(piece);
    return std::nullopt;
}

inline error error_of_exception() {
#ifdef BOOST_NO_EXCEPTIONS
    return error(errc::exception_thrown);
#else
    try {
        throw;
    } catch (const std::bad_alloc&) {
        return error(boost::system::errc::make_error_code(boost::system::errc::not_enough_memory));
    } catch (const boost::system::system_error& e) {
        return error(e.code());
    } catch (...) {
        return error(errc::exception_thrown);
    }
#endif
}

inline instant system_now() {
    using std::chrono::milliseconds;
    return {std::chrono::time_point_cast<milliseconds>(std::chrono::steady_clock::now()),
            std::chrono::time_point_cast<milliseconds>(std::chrono::system_clock::now())};
}

// Cold, like all that runs only while nobody is in a hurry, or after an exception.
[[gnu::cold]] inline void sleep(time_point until, const stop_token& stop) {
    // `time_point::max()` would overflow in the conversion to the clock's own duration.
    const auto soon = system_now().steady + std::chrono::hours(24 * 365);
#ifdef __cpp_lib_jthread
    std::mutex mutex;
    std::condition_variable stopped;
    const std::stop_callback wake(stop, [&] {
        const std::lock_guard lock(mutex);
        stopped.notify_one();
    });
    std::unique_lock lock(mutex);
    stopped.wait_until(lock, std::min(until, soon), [&] { return stop.stop_requested(); });
#else
    static_cast<void>(stop);
    std::this_thread::sleep_until(std::min(until, soon));
#endif
}

inline flows::event sent(const flows::send& s, result<http::response>&& r) {
    if (r) return flows::answered{s.id, *std::move(r), {}};
    if (r.error() == errc::cancelled && !s.request->idempotent)
        return flows::failed{s.id, error(errc::outcome_unknown, r.error().message())};
    return flows::failed{s.id, r.error()};
}

inline flows::event answered_by_store(flows::request_id id, result<store_answer>&& r) {
    if (!r) return flows::failed{id, r.error()};
    return flows::stored{id, *std::move(r)};
}

inline flows::event read_source(const flows::fetch& f, byte_source_ref from, std::string&& buffer) {
    if (from.lends()) {
        const auto bytes = from.lend(f.offset, f.size);
        if (bytes.size() != f.size) return flows::failed{f.id, error(errc::source_failed)};
        return flows::fetched{f.id, bytes, {}};
    }
    buffer.resize(f.size);
    if (from.read_at(f.offset, buffer.data(), f.size) != f.size)
        return flows::failed{f.id, error(errc::source_failed)};
    return flows::fetched{f.id, {}, std::move(buffer)};
}

[[gnu::cold]] inline void break_off(flow_ref f, const std::optional<flows::request_id>& lost, instant now) {
    f.cancel();
    if (lost) f.on(flows::failed{*lost, error(errc::cancelled)}, now);
}

[[gnu::cold]] inline flows::ask_store only_to_give_back(flow_ref f, instant now) {
    for (;;) {
        auto a = f.next(now);
        if (const auto* ask = std::get_if<flows::ask_store>(&a)) return *ask;
        if (const auto* s = std::get_if<flows::send>(&a))
            f.on(flows::failed{s->id, error(errc::cancelled)}, now);
        else if (const auto* r = std::get_if<flows::fetch>(&a))
            f.on(flows::failed{r->id, error(errc::cancelled)}, now);
        else return {};
    }
}

struct running {
    static flows::action next(run_state& r, instant now) {
        if (!r.is_ending_ && r.options_.stop.stop_requested()) r.cancel();
        if (!r.is_ending_ && now.steady >= r.deadline_) r.is_late_ = true, r.cancel();
        auto a = r.flow_.next(now);
        if (const auto* q = std::get_if<flows::ask_store>(&a)) r.asked_ = q->id;
        if (auto* s = std::get_if<flows::send>(&a)) complete(r, *s->request, now.steady);
        if (auto* w = std::get_if<flows::wait>(&a); w && !r.is_ending_)
            w->until = std::min(w->until, r.deadline_);
        return a;
    }

    static void on(run_state& r, flows::event&& e, instant now) {
        const auto* f = std::get_if<flows::failed>(&e);
        const bool is_cancelled = f && (f->why == errc::cancelled || f->why == errc::outcome_unknown);
        r.asked_.reset();
        r.flow_.on(std::move(e), now);
        if (auto* bytes = std::get_if<flows::fetched>(&e)) r.buffer_ = std::move(bytes->owned);
        if (is_cancelled) r.cancel();
    }

private:
    static void complete(const run_state& s, http::request& r, time_point now) {
        wxmp::authorize(r, s.token_);
        if (s.deadline_ == time_point::max()) return;
        const auto left = std::max(between(now, s.deadline_), std::chrono::milliseconds(1));
        r.timeout = r.timeout.count() == 0 ? left : std::min(r.timeout, left);
    }
};

// ---- Blocking

class blocking_run {
public:
    blocking_run(const blocking_calls& c, flow_ref f, secret&& token, run_options&& o)
        : calls_(c), flow_(f), run_(f, std::move(token), std::move(o), now()) {}

    // Exceptions of the transport and the store propagate, after the flow has released its lease.
    bool operator()() {
        BOOST_TRY { pump(); }
        BOOST_CATCH(...) {
            give_back();
            BOOST_RETHROW
        }
        BOOST_CATCH_END
        return run_.is_late();
    }

private:
    instant now() const { return calls_.now ? calls_.now(calls_.transport) : system_now(); }

    void pump() {
        for (;;) {
            auto a = run_.next(now());
            if (std::holds_alternative<flows::done>(a)) return;
            if (const auto* w = std::get_if<flows::wait>(&a)) wait_until(w->until);
            else {
                auto e = carry_out(a);
                run_.on(std::move(e), now());  // with the time after it
            }
        }
    }

    flows::event carry_out(flows::action& a) {
        if (auto* s = std::get_if<flows::send>(&a))
            return sent(*s, calls_.send(calls_.transport, *s->request, run_.stop()));
        if (const auto* q = std::get_if<flows::ask_store>(&a)) return ask(*q);
        return run_.read(std::get<flows::fetch>(a));
    }

    flows::event ask(const flows::ask_store& q) {
        if (calls_.ask) return answered_by_store(q.id, calls_.ask(calls_.store, *q.what));
        return flows::failed{q.id, no_token_store::none()};
    }

    void wait_until(time_point until) {
        if (calls_.wait_until) calls_.wait_until(calls_.transport, until, run_.stop());
        else sleep(until, run_.stop());
    }

    // Exceptions here are dropped: the earlier one is about to be rethrown.
    [[gnu::cold]] void give_back() noexcept {
        BOOST_TRY {
            break_off(flow_, run_.asked(), now());
            for (auto q = only_to_give_back(flow_, now()); q.what; q = only_to_give_back(flow_, now())) {
                auto e = ask(q);
                flow_.on(std::move(e), now());
            }
        }
        BOOST_CATCH(...) {}
        BOOST_CATCH_END
    }

    const blocking_calls& calls_;
    flow_ref flow_;
    run_state run_;
};

inline bool run_blocking(const blocking_calls& c, flow_ref f, secret&& token, run_options&& o) {
    return blocking_run(c, f, std::move(token), std::move(o))();
}

}  // namespace wxmp::inline v0_1::detail::source

#endif
