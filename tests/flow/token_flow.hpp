// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TESTS_FLOW_TOKEN_FLOW_HPP
#define WXMP_TESTS_FLOW_TOKEN_FLOW_HPP

#include <wxmp/flow/detail/source/renew_token.hpp>

#include <memory>

namespace wxmp_test {

// What gets a token for other flows, as one by itself.
class token_flow : public wxmp::detail::renew_token {
public:
    using value_type = std::shared_ptr<const wxmp::detail::known_token>;
    using renew_token::renew_token;

    wxmp::result<value_type> take() && {
        if (const auto* why = fault()) return *why;
        return token();
    }
};

static_assert(wxmp::flow<token_flow>);

}  // namespace wxmp_test

#endif
