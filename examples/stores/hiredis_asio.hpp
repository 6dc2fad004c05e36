// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_EXAMPLES_STORES_HIREDIS_ASIO_HPP
#define WXMP_EXAMPLES_STORES_HIREDIS_ASIO_HPP

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>

#include <cerrno>
#include <functional>
#include <hiredis/async.h>
#include <memory>
#include <string>
#include <sys/socket.h>
#include <utility>

namespace stores {

namespace asio = boost::asio;

/** A connection of hiredis' asynchronous API, which is told by Asio when it can read and write.

    hiredis only takes notes: what it calls throws nothing and does nothing else. After it was called, the
    owner looks at what has come of it, and calls @ref listen as long as something is to come: between two
    commands nothing is waited for, so that `io_context::run` may return.
*/
class hiredis_connection : public std::enable_shared_from_this<hiredis_connection> {
public:
    /** Takes `c`, which connects.
        @param on_event called after hiredis has read or written
    */
    hiredis_connection(const asio::any_io_executor& io, redisAsyncContext* c, std::function<void()> on_event)
        : socket_(io), context_(c), on_event_(std::move(on_event)) {
        c->ev.data = this;
        c->ev.addRead = [](void* self) { of(self).wants_read_ = true; };
        c->ev.delRead = [](void* self) { of(self).wants_read_ = false; };
        c->ev.addWrite = [](void* self) { of(self).wants_write_ = true; };
        c->ev.delWrite = [](void* self) { of(self).wants_write_ = false; };
        c->ev.cleanup = [](void* self) { of(self).let_go(); };
        boost::system::error_code failed;
        socket_.assign(c->c.fd, failed);
        if (failed) close(), why_closed_ = failed.message();
    }
    hiredis_connection(const hiredis_connection&) = delete;
    hiredis_connection& operator=(const hiredis_connection&) = delete;
    ~hiredis_connection() { close(); }

    /// What hiredis calls it, to be used at once; null once it is closed.
    redisAsyncContext* context() const noexcept { return context_; }

    /// Whether it has got as far as the server.
    bool is_connected() const noexcept { return is_connected_ || (context_ && has_connected()); }

    /// False where the server has closed it, or has sent what nobody asked for. To be called between commands.
    bool is_idle() const noexcept {
        char byte{};
        return context_ && recv(context_->c.fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) < 0 && errno == EAGAIN;
    }

    /// Why hiredis has closed it.
    const std::string& why_closed() const noexcept { return why_closed_; }

    /// Goes on until something was read or written.
    void listen() {
        using socket = asio::posix::stream_descriptor;
        wait(socket::wait_read, wants_read_, is_reading_, &redisAsyncHandleRead);
        wait(socket::wait_write, wants_write_, is_writing_, &redisAsyncHandleWrite);
    }

    /// Calls back all commands that are under way, without a reply. Not to be called by a command's callback.
    void close() noexcept {
        on_event_ = nullptr;
        if (context_) redisAsyncFree(context_);
    }

private:
    static hiredis_connection& of(void* self) noexcept { return *static_cast<hiredis_connection*>(self); }

    bool has_connected() const noexcept { return (context_->c.flags & REDIS_CONNECTED) != 0; }

    // hiredis is about to close the socket and to free the context. Some versions say so twice.
    void let_go() noexcept {
        if (!context_) return;
        try {
            is_connected_ = has_connected();
            why_closed_ = context_->errstr ? context_->errstr : "";
            socket_.release();
        } catch (...) {
        }
        context_ = nullptr;
    }

    void wait(asio::posix::stream_descriptor::wait_type what, bool is_wanted, bool& is_waiting,
              void (*handle)(redisAsyncContext*)) {
        if (!context_ || !is_wanted || is_waiting) return;
        is_waiting = true;
        socket_.async_wait(what, [self = shared_from_this(), &is_waiting, handle](boost::system::error_code) {
            is_waiting = false;
            if (self->context_) handle(self->context_);
            if (const auto told = self->on_event_) told();  // a copy, as it may close this
        });
    }

    asio::posix::stream_descriptor socket_;
    redisAsyncContext* context_;
    std::function<void()> on_event_;
    std::string why_closed_;
    bool is_connected_{};
    bool wants_read_{}, wants_write_{};
    bool is_reading_{}, is_writing_{};
};

}  // namespace stores

#endif
