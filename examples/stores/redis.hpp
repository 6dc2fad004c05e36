// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_EXAMPLES_STORES_REDIS_HPP
#define WXMP_EXAMPLES_STORES_REDIS_HPP

#include "redis_commands.hpp"
#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdint>
#include <hiredis/hiredis.h>
#include <limits>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <sys/socket.h>
#include <sys/time.h>
#include <utility>
#include <vector>

namespace stores {

/// A timeout as hiredis takes it, which counts milliseconds in an `int`: 24 days stand for all that is longer.
constexpr timeval to_timeval(std::chrono::milliseconds t) noexcept {
    const auto ms = std::clamp<std::int64_t>(t.count(), 0, std::numeric_limits<std::int32_t>::max());
    return {static_cast<time_t>(ms / 1000), static_cast<suseconds_t>(ms % 1000 * 1000)};
}

/** A token store for any number of machines, in Redis, over hiredis; see @ref redis_commands. It blocks. Any
    thread may use it, one at a time gets through.

    The timeout is that of connecting, and again of each answer; not of a name look-up.

    It connects when it is used, and again when it is used after a failure. Errors, without any value in them:
    `errc::store_failed` with the reason or with Redis' own word, as READONLY, NOAUTH or MOVED (which it does
    not follow); `errc::bad_record` where a key holds something else. A step whose answer was lost may have
    been done; a lease that nobody knows of ends in time. Ignore SIGPIPE: hiredis raises it.
*/
class redis {
public:
    redis(redis_server at, const std::string& appid) : at_(std::move(at)), commands_(appid) {}

    wxmp::result<std::optional<wxmp::token_record>> load() { return run(commands_.load()); }
    wxmp::result<std::optional<std::uint64_t>> lease(std::chrono::milliseconds time) {
        return run(commands_.lease(time));
    }
    wxmp::result<bool> commit(const wxmp::token_record& r) { return run(commands_.commit(r)); }
    wxmp::result<void> release(std::uint64_t fence) { return run(commands_.release(fence)); }
    wxmp::result<void> invalidate(const wxmp::secret& token) { return run(commands_.invalidate(token)); }

private:
    struct freed {
        void operator()(redisContext* c) const noexcept { redisFree(c); }
        void operator()(redisReply* r) const noexcept { freeReplyObject(r); }
    };

    template <class T> wxmp::result<T> run(const redis_command<T>& command) {
        const std::lock_guard lock(mutex_);
        if (auto ready = connect(); !ready) return ready.error();
        return ask(command);
    }

    wxmp::result<void> connect() {
        if (is_open()) return {};
        const auto limit = to_timeval(at_.timeout);
        context_.reset(at_.host.starts_with('/')
                           ? redisConnectUnixWithTimeout(at_.host.c_str(), limit)
                           : redisConnectWithTimeout(at_.host.c_str(), at_.port, limit));
        if (!context_ || context_->err) return fail(redis_error(context_ ? context_->errstr : "no memory"));
        redisSetTimeout(context_.get(), limit);
        if (at_.password.empty()) return {};
        return ask(redis_commands::authenticate(at_));
    }

    // A server may close a connection that is idle, or be gone and back.
    bool is_open() const {
        char byte{};
        return context_ && recv(context_->fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) < 0 && errno == EAGAIN;
    }

    template <class T> wxmp::result<T> ask(const redis_command<T>& command) {
        redis_arguments words(command.words);
        const std::unique_ptr<redisReply, freed> reply(static_cast<redisReply*>(
            redisCommandArgv(context_.get(), words.count(), words.begins.data(), words.sizes.data())));
        const auto& name = command.words[0];
        const bool is_late = context_->err == REDIS_ERR_IO && errno == EAGAIN;
        if (!reply) return fail(redis_error(name + ": " + (is_late ? "timed out" : context_->errstr)));
        if (auto why = redis_error_in(*reply, name)) return fail(*std::move(why));
        return command.read(*reply);
    }

    // The next use connects anew: perhaps to a server that has taken the place of this one.
    wxmp::error fail(wxmp::error why) {
        if (why == wxmp::errc::store_failed) context_.reset();
        return why;
    }

    redis_server at_;
    redis_commands commands_;
    std::mutex mutex_;
    std::unique_ptr<redisContext, freed> context_;
};

static_assert(wxmp::blocking_token_store<redis>);

}  // namespace stores

#endif
