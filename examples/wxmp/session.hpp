// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// The connection of a command with the service.
#ifndef WXMP_EXAMPLES_WXMP_SESSION_HPP
#define WXMP_EXAMPLES_WXMP_SESSION_HPP

#include <wxmp/api/auth/token_grant.hpp>
#include <wxmp/client.hpp>
#include <wxmp/transport/memory_token_store.hpp>

#include "command.hpp"
#include "interrupt.hpp"
#include "report.hpp"
#include "upload_bar.hpp"
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

namespace tool {

struct settings;

/// A transport whose library only session.cpp knows, so that no other file is compiled with it.
class wire {
public:
    /// @param listener told of each exchange; it must outlive this
    explicit wire(bool is_dry, const sent_listener* listener = nullptr);
    wire(wire&&) noexcept;
    ~wire();
    wxmp::result<wxmp::http::response> send(const wxmp::http::request& r, const wxmp::stop_token& stop);

private:
    struct curl;
    std::unique_ptr<curl> curl_;  // null: --dry-run
};

/// Makes calls and runs flows, with an access token, until they are at their end or Ctrl-C is pressed.
class session {
public:
    session(const tool::settings& s, bool is_dry);
    session(const session&) = delete;
    session& operator=(const session&) = delete;

    /// Makes a call. What is wrong with it is found before anything is sent. Where its answer is lost and it
    /// is not safe to repeat, that is `errc::outcome_unknown`.
    template <wxmp::operation Op> result<typename Op::response> call(Op op) {
        auto answer = run(wxmp::call<Op>(std::move(op), settings()));
        if (!answer && !Op::at.is_idempotent && is_lost(answer.error()))
            return wxmp::error(wxmp::errc::outcome_unknown, message_of(answer.error()));
        return answer;
    }

    /// Makes a call that sends a file of this name and size: with a bar on a terminal, if it is a large one.
    template <wxmp::operation Op>
    result<typename Op::response> upload(Op op, const std::string& name, std::uint64_t size) {
        upload_bar bar(sent_listener_, name, is_dry_ ? 0 : size);
        auto answer = call(std::move(op));
        if (answer) bar.finish();
        return answer;
    }

    /// Runs a flow that may read `from`.
    template <wxmp::flow F> result<typename F::value_type> run(F f, wxmp::byte_source_ref from = {}) {
        return client_.run(std::move(f), {.source = from, .stop = interrupt_.token()});
    }

    /// The account's access token, from the service.
    result<wxmp::auth::token_grant> get_token(bool fresh);

    const wxmp::options& settings() const noexcept { return client_.settings(); }
    const std::string& appid() const noexcept { return appid_; }

    /// Waits; `errc::cancelled` if it is stopped meanwhile.
    result<void> pause(std::chrono::milliseconds time) const;

    /// Requested by Ctrl-C.
    std::stop_token stop() const { return interrupt_.token(); }

    /// Whether nothing is sent, and answers are made up.
    bool is_dry() const noexcept { return is_dry_; }

private:
    // What cannot be read may be what is left of a success.
    static bool is_lost(const wxmp::error& e) {
        if (e == wxmp::errc::outcome_unknown) return false;  // is told already
        return e == wxmp::condition::outcome_unknown || e == wxmp::errc::bad_json;
    }

    interrupt interrupt_;
    std::string appid_;
    wxmp::secret secret_;
    bool is_dry_;
    sent_listener sent_listener_{};
    wxmp::memory_token_store tokens_;
    wxmp::client<wire, wxmp::token_policy<wxmp::memory_token_store>, wxmp::retry_policy> client_;
};

/// The error of an address that others may listen to, unless the user has said that they may.
std::optional<wxmp::error> refuse_exposed(const settings& s, const arguments& a);

/// The options that say where the service is.
std::vector<parameter> server_options();

/// The same, and which account.
std::vector<parameter> account_options();

/// A command that talks with the service: with the options for that, and a session for it.
command online(std::string name, std::string summary, std::vector<parameter> parameters,
               std::vector<std::string> examples, result<void> (*run)(const arguments&, session&));

}  // namespace tool

#endif
