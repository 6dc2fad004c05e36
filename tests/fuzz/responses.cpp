// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// Any HTTP response to each call. What is read is written as a server does, and read as the same; no error tells a
// secret, and the error of any call is that of this one. As JSON it is what Boost.JSON reads, or refused for the same
// reason. Bytes: call, status, headers or not, a filename, the body.
#include "../codec/difference.hpp"
#include "calls.hpp"
#include "target.hpp"
#include <optional>
#include <string>
#include <string_view>

namespace {

using namespace wxmp_fuzz;

const std::string token = "CANARY-token";

template <operation Op> void try_call(const http::response& r) {
    require_none(wxmp_test::difference<typename Op::response>(r.body));
    const auto answer = complete<Op>(r);
    const auto known = api_error_of(r);
    if (!answer) {
        const auto e = error(answer.error()).redacted(std::vector{secret(token)});
        require(e.message().find(token) == std::string::npos, "an error tells a secret");
        return;
    }
    require(!known, "an error passes for success: " + r.body);
    const auto written = write_response<Op>(*answer);
    if (!written) return;  // a text that is not UTF-8, or a number that has no name
    const auto again = complete<Op>(*written);
    require(again.has_value(), "what was written is not read: " + written->body);
    const auto second = write_response<Op>(*again);
    require(second && second->body == written->body, "what is read is written otherwise: " + written->body);
}

}  // namespace

namespace wxmp_fuzz {

void try_responses(std::string_view input) {
    pieces in(input);
    const auto which = in.byte();
    constexpr int statuses[] = {200, 200, 200, 200, 200, 404, 502, 302};
    http::response r{statuses[in.below(8)], {}, {}};
    if (in.below(4) == 1) r.headers.push_back({"Content-Disposition", in.text()});
    if (in.below(4) == 1) r.headers.push_back({"Content-Type", in.text()});
    r.body = in.rest();
    all_calls::choose(which, [&]<operation Op>() { try_call<Op>(r); });
}

}  // namespace wxmp_fuzz
