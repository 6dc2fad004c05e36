// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include "session.hpp"

#include <wxmp/api/auth/stable_token.hpp>

#include "article_limits.hpp"
#include "dry_run.hpp"
#include "language.hpp"
#include "settings.hpp"
#include "transports/curl.hpp"
#include <arpa/inet.h>
#include <condition_variable>
#include <mutex>
#include <string>
#include <utility>

namespace tool {

struct wire::curl {
    transports::curl transport;
};

wire::wire(bool is_dry, const sent_listener* listener) : curl_(is_dry ? nullptr : std::make_unique<curl>()) {
    if (!curl_ || !listener) return;
    curl_->transport.progress = [listener](std::uint64_t sent, std::uint64_t) {
        if (*listener) (*listener)(sent);
    };
}
wire::wire(wire&&) noexcept = default;
wire::~wire() = default;

wxmp::result<wxmp::http::response> wire::send(const wxmp::http::request& r, const wxmp::stop_token& stop) {
    if (!curl_) return dry_run::send(r);
    note_call(r.safe_target.substr(0, r.safe_target.find('?')));
    return curl_->transport.send(r, stop);
}

namespace {

wxmp::options options_of(const settings& s) {
    wxmp::options o;
    o.scheme = s.scheme;
    o.host = s.host;
    o.limits = limits_of_library();
    return o;
}

bool is_loopback(const std::string& host) {
    const auto name =
        host.starts_with('[') ? host.substr(1, host.find(']') - 1) : host.substr(0, host.find(':'));
    in_addr ipv4{};
    in6_addr ipv6{};
    if (inet_pton(AF_INET, name.c_str(), &ipv4) == 1) return ntohl(ipv4.s_addr) >> 24 == 127;
    if (inet_pton(AF_INET6, name.c_str(), &ipv6) == 1) return IN6_IS_ADDR_LOOPBACK(&ipv6);
    return name == "localhost";
}

}  // namespace

std::optional<wxmp::error> refuse_exposed(const settings& s, const arguments& a) {
    if (s.scheme != "http" || is_loopback(s.host) || a.has("--insecure")) return std::nullopt;
    return wrong_usage(
        tr("{} would get the secret without encryption: use https, or --insecure", "http://" + s.host));
}

std::vector<parameter> server_options() {
    return {option("--server", "URL", tr("of the service, in place of WXMP_SERVER")),
            flag("--insecure", tr("send the secret without encryption, to a server of http://")),
            option("--config", "FILE", tr("with appid, secret and server, in place of WXMP_CONFIG"))};
}

std::vector<parameter> account_options() {
    auto all = server_options();
    all.insert(all.begin(), option("--appid", "ID", tr("of the account, in place of WXMP_APPID")));
    return all;
}

session::session(const tool::settings& s, bool is_dry)
    : appid_(is_dry && s.appid.empty() ? "(appid)" : s.appid),
      secret_(s.secret),
      is_dry_(is_dry),
      client_(wire(is_dry, &sent_listener_), options_of(s),
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
    parameters.push_back(flag("--dry-run", tr("print the requests, without secrets, and send nothing")));
    for (auto& p : account_options()) parameters.push_back(std::move(p));
    return {std::move(name), std::move(summary), std::move(parameters), std::move(examples),
            [run](const arguments& a) -> result<void> {
                const bool is_dry = a.has("--dry-run");
                const auto account = settings_reader(a).read(!is_dry);
                if (!account) return account.error();
                if (auto fault = refuse_exposed(*account, a); fault && !is_dry) return *std::move(fault);
                session s(*account, is_dry);
                auto done = run(a, s);
                if (is_dry && !done && done.error().code() == dry_run::over) return {};
                return done;
            }};
}

}  // namespace tool
