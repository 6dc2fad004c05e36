// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TESTING_PLATFORM_HPP
#define WXMP_TESTING_PLATFORM_HPP

#include <wxmp/testing/platform/call_table.hpp>
#include <wxmp/testing/platform/faults.hpp>
#include <wxmp/testing/platform/request_checks.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace wxmp::inline v0_1::testing {

/// What the server has to do in reply to a request.
struct answer {
    http::response response;            ///< to send, unless `lost`
    bool lost{};                        ///< drop the connection without sending a byte
    std::chrono::milliseconds delay{};  ///< to wait first
};

/** Simulates the service without I/O: takes a request and the current time, returns the response.

    It decodes requests with the types that a client encodes them with, stores what is sent, and rejects
    misuse with the service's own return codes. The caller supplies the time, which never goes back. Requests
    and times being equal, the same seed gives the same responses. A value type: a copy is independent. Not
    thread-safe. Link `wxmp-testing`, or include wxmp/testing/src.hpp in one translation unit.

    @code
    wxmp::testing::platform p;
    auto& account = p.add_account("wx1", wxmp::secret("s"));
    auto  answer = p.handle(request, now);
    @endcode
*/
class platform {
public:
    /// Starts without accounts.
    explicit platform(platform_rules rules = {})
        : rules_(std::move(rules)), ids_(rules_.seed), rids_(~rules_.seed) {}

    /// Adds an account, or replaces the secret of an existing one. Valid as long as the platform.
    account& add_account(std::string appid, secret appsecret) {
        auto& a = accounts_[std::move(appid)];
        a.appsecret = std::move(appsecret);
        return a;
    }

    /// The account with this appid, or null.
    [[nodiscard]] const account* find_account(std::string_view appid) const noexcept {
        const auto found = accounts_.find(appid);
        return found == accounts_.end() ? nullptr : &found->second;
    }

    /// The rules, which may be changed at any time; earlier outcomes stay as they are.
    [[nodiscard]] platform_rules& rules() noexcept { return rules_; }

    /// Injects a fault. The request header `X-Wxmp-Fault` does the same, see @ref fault::parse.
    void inject(injection i) { script_.add(std::move(i)); }

    /// Number of injected faults that are still pending.
    [[nodiscard]] std::size_t faults_left() const noexcept { return script_.left(); }

    /** Number of requests sent for this call: a path, with `?action=` where it has one; see @ref call_name.

        Those that an injected fault answers, or loses on their way, count as well: that shows what a client
        sends again.
    */
    [[nodiscard]] std::uint64_t calls(std::string_view name) const noexcept {
        const auto found = calls_.find(name);
        return found == calls_.end() ? 0 : found->second;
    }

    /// Number of requests sent for `Op`.
    template <operation Op> [[nodiscard]] std::uint64_t calls() const { return calls(call_name(Op::at)); }

    /// The time of the latest request.
    [[nodiscard]] wall_time now() const noexcept { return now_; }

    /// The article with its images and videos, if it is public at this URL at the time of the latest request.
    [[nodiscard]] std::optional<published_page> published(std::string_view url) const {
        for (const auto& [appid, a] : accounts_)
            if (auto page = a.find_page(url, now_)) return page;
        return std::nullopt;
    }

    /// The latest failed exchanges, by the `rid` in their `errmsg`.
    [[nodiscard]] const exchange_log& failed_exchanges() const noexcept { return log_; }

    /** Handles a request. The bytes of its body are copied where they are stored.

        If there is no memory for it, this throws std::bad_alloc: then either nothing has happened, or the
        call was carried out and only its response is lost, as by @ref fault::lose_answer.
    */
    answer handle(const http::request& r, wall_time now) {
        now_ = std::max(now_, now);
        const auto name = detail::call_name(r);
        attempt whole(*this, calls_[name]);
        auto out = answer_to(r, name);
        whole.end();
        return out;
    }

private:
    // Takes back what a call that ends in an exception has changed, unless it was carried out.
    class attempt {
    public:
        attempt(platform& p, std::uint64_t& count)
            : platform_(p), count_(count), script_(p.script_), ids_(p.ids_), rids_(p.rids_) {
            p.progress_ = {};
            ++count_;
        }
        attempt(const attempt&) = delete;
        attempt& operator=(const attempt&) = delete;
        ~attempt() {
            const auto& how_far = platform_.progress_;
            if (how_far.is_done) return;
            if (how_far.spent) *how_far.spent = how_far.before;
            --count_;
            platform_.script_ = std::move(script_);
            platform_.ids_ = ids_;
            platform_.rids_ = rids_;
        }

