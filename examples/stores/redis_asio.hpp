// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_EXAMPLES_STORES_REDIS_ASIO_HPP
#define WXMP_EXAMPLES_STORES_REDIS_ASIO_HPP

#include <boost/asio.hpp>

#include "redis_session.hpp"
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

namespace stores {

/** The store of @ref redis for programs on Boost.Asio: nobody waits but who asks. Not a thread-safe one: it is
    to be used on its executor, which runs one handler at a time.

    Each member takes any completion token, by default `asio::use_awaitable`: it is an awaitable store and, with
    a handler, one that calls back. Commands that are asked for at the same time are under way at the same time.

    The timeout is that of a command, with connecting, the name look-up and what was asked before. One that is
    cancelled, by the slot that is bound to its token, ends with `errc::cancelled`, as does all that is under
    way when the store is destroyed; a lease that the server grants to a command that was cancelled is given
    back. The coroutine whose `use_awaitable` it is can go on: its cancellation state is reset.

    Errors and the rest are as in @ref redis. Ignore SIGPIPE: hiredis raises it.
*/
class redis_asio {
public:
    template <class T> using task = asio::awaitable<T>;
    using await = asio::use_awaitable_t<>;

    redis_asio(asio::any_io_executor io, redis_server at, const std::string& appid)
        : session_(std::make_shared<session>(std::move(io), std::move(at))), commands_(appid) {}
    redis_asio(const redis_asio&) = delete;
    redis_asio& operator=(const redis_asio&) = delete;
    // NOLINTNEXTLINE(bugprone-exception-escape): without memory to end what is under way, the program ends.
    ~redis_asio() { session_->stop(); }

    template <class Token = await> auto load(Token&& t = {}) {
        return ask(commands_.load(), std::forward<Token>(t));
    }
    template <class Token = await> auto lease(std::chrono::milliseconds time, Token&& t = {}) {
        return ask(commands_.lease(time), std::forward<Token>(t), give_back());
    }
    template <class Token = await> auto commit(const wxmp::token_record& r, Token&& t = {}) {
        return ask(commands_.commit(r), std::forward<Token>(t));
    }
    template <class Token = await> auto release(std::uint64_t fence, Token&& t = {}) {
        return ask(commands_.release(fence), std::forward<Token>(t));
    }
    template <class Token = await> auto invalidate(const wxmp::secret& token, Token&& t = {}) {
        return ask(commands_.invalidate(token), std::forward<Token>(t));
    }

private:
    using session = detail::redis_session;
    template <class T> using unclaimed = std::type_identity_t<std::function<void(wxmp::result<T>)>>;

    template <class T, class Token> auto ask(redis_command<T> command, Token&& t, unclaimed<T> f = {}) {
        const auto start = [all = session_, f = std::move(f)](auto h, redis_command<T> c) {
            begin(all, std::move(c), std::move(h), f);
        };
        const auto initiate = [&] {
            return asio::async_initiate<Token, void(wxmp::result<T>)>(start, t, std::move(command));
        };
        if constexpr (std::is_same_v<std::remove_cvref_t<Token>, await>) return go_on_after(initiate());
        else return initiate();
    }

    template <class T, class Handler>
    static void begin(const std::shared_ptr<session>& all, redis_command<T> c, Handler h, unclaimed<T> f) {
        auto slot = asio::get_associated_cancellation_slot(h);
        const auto step = std::make_shared<detail::redis_step_of<T, Handler>>(
            std::move(c), all->deadline(), all->executor(), std::move(h), std::move(f));
        if (slot.is_connected())
            slot.assign([all = std::weak_ptr(all), step = std::weak_ptr(step)](asio::cancellation_type) {
                const auto s = step.lock();
                if (const auto a = all.lock(); s && a) a->cancel(s);
            });
        all->ask(step);
    }

    // Not at once: hiredis is under way.
    unclaimed<std::optional<std::uint64_t>> give_back() const {
        return [all = std::weak_ptr(session_),
                commands = commands_](wxmp::result<std::optional<std::uint64_t>> r) {
            const auto a = all.lock();
            if (!a || !r || !*r) return;
            asio::post(a->executor(),
                       [a, c = commands.release(**r)] { begin(a, c, [](const wxmp::result<void>&) {}, {}); });
        };
    }

    // A cancelled coroutine would end at its next co_await.
    template <class T> static task<T> go_on_after(task<T> asked) {
        auto r = co_await std::move(asked);
        if (!r && r.error() == wxmp::errc::cancelled) co_await asio::this_coro::reset_cancellation_state();
        co_return r;
    }

    std::shared_ptr<session> session_;
    redis_commands commands_;
};

static_assert(wxmp::awaitable_token_store<redis_asio> && wxmp::callback_token_store<redis_asio>);

}  // namespace stores

#endif
