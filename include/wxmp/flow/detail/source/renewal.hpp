// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_FLOW_DETAIL_SOURCE_RENEWAL_HPP
#define WXMP_FLOW_DETAIL_SOURCE_RENEWAL_HPP

#include <wxmp/detail/source/shared.hpp>
#include <wxmp/flow/detail/flow_functions.hpp>
#include <wxmp/flow/detail/source/renew_token.hpp>

#include <memory>
#include <optional>
#include <utility>

namespace wxmp::inline v0_1::detail::source {

class one_renewal final : public renewal {
public:
    one_renewal(const std::shared_ptr<token_provider>& p, const options& o)
        : provider_(p), flow_(p, o, {nullptr, true}) {}

    flows::action next(instant now) override {
        now_ = now.steady;
        return flow_.next(now);
    }
    void on(flows::event&& e, instant now) override { flow_.on(std::move(e), now); }
    void cancel() noexcept override { flow_.cancel(); }

    [[gnu::cold]] std::optional<error> take(token_record& renewed) override {
        if (const auto* why = flow_.fault()) return *why;
        if (!flow_.ended()) return error(errc::unexpected_event);
        provider_->learn(flow_.token());
        renewed = record_of(*flow_.token(), now_);
        return std::nullopt;
    }

private:
    std::shared_ptr<token_provider> provider_;
    renew_token flow_;
    time_point now_{};
};

inline renewal* new_renewal(const std::shared_ptr<token_provider>& p, const options& o) {
    return new one_renewal(p, o);
}

inline std::shared_ptr<token_provider> new_token_provider(token_grant&& grant, const token_options& o) {
    return make_shared<token_provider>(std::move(grant), o);
}

}  // namespace wxmp::inline v0_1::detail::source

#endif
