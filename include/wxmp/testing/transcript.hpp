// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TESTING_TRANSCRIPT_HPP
#define WXMP_TESTING_TRANSCRIPT_HPP

#include <wxmp/flow/flow.hpp>
#include <wxmp/testing/mutations.hpp>
#include <wxmp/testing/virtual_clock.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace wxmp::inline v0_1::testing {

/** A script for testing a flow: the actions expected of it, in order, and the event that answers each.

    Time is virtual and advances only when the flow waits.
*/
class transcript {
public:
    /// Expects it to send `body` to `target`, which has no token yet; the response is `reply`.
    transcript& sends(std::string target, std::string body, std::string reply, int status = 200) {
        steps_.emplace_back(sending{std::move(target), std::move(body), {status, {}, std::move(reply)}});
        return *this;
    }

    /// Expects it to fetch exactly these bytes of the source, from `offset` on; it gets them.
    transcript& fetches(std::uint64_t offset, std::string bytes) {
        steps_.emplace_back(fetching{offset, std::move(bytes)});
        return *this;
    }

    /// Expects it to wait exactly this long, and resumes it at that time.
    transcript& waits(std::chrono::milliseconds pause) {
        steps_.emplace_back(waiting{pause});
        return *this;
    }

    /// Runs `f` to its end; then its result can be taken. Returns what differs; empty on success.
    template <flow F> failures check(F& f) const { return run(f, steps_.size(), {}); }

    /** Runs a new flow for each send or fetch of the script, and fails that step with `why`.

        @param make makes the flow
        @param ending returns the expected error of the flow, given the target of the failed send; empty for a
        fetch. The flow has to end without another action.
    */
    template <class Make, class Ending>
    failures check_each_failure(Make make, const error& why, Ending ending) const {
        failures out;
        for (std::size_t n = 0; n != steps_.size(); ++n) {
            if (std::holds_alternative<waiting>(steps_[n])) continue;
            auto f = make();
            for (auto& wrong : run(f, n, why)) out.push_back(std::move(wrong));
            const auto* s = std::get_if<sending>(&steps_[n]);
            const error want = ending(s ? std::string_view(s->target) : std::string_view());
            const auto got = std::move(f).take();
            if (got) out.push_back(name_of(n) + ": the failure was ignored");
            else if (got.error() != want)
                out.push_back(name_of(n) + ": ended with \"" + got.error().message() + "\"; expected \"" +
                              want.message() + '"');
        }
        return out;
    }

    /// The same for flows that return every failure unchanged.
    template <class Make> failures check_each_failure(Make make, const error& why) const {
        return check_each_failure(std::move(make), why, [&why](std::string_view) { return why; });
    }

private:
    struct sending {
        std::string target;
        std::string body;
        http::response reply;
    };
    struct fetching {
        std::uint64_t offset{};
        std::string bytes;
    };
    struct waiting {
        std::chrono::milliseconds pause;
    };
    using step = std::variant<sending, fetching, waiting>;

    static std::string name_of(std::size_t n) { return "step " + std::to_string(n); }

    static std::string range_of(std::uint64_t size, std::uint64_t offset) {
        return std::to_string(size) + " bytes from " + std::to_string(offset);
    }

    // How `asked` differs from the expected step; empty if it does not.
    static std::string difference(const step& recorded, const flows::action& asked, time_point now) {
        if (const auto* want = std::get_if<sending>(&recorded)) {
            const auto* got = std::get_if<flows::send>(&asked);
            if (!got) return "does not send";
            if (got->request->target.reveal() != want->target)
                return "sends to " + got->request->target.reveal() + "; expected " + want->target;
            const auto body = got->request->body.text();
            return body == want->body ? "" : "sends " + body + "; expected " + want->body;
        }
        if (const auto* want = std::get_if<fetching>(&recorded)) {
            const auto* got = std::get_if<flows::fetch>(&asked);
            if (!got) return "does not fetch";
            if (got->offset == want->offset && got->size == want->bytes.size()) return "";
            return "fetches " + range_of(got->size, got->offset) + "; expected " +
                   range_of(want->bytes.size(), want->offset);
        }
        const auto* got = std::get_if<flows::wait>(&asked);
        if (!got) return "does not wait";
        const auto pause = std::chrono::round<std::chrono::milliseconds>(got->until - now);
        const auto expected = std::get<waiting>(recorded).pause;
        if (got->until - now == expected) return "";
        return "waits " + std::to_string(pause.count()) + " ms; expected " +
               std::to_string(expected.count()) + " ms";
    }

    // The event that answers a step: a failure with `why` if there is one.
    static flows::event outcome(const step& recorded, const flows::action& asked, const error* why) {
        const auto* s = std::get_if<flows::send>(&asked);
        const auto id = s ? s->id : std::get<flows::fetch>(asked).id;
        if (why) return flows::failed{id, *why};
        if (s) return flows::answered{id, std::get<sending>(recorded).reply, {}};
        return flows::fetched{id, {}, std::get<fetching>(recorded).bytes};
    }

    // Runs `f` and fails step `fail_at` with `why`; no step if `fail_at` is past the end.
    template <flow F> failures run(F& f, std::size_t fail_at, const error& why) const {
        const auto count = std::min(fail_at + 1, steps_.size());
        virtual_clock clock;
        for (std::size_t n = 0;; ++n) {
            const flows::action a = f.next(clock.now());
            const bool is_over = std::holds_alternative<flows::done>(a);
            if (is_over && n == count) return {};
            if (is_over) return {name_of(n) + ": ends before its script"};
            if (n == count) return {name_of(n) + ": continues after its script"};
            const auto wrong = difference(steps_[n], a, clock.now().steady);
            if (!wrong.empty()) return {name_of(n) + ": " + wrong};
            if (const auto* w = std::get_if<flows::wait>(&a)) clock.wait_until(w->until);
            else f.on(outcome(steps_[n], a, n == fail_at ? &why : nullptr), clock.now());
        }
    }

    std::vector<step> steps_;
};

}  // namespace wxmp::inline v0_1::testing

#endif
