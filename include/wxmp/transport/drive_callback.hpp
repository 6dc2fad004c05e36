// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TRANSPORT_DRIVE_CALLBACK_HPP
#define WXMP_TRANSPORT_DRIVE_CALLBACK_HPP

#include <wxmp/transport/detail/check_handler.hpp>
#include <wxmp/transport/run.hpp>

#include <boost/core/no_exceptions_support.hpp>

#include <cstddef>
#include <memory>
#include <optional>
#include <utility>
#include <variant>

namespace wxmp::inline v0_1 {

namespace detail {

struct stoppable {
    virtual ~stoppable() = default;
    virtual void cancel() = 0;
};

}  // namespace detail

/// Stops a run over a callback transport. Destroying the handle does not stop the run.
class run_handle {
public:
    /// A handle to no run.
    run_handle() = default;

    /// For @ref drive, which returns it.
    explicit run_handle(std::weak_ptr<detail::stoppable> run) noexcept : run_(std::move(run)) {}

    /// Stops the run as @ref run_options::stop does; no effect if it has ended. Call it where the run's
    /// handlers are called; it may be called from inside one.
    void cancel() const {
        if (const auto r = run_.lock()) r->cancel();
    }

private:
    std::weak_ptr<detail::stoppable> run_;
};

namespace detail {

#ifdef __cpp_lib_jthread
// Stops when the other one does, or when told to.
class linked_stop {
public:
    explicit linked_stop(const stop_token& other) : link_(other, stopper{source_}) {}
    stop_token token() const noexcept { return source_.get_token(); }
    void stop() noexcept { source_.request_stop(); }

private:
    struct stopper {
        stop_source source;
        void operator()() noexcept { source.request_stop(); }
    };
    stop_source source_;
    std::stop_callback<stopper> link_;
};
#else
class linked_stop {
public:
    explicit linked_stop(const stop_token&) {}
    stop_token token() const noexcept { return source_.get_token(); }
    void stop() noexcept { source_.request_stop(); }

private:
    stop_source source_;
};
#endif

// A pending store request, counted until it is answered or the store drops its handler.
class question {
public:
    question(flows::request_id id, std::size_t& count) : id_(id), count_(&count) { ++count; }
    question(const question&) = delete;
    question& operator=(const question&) = delete;
    ~question() { is_answered(); }

    flows::request_id id() const noexcept { return id_; }
    void is_answered() const noexcept {
        if (auto* count = std::exchange(count_, nullptr)) --*count;
    }

private:
    flows::request_id id_;
    mutable std::size_t* count_;
};

// The loop of a callback run; pending handlers keep it alive. Not thread-safe.
template <callback_transport T, token_store S>
class callback_loop : public stoppable, public std::enable_shared_from_this<callback_loop<T, S>> {
public:
    callback_loop(T& t, S& store, flow_ref f, secret token, run_options o)
        : transport_(t),
          store_(store),
          flow_(f),
          stop_(o.stop),
          run_(f, std::move(token), here(o), now_of(t)) {}

    // A handler called from inside `send` must not recurse: the running loop picks up its event.
    void pump() {
        is_asked_again_ = true;
        if (std::exchange(is_pumping_, true)) return;
        while (std::exchange(is_asked_again_, false) && !is_over_) {
            BOOST_TRY { is_broken_ ? give_back() : advance(); }
            BOOST_CATCH(...) { break_off(error_of_exception()); }
            BOOST_CATCH_END
        }
        is_pumping_ = false;
        if (is_over_ && !std::exchange(is_reported_, true)) finish();
    }

    void cancel() override {
        const auto self = this->shared_from_this();
        stop_.stop();
        pump();
    }

protected:
    // Calls the handler with the result.
    virtual void report(std::optional<error> fault, const run_state& run) = 0;

private:
    run_options here(run_options o) const {
        o.stop = stop_.token();
        return o;
    }

    void advance() {
        for (;;) {
            auto a = run_.next(now_of(transport_));
            if (std::holds_alternative<flows::done>(a)) return void(is_over_ = true);
            if (auto* w = std::get_if<flows::wait>(&a)) return start(*w);
            if (const auto* r = std::get_if<flows::fetch>(&a)) run_.on(run_.read(*r), now_of(transport_));
            if (auto* s = std::get_if<flows::send>(&a)) start(*s);
            if (const auto* q = std::get_if<flows::ask_store>(&a)) start(*q);
        }
    }

