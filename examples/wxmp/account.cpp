// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// wxmp token, quota, rid, explain
#include <wxmp/api/openapi/quota_clear.hpp>
#include <wxmp/api/openapi/quota_get.hpp>
#include <wxmp/api/openapi/rid_get.hpp>
#include <wxmp/data/sha1.hpp>

#include <boost/describe/class.hpp>

#include "call_errors.hpp"
#include "families.hpp"
#include "language.hpp"
#include "output.hpp"
#include <charconv>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tool {

namespace {

// ---- The access token

struct told_token {
    std::string fingerprint;  // tells tokens apart, and nobody can use it
    std::chrono::sys_seconds expires_at{};
    std::optional<wxmp::secret> access_token{};
};
BOOST_DESCRIBE_STRUCT(told_token, (), (fingerprint, expires_at, access_token))

std::string fingerprint(const wxmp::secret& token) {
    return wxmp::sha1_of(token.reveal()).hex().substr(0, 12);
}

std::chrono::sys_seconds from_now(std::chrono::seconds d) {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()) + d;
}

result<void> tell_token(const arguments& a, session& s) {
    const auto grant = s.get_token(a.has("--refresh"));
    if (!grant || s.is_dry()) return grant ? result<void>() : grant.error();
    told_token t{fingerprint(grant->access_token), from_now(grant->expires_in)};
    if (a.has("--show")) t.access_token = grant->access_token;
    if (a.has("--json")) return print_json(t);
    if (a.has("--show")) print(printable(grant->access_token.reveal()));
    else print(tr("Valid until {}, fingerprint {}", local_time(t.expires_at), t.fingerprint));
    return {};
}

// ---- Quotas

std::string path_of(const arguments& a) {
    const auto path = a.text("PATH");
    return path.starts_with('/') ? path : "/cgi-bin/" + path;
}

std::string describe_quota(const wxmp::openapi::quota_get::response& r) {
    const auto text =
        tr("{} of {} calls used today, {} left", r.quota.used, r.quota.daily_limit, r.quota.remain);
    if (!r.rate_limit) return text;
    return tr("{}; at most {} in {} s", text, r.rate_limit->call_count, r.rate_limit->refresh_second.count());
}

result<void> tell_quota(const arguments& a, session& s) {
    if (a.has("--clear"))
        return call_and_print(a, s, wxmp::openapi::quota_clear{.cgi_path = path_of(a)}, tr("Set back to 0"));
    return call_and_print(a, s, wxmp::openapi::quota_get{.cgi_path = path_of(a)}, describe_quota);
}

// ---- A failed exchange. Its bodies may hold secrets, and are not shown.

struct told_exchange {
    std::optional<std::chrono::sys_seconds> invoke_time{};
    std::optional<std::chrono::milliseconds> cost_in_ms{};
    std::string request_url;
    std::optional<std::string> client_ip;
};
BOOST_DESCRIBE_STRUCT(told_exchange, (), (invoke_time, cost_in_ms, request_url, client_ip))

result<void> tell_exchange(const arguments& a, session& s) {
    const auto answer = s.call(wxmp::openapi::rid_get{.rid = a.text("RID")});
    if (!answer) return answer.error();
    const auto& x = answer->request;
    const told_exchange t{x.invoke_time, x.cost_in_ms, x.redacted_url(), x.client_ip};
    if (a.has("--json")) return print_json(t);
    const auto cost = t.cost_in_ms ? std::to_string(t.cost_in_ms->count()) + " ms" : "-";
    print(columns(local_time(t.invoke_time), cost, t.client_ip.value_or("-"), t.request_url));
    return {};
}

// ---- Return codes

// What a code is about, in both languages.
struct group_name {
    const char *en, *zh;
};

constexpr group_name group_name_of(wxmp::error_group g) {
    using enum wxmp::error_group;
    switch (g) {
    case comment: return {"comment", "留言"};
    case content: return {"content", "内容"};
    case media: return {"media", "素材"};
    case other: return {"other", "其他"};
    case parameter: return {"parameter", "参数"};
    case permission: return {"permission", "权限"};
    case publish: return {"publish", "发布"};
    case quota: return {"quota", "频率与额度"};
    case system: return {"system", "系统"};
    case token: return {"token", "凭证"};
    }
    return {"", ""};
}

