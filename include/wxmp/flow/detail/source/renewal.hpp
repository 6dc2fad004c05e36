// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_FLOW_DETAIL_SOURCE_RENEWAL_HPP
#define WXMP_FLOW_DETAIL_SOURCE_RENEWAL_HPP

#include <wxmp/flow/detail/flow_functions.hpp>
#include <wxmp/flow/detail/source/renew_token.hpp>

#include <memory>
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

    [[gnu::cold]] result<token_record> take() override {
        const auto token = flow_.take();
        if (!token) return token.error();
        provider_->learn(*token);
        return record_of(**token, now_);
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
    return std::make_shared<token_provider>(std::move(grant), o);
}

}  // namespace wxmp::inline v0_1::detail::source

#endif
