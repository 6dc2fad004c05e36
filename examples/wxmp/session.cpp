// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include "session.hpp"

#include <wxmp/api/auth/stable_token.hpp>

#include "article_limits.hpp"
#include "dry_run.hpp"
#include "settings.hpp"
#include "transports/curl.hpp"
#include <condition_variable>
#include <mutex>
#include <string>
#include <utility>

namespace tool {

struct wire::curl {
    transports::curl transport;
};

wire::wire(bool is_dry) : curl_(is_dry ? nullptr : std::make_unique<curl>()) {}
wire::wire(wire&&) noexcept = default;
wire::~wire() = default;

wxmp::result<wxmp::http::response> wire::send(const wxmp::http::request& r, const wxmp::stop_token& stop) {
    return curl_ ? curl_->transport.send(r, stop) : dry_run::send(r);
}

namespace {

wxmp::options options_of(const settings& s) {
    wxmp::options o;
    o.scheme = s.scheme;
    o.host = s.host;
    o.limits = limits_of_library();
    return o;
}

// Others may listen to what is sent to this host without encryption.
bool is_exposed(const settings& s) {
    const auto name = s.host.substr(0, s.host.rfind(':'));
    return s.scheme == "http" && name != "localhost" && name != "[::1]" && !name.starts_with("127.");
}

}  // namespace

session::session(const tool::settings& s, bool is_dry)
    : appid_(is_dry && s.appid.empty() ? "(appid)" : s.appid),
      secret_(s.secret),
      is_dry_(is_dry),
      client_(wire(is_dry), options_of(s),
              wxmp::token_policy(tokens_, wxmp::auth::stable_token{.appid = appid_, .secret = secret_}),
              wxmp::retry_policy{.pauses = {.tries = 3, .jitter = 0.5}}) {}

result<void> session::pause(std::chrono::milliseconds time) const {
    std::mutex mutex;
    std::unique_lock lock(mutex);
    std::condition_variable_any wake;
    wake.wait_for(lock, stop(), time, [] { return false; });
    if (stop().stop_requested()) return wxmp::error(wxmp::errc::cancelled);
    return {};
}

result<wxmp::auth::token_grant> session::get_token(bool fresh) {
    wxmp::auth::stable_token ask{.appid = appid_, .secret = secret_};
    if (fresh) ask.force_refresh = true;
    return call(std::move(ask));
}

command online(std::string name, std::string summary, std::vector<parameter> parameters,
               std::vector<std::string> examples, result<void> (*run)(const arguments&, session&)) {
    parameters.push_back(flag("--dry-run", "print the requests, without secrets, and send nothing"));
    parameters.push_back(option("--appid", "ID", "of the account, in place of WXMP_APPID"));
    parameters.push_back(option("--server", "URL", "of the service, in place of WXMP_SERVER"));
    parameters.push_back(
        option("--config", "FILE", "with appid, secret and server, in place of WXMP_CONFIG"));
    return {std::move(name), std::move(summary), std::move(parameters), std::move(examples),
            [run](const arguments& a) -> result<void> {
                const bool is_dry = a.has("--dry-run");
                const auto account = settings_reader(a).read(!is_dry);
                if (!account) return account.error();
                if (is_exposed(*account))
                    warn("http://" + account->host + " gets the secret without encryption");
                session s(*account, is_dry);
                auto done = run(a, s);
                if (is_dry && !done && done.error().code() == dry_run::over) return {};
                return done;
            }};
}

}  // namespace tool
