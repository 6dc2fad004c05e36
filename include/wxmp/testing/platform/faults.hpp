// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TESTING_PLATFORM_FAULTS_HPP
#define WXMP_TESTING_PLATFORM_FAULTS_HPP

#include <wxmp/version.hpp>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <variant>
#include <vector>

namespace wxmp::inline v0_1::testing {

/// Faults to inject. Unless noted, the call is executed and only its response is affected.
namespace fault {

/// The response is this return code. The call is not executed.
struct error_code {
    int code{};  ///< any number
};

/// The response has this HTTP status and no body. The call is not executed.
struct http_status {
    int status{};  ///< such as 500
};

/// The body of the response is cut short.
struct truncate {
    std::size_t bytes{};  ///< bytes left of it
};

/// The connection drops before the response.
struct lose_answer {};

/// The connection drops before the request arrives. The call is not executed.
struct lose_request {};

/// The token of the request expires just before the call.
struct expire_token {};

/// The response is delayed.
struct delay {
    std::chrono::milliseconds time{};  ///< for how long
};

/// Any of them.
using any = std::variant<error_code, http_status, truncate, lose_answer, lose_request, expire_token, delay>;

/** Parses the value of an `X-Wxmp-Fault` header: `errcode=45009`, `http=500`, `truncate=10`, `lose`,
    `drop` (@ref lose_request), `expire` or `delay=300` (milliseconds).

    @return Nothing if it is none of these.
*/
inline std::optional<any> parse(std::string_view text) {
    const auto equals = text.find('=');
    const auto name = text.substr(0, equals);
    if (equals == text.npos) {
        if (name == "lose") return lose_answer{};
        if (name == "drop") return lose_request{};
        if (name == "expire") return expire_token{};
        return std::nullopt;
    }
    int number{};
    const auto end = text.data() + text.size();
    const auto [stop, problem] = std::from_chars(text.data() + equals + 1, end, number);
    if (problem != std::errc() || stop != end) return std::nullopt;
    if (name == "errcode") return error_code{number};
    if (name == "http" && number >= 100 && number <= 599) return http_status{number};
    if (name == "truncate" && number >= 0) return truncate{static_cast<std::size_t>(number)};
    if (name == "delay" && number >= 0) return delay{std::chrono::milliseconds(number)};
    return std::nullopt;
}

}  // namespace fault

/// A fault, and the calls that it affects.
struct injection {
    std::string call{};       ///< a path, with or without `?action=`; empty: any call
    std::uint32_t nth = 1;    ///< first affected one of the matching calls to come, from 1
    std::uint32_t times = 1;  ///< number of matching calls from that one on
    fault::any what;          ///< the fault
};

/// The pending faults.
class fault_script {
public:
    /// Adds a fault.
    void add(injection i) { pending_.push_back(std::move(i)); }

    /// Returns the fault for this call, a path with its `?action=`. Of several, the one added first.
    std::optional<fault::any> take(std::string_view call) {
        std::optional<fault::any> found;
        for (auto& i : pending_) {
            if (!names(i.call, call)) continue;
            if (i.nth > 1) --i.nth;
            else if (i.times != 0 && !found) found = apply(i);
        }
        std::erase_if(pending_, [](const injection& i) { return i.times == 0; });
        return found;
    }

    /// Number of faults that have not been used as often as requested.
    [[nodiscard]] std::size_t left() const noexcept { return pending_.size(); }

private:
    static bool names(std::string_view wanted, std::string_view call) noexcept {
        return wanted.empty() || wanted == call || wanted == call.substr(0, call.find('?'));
    }

    static fault::any apply(injection& i) {
        --i.times;
        return i.what;
    }

    std::vector<injection> pending_;
};

}  // namespace wxmp::inline v0_1::testing

#endif
