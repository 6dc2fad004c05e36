// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_OPERATION_ROUTER_HPP
#define WXMP_OPERATION_ROUTER_HPP

#include <wxmp/operation/serve.hpp>

#include <concepts>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace wxmp::inline v0_1 {

/** Dispatches HTTP requests to one handler per operation: for servers, simulators and tests.

    `Context` is passed to every handler along with the operation: usually a reference to the server's state.
    A router is a value with no state but its handlers.
*/
template <class... Context> class router {
public:
    /// One call and its handler.
    class route {
    public:
        /// The endpoint of the call.
        [[nodiscard]] const endpoint& at() const noexcept { return *at_; }

        /// Decodes the operation, calls its handler and encodes the response. Any of these may fail.
        result<http::response> operator()(const http::request& r, Context... context) const {
            return answer_(r, context...);
        }

    private:
        friend class router;
        const endpoint* at_{};
        std::function<result<http::response>(const http::request&, Context...)> answer_;
    };

    /** Handles the call `Op` with `handler(const Op&, Context...)`.

        It returns a `result<Op::response>`, or a `result<http::response>` that is sent as is.
    */
    template <operation Op, class Handler>
    requires std::invocable<const Handler&, const Op&, Context...> router& on(Handler handler) {
        route r;
        r.at_ = &Op::at;
        r.answer_ = [h = std::move(handler)](const http::request& request, Context... context) {
            return answer<Op>(h, request, context...);
        };
        routes_.push_back(std::move(r));
        return *this;
    }

    /** Finds the route of a request by path, method and `action`. Valid until the router changes.

        @return The route; or `errc::unknown_call` with the path if no call has it, return code 43001 (GET
        required) or 43002 (POST required), `errc::missing_member` or `errc::wrong_type` at `/action`, or
        `errc::bad_query`.
    */
    [[nodiscard]] result<const route*> find(const http::request& r) const {
        const auto target = parse_target(r.target.reveal());
        if (!target) return target.error();
        error why(errc::unknown_call, target->path);
        for (const auto& candidate : routes_) {
            const auto& at = candidate.at();
            if (at.path != target->path) continue;
            if (detail::matches(at, *target) && at.verb == r.verb) return &candidate;
            why = at.verb != r.verb ? wrong_method(at.verb) : wrong_action(*target);
        }
        return why;
    }

    /// Finds the route of a request and calls it. Errors are those of @ref find and of the route.
    result<http::response> operator()(const http::request& r, Context... context) const {
        const auto found = find(r);
        if (!found) return found.error();
        return (**found)(r, context...);
    }

private:
    template <operation Op, class Handler>
    static result<http::response> answer(const Handler& handler, const http::request& r, Context... context) {
        auto op = detail::blank::make<Op>();
        if (auto fault = detail::read_request_to(op, r)) return *std::move(fault);
        auto outcome = handler(std::as_const(op), context...);
        if constexpr (std::same_as<decltype(outcome), result<http::response>>) return outcome;
        else {
            if (!outcome) return outcome.error();
            return write_response<Op>(*outcome);
        }
    }

    static error wrong_method(method wanted) {
        const int code = wanted == method::get ? 43001 : 43002;
        return error::from_api(code, std::string(find_known_error(code)->name));
    }

    static error wrong_action(const parsed_target& target) {
        return error(target.find("action") ? errc::wrong_type : errc::missing_member, "/action");
    }

    std::vector<route> routes_;
};

}  // namespace wxmp::inline v0_1

#endif
