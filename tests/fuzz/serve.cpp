// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// Any requests, one after the other, to the simulator: each has an answer that a client reads, and an error has a return
// code of its own. Bytes of each: call, header or not, token or not, body.
#include <wxmp/testing/platform.hpp>

#include "calls.hpp"
#include "target.hpp"
#include <chrono>
#include <string>
#include <string_view>

namespace {

using namespace wxmp_fuzz;

template <operation Op> http::request request_to(pieces& in, const std::string& token) {
    http::request r;
    r.verb = in.below(16) == 1 ? method::get : Op::at.verb;
    std::string target(Op::at.path);
    target += Op::at.action_name.empty() ? "?x=1" : "?action=" + std::string(Op::at.action_name);
    if (in.below(16) != 1) target += "&access_token=" + token;
    if (in.below(4) == 1) target += "&" + in.text();
    r.target = secret(target);
    r.safe_target = target;
    if (in.below(4) == 1) r.headers.push_back({"Content-Type", in.text()});
    else if (Op::at.body == payload::form)
        r.headers.push_back({"Content-Type", "multipart/form-data; boundary=B"});
    if (in.below(32) == 1) r.headers.push_back({"X-Wxmp-Fault", in.text()});
    std::string body;
    for (auto n = in.below(8); n != 0; --n) body += in.text();
    r.body = http::body(body);
    return r;
}

}  // namespace

namespace wxmp_fuzz {

void try_serve(std::string_view input) {
    pieces in(input);
    testing::platform p;
    p.add_account("wx1", secret("s1"));
    wall_time now(std::chrono::hours(500'000));
    auto grant = prepare(auth::stable_token{.appid = "wx1", .secret = secret("s1")}).value();
    const auto token =
        complete<auth::stable_token>(p.handle(grant, now).response).value().access_token.take();
    for (int i = 0; i != 20 && !in.at_end(); ++i) {
        now += std::chrono::seconds(in.byte());
        all_calls::choose(in.byte(), [&]<operation Op>() {
            const auto a = p.handle(request_to<Op>(in, token), now);
            if (a.lost) return;
            const auto answer = complete<Op>(a.response);
            require(answer || !answer.error().message().empty(), "an error without words");
        });
    }
}

}  // namespace wxmp_fuzz
