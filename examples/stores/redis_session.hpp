// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_EXAMPLES_STORES_REDIS_SESSION_HPP
#define WXMP_EXAMPLES_STORES_REDIS_SESSION_HPP

#include <boost/asio.hpp>

#include "hiredis_asio.hpp"
#include "redis_commands.hpp"
#include <algorithm>
#include <chrono>
#include <functional>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

// What is behind `redis_asio`.
namespace stores::detail {

// A command that was asked for, until its handler was told what came of it.
class redis_step {
public:
    using time_point = std::chrono::steady_clock::time_point;

    redis_step(std::vector<std::string> command, time_point until)
        : words(std::move(command)), deadline(until) {}
    virtual ~redis_step() = default;

    virtual bool is_settled() const noexcept = 0;
    virtual void settle(const redisReply& r) = 0;  // what it comes to; the first time counts
    virtual void settle(wxmp::error why) = 0;
    virtual void tell() = 0;  // calls its handler, once

    const std::vector<std::string> words;
    const time_point deadline;
};

template <class T, class Handler> class redis_step_of final : public redis_step {
public:
    using unclaimed = std::function<void(wxmp::result<T>)>;

    // `f`: called with what comes too late
    redis_step_of(redis_command<T> c, time_point until, const asio::any_io_executor& io, Handler h,
                  unclaimed f)
        : redis_step(std::move(c.words), until),
          read_(c.read),
          unclaimed_(std::move(f)),
          executor_(asio::get_associated_executor(h, io)),
          handler_(std::move(h)) {}

    bool is_settled() const noexcept override { return outcome_.has_value(); }
    void settle(const redisReply& r) override {
        if (!outcome_) outcome_ = read_(r);
        else if (unclaimed_) unclaimed_(read_(r));
    }
    void settle(wxmp::error why) override {
        if (!outcome_) outcome_ = std::move(why);
    }
    void tell() override {
        if (!handler_) return;
        asio::get_associated_cancellation_slot(*handler_).clear();
        Handler h = std::move(*handler_);
        handler_.reset();
        auto told = [h = std::move(h), r = std::move(*outcome_)]() mutable { std::move(h)(std::move(r)); };
        asio::dispatch(executor_, std::move(told));
    }

private:
    wxmp::result<T> (*read_)(const redisReply&);
    unclaimed unclaimed_;
    asio::any_io_executor executor_;
    std::optional<Handler> handler_;
    std::optional<wxmp::result<T>> outcome_;
};

// The commands of one store, in order, and its connection.
class redis_session : public std::enable_shared_from_this<redis_session> {
public:
    redis_session(asio::any_io_executor io, redis_server at)
        : io_(std::move(io)), at_(std::move(at)), names_(io_), timer_(io_) {}

    const asio::any_io_executor& executor() const noexcept { return io_; }
    redis_step::time_point deadline() const { return std::chrono::steady_clock::now() + at_.timeout; }

    void ask(std::shared_ptr<redis_step> s) {
        if (sent_.empty() && state_ == state::ready && (is_doubtful_ || !connection_->is_idle()))
            disconnect();
        waiting_.push_back(std::move(s));
        if (state_ == state::closed) connect();
        go_on();
        if (!answered_.empty()) tell_later();
    }

    // Its answer may still come, and is for nobody.
    void cancel(const std::shared_ptr<redis_step>& s) {
        s->settle(wxmp::error(wxmp::errc::cancelled));
        asio::post(io_, [s] { s->tell(); });
    }

    // Ends all that is under way.
    void stop() {
        fail(wxmp::error(wxmp::errc::cancelled));
        timer_.cancel();
        tell_later();
    }

private:
    enum class state { closed, connecting, ready };

    // ---- the connection

    void connect() {
        state_ = state::connecting;
        if (at_.host.starts_with('/')) return open(redisAsyncConnectUnix(at_.host.c_str()));
        const auto told = [self = shared_from_this(), attempt = attempt_](boost::system::error_code failed,
                                                                          const auto& found) {
            if (attempt != self->attempt_) return;  // it was given up
            if (failed) self->fail(redis_error(failed.message()));
            else self->open(redisAsyncConnect(first_of(found).c_str(), self->at_.port));
            self->look();
        };
        try {
            names_.async_resolve(at_.host, std::to_string(at_.port), told);
        } catch (const boost::system::system_error& e) {  // no thread to look it up
            fail(redis_error(e.code().message()));
        }
    }

    // As hiredis prefers.
    static std::string first_of(const asio::ip::tcp::resolver::results_type& found) {
        const auto is_v4 = [](const auto& one) { return one.endpoint().address().is_v4(); };
        const auto v4 = std::find_if(found.begin(), found.end(), is_v4);
        return (v4 != found.end() ? v4 : found.begin())->endpoint().address().to_string();
    }