        void end() noexcept { platform_.progress_.is_done = true; }

    private:
        platform& platform_;
        std::uint64_t& count_;
        fault_script script_;
        id_source ids_, rids_;
    };

    answer answer_to(const http::request& r, std::string_view name) {
        const auto header = http::find_header(r.headers, "X-Wxmp-Fault");
        const auto what = header.empty() ? script_.take(name) : fault::parse(header);
        if (what) return std::visit([&](const auto& f) { return apply(r, f); }, *what);
        if (!header.empty()) return {{400, {}, "X-Wxmp-Fault: not understood"}, false, {}};
        return {respond(r), false, {}};
    }

    answer apply(const http::request& r, fault::error_code f) {
        return {write(refuse(f.code), r), false, {}};
    }
    answer apply(const http::request&, fault::http_status f) { return {{f.status, {}, {}}, false, {}}; }
    answer apply(const http::request&, fault::lose_request) { return {{}, true, {}}; }
    answer apply(const http::request& r, fault::lose_answer) { return {respond(r), true, {}}; }
    answer apply(const http::request& r, fault::delay f) { return {respond(r), false, f.time}; }
    answer apply(const http::request& r, fault::truncate f) {
        answer a{respond(r), false, {}};
        a.response.body.resize(std::min(a.response.body.size(), f.bytes));
        return a;
    }
    answer apply(const http::request& r, fault::expire_token) {
        for (auto& [appid, a] : accounts_) a.tokens.expire(token_of(r), now_);
        return {respond(r), false, {}};
    }

    http::response respond(const http::request& r) {
        if (http::find_header(r.headers, "Transfer-Encoding").find("chunked") != std::string_view::npos)
            return {412, {}, {}};
        auto done = carry_out(r);
        return done ? *std::move(done) : write(done.error(), r);
    }

    result<http::response> carry_out(const http::request& r) {
        const auto route = all_calls().find(r);
        if (!route) return route.error();
        const auto& at = (*route)->at();
        call_context v{{rules_, ids_, now_}, accounts_, log_, progress_, nullptr};
        if (at.needs_token) {
            const auto owner = owner_of(token_of(r), v);
            if (!owner) return owner.error();
            v.who = *owner;
            if (v.who->forbidden.contains(at.path)) return refuse(48001);
            if (!v.spend(*v.who, at.path)) return refuse(45009);
        }
        if (const int code = detail::fault_of_body(at, r)) return refuse(code);
        return (**route)(r, v);
    }

    static std::string token_of(const http::request& r) {
        const auto target = parse_target(r.target.reveal());
        const auto* token = target ? target->find("access_token") : nullptr;
        return token ? *token : std::string();
    }

    static result<account*> owner_of(const std::string& token, const call_context& v) {
        if (token.empty()) return refuse(41001);
        return v.owner_of(token);
    }

    // The upload_video calls use `ret` for all but token errors.
    static std::string_view code_member(const error& e, const http::request& r) {
        const auto* known = find_known_error(e.api_code());
        if (known && known->group == error_group::token) return "errcode";
        return r.target.reveal().starts_with(upload_video::init_upload::at.path) ? "ret" : "errcode";
    }

    http::response write(const error& why, const http::request& r) {
        const auto target = parse_target(r.target.reveal());
        const auto e = detail::as_api_error(why, target ? std::string_view(target->path) : "");
        auto rid = make_rid();
        auto text = e.detail();
        if (rules_.errors_repeat_request) (text += " request: ") += repeated(r);
        auto response = write_error(e.api_code(), text + " rid: " + rid, code_member(e, r));
        if (why == errc::unknown_call) response.status = 404;
        log_.add(std::move(rid), appid_of(accounts_, token_of(r), now_), r, response.body, now_, rules_);
        return response;
    }

    static std::string repeated(const http::request& r) {
        constexpr std::size_t most = 1'000;
        return r.target.reveal() + ' ' + r.body.text().substr(0, most);
    }

    std::string make_rid() {
        std::string rid = rids_.text(8, id_source::hex);
        for (int i = 0; i != 2; ++i) rid += '-' + rids_.text(8, id_source::hex);
        return rid;
    }

    platform_rules rules_;
    id_source ids_;
    id_source rids_;
    accounts accounts_;
    fault_script script_;
    exchange_log log_;
    wall_time now_{};
    call_progress progress_;  // of the latest request
    std::map<std::string, std::uint64_t, std::less<>> calls_;
};

}  // namespace wxmp::inline v0_1::testing

#endif
