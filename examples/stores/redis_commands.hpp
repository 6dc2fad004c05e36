// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_EXAMPLES_STORES_REDIS_COMMANDS_HPP
#define WXMP_EXAMPLES_STORES_REDIS_COMMANDS_HPP

#include <wxmp/transport/token_store.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <hiredis/hiredis.h>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace stores {

/// Where a Redis server is.
struct redis_server {
    std::string host = "127.0.0.1";            ///< or the path of a Unix socket, beginning with '/'
    int port = 6379;                           ///< of a host
    std::string user{};                        ///< empty: the default one
    wxmp::secret password{};                   ///< empty: none is sent
    std::chrono::milliseconds timeout{1'000};  ///< see the store
};

/// A command, and what a reply to it means that is not an error.
template <class T> struct redis_command {
    std::vector<std::string> words;
    wxmp::result<T> (*read)(const redisReply&);
};

/** A token store's steps as commands of Redis 5 or newer. Each is one script, done as a whole or not at all.

    Times are told by the server's clock alone, so the machines' clocks need not agree. Where that goes back, a
    token lives for no longer than it did when it was committed, and is renewed at the next opportunity; a lease
    ends in its own time after somebody else has asked for it. A fence is the server's time in milliseconds, or
    one more than the last fence if that is larger: a server that has lost its data, or a replica that lagged
    behind, gives larger ones than before all the same, and no holder from before replaces a newer token, unless
    the server's clock goes back by more than it was away. Where a lease ended before its holder committed, two
    grants may have crossed: the tokens of that time are used, and renewed at the next opportunity. No duration
    is kept for longer than a year. Who may read `{wxmp:APPID}:token` in Redis has the token.
*/
class redis_commands {
    using milliseconds = std::chrono::milliseconds;

public:
    explicit redis_commands(const std::string& appid)
        : token_key_("{wxmp:" + appid + "}:token"), lease_key_("{wxmp:" + appid + "}:lease") {}

    redis_command<std::optional<wxmp::token_record>> load() const {
        return {script(R"(
            local r = redis.call('HMGET', KEYS[1], 'fence', 'expires_at', 'refresh_at', 'crossed', 'token',
                                 'committed_at')
            if not r[5] then return nil end
            for i = 1, 3 do
                r[i] = tonumber(r[i])
                if not (r[i] and r[i] >= 0 and r[i] < 2^53) then return KEYS[1] end
            end
            if r[1] <= (tonumber(r[4]) or -1) then r[3] = 0 end
            local gone_back = (tonumber(r[6]) or 0) - now
            if gone_back > 0 then r[2], r[3] = r[2] - gone_back, 0 end
            return {r[1], r[2] - now, r[3] - now, r[5]})"),
                &read_record};
    }

    redis_command<std::optional<std::uint64_t>> lease(milliseconds time) const {
        return {script(R"(
            if redis.call('EXISTS', KEYS[2]) == 1 then
                local longest = tonumber(redis.call('HGET', KEYS[1], 'lease_time'))
                if longest and redis.call('PTTL', KEYS[2]) > longest then
                    redis.call('PEXPIRE', KEYS[2], text(longest))
                end
                return 0
            end
            local fence = math.max((tonumber(redis.call('HGET', KEYS[1], 'last_fence')) or 0) + 1, now)
            redis.call('HSET', KEYS[1], 'last_fence', text(fence), 'lease_time', ARGV[1])
            redis.call('SET', KEYS[2], text(fence), 'PX', ARGV[1])
            return fence)",
                       {number(time, milliseconds(1))}),
                &read_fence};
    }

