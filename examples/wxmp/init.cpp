// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// wxmp init
#include "families.hpp"
#include "language.hpp"
#include "session.hpp"
#include "settings.hpp"
#include "terminal.hpp"
#include "whole_file.hpp"
#include <algorithm>
#include <filesystem>
#include <string>
#include <string_view>

namespace tool {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view blank = " \t";

bool is_appid(std::string_view text) {
    const auto digits = text.substr(std::min<std::size_t>(2, text.size()));
    return text.starts_with("wx") && digits.size() == 16 &&
           digits.find_first_not_of("0123456789abcdef") == digits.npos;
}

// Asks until the answer is one.
template <class Ask, class Check>
result<std::string> ask_until(Ask ask_once, Check is_right, const std::string& otherwise) {
    for (;;) {
        const auto answer = ask_once();
        if (!answer) return local_fault(tr("the answers ended too early; nothing was written"));
        if (is_right(*answer)) return *answer;
        say(otherwise);
    }
}

result<void> ask_for_account(settings& s) {
    say(tr("Both are on the account's website, mp.weixin.qq.com: Settings and development, Basic "
           "configuration."));
    auto appid = ask_until([] { return ask("AppID"); }, is_appid,
                           tr("An AppID is wx and 16 digits or letters from a to f."));
    if (!appid) return appid.error();
    auto secret = ask_until(
        [] { return ask_for_secret(tr("AppSecret (not shown)")); },
        [](const std::string& text) { return !text.empty() && text.find_first_of(blank) == text.npos; },
        tr("An AppSecret has letters and digits, and no spaces."));
    if (!secret) return secret.error();
    s.appid = *appid;
    s.secret = wxmp::secret(*secret);
    return {};
}

std::string text_of(const settings& s) {
    auto text = "appid = " + s.appid + "\nsecret = " + s.secret.reveal() + '\n';
    if (const settings usual; s.host != usual.host || s.scheme != usual.scheme)
        text += "server = " + s.scheme + "://" + s.host + '\n';
    return text;
}

// With what the service says of an account that is not as it was typed, a file is of no use.
bool is_wrong_account(const wxmp::error& e) {
    const auto code = e.api_code();
    return code == 40001 || code == 40013 || code == 40125 || code == 40002;
}

result<void> write(const fs::path& file, const settings& s) {
    std::error_code fault;
    if (const auto folder = file.parent_path(); !folder.empty() && fs::create_directories(folder, fault))
        fs::permissions(folder, fs::perms::owner_all, fault);
    if (fault) return wxmp::error(fault, file.parent_path().string());
    if (auto written = whole_file::replace(file, text_of(s)); !written) return written.error();
    print(tr("Written: {}", printable(file.string())));
    return {};
}

result<void> init(const arguments& a) {
    const settings_reader reader(a);
    const auto file = reader.file();
    if (file.empty()) return local_fault(tr("there is no home folder: name the file with --config"));
    if (fs::exists(fs::symlink_status(file)) && !a.has("--force"))
        return local_fault(tr("{} is there already: remove it, or replace it with --force", file.string()));
    auto s = reader.read_without_account();
    if (!s) return s.error();
    if (auto fault = refuse_exposed(*s, a)) return *std::move(fault);
    if (auto asked = ask_for_account(*s); !asked) return asked.error();
    if (a.has("--no-check")) return write(file, *s);
    const auto granted = session(*s, false).get_token(false);
    if (!granted && is_wrong_account(granted.error())) return granted.error();
    if (auto written = write(file, *s); !written) return written.error();
    if (!granted) return granted.error();
    print(tr("The account works"));
    return {};
}

}  // namespace

command init_command() {
    auto parameters = server_options();
    parameters.push_back(flag("--no-check", tr("do not ask the service whether the account works")));
    parameters.push_back(flag("--force", tr("replace a file that is there")));
    return {"init",
            tr("Ask for the account, and write it where the other commands find it"),
            std::move(parameters),
            {"wxmp init", "wxmp init --config ./wxmp.conf"},
            init};
}

}  // namespace tool
