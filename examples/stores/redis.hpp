// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_EXAMPLES_STORES_REDIS_HPP
#define WXMP_EXAMPLES_STORES_REDIS_HPP

#include <wxmp/flow/token_store.hpp>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdint>
#include <hiredis/hiredis.h>
#include <iterator>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <sys/socket.h>
#include <sys/time.h>
#include <utility>
#include <vector>

namespace stores {

/// Where a Redis server is.
struct redis_server {
    std::string host = "127.0.0.1";            ///< or the path of a Unix socket, beginning with '/'
    int port = 6379;                           ///< of a host
    std::string user{};                        ///< empty: the default one
    wxmp::secret password{};                   ///< empty: none is sent
    std::chrono::milliseconds timeout{1'000};  ///< of connecting, and of an answer; not of a name look-up
};

/** A token store for any number of machines, in Redis 5 or newer, over hiredis. Any thread may use it.

    Each step is one script, done as a whole or not at all. Times are told by the server's clock alone, so the
    machines' clocks need not agree; flows have to run by the system clock. A fence is the server's time in
    milliseconds, or one more than the last fence if that is larger: a server that has lost its data, or a
    replica that lagged behind, gives larger ones than before all the same, and no holder from before replaces
    a newer token, unless the server's clock goes back by more than it was away. Where a lease ended before its
    holder committed, two grants may have crossed: the tokens of that time are used, and renewed at the next
    opportunity. Who may read `{wxmp:APPID}:token` in Redis has the token.

    It connects when it is used, and again when it is used after a failure. Errors, without any value in them:
    `errc::store_failed` with the reason or with Redis' own word, as READONLY, NOAUTH or MOVED (which it does
    not follow); `errc::bad_record` where a key holds something else. A step whose answer was lost may have
    been done; a lease that nobody knows of ends in time. Ignore SIGPIPE: hiredis raises it.
*/
class redis {
    using milliseconds = std::chrono::milliseconds;

public:
    redis(redis_server at, const std::string& appid)
        : at_(std::move(at)), keys_{"{wxmp:" + appid + "}:token", "{wxmp:" + appid + "}:lease"} {}

    wxmp::result<std::optional<wxmp::token_record>> load() {
        const auto asked = now();  // before the server answers: what is left is told too short, if anything
        const auto r = run(R"(
            local r = redis.call('HMGET', KEYS[1], 'fence', 'expires_at', 'refresh_at', 'crossed', 'token')
            if not r[5] then return 0 end
            for i = 1, 3 do
                r[i] = tonumber(r[i])
                if not (r[i] and r[i] >= 0 and r[i] < 2^53) then return 1 end
            end
            if r[1] <= (tonumber(r[4]) or -1) then r[3] = 0 end
            return {r[1], r[2] - now, r[3] - now, r[5]})");
        if (!r) return r.error();
        if ((*r)->integer == 1) return wxmp::error(wxmp::errc::bad_record, keys_[0]);
        if ((*r)->elements != 4) return std::optional<wxmp::token_record>();
        const auto number = [&](std::size_t i) { return (*r)->element[i]->integer; };
        const auto* token = (*r)->element[3];
        return wxmp::token_record{wxmp::secret({token->str, token->len}),
                                  static_cast<std::uint64_t>(number(0)), asked + milliseconds(number(1)),
                                  asked + milliseconds(number(2))};
    }

    wxmp::result<std::optional<std::uint64_t>> try_lease(wxmp::time_point, milliseconds time) {
        const auto r = run(R"(
            if redis.call('EXISTS', KEYS[2]) == 1 then return 0 end
            local fence = math.max((tonumber(redis.call('HGET', KEYS[1], 'last_fence')) or 0) + 1, now)
            redis.call('HSET', KEYS[1], 'last_fence', text(fence))
            redis.call('SET', KEYS[2], text(fence), 'PX', ARGV[1])
            return fence)",
                           {std::to_string(std::max<milliseconds::rep>(time.count(), 1))});
        if (!r) return r.error();
        if ((*r)->integer <= 0) return std::optional<std::uint64_t>();
        return static_cast<std::uint64_t>((*r)->integer);
    }

