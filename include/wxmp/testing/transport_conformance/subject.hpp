// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TESTING_TRANSPORT_CONFORMANCE_SUBJECT_HPP
#define WXMP_TESTING_TRANSPORT_CONFORMANCE_SUBJECT_HPP

#include <wxmp/transport/transport.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace wxmp::inline v0_1::testing {

namespace detail {

using wxmp::detail::send_by;

struct any_task_handler {
    void operator()(std::exception_ptr, result<http::response>) const {}
};

template <class H>
concept runs_handlers = callback_transport<H> && requires(H& h) {
    h.run();
};

template <class H>
concept runs_tasks = awaitable_transport<H> && requires(H& h, const http::request& r, stop_token s) {
    h.spawn(send_by(h, r, s), any_task_handler());
    h.run();
};

// Whether `send` takes a stop token.
template <class H>
concept takes_stop = requires(H& h, const http::request& r, stop_token s) {
    h.send(r, s);
}
|| requires(H& h, const http::request& r, stop_token s, wxmp::detail::any_response_handler told) {
    h.send(r, s, told);
};

}  // namespace detail

/** What the suite needs to drive a transport: a blocking one as it is, any other in a thin adapter.

    - Blocking: `result<http::response> send(const http::request&)`.
    - Callback: `void send(const http::request&, handler)`, and `void run()`, which executes the pending
      requests and returns when every handler was called.
    - Awaitable: `task<result<http::response>> send(const http::request&)`, `void spawn(task, handler)`, which
      starts a task and calls `handler(std::exception_ptr, result<http::response>)` with the exception or
      result, and `void run()` as above.

    A `send` that can be stopped takes a @ref stop_token after the request, as that of the transport does.
    Optional: `void on_progress(std::function<void(std::uint64_t sent, std::uint64_t received)>)` sets a
    callback that gets the bytes of both bodies transferred so far.
*/
template <class H>
concept conformance_harness = blocking_transport<H> || detail::runs_handlers<H> || detail::runs_tasks<H>;

/// A request, which is borrowed, and its stop token.
struct stoppable_request {
    const http::request& what;  ///< the request
    stop_token stop{};          ///< ends its exchange
};

/// A transport as the suite sees it, whatever its style.
class conformance_subject {
public:
    virtual ~conformance_subject() = default;

    /// Sends the requests, concurrently unless the transport blocks, and returns their results in order.
    /// Throws what the transport throws.
    virtual std::vector<result<http::response>> send(std::span<const stoppable_request> requests) = 0;

    /// Sets the progress callback.
    virtual void on_progress(std::function<void(std::uint64_t, std::uint64_t)> told) = 0;

    [[nodiscard]] virtual bool blocks() const = 0;      ///< one request at a time
    [[nodiscard]] virtual bool calls_back() const = 0;  ///< reports exceptions as errors
    [[nodiscard]] virtual bool can_stop() const = 0;    ///< whether stop tokens have an effect
    /// Whether `on_progress` has an effect.
    [[nodiscard]] virtual bool reports_progress() const = 0;

    /// Sends one request.
    result<http::response> send(const http::request& r, stop_token stop = {}) {
        const stoppable_request one{r, std::move(stop)};
        return std::move(send(std::span(&one, 1)).front());
    }
};

/// Makes a new transport that trusts the certificates in this PEM file; empty: the system's.
using subject_factory = std::function<std::unique_ptr<conformance_subject>(const std::string& ca_file)>;

namespace detail {

template <conformance_harness H> class subject_of final : public conformance_subject {
public:
    template <class Make>
    subject_of(const Make& make, const std::string& ca_file) : harness_(make(ca_file)) {}

    std::vector<result<http::response>> send(std::span<const stoppable_request> requests) override {
        std::vector<result<http::response>> all;
        if constexpr (blocking_transport<H>) {
            for (const auto& r : requests) all.push_back(send_by(harness_, r.what, r.stop));
        } else {
            // Shared, as a faulty transport may call a handler late.
            auto answers = std::make_shared<std::vector<answer>>(requests.size());
            for (std::size_t i = 0; i != requests.size(); ++i) start(requests[i], {answers, i});
            harness_.run();
            for (auto& a : *answers) all.push_back(std::move(a).take());
        }
        return all;
    }

    void on_progress([[maybe_unused]] std::function<void(std::uint64_t, std::uint64_t)> told) override {
        if constexpr (requires(H & h) { h.on_progress(told); }) harness_.on_progress(std::move(told));
    }
    [[nodiscard]] bool blocks() const override { return blocking_transport<H>; }
    [[nodiscard]] bool calls_back() const override { return callback_transport<H>; }
    [[nodiscard]] bool can_stop() const override { return takes_stop<H>; }
    [[nodiscard]] bool reports_progress() const override {
        return requires(H & h, std::function<void(std::uint64_t, std::uint64_t)> f) { h.on_progress(f); };
    }

private:
    struct answer {
        int times{};
        std::exception_ptr thrown{};
        std::optional<result<http::response>> value{};

        result<http::response> take() && {
            if (thrown) std::rethrow_exception(thrown);
            if (times == 1) return *std::move(value);
            return error(errc::unexpected_event,
                         "the handler was called " + std::to_string(times) + " times; expected 1");
        }
    };

    // Records the result of one request, in either form.
    struct recorder {
        std::shared_ptr<std::vector<answer>> answers;
        std::size_t index;

        void operator()(result<http::response> r) const { (*this)(nullptr, std::move(r)); }
        void operator()(std::exception_ptr thrown, result<http::response> r) const {
            auto& a = (*answers)[index];
            ++a.times;
            a.thrown = std::move(thrown);
            a.value = std::move(r);
        }
    };

    void start(const stoppable_request& r, recorder told) {
        if constexpr (runs_tasks<H>) harness_.spawn(send_by(harness_, r.what, r.stop), std::move(told));
        else send_by(harness_, r.what, r.stop, std::move(told));
    }

    H harness_;
};

}  // namespace detail

/// Erases the type of what `make(ca_file)` returns: a @ref conformance_harness by value, which need not be
/// movable.
template <class Make>
    requires conformance_harness<std::invoke_result_t<const Make&, const std::string&>>
        subject_factory make_subject_factory(Make make) {
        return [make = std::move(make)](const std::string& ca_file) -> std::unique_ptr<conformance_subject> {
            using harness = std::invoke_result_t<const Make&, const std::string&>;
            return std::make_unique<detail::subject_of<harness>>(make, ca_file);
        };
    }

}  // namespace wxmp::inline v0_1::testing

#endif
