// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TESTS_FLOW_RANDOM_FLOWS_HPP
#define WXMP_TESTS_FLOW_RANDOM_FLOWS_HPP

#include <wxmp/api/auth/token.hpp>
#include <wxmp/api/comment/list.hpp>
#include <wxmp/api/draft/batchget.hpp>
#include <wxmp/api/draft/count.hpp>
#include <wxmp/api/media/get.hpp>
#include <wxmp/flow/download.hpp>
#include <wxmp/flow/pages.hpp>
#include <wxmp/flow/publish_article.hpp>
#include <wxmp/flow/publish_draft.hpp>
#include <wxmp/flow/upload.hpp>
#include <wxmp/flow/with_policies.hpp>

#include "random_events.hpp"
#include "token_flow.hpp"
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace wxmp_test {

using namespace wxmp;

// Options of which any can be extreme.
class random_options {
public:
    explicit random_options(choices& c) : c_(&c) {}

    backoff pauses() {
        return {.tries = static_cast<unsigned>(c_->below(6)),
                .first = c_->duration(),
                .factor = c_->factor(),
                .longest = c_->duration(),
                .jitter = c_->factor(),
                .total = c_->duration()};
    }

    token_options tokens() {
        return {.lease = c_->duration(),
                .early = c_->factor(),
                .stable_early = c_->duration(),
                .jitter = c_->factor(),
                .recheck = c_->duration(),
                .again = pauses()};
    }

    options all() {
        options o;
        o.random = [c = c_] {
            return std::uint64_t{c->byte()} << 56 | static_cast<std::uint64_t>(c->number()) >> 8;
        };
        return o;
    }

    result<void> now_and_then() {
        return c_->once_in(32) ? error(errc::store_failed, "persist") : result<void>();
    }

    upload_options upload() {
        upload_options o{.block_size = static_cast<std::uint32_t>(64 + c_->below(64)),
                         .window = static_cast<std::uint32_t>(c_->below(4)),
                         .pauses = pauses(),
                         .resend_blocks = c_->once_in(2),
                         .finish_again = c_->once_in(2),
                         .repeat_unanswered = c_->once_in(2),
                         .review = c_->once_in(2),
                         .review_pauses = pauses()};
        if (c_->once_in(2)) o.vid_life = std::chrono::seconds(c_->number());
        o.persist = [this](const upload_record&) { return now_and_then(); };
        return o;
    }

private:
    choices* c_;
};

class random_flows {
public:
    explicit random_flows(choices& by) : c(by) {}

    choices& c;
    random_options some{c};
    options o = some.all();

    // A flow, under policies or without.
    template <flow F> std::string run(F f) {
        if (c.once_in(3)) return random_world(c).run(std::move(f));
        const retry_policy retry{some.pauses(), c.once_in(2) ? at_limit::wait : at_limit::fail,
                                 c.once_in(2) ? at_limit::wait : at_limit::fail, c.once_in(2)};
        const failover_policy failover({}, c.duration());
        policies p;
        if (c.once_in(2)) p.retry = &retry;
        if (c.once_in(2)) p.failover = &failover;
        if (!c.once_in(3)) p.token = provider();
        return random_world(c).run(with_policies(std::move(f), std::move(p), o));
    }

    std::shared_ptr<detail::token_provider> provider() {
        auto stable = auth::stable_token{.appid = "wx1", .secret = secret("CANARY-secret")};
        auto plain = auth::token{.appid = "wx1", .secret = secret("CANARY-secret")};
        return c.once_in(2) ? std::make_shared<detail::token_provider>(std::move(stable), some.tokens())
                            : std::make_shared<detail::token_provider>(std::move(plain), some.tokens());
    }

    std::string resumed_upload() {
        upload_record r{
            .filename = "v.mp4", .filesize = 300, .block_size = 64, .video = {"title", "words", false}};
        r.filesha.emplace();
        r.part_shas.each.resize(5);
        if (!c.once_in(4)) {
            r.vid = "v";
            r.opened = std::chrono::sys_seconds(std::chrono::seconds(c.number()));
            r.arrived.has.assign(5, c.once_in(2));
            r.finished = c.once_in(2);
        }
        if (r.finished && c.once_in(2)) r.media_id = "m";
        r.unanswered = c.once_in(4) ? unanswered_call::save_video : unanswered_call::none;
        return run(upload(std::move(r), o, some.upload()));
    }

    template <class Op> std::string list(Op first) {
        const auto take = [this](auto&&) { return !c.once_in(64); };
        return run(pages<Op>(std::move(first), take, o));
    }

    // The first byte of the input chooses which.
    std::string run_one() {
        const auto which = c.below(10);
        publish_options publish{.pauses = some.pauses(),
                                .persist = [this](const auto&) { return some.now_and_then(); }};
        switch (which) {
        case 0: return run(call<draft::count>({}, o));
        case 1: return run(poll_video({"m"}, some.pauses(), o));
        case 2: return run(publish_article("m", o, some.pauses()));
        case 3: return run(publish_draft("m", o, std::move(publish)));
        case 4: return list(draft::batchget{.offset = 0, .count = 20});
        case 5: return list(comment::list{.msg_data_id = 1, .begin = 0, .count = 50, .type = {}});
        case 6:
            return run(download<media::get>(
                {"m"}, [](std::string_view) { return result<void>(); }, o));
        case 7: return resumed_upload();
        case 8: {
            const auto p = provider();
            return random_world(c).run(token_flow(p, o, {nullptr, c.once_in(2)}));
        }
        default: return run(upload("v.mp4", 1 + c.byte(), {"title", "words", false}, o, some.upload()));
        }
    }
};

// Runs the flow that the input chooses, with such options and events; what is wrong with how it went, or nothing.
inline std::string run_random_flow(std::string_view input) {
    choices c(input);
    return random_flows(c).run_one();
}

}  // namespace wxmp_test

#endif
