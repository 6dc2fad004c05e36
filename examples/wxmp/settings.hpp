// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// Which account and which service: from the command line, the environment and a file, in this order.
#ifndef WXMP_EXAMPLES_WXMP_SETTINGS_HPP
#define WXMP_EXAMPLES_WXMP_SETTINGS_HPP

#include <wxmp/api/draft/count.hpp>
#include <wxmp/data/secret.hpp>
#include <wxmp/operation/prepare.hpp>

#include "command.hpp"
#include "language.hpp"
#include "report.hpp"
#include "whole_file.hpp"
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>

namespace tool {

struct settings {
    std::string appid;
    wxmp::secret secret;
    std::string scheme = "https";
    std::string host = "api.weixin.qq.com";
};

/// Reads them. The secret and its file are looked after, so a fault is an error even where it does no harm.
class settings_reader {
public:
    explicit settings_reader(const arguments& a) : arguments_(a) {}

    /// @param wants_account whether it is an error that there is no account
    result<settings> read(bool wants_account) {
        if (auto fault = read_file()) return *std::move(fault);
        auto s = read_without_account();
        if (!s) return s;
        s->appid = find("appid");
        s->secret = wxmp::secret(find("secret"));
        if (!wants_account) return s;
        if (s->appid.empty()) return missing("appid", "WXMP_APPID");
        if (s->secret.empty()) return missing("secret", "WXMP_SECRET");
        return s;
    }

    /// The file that they are read from, which need not be there. Empty: there is none.
    std::filesystem::path file() const {
        const auto named = named_file();
        return named.empty() ? default_file() : std::filesystem::path(named);
    }

    /// Only the service's address, and nothing of the file.
    result<settings> read_without_account() const {
        settings s;
        const auto url = find("server");
        if (url.empty() || read_server(s, url)) return s;
        return wrong_usage(
            tr("the address of the service, {}, is not http:// or https:// and a host, with :PORT "
               "where needed",
               url));
    }

private:
    using path = std::filesystem::path;

    static std::string environment(const char* name) {
        const char* value = std::getenv(name);
        return value ? value : "";
    }

    std::string named_file() const { return arguments_.text("--config", environment("WXMP_CONFIG")); }

    path default_file() const {
        const auto base = environment("XDG_CONFIG_HOME"), home = environment("HOME");
        if (base.empty() && home.empty()) return {};
        return (base.empty() ? path(home) / ".config" : path(base)) / "wxmp/config";
    }

    // The default one need not be there.
    std::optional<wxmp::error> read_file() {
        file_ = file();
        const bool is_named = !named_file().empty();
        if (file_.empty()) return std::nullopt;
        const auto text = whole_file::read(file_, whole_file::trust::confidential);
        if (!text) return file_fault(text.error());
        if (!*text && is_named)
            return wxmp::error(make_error_code(boost::system::errc::no_such_file_or_directory),
                               file_.string());
        return *text ? read_lines(**text) : std::nullopt;
    }

    std::optional<wxmp::error> read_lines(const std::string& text) {
        std::istringstream in(text);
        std::string line;
        for (int number = 1; std::getline(in, line); ++number)
            if (!read_line(line))
                return local_fault(
                    tr("{}, line {}: not `appid = …`, `secret = …`, `server = …` or a # comment",
                       file_.string(), number));
        return std::nullopt;
    }

    bool read_line(std::string_view line) {
        const auto text = trimmed(line);
        if (text.empty() || text.starts_with('#')) return true;
        const auto equals = std::min(text.find('='), text.size());
        const auto name = trimmed(text.substr(0, equals));
        if (equals == text.size() || (name != "appid" && name != "secret" && name != "server")) return false;
        const auto value = trimmed(text.substr(equals + 1));
        from_file_[std::string(name)] = value;
        return !value.empty() && value.find_first_of(blank) == value.npos;
    }

    static constexpr std::string_view blank = " \t\r";

    static std::string_view trimmed(std::string_view text) {
        const auto begin = std::min(text.find_first_not_of(blank), text.size());
        return text.substr(begin, text.find_last_not_of(blank) + 1 - begin);
    }

    std::string find(const std::string& name) const {
        if (const auto given = arguments_.maybe("--" + name); given && name != "secret") return *given;
        std::string variable = "WXMP_";
        for (const char c : name) variable += static_cast<char>(c - 'a' + 'A');
        if (auto value = environment(variable.c_str()); !value.empty()) return value;
        const auto kept = from_file_.find(name);
        return kept == from_file_.end() ? std::string() : kept->second;
    }

    static bool read_server(settings& s, std::string url) {
        while (url.ends_with('/')) url.pop_back();
        const auto mark = url.find("://");
        if (mark == url.npos) return false;
        s.scheme = url.substr(0, mark);
        s.host = url.substr(mark + 3);
        wxmp::options o;
        o.host = s.host;
        return (s.scheme == "http" || s.scheme == "https") && wxmp::prepare(wxmp::draft::count{}, o);
    }

    wxmp::error missing(const std::string& name, const std::string& variable) const {
        const auto where = file_.empty() ? "~/.config/wxmp/config" : file_.string();
        return local_fault(tr("the {0} of the account is not known: set {1}, or write `{0} = …` into {2}",
                              name, variable, where));
    }

    const arguments& arguments_;
    path file_;
    std::map<std::string, std::string> from_file_;
};

}  // namespace tool

#endif
