// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// The connection of a command with the service.
#ifndef WXMP_EXAMPLES_WXMP_SESSION_HPP
#define WXMP_EXAMPLES_WXMP_SESSION_HPP

#include <wxmp/api/auth/token_grant.hpp>
#include <wxmp/client.hpp>

#include "command.hpp"
#include "report.hpp"
#include <memory>
#include <string>
#include <utility>

namespace tool {

struct settings;

/// A transport whose library only session.cpp knows, so that no other file is compiled with it.
class wire {
public:
    explicit wire(bool is_dry);
    wire(wire&&) noexcept;
    ~wire();
    wxmp::result<wxmp::http::response> send(const wxmp::http::request& r);

private:
    struct curl;
    std::unique_ptr<curl> curl_;  // null: --dry-run
};

/// Makes calls and runs flows; gets an access token before the first one.
class session {
public:
    /// Reads the settings; nothing is sent yet.
    static result<session> open(const arguments& a);

    /// Makes a call. What is wrong with it is found before anything is sent. Where its answer is lost and it
    /// is not safe to repeat, that is `errc::outcome_unknown`.
    template <wxmp::operation Op> result<typename Op::response> call(Op op) {
        if (auto fit = wxmp::prepare(op, settings()); !fit) return fit.error();
        auto answer = run_again([&] { return wxmp::call<Op>(op, settings()); });
        if (!answer && !Op::at.is_idempotent && is_lost(answer.error()))
            return wxmp::error(wxmp::errc::outcome_unknown, answer.error().message());
        return answer;
    }

    /// Runs a flow that may read `from`; `look` sees it after each step.
    template <wxmp::flow F>
    result<typename F::value_type> run(F f, wxmp::source_ref from = {}, wxmp::observer<F> look = {}) {
        if (auto fault = sign_in()) return *std::move(fault);
        return client_.run(std::move(f), from, std::move(look));
    }

    /// Runs the flow that `make` makes; and once more, with a new token, where the service refuses the token.
    template <class Make> auto run_again(Make make) {
        auto outcome = run(make());
        if (outcome || !(outcome.error() == wxmp::condition::token_rejected)) return outcome;
        sign_out();
        return run(make());
    }

    /// The account's access token, from the service.
    result<wxmp::auth::token_grant> get_token(bool fresh = false);

    /// Forgets the token: the next call gets one.
    void sign_out() { is_signed_in_ = false; }

    const wxmp::options& settings() const noexcept { return client_.settings(); }
    const std::string& appid() const noexcept { return appid_; }

    /// Whether nothing is sent, and answers are made up.
    bool is_dry() const noexcept { return is_dry_; }

private:
    // What cannot be read may be what is left of a success.
    static bool is_lost(const wxmp::error& e) {
        return e == wxmp::condition::outcome_unknown || e == wxmp::errc::bad_json;
    }

    session(const tool::settings& s, bool is_dry);
    std::optional<wxmp::error> sign_in();

    wxmp::client<wire> client_;
    std::string appid_;
    wxmp::secret secret_;
    bool is_dry_;
    bool is_signed_in_{};
};

/// A command that talks with the service: with the options for that, and a session for it.
command online(std::string name, std::string summary, std::vector<parameter> parameters,
               std::vector<std::string> examples, result<void> (*run)(const arguments&, session&));

}  // namespace tool

#endif