    void open(redisAsyncContext* c) {
        if (!c) return fail(redis_error("no memory"));
        const std::unique_ptr<redisAsyncContext, void (*)(redisAsyncContext*)> failed(c->err ? c : nullptr,
                                                                                      &redisAsyncFree);
        if (failed) return fail(redis_error(c->errstr));
        connection_ = std::make_shared<hiredis_connection>(io_, c, [this] { look(); });
        if (!connection_->context()) return fail(redis_error(connection_->why_closed()));
        if (at_.password.empty()) state_ = state::ready;
        else if (!send(redis_commands::authenticate(at_).words, &on_authentication))
            fail(redis_error("no memory"));
    }

    void disconnect() {
        ++attempt_;
        names_.cancel();
        if (connection_) connection_->close();
        connection_.reset();
        is_doubtful_ = false;
        state_ = state::closed;
    }

    // ---- what hiredis calls

    static void on_authentication(redisAsyncContext*, void* reply, void* session) noexcept {
        auto& self = *static_cast<redis_session*>(session);
        if (!reply) return;  // the connection was lost
        try {
            self.refusal_ = redis_error_in(*static_cast<const redisReply*>(reply), "AUTH");
            self.state_ = state::ready;
        } catch (...) {
            self.refusal_ = no_memory();
        }
    }

    static void on_reply(redisAsyncContext*, void* reply, void* session) noexcept {
        auto& self = *static_cast<redis_session*>(session);
        if (!reply) return;  // the connection was lost
        auto& s = *self.sent_.front();
        try {
            self.read(*static_cast<const redisReply*>(reply), s);
        } catch (...) {
            s.settle(no_memory());
        }
        self.answered_.splice(self.answered_.end(), self.sent_, self.sent_.begin());
    }

    void read(const redisReply& r, redis_step& s) {
        auto why = redis_error_in(r, s.words[0]);
        if (!why) return s.settle(r);
        // The next use connects anew: perhaps to a server that has taken the place of this one.
        is_doubtful_ = is_doubtful_ || *why == wxmp::errc::store_failed;
        s.settle(*std::move(why));
    }

    static wxmp::error no_memory() {
        return wxmp::error(boost::system::errc::make_error_code(boost::system::errc::not_enough_memory));
    }

    // ---- what comes of it

    void look() {
        const auto self = shared_from_this();  // a handler may destroy the store
        go_on();
        tell();
    }

    void go_on() {
        if (connection_ && !connection_->context()) fail(loss(connection_->why_closed()));
        if (refusal_) fail(*std::exchange(refusal_, {}));
        if (state_ == state::ready) send_waiting();
        if (connection_ && (state_ == state::connecting || !sent_.empty())) connection_->listen();
        watch_time();
    }

    void send_waiting() {
        while (!waiting_.empty()) {
            const auto s = waiting_.front();
            auto& to = s->is_settled() ? answered_ : sent_;  // it may have been cancelled
            to.splice(to.end(), waiting_, waiting_.begin());
            if (&to == &sent_ && !send(s->words, &on_reply)) return fail(redis_error("no memory"));
        }
    }

    bool send(const std::vector<std::string>& words, redisCallbackFn* told) {
        redis_arguments a(words);
        return redisAsyncCommandArgv(connection_->context(), told, this, a.count(), a.begins.data(),
                                     a.sizes.data()) == REDIS_OK;
    }

    // All that are under way wait for this one.
    const redis_step* oldest() const {
        return !sent_.empty() ? sent_.front().get() : !waiting_.empty() ? waiting_.front().get() : nullptr;
    }

    void watch_time() {
        const auto* first = oldest();
        if (!first) return void(timer_.cancel());
        timer_.expires_at(first->deadline);
        timer_.async_wait([self = shared_from_this()](boost::system::error_code stopped) {
            const auto* late = self->oldest();
            if (stopped || !late || late->deadline > std::chrono::steady_clock::now()) return;
            const bool is_connected = self->connection_ && self->connection_->is_connected();
            self->fail(self->loss(is_connected ? "timed out" : "Connection timed out"));
            self->look();
        });
    }

    wxmp::error loss(const std::string& why) const {
        if (!connection_ || !connection_->is_connected()) return redis_error(why);
        return redis_error((sent_.empty() ? "AUTH" : sent_.front()->words[0]) + ": " + why);
    }

    void fail(const wxmp::error& why) {
        disconnect();
        for (auto* all : {&sent_, &waiting_}) {
            for (const auto& s : *all) s->settle(why);
            answered_.splice(answered_.end(), *all);
        }
    }

    // A handler may ask again, and may throw: the others are told all the same.
    void tell() {
        while (!answered_.empty()) {
            const auto s = std::move(answered_.front());
            answered_.pop_front();
            try {
                s->tell();
            } catch (...) {
                tell_later();
                throw;
            }
        }
    }
    void tell_later() {
        asio::post(io_, [self = shared_from_this()] { self->tell(); });
    }

    using steps = std::list<std::shared_ptr<redis_step>>;

    asio::any_io_executor io_;
    redis_server at_;
    asio::ip::tcp::resolver names_;
    asio::steady_timer timer_;
    std::shared_ptr<hiredis_connection> connection_;
    std::optional<wxmp::error> refusal_;  // of the password
    steps waiting_, sent_, answered_;
    unsigned attempt_{};
    state state_{};
    bool is_doubtful_{};
};

}  // namespace stores::detail

#endif
