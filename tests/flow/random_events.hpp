// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// Flows under random events, for fuzzers and for tests. Numbers are extreme ones more often than not.
#ifndef WXMP_TESTS_FLOW_RANDOM_EVENTS_HPP
#define WXMP_TESTS_FLOW_RANDOM_EVENTS_HPP

#include <wxmp/flow/flow.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace wxmp_test {

// Chooses by the bytes of an input; past its end always 0.
class choices {
public:
    explicit choices(std::string_view bytes) : left_(bytes) {}

    bool at_end() const { return left_.empty(); }

    std::uint8_t byte() {
        if (left_.empty()) return 0;
        const auto b = static_cast<std::uint8_t>(left_.front());
        left_.remove_prefix(1);
        return b;
    }

    std::size_t below(std::size_t n) { return byte() % n; }
    bool once_in(std::size_t n) { return below(n) == n - 1; }
    template <class T> const T& one_of(std::span<const T> some) { return some[below(some.size())]; }

    std::int64_t number() {
        constexpr auto most = std::numeric_limits<std::int64_t>::max();
        constexpr auto least = std::numeric_limits<std::int64_t>::min();
        constexpr std::int64_t numbers[] = {0,
                                            1,
                                            2,
                                            3,
                                            7'200,
                                            -1,
                                            least,
                                            most,
                                            most / 1'000,
                                            most,
                                            most - 1,
                                            least + 1,
                                            most,
                                            1u << 31,
                                            UINT32_MAX,
                                            most / 1'000 + 1,
                                            least / 1'000 - 1};
        const auto which = below(2 * std::size(numbers));
        return which < std::size(numbers) ? numbers[which] : byte() * (std::int64_t{1} << below(55));
    }
    std::chrono::milliseconds duration() { return std::chrono::milliseconds(number()); }
    double factor() {
        constexpr double some[] = {0,
                                   0.5,
                                   0.8,
                                   1,
                                   2,
                                   -1,
                                   1e300,
                                   -1e300,
                                   std::numeric_limits<double>::infinity(),
                                   std::numeric_limits<double>::quiet_NaN()};
        return some[below(std::size(some))];
    }

private:
    std::string_view left_;
};

// What the service, the store, the source and the clocks do to flows.
class random_world {
public:
    explicit random_world(choices& c) : c_(&c) {}

    // Runs a flow to its end; what is wrong with how it went, or nothing.
    template <wxmp::flow F> std::string run(F f) {
        now_.steady = wxmp::time_point(std::chrono::milliseconds(c_->number() / 2));
        now_.wall = some_day();
        for (int step = 0; step != most_steps; ++step) {
            if (!is_cancelled_ && (step > most_steps / 2 || c_->at_end() || c_->once_in(64))) cancel(f);
            auto a = f.next(now_);
            if (std::holds_alternative<wxmp::flows::done>(a)) return look_at(std::move(f).take());
            if (auto* w = std::get_if<wxmp::flows::wait>(&a)) wait(f, w->until);
            else begin(std::move(a));
            if (!fault_.empty()) return fault_;
            if (!out_.empty() && c_->once_in(4)) end_one(f);
            if (c_->once_in(128)) tell_stray(f);
        }
        return "it does not end";
    }

private:
    static constexpr int most_steps = 4'000;

    struct under_way {
        wxmp::flows::request_id id;
        wxmp::flows::action what;
    };

    template <class F> void cancel(F& f) {
        is_cancelled_ = true;
        f.cancel();
    }

    void begin(wxmp::flows::action a) {
        const auto id = std::visit(
            [](const auto& x) {
                if constexpr (requires { x.id; }) return x.id;
                else return wxmp::flows::request_id{};
            },
            a);
        for (const auto& x : out_)
            if (x.id == id && x.what.index() == a.index() && !is_astray_)
                fault_ = "two under one id: " + std::to_string(id);
        if (is_cancelled_ && !std::holds_alternative<wxmp::flows::ask_store>(a))
            fault_ = "begins after it was cancelled";
        out_.push_back({id, std::move(a)});
    }

