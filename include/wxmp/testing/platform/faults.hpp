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

namespace wxmp::testing {

/// What can go wrong on demand. Unless it says otherwise, the call is carried out, only its answer suffers.
namespace fault {

/// The answer is this return code. The call is not carried out.
struct error_code {
    int code{};  ///< any number
};

/// The answer has this HTTP status and no body. The call is not carried out.
struct http_status {
    int status{};  ///< as 500
};

/// The body of the answer ends early.
struct truncate {
    std::size_t bytes{};  ///< what is left of it
};

/// The connection breaks off before the answer.
struct lose_answer {};

/// The connection breaks off before the request has arrived. The call is not carried out.
struct lose_request {};

/// The token of the request has expired just now.
struct expire_token {};

/// The answer comes late.
struct delay {
    std::chrono::milliseconds time{};  ///< how late
};

/// Any of them.
using any = std::variant<error_code, http_status, truncate, lose_answer, lose_request, expire_token, delay>;

/** Reads a fault as the header `X-Wxmp-Fault` has it: `errcode=45009`, `http=500`, `truncate=10`, `lose`,
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

/// A fault and when it strikes.
struct injection {
    std::string call{};       ///< a path, or a path with `?action=`; empty: any call
    std::uint32_t nth = 1;    ///< the first call that it strikes, counted from 1 among those to come
    std::uint32_t times = 1;  ///< how many calls from then on
    fault::any what;          ///< the fault
};

/// The faults that are still to come.
class fault_script {
public:
    /// Adds a fault.
    void add(injection i) { pending_.push_back(std::move(i)); }

    /// What strikes this call, named by its path and `?action=`. Of several, the one added first.
    std::optional<fault::any> take(std::string_view call) {
        std::optional<fault::any> struck;
        for (auto& i : pending_) {
            if (!names(i.call, call)) continue;
            if (i.nth > 1) --i.nth;
            else if (i.times != 0 && !struck) struck = strike(i);
        }
        std::erase_if(pending_, [](const injection& i) { return i.times == 0; });
        return struck;
    }

    /// How many faults have not struck yet, or not often enough.
    [[nodiscard]] std::size_t left() const noexcept { return pending_.size(); }

private:
    static bool names(std::string_view wanted, std::string_view call) noexcept {
        return wanted.empty() || wanted == call || wanted == call.substr(0, call.find('?'));
    }

    static fault::any strike(injection& i) {
        --i.times;
        return i.what;
    }

    std::vector<injection> pending_;
};

}  // namespace wxmp::testing

#endif