    void start(const flows::send& s) {
        const auto told = [self = this->shared_from_this(), s](result<http::response> r) {
            self->on([&] { return to_event(s, std::move(r)); });
        };
        send_by(transport_, *s.request, stop_.token(), told);
    }

    void start(const flows::ask_store& q) {
        if constexpr (blocking_token_store<S>) {
            lost_ = q.id;
            auto e = to_event(q.id, ask(store_, *q.what));
            lost_.reset();
            pass_on(std::move(e));
        } else {
            lost_ = q.id;
            const auto asked = std::make_shared<const question>(q.id, stores_asked_);
            ask(store_, *q.what, [self = this->shared_from_this(), asked](result<store_answer> r) {
                asked->is_answered();
                self->on_store([&] { return to_event(asked->id(), std::move(r)); });
            });
            lost_.reset();
        }
    }

    void start(flows::wait w) {
        if (w.until >= timer_) return;  // a timer that fires no later is pending
        const auto told = [self = this->shared_from_this(), until = w.until] {
            if (self->timer_ == until) self->timer_ = time_point::max();
            self->pump();
        };
        if constexpr (requires { transport_.wait_until(w.until, stop_.token(), told); }) {
            timer_ = w.until;
            transport_.wait_until(w.until, stop_.token(), told);
        } else if constexpr (requires { transport_.wait_until(w.until, told); }) {
            timer_ = w.until;
            transport_.wait_until(w.until, told);
        } else break_off(error(errc::no_timer));
    }

    template <class Make> void on(Make make) {
        if (!is_over_ && !is_broken_) on_store(make);
    }

    template <class Make> void on_store(Make make) {
        if (is_over_) return;
        BOOST_TRY { pass_on(make()); }
        BOOST_CATCH(...) { break_off(error_of_exception()); }
        BOOST_CATCH_END
        pump();
    }

    void pass_on(flows::event&& e) {
        const auto now = now_of(transport_);
        if (is_broken_) flow_.on(std::move(e), now);
        else run_.on(std::move(e), now);
    }

    // After an exception the flow only gets to release its lease. If that fails too, the run ends.
    void break_off(error why) noexcept {
        if (is_broken_) return void(is_over_ = true);
        is_broken_ = is_asked_again_ = true;
        fault_ = std::move(why);
        detail::break_off(flow_, std::exchange(lost_, std::nullopt), now_of(transport_));
    }

    void give_back() {
        if (stores_asked_ != 0) return;
        if (const auto q = only_to_give_back(flow_, now_of(transport_)); q.what) {
            start(q);
            is_asked_again_ = true;
        } else is_over_ = true;
    }

    // Stops what is still in flight, then calls the handler, which may make the next call at once.
    void finish() {
        const auto self = this->shared_from_this();
        stop_.stop();
        report(std::move(fault_), run_);
    }

    T& transport_;
    S& store_;
    flow_ref flow_;
    linked_stop stop_;
    run_state run_;
    std::optional<error> fault_;             // that broke off the run
    std::optional<flows::request_id> lost_;  // store request being started: lost if that throws
    time_point timer_ = time_point::max();   // when the pending timer fires
    std::size_t stores_asked_{};
    bool is_pumping_{};
    bool is_asked_again_{};
    bool is_broken_{};
    bool is_over_{};
    bool is_reported_{};
};

// A flow and its handler.
template <flow F, class Handler> struct run_of {
    F flow;
    Handler handler;
};

template <callback_transport T, token_store S, flow F, class Handler>
class callback_run final : run_of<F, Handler>, public callback_loop<T, S> {
    using content = run_of<F, Handler>;

public:
    callback_run(T& t, S& store, F f, secret token, run_options o, Handler h)
        : content{std::move(f), std::move(h)},
          callback_loop<T, S>(t, store, flow_ref(content::flow), std::move(token), std::move(o)) {}

private:
    using outcome = result<typename F::value_type>;

    void report(std::optional<error> fault, const run_state& run) override {
        auto told = std::move(content::handler);
        told(fault ? outcome(*std::move(fault)) : take(run));
    }

    outcome take(const run_state& run) {
        BOOST_TRY { return run.settle(std::move(content::flow).take()); }
        BOOST_CATCH(...) { return error_of_exception(); }
        BOOST_CATCH_END
    }
};

}  // namespace detail

}  // namespace wxmp::inline v0_1

#endif