    // Time goes by, or what is under way ends.
    template <class F> void wait(F& f, wxmp::time_point until) {
        if (!out_.empty() && (until == wxmp::time_point::max() || c_->once_in(2))) return end_one(f);
        if (until == wxmp::time_point::max()) {  // as an endless pause of its options
            if (is_cancelled_) fault_ = "it waits for nothing";
            return is_cancelled_ ? void() : cancel(f);
        }
        if (until <= now_.steady) return void(fault_ = "it waits for what is over");
        const auto passed = until - now_.steady;
        now_.steady = until;
        if (c_->once_in(4)) now_.wall = some_day();
        else if (passed < std::chrono::hours(10'000)) now_.wall += passed;
    }

    template <class F> void end_one(F& f) {
        const auto which = out_.begin() + static_cast<std::ptrdiff_t>(c_->below(out_.size()));
        auto e = outcome_of(which->what, which->id);
        out_.erase(which);
        f.on(std::move(e), now_);
    }

    wxmp::flows::event outcome_of(const wxmp::flows::action& a, wxmp::flows::request_id id) {
        if (c_->once_in(6)) return wxmp::flows::failed{id, some_error(), c_->once_in(2)};
        if (const auto* s = std::get_if<wxmp::flows::send>(&a))
            return wxmp::flows::answered{id, answer(*s->request)};
        if (const auto* q = std::get_if<wxmp::flows::ask_store>(&a))
            return wxmp::flows::stored{id, store_says(*q->what)};
        const auto& r = std::get<wxmp::flows::fetch>(a);
        const bool changes = c_->once_in(32);
        const auto size = c_->once_in(32) ? r.size / 2 : r.size;
        return wxmp::flows::fetched{
            id, {}, std::string(std::min<std::size_t>(size, 4'096), changes ? 'y' : 'x')};
    }

    // What was never asked for ends a flow, or a part of it, whatever is under way. By chance it is the outcome of
    // what is.
    template <class F> void tell_stray(F& f) {
        is_astray_ = true;
        auto e = stray();
        std::erase_if(out_, [&](const under_way& x) {
            return x.id == wxmp::flows::id_of(e) && x.what.index() == e.index();
        });
        f.on(std::move(e), now_);
    }

    wxmp::flows::event stray() {
        const auto id = static_cast<wxmp::flows::request_id>(c_->number());
        switch (c_->below(3)) {
        case 0: return wxmp::flows::answered{id, {200, {}, "{}"}};
        case 1: return wxmp::flows::stored{id, store_says(wxmp::load_token{})};
        default: return wxmp::flows::fetched{id, {}, "x"};
        }
    }

    wxmp::error some_error() {
        constexpr wxmp::errc some[] = {
            wxmp::errc::connect_failed, wxmp::errc::connection_lost,   wxmp::errc::timeout,
            wxmp::errc::cancelled,      wxmp::errc::stale_connection,  wxmp::errc::store_failed,
            wxmp::errc::too_large,      wxmp::errc::deadline_exceeded, wxmp::errc::exception_thrown};
        return wxmp::error(some[c_->below(std::size(some))]);
    }

    // A line of what the service says: `#` is any number, `$` any of some letters.
    wxmp::http::response answer(const wxmp::http::request& r) {
        struct line {
            std::string_view path, body;
        };
        static constexpr line lines[] = {
            {"token", R"({"access_token":"CANARY-$","expires_in":#})"},
            {"token", R"({"access_token":"CANARY-$","expires_in":7200})"},
            {"draft/count", R"({"total_count":#})"},
            {"draft/batchget", R"({"total_count":#,"item_count":#,"item":[)"
                               R"({"media_id":"$","content":{"news_item":[]},"update_time":#},)"
                               R"({"media_id":"$","content":{"news_item":[]},"update_time":#}]})"},
            {"draft/batchget", R"({"total_count":#,"item_count":0,"item":[]})"},
            {"comment/list", R"({"errcode":0,"total":#,"comment":[{"user_comment_id":#,"create_time":#,)"
                             R"("content":"x","comment_type":#,"reply":{"content":"y","create_time":#}}]})"},
            {"freepublish/submit", R"({"errcode":0,"publish_id":#,"msg_data_id":#})"},
            {"freepublish/get", R"({"publish_id":"$","publish_status":#,"article_id":"$","fail_idx":[#,#],)"
                                R"("article_detail":{"count":#,"item":[{"idx":#,"article_url":"u"}]}})"},
            {"freepublish/get", R"({"publish_id":"$","publish_status":1})"},
            {"publish/query", R"({"errcode":0,"status":"审核中"})"},
            {"publish/query", R"({"errcode":0,"status":"发布成功","url":"u"})"},
            {"init_upload", R"({"ret":0,"vid":"$"})"},
            {"upload_block", R"({"ret":0})"},
            {"upload_finish", R"({"ret":0})"},
            {"save_video", R"({"ret":0,"media_id":"$"})"},
            {"query_status", R"({"status":#,"ori_status":#})"},
            {"query_status", R"({"status":2,"ori_status":2})"},
            {"", R"({"errcode":#,"errmsg":"$ rid: 1-2-3"})"},
            {"", R"({"errcode":42001,"errmsg":"$"})"},
            {"", R"({"errcode":45011,"errmsg":"$"})"},
            {"", R"({"errcode":45009,"errmsg":"$"})"},
            {"", R"({"errcode":-1,"errmsg":"$"})"},
            {"", R"({"errcode":0)"},
            {"", "<html>"},
            {"", ""}};
        std::vector<std::string_view> fitting;
        for (const auto& l : lines)
            if (!l.path.empty() && r.safe_target.find(l.path) != std::string::npos) fitting.push_back(l.body);
        const auto likely = fitting.size();
        for (const auto& l : lines)
            if (l.path.empty()) fitting.push_back(l.body);
        const auto body =
            fitting[likely != 0 && !c_->once_in(8) ? c_->below(likely) : c_->below(fitting.size())];
        constexpr int statuses[] = {200, 200, 200, 200, 200, 200, 404, 502};
        return {statuses[c_->below(std::size(statuses))], {}, filled_in(body)};
    }

    std::string filled_in(std::string_view body) {
        std::string text;
        for (const char c : body) {
            if (c == '#') text += std::to_string(c_->once_in(2) ? c_->number() : std::int64_t(c_->below(8)));
            else if (c == '$') text += static_cast<char>('a' + c_->below(8));
            else text += c;
        }
        return text;
    }

    wxmp::store_answer store_says(const wxmp::store_request& q) {
        if (std::holds_alternative<wxmp::lease_token>(q))
            return {.fence = c_->once_in(3) ? 0 : static_cast<std::uint64_t>(c_->number())};
        if (std::holds_alternative<wxmp::commit_token>(q)) return {.committed = !c_->once_in(4)};
        if (!std::holds_alternative<wxmp::load_token>(q) || c_->once_in(3)) return {};
        const std::string token = std::string("CANARY-") + static_cast<char>('a' + c_->below(8));
        return {.record = wxmp::token_record{wxmp::secret(token), static_cast<std::uint64_t>(c_->number()),
                                             c_->duration(), c_->duration()}};
    }

    // No clock shows more than this.
    wxmp::wall_time some_day() {
        return wxmp::wall_time(std::chrono::milliseconds(c_->number() / (std::int64_t{1} << 10)));
    }

    template <class T> static std::string look_at(const wxmp::result<T>& r) {
        if (r) return {};
        const auto text = r.error().message();
        return text.find("CANARY") == text.npos ? std::string() : "its error tells a secret";
    }

    choices* c_;
    wxmp::instant now_{};
    std::vector<under_way> out_{};
    std::string fault_{};
    bool is_cancelled_{};
    bool is_astray_{};
};

}  // namespace wxmp_test

#endif