struct told_code {
    int code{};
    std::string name, meaning, meaning_zh, advice, advice_zh, group, group_zh;
    std::vector<std::string> conditions{};
    std::vector<std::string> calls{};
};
BOOST_DESCRIBE_STRUCT(told_code, (),
                      (code, name, meaning, meaning_zh, advice, advice_zh, group, group_zh, conditions,
                       calls))

told_code describe_code(const wxmp::known_error& e) {
    const language_scope for_programs(language::english);
    using enum wxmp::condition;
    const auto group = group_name_of(e.group);
    told_code t{e.code,
                std::string(e.name),
                std::string(e.meaning),
                std::string(e.meaning_zh),
                advice(e),
                std::string(e.advice_zh),
                group.en,
                group.zh};
    for (const auto c :
         {token_rejected, retryable, rate_limited, quota_exhausted, permission_denied, not_found})
        if (e.is(c)) t.conditions.push_back(make_error_condition(c).message());
    for (const auto& c : call_errors)
        if (c.code == e.code) t.calls.push_back(c.call);
    return t;
}

// In Chinese only, as who asked reads that.
std::string text_zh(const wxmp::known_error& e, const told_code& t) {
    std::string text = std::to_string(t.code);
    if (!t.name.empty()) text += "  " + t.name;
    text += "\n  含义  " + t.meaning_zh + "\n  建议  " + advice(e) + "\n  分类  " + t.group_zh;
    const char* before = "\n  属于  ";
    for (const auto& c : t.conditions) (text += std::exchange(before, "、")) += translated(c);
    before = "\n  接口  ";
    for (const auto& c : t.calls) (text += std::exchange(before, " ")) += c;
    return text;
}

std::string text_of(const told_code& t) {
    std::string text = std::to_string(t.code);
    if (!t.name.empty()) text += "  " + t.name;
    text += "\n  meaning  " + t.meaning + "\n  含义     " + t.meaning_zh;
    text += "\n  advice   " + t.advice + "\n  建议     " + t.advice_zh;
    text += "\n  group    " + t.group + ' ' + t.group_zh;
    const char* before = "\n  is       ";
    for (const auto& c : t.conditions) (text += std::exchange(before, ", ")) += c;
    before = "\n  calls    ";
    for (const auto& c : t.calls) (text += std::exchange(before, " ")) += c;
    return text;
}

result<void> explain(const arguments& a) {
    const auto text = a.text("CODE");
    int code{};
    const auto [stop, fault] = std::from_chars(text.data(), text.data() + text.size(), code);
    if (fault != std::errc() || stop != text.data() + text.size())
        return wrong_usage(tr("CODE: \"{}\" is not a number", text));
    const auto* known = wxmp::find_known_error(code);
    if (!known) return local_fault(tr("the catalogue does not know {}", text));
    const auto told = describe_code(*known);
    if (a.has("--json")) return print_json(told);
    print(language_in_use() == language::chinese ? text_zh(*known, told) : text_of(told));
    return {};
}

}  // namespace

commands account_commands() {
    return {
        online("token", tr("Get an access token, to see whether the account works; tell when it ends"),
               {flag("--show", tr("print the token itself")),
                flag("--refresh", tr("a new token: 20 a day, 30 s apart")), json_flag()},
               {"wxmp token",
                "curl \"https://api.weixin.qq.com/cgi-bin/draft/count?access_token=$(wxmp token --show)\""},
               tell_token),
        online("quota", tr("Tell how often a call may be made today, and how often it was"),
               {positional("PATH", tr("of the call, as draft/add or /cgi-bin/draft/add")),
                flag("--clear", tr("set its counter back to 0: ten times a month")), json_flag()},
               {"wxmp quota draft/add"}, tell_quota),
        online("rid", tr("Tell what the service knows of a failed exchange"),
               {positional("RID", tr("at the end of its error message")), json_flag()},
               {"wxmp rid 6141b79a-7c6e812d-5514c622"}, tell_exchange),
        {"explain",
         tr("Tell what a return code means, in English and Chinese, what to do, and which calls have it"),
         {positional("CODE", tr("as 45009; -- -1 for one below 0")), json_flag()},
         {"wxmp explain 45009", "wxmp explain --json 40164"},
         explain},
    };
}

}  // namespace tool
