// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_EXAMPLES_SERVER_TOKEN_LOG_HPP
#define WXMP_EXAMPLES_SERVER_TOKEN_LOG_HPP

#include <wxmp/codec/url.hpp>
#include <wxmp/testing/platform.hpp>

#include <boost/json.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace servers {

/** Counts what is done with the access tokens of a simulated account, where the real service has no such call.

    `GET /simulator/tokens` is answered by `{"issued":…,"calls":…,"refused":…,"codes":{"42001":…}}`: the
    different tokens that were given out, the requests that came with one, and those of them whose token was
    refused, in all and by return code.
*/
class token_log {
public:
    /// Looks at `a`, which must outlive it.
    explicit token_log(const wxmp::testing::account& a) noexcept : account_(a) {}

    /// Takes note of a request before the platform answers it at that time.
    void note(const wxmp::http::request& r, wxmp::wall_time now) {
        const auto target = wxmp::parse_target(r.target.reveal());
        const auto* token = target ? target->find("access_token") : nullptr;
        if (!token) return;
        ++calls_;
        if (const int code = account_.tokens.fault_of(*token, now)) ++refused_[code];
    }

    /// The answer to a request that is for it.
    [[nodiscard]] std::optional<wxmp::http::response> answer(const wxmp::http::request& r) const {
        if (r.target.reveal() != "/simulator/tokens") return std::nullopt;
        std::uint64_t refused{};
        boost::json::object codes;
        for (const auto& [code, count] : refused_) {
            codes[std::to_string(code)] = count;
            refused += count;
        }
        const boost::json::object found{{"issued", account_.tokens.issued().size()},
                                        {"calls", calls_},
                                        {"refused", refused},
                                        {"codes", codes}};
        return wxmp::http::response{200, {{"Content-Type", "application/json"}}, serialize(found)};
    }

private:
    const wxmp::testing::account& account_;
    std::uint64_t calls_{};
    std::map<int, std::uint64_t> refused_;
};

}  // namespace servers

#endif
