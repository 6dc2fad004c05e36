// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TESTING_TRANSPORT_CONFORMANCE_SUBJECT_HPP
#define WXMP_TESTING_TRANSPORT_CONFORMANCE_SUBJECT_HPP

#include <wxmp/transport/transport.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace wxmp::testing {

namespace detail {

template <class H>
concept runs_handlers = callback_transport<H> && requires(H& h) {
    h.run();
};

template <class H>
concept runs_tasks = awaitable_transport<H> && requires(H& h, const http::request& r) {
    h.spawn(h.send(r), wxmp::detail::any_response_handler());
    h.run();
};

}  // namespace detail

/** What the suite needs to drive a transport: itself, if it blocks, or else a few lines around it.

    - Blocking: `result<http::response> send(const http::request&)`.
    - Callback: `void send(const http::request&, handler)`, and `void run()`, which carries out what was sent
      and returns when every handler was called.
    - Awaitable: `task<result<http::response>> send(const http::request&)`, `void spawn(task, handler)`, which
      starts a task and gives its result to the handler, and `void run()` as above.

    Two more members are optional. `void cancel()` ends, from any thread, what is under way.
    `void on_progress(std::function<void(std::uint64_t sent, std::uint64_t received)>)` sets who is told how
    many bytes of the two bodies have passed.
*/
template <class H>
concept conformance_harness = blocking_transport<H> || detail::runs_handlers<H> || detail::runs_tasks<H>;

/// A transport as the suite sees it, whatever its style.
class conformance_subject {
public:
    virtual ~conformance_subject() = default;

    /// Sends these, all at once unless it blocks, and returns what came of each, in their order.
    virtual std::vector<result<http::response>> send(std::span<const http::request> requests) = 0;

    /// Ends what is under way; from any thread.
    virtual void cancel() = 0;

    /// Sets who is told of the progress.
    virtual void on_progress(std::function<void(std::uint64_t, std::uint64_t)> told) = 0;

    [[nodiscard]] virtual bool blocks() const = 0;      ///< one request at a time
    [[nodiscard]] virtual bool can_cancel() const = 0;  ///< whether `cancel` does anything
    [[nodiscard]] virtual bool can_tell() const = 0;    ///< whether `on_progress` does anything

    /// Sends one.
    result<http::response> send(const http::request& r) { return std::move(send(std::span(&r, 1)).front()); }
};

/// Makes one more transport, which trusts the certificates in this PEM file; empty: the system's.
using subject_factory = std::function<std::unique_ptr<conformance_subject>(const std::string& ca_file)>;

namespace detail {

template <conformance_harness H> class subject_of final : public conformance_subject {
public:
    template <class Make>
    subject_of(const Make& make, const std::string& ca_file) : harness_(make(ca_file)) {}

    std::vector<result<http::response>> send(std::span<const http::request> requests) override {
        std::vector<result<http::response>> all;
        if constexpr (blocking_transport<H>) {
            for (const auto& r : requests) all.push_back(harness_.send(r));
        } else {
            // Shared, as a handler may be called when it is too late.
            auto answers = std::make_shared<std::vector<answer>>(requests.size());
            for (std::size_t i = 0; i != requests.size(); ++i)
                start(requests[i], [answers, i](result<http::response> r) {
                    ++(*answers)[i].times;
                    (*answers)[i].value = std::move(r);
                });
            harness_.run();
            for (auto& a : *answers) all.push_back(std::move(a).take());
        }
        return all;
    }

    void cancel() override {
        if constexpr (requires(H & h) { h.cancel(); }) harness_.cancel();
    }
    void on_progress([[maybe_unused]] std::function<void(std::uint64_t, std::uint64_t)> told) override {
        if constexpr (requires(H & h) { h.on_progress(told); }) harness_.on_progress(std::move(told));
    }
    [[nodiscard]] bool blocks() const override { return blocking_transport<H>; }
    [[nodiscard]] bool can_cancel() const override {
        return requires(H & h) { h.cancel(); };
    }
    [[nodiscard]] bool can_tell() const override {
        return requires(H & h, std::function<void(std::uint64_t, std::uint64_t)> f) { h.on_progress(f); };
    }

private:
    struct answer {
        int times{};
        std::optional<result<http::response>> value{};

        result<http::response> take() && {
            if (times == 1) return *std::move(value);
            return error(errc::unexpected_event,
                         "the handler was called " + std::to_string(times) + " times");
        }
    };

    template <class Handler> void start(const http::request& r, Handler told) {
        if constexpr (runs_tasks<H>) harness_.spawn(harness_.send(r), std::move(told));
        else harness_.send(r, std::move(told));
    }

    H harness_;
};

}  // namespace detail

/// Hides the style of what `make(ca_file)` returns: a @ref conformance_harness by value, even one that cannot
/// be moved.
template <class Make>
    requires conformance_harness<std::invoke_result_t<const Make&, const std::string&>>
        subject_factory make_subject_factory(Make make) {
        return [make = std::move(make)](const std::string& ca_file) -> std::unique_ptr<conformance_subject> {
            using harness = std::invoke_result_t<const Make&, const std::string&>;
            return std::make_unique<detail::subject_of<harness>>(make, ca_file);
        };
    }

}  // namespace wxmp::testing

#endif