    redis_command<bool> commit(const wxmp::token_record& r) const {
        return {
            script(R"(
            local old = redis.call('HMGET', KEYS[1], 'fence', 'last_fence')
            local fence = tonumber(ARGV[2])
            if (tonumber(old[2]) or 0) > fence then redis.call('HSET', KEYS[1], 'crossed', old[2]) end
            if old[1] and (tonumber(old[1]) or 0) >= fence then return 0 end
            redis.call('HSET', KEYS[1], 'token', ARGV[1], 'fence', ARGV[2], 'expires_at', text(now + ARGV[3]),
                       'refresh_at', text(now + ARGV[4]), 'committed_at', text(now))
            return 1)",
                   {r.token.reveal(), std::to_string(r.fence), number(r.expires_in), number(r.refresh_in)}),
            [](const redisReply& kept) { return wxmp::result<bool>(kept.integer == 1); }};
    }

    redis_command<void> release(std::uint64_t fence) const {
        return {script("if redis.call('GET', KEYS[2]) == ARGV[1] then redis.call('DEL', KEYS[2]) end",
                       {std::to_string(fence)}),
                &read_nothing};
    }

    redis_command<void> invalidate(const wxmp::secret& token) const {
        return {script(R"(
            if redis.call('HGET', KEYS[1], 'token') ~= ARGV[1] then return end
            redis.call('HSET', KEYS[1], 'expires_at', '0', 'refresh_at', '0'))",
                       {token.reveal()}),
                &read_nothing};
    }

    /// What a connection begins with, where the server wants a password.
    static redis_command<void> authenticate(const redis_server& at) {
        if (at.user.empty()) return {{"AUTH", at.password.reveal()}, &read_nothing};
        return {{"AUTH", at.user, at.password.reveal()}, &read_nothing};
    }

private:
    // Lua alone would write a number of this size with an exponent.
    std::vector<std::string> script(std::string_view body,
                                    std::initializer_list<std::string> arguments = {}) const {
        static constexpr std::string_view prelude = R"(
            local time = redis.call('TIME')
            local now = time[1] * 1000 + math.floor(time[2] / 1000)
            local function text(n) return string.format('%.0f', n) end
            )";
        std::vector<std::string> words{"EVAL", std::string(prelude).append(body), "2", token_key_,
                                       lease_key_};
        words.insert(words.end(), arguments);
        return words;
    }

    static std::string number(milliseconds d, milliseconds least = {}) {
        return std::to_string(std::clamp<milliseconds>(d, least, std::chrono::years(1)).count());
    }

    static wxmp::result<std::optional<wxmp::token_record>> read_record(const redisReply& r) {
        if (r.type == REDIS_REPLY_NIL) return std::optional<wxmp::token_record>();
        if (r.type == REDIS_REPLY_STRING)  // the key
            return wxmp::error(wxmp::errc::bad_record, std::string(r.str, r.len));
        if (r.elements != 4) return wxmp::error(wxmp::errc::bad_record);
        const auto left = [&](std::size_t i) { return milliseconds(r.element[i]->integer); };
        const auto* token = r.element[3];
        return wxmp::token_record{wxmp::secret({token->str, token->len}),
                                  static_cast<std::uint64_t>(r.element[0]->integer), left(1), left(2)};
    }

    static wxmp::result<std::optional<std::uint64_t>> read_fence(const redisReply& r) {
        if (r.integer <= 0) return std::optional<std::uint64_t>();
        return static_cast<std::uint64_t>(r.integer);
    }

    static wxmp::result<void> read_nothing(const redisReply&) { return {}; }

    std::string token_key_, lease_key_;
};

/// An error of a store, in words that hold no value of a command.
inline wxmp::error redis_error(const std::string& why) {
    return wxmp::error(wxmp::errc::store_failed, "redis: " + why);
}

/// The error that a reply to `command` is, if it is one.
inline std::optional<wxmp::error> redis_error_in(const redisReply& r, const std::string& command) {
    if (r.type != REDIS_REPLY_ERROR) return std::nullopt;
    const std::string_view said(r.str, r.len);  // after its first word, it may repeat what it was sent
    if (said.starts_with("WRONGTYPE")) return wxmp::error(wxmp::errc::bad_record, "redis: WRONGTYPE");
    return redis_error(command + ": " + std::string(said.substr(0, said.find(' '))));
}

/// The words of a command as hiredis wants them; valid while `words` is.
struct redis_arguments {
    explicit redis_arguments(const std::vector<std::string>& words) {
        for (const auto& w : words) begins.push_back(w.data()), sizes.push_back(w.size());
    }
    int count() const noexcept { return static_cast<int>(begins.size()); }

    std::vector<const char*> begins{};
    std::vector<std::size_t> sizes{};
};

}  // namespace stores

#endif