    wxmp::result<bool> commit(const wxmp::token_record& record) {
        const auto left = [start = now()](wxmp::time_point t) {
            return std::to_string((std::clamp(t, start, start + std::chrono::years(1)) - start).count());
        };
        const auto r = run(R"(
            local old = redis.call('HMGET', KEYS[1], 'fence', 'last_fence')
            local fence = tonumber(ARGV[2])
            if (tonumber(old[2]) or 0) > fence then redis.call('HSET', KEYS[1], 'crossed', old[2]) end
            if old[1] and (tonumber(old[1]) or 0) >= fence then return 0 end
            redis.call('HSET', KEYS[1], 'token', ARGV[1], 'fence', ARGV[2], 'expires_at', text(now + ARGV[3]),
                       'refresh_at', text(now + ARGV[4]))
            return 1)",
                           {record.token.reveal(), std::to_string(record.fence), left(record.expires_at),
                            left(record.refresh_at)});
        if (!r) return r.error();
        return (*r)->integer == 1;
    }

    wxmp::result<void> release(std::uint64_t fence) {
        return done(run("if redis.call('GET', KEYS[2]) == ARGV[1] then redis.call('DEL', KEYS[2]) end",
                        {std::to_string(fence)}));
    }

    wxmp::result<void> invalidate(const wxmp::secret& token) {
        return done(run(R"(
            if redis.call('HGET', KEYS[1], 'token') ~= ARGV[1] then return end
            redis.call('HSET', KEYS[1], 'expires_at', '0', 'refresh_at', '0'))",
                        {token.reveal()}));
    }

private:
    struct freed {
        void operator()(redisContext* c) const noexcept { redisFree(c); }
        void operator()(redisReply* r) const noexcept { freeReplyObject(r); }
    };
    using reply = std::unique_ptr<redisReply, freed>;

    static wxmp::time_point now() {
        return std::chrono::time_point_cast<milliseconds>(std::chrono::system_clock::now());
    }

    // What every script begins with. Lua alone would write a number of this size with an exponent.
    static constexpr const char* prelude = R"(
        local time = redis.call('TIME')
        local now = time[1] * 1000 + math.floor(time[2] / 1000)
        local function text(n) return string.format('%.0f', n) end
        )";

    wxmp::result<reply> run(const char* script, std::vector<std::string> arguments = {}) {
        const std::lock_guard lock(mutex_);
        if (auto ready = connect(); !ready) return ready.error();
        std::vector<std::string> words{"EVAL", std::string(prelude) + script, "2", keys_[0], keys_[1]};
        std::move(arguments.begin(), arguments.end(), std::back_inserter(words));
        return ask(words);
    }

    wxmp::result<void> connect() {
        if (is_open()) return {};
        const timeval limit{static_cast<time_t>(at_.timeout.count() / 1000),
                            static_cast<suseconds_t>(at_.timeout.count() % 1000 * 1000)};
        context_.reset(at_.host.starts_with('/')
                           ? redisConnectUnixWithTimeout(at_.host.c_str(), limit)
                           : redisConnectWithTimeout(at_.host.c_str(), at_.port, limit));
        if (!context_ || context_->err) return fail(context_ ? context_->errstr : "no memory");
        redisSetTimeout(context_.get(), limit);
        if (at_.password.empty()) return {};
        std::vector<std::string> words{"AUTH", at_.user, at_.password.reveal()};
        if (at_.user.empty()) words.erase(words.begin() + 1);
        return done(ask(words));
    }

    // A server may close a connection that is idle, or be gone and back.
    bool is_open() const {
        char byte{};
        return context_ && recv(context_->fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) < 0 && errno == EAGAIN;
    }

    wxmp::result<reply> ask(const std::vector<std::string>& words) {
        std::vector<const char*> begins;
        std::vector<std::size_t> sizes;
        for (const auto& w : words) begins.push_back(w.data()), sizes.push_back(w.size());
        reply r(static_cast<redisReply*>(
            redisCommandArgv(context_.get(), static_cast<int>(words.size()), begins.data(), sizes.data())));
        if (!r) return fail(words[0] + ": " + (errno == EAGAIN ? "timed out" : context_->errstr));
        if (r->type != REDIS_REPLY_ERROR) return r;
        const std::string_view said(r->str, r->len);  // after its first word, it may repeat what it was sent
        if (said.starts_with("WRONGTYPE")) return wxmp::error(wxmp::errc::bad_record, "redis: WRONGTYPE");
        return fail(words[0] + ": " + std::string(said.substr(0, said.find(' '))));
    }

    // The next use connects anew: perhaps to a server that has taken the place of this one.
    wxmp::error fail(std::string why) {
        context_.reset();
        return wxmp::error(wxmp::errc::store_failed, "redis: " + std::move(why));
    }

    static wxmp::result<void> done(const wxmp::result<reply>& r) {
        if (!r) return r.error();
        return {};
    }

    redis_server at_;
    std::string keys_[2];
    std::mutex mutex_;
    std::unique_ptr<redisContext, freed> context_;
};

static_assert(wxmp::token_store<redis>);

}  // namespace stores

#endif
