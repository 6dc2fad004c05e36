// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TESTING_TOKEN_STORE_CONFORMANCE_SUBJECT_HPP
#define WXMP_TESTING_TOKEN_STORE_CONFORMANCE_SUBJECT_HPP

#include <wxmp/transport/token_store.hpp>

#include <chrono>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace wxmp::inline v0_1::testing {

namespace detail {

template <class H>
concept runs_store_handlers = callback_token_store<H> && requires(H& h) {
    h.run();
};

template <class H>
concept runs_store_tasks = awaitable_token_store<H> && requires(H& h) {
    h.spawn(h.load(), wxmp::detail::store_handler<std::optional<token_record>>());
    h.run();
};

}  // namespace detail

/** What the suite needs to drive a store: a blocking store as it is, any other in a thin adapter.

    - Blocking: the members of a @ref blocking_token_store.
    - Callback: those of a @ref callback_token_store, and `void run()`, which executes the pending requests
      and returns when every handler was called.
    - Awaitable: those of an @ref awaitable_token_store, `void spawn(task, handler)`, which starts a task with
      any of the result types and passes the result to the handler, and `void run()` as above.

    `void cancel()` is optional: it cancels, from any thread, the requests in flight.
*/
template <class H>
concept store_harness =
    blocking_token_store<H> || detail::runs_store_handlers<H> || detail::runs_store_tasks<H>;

/// A store as the suite sees it, whatever its style.
class store_subject {
public:
    virtual ~store_subject() = default;

    /// Executes the requests, concurrently unless the store blocks, and returns their results in order.
    virtual std::vector<result<store_answer>> ask(std::span<const store_request> requests) = 0;

    /// Cancels the requests in flight; may be called from any thread.
    virtual void cancel() = 0;

    [[nodiscard]] virtual bool blocks() const = 0;      ///< one request at a time
    [[nodiscard]] virtual bool can_cancel() const = 0;  ///< whether `cancel` does anything

    /// Executes one request.
    result<store_answer> ask(const store_request& r) { return std::move(ask(std::span(&r, 1)).front()); }
};

/// Makes another store over the same storage of this account.
using store_factory = std::function<std::unique_ptr<store_subject>(const std::string& account)>;

namespace detail {

// `Harness` may be a reference.
template <class Harness> class store_subject_of final : public store_subject {
public:
    template <class Make>
    store_subject_of(const Make& make, const std::string& account) : harness_(make(account)) {}

    using store_subject::ask;
    std::vector<result<store_answer>> ask(std::span<const store_request> requests) override {
        std::vector<result<store_answer>> all;
        if constexpr (blocking_token_store<Harness>) {
            for (const auto& r : requests) all.push_back(wxmp::detail::ask(harness_, r));
        } else {
            // Shared, as a faulty store may call a handler late.
            auto answers = std::make_shared<std::vector<answer>>(requests.size());
            for (std::size_t i = 0; i != requests.size(); ++i)
                start(requests[i], [answers, i](const result<store_answer>& r) {
                    ++(*answers)[i].times;
                    (*answers)[i].value = r;
                });
            harness_.run();
            for (auto& a : *answers) all.push_back(std::move(a).take());
        }
        return all;
    }

    void cancel() override {
        if constexpr (is_cancellable) harness_.cancel();
    }
    [[nodiscard]] bool blocks() const override { return blocking_token_store<Harness>; }
    [[nodiscard]] bool can_cancel() const override { return is_cancellable; }

private:
    static constexpr bool is_cancellable = requires(std::remove_reference_t<Harness> & h) { h.cancel(); };

    struct answer {
        int times{};
        std::optional<result<store_answer>> value{};

        result<store_answer> take() && {
            if (times == 1) return *std::move(value);
            return error(errc::unexpected_event,
                         "the handler was called " + std::to_string(times) + " times; expected 1");
        }
    };

    template <class Handler> void start(const store_request& what, Handler told) {
        if constexpr (runs_store_tasks<Harness>)
            wxmp::detail::with_member(what, [&](auto member) {
                harness_.spawn(member(harness_),
                               [told](auto r) mutable { told(wxmp::detail::to_store_answer(std::move(r))); });
            });
        else wxmp::detail::ask(harness_, what, std::move(told));
    }

    Harness harness_;
};

}  // namespace detail

/// Erases the type of what `make(account)` returns: a @ref store_harness by value, which need not be movable,
/// or a reference to one.
template <class Make>
    requires store_harness<std::invoke_result_t<const Make&, const std::string&>>
        store_factory make_store_factory(Make make) {
        return [make = std::move(make)](const std::string& account) -> std::unique_ptr<store_subject> {
            using harness = std::invoke_result_t<const Make&, const std::string&>;
            return std::make_unique<detail::store_subject_of<harness>>(make, account);
        };
    }

}  // namespace wxmp::inline v0_1::testing

#endif
