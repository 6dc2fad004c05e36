// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// Any JSON as the body of each call, read as a server does: what is read is sent again, and read as the same; and it is
// what Boost.JSON reads, or refused for the same reason. Its first byte chooses the call.
#include "../codec/difference.hpp"
#include "calls.hpp"
#include "target.hpp"
#include <string>
#include <string_view>

namespace {

using namespace wxmp_fuzz;

std::string sent(const http::request& r) { return r.target.reveal() + '\n' + r.body.text(); }

template <operation Op> void try_call(const std::string& text) {
    if constexpr (Op::at.body == payload::json) require_none(wxmp_test::difference<Op>(text));
    http::request r;
    r.verb = Op::at.verb;
    r.target = secret(std::string(Op::at.path) + (Op::at.action_name.empty() ? "" : "?action=") +
                      std::string(Op::at.action_name));
    r.body = http::body(text);
    const auto op = read_request<Op>(r);
    if (!op) return require(!op.error().message().empty(), "an error without words");
    options o;
    o.random = [] { return std::uint64_t{1}; };
    const auto first = prepare(*op, o);
    if (!first) {
        // Named by the call; a member, unless it is the whole form.
        return require(!first.error().detail().empty(), "refused without a reason");
    }
    const auto again = read_request<Op>(*first);
    require(again.has_value(), "what was sent is not read: " + (again ? "" : again.error().message()));
    const auto second = prepare(*again, o);
    require(second && sent(*second) == sent(*first), "what is read is sent otherwise:\n" + sent(*first));
}

}  // namespace

namespace wxmp_fuzz {

void try_requests(std::string_view input) {
    pieces in(input);
    const auto which = in.byte();
    const auto text = in.rest();
    all_calls::choose(which, [&]<operation Op>() { try_call<Op>(text); });
}

}  // namespace wxmp_fuzz
