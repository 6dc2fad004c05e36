// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// wxmp doctor
#include <wxmp/api/auth/stable_token.hpp>
#include <wxmp/api/draft/add.hpp>
#include <wxmp/api/draft/count.hpp>
#include <wxmp/api/draft/switch_.hpp>
#include <wxmp/api/freepublish/batchget.hpp>
#include <wxmp/api/freepublish/submit.hpp>
#include <wxmp/api/material/add_material.hpp>
#include <wxmp/api/material/get_materialcount.hpp>
#include <wxmp/api/media/uploadimg.hpp>
#include <wxmp/api/openapi/quota_get.hpp>
#include <wxmp/operation/complete.hpp>
#include <wxmp/operation/prepare.hpp>

#include <boost/describe/class.hpp>

#include "families.hpp"
#include "language.hpp"
#include "output.hpp"
#include "settings.hpp"
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace tool {

namespace {

constexpr std::chrono::seconds most_clock_difference{60};

struct told_check {
    std::string check{};
    std::string status{};  // ok, warning or error
    std::string detail{};
    std::string to_do{};
};
BOOST_DESCRIBE_STRUCT(told_check, (), (check, status, detail, to_do))

// The time that an answer tells, as `Sun, 29 Nov 2026 20:44:36 GMT`.
std::optional<std::chrono::sys_seconds> date_of(const wxmp::http::response& r) {
    std::tm parts{};
    const std::string text(wxmp::http::find_header(r.headers, "Date"));
    const char* end = strptime(text.c_str(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
    if (!end || *end != '\0') return std::nullopt;
    return std::chrono::sys_seconds(std::chrono::seconds(timegm(&parts)));
}

// Looks at one thing after the other. What the next ones need and is missing ends it.
class examination {
public:
    explicit examination(const arguments& a) : arguments_(a) {}

    result<void> run() {
        look();
        if (!written_) return written_;
        if (faults_ == 0) return {};
        return local_fault(faults_ == 1 ? tr("one check failed") : tr("{} checks failed", faults_));
    }

private:
    void look() {
        std::optional<language_scope> for_programs;
        if (arguments_.has("--json")) for_programs.emplace(language::english);
        settings_reader reader(arguments_);
        const auto account = reader.read(true);
        if (!account) return fail(tr("account"), account.error());
        pass(tr("account"), account->appid);
        if (const auto fault = refuse_exposed(*account, arguments_)) return fail(tr("address"), *fault);
        pass(tr("address"), account->scheme + "://" + account->host);
        session s(*account, false);
        if (!reach(*account, s)) return;
        look_at_permissions(s);
        look_at_quotas(s);
    }

    // ---- The service, the clock, and the token: one request tells of all.

    bool reach(const settings& account, session& s) {
        const auto request = wxmp::prepare(
            wxmp::auth::stable_token{.appid = account.appid, .secret = account.secret}, s.settings());
        if (!request) return fail(tr("network"), request.error()), false;
        const auto before = std::chrono::system_clock::now();
        const auto answer = wire(false).send(*request, s.stop());
        if (!answer) return fail(tr("network"), answer.error()), false;
        pass(tr("network"), tr("answered after {}", milliseconds_since(before)));
        look_at_clock(date_of(*answer));
        const auto grant = wxmp::complete<wxmp::auth::stable_token>(*answer, s.settings());
        if (!grant) return fail(tr("token"), grant.error()), false;
        pass(tr("token"), tr("valid for {} s", grant->expires_in.count()));
        return true;
    }

    static std::string milliseconds_since(std::chrono::system_clock::time_point before) {
        const auto took = std::chrono::system_clock::now() - before;
        return std::to_string(std::chrono::duration_cast<std::chrono::milliseconds>(took).count()) + " ms";
    }

    void look_at_clock(std::optional<std::chrono::sys_seconds> there) {
        if (!there) return pass(tr("clock"), tr("the service tells no time"));
        const auto here = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
        const auto difference = here - *there;
        const auto seconds = std::chrono::abs(difference).count();
        const auto detail = difference.count() < 0 ? tr("{} s behind the service", seconds)
                                                   : tr("{} s ahead of the service", seconds);
        if (std::chrono::abs(difference) <= most_clock_difference) return pass(tr("clock"), detail);
        tell({tr("clock"), tr("warning"), detail,
              tr("Let the machine set its clock by NTP: tokens seem to end early or late.")});
    }

    // ---- What the account may do

    void look_at_permissions(session& s) {
        permit(tr("drafts"), s.call(wxmp::draft::count{}));
        permit(tr("materials"), s.call(wxmp::material::get_materialcount{}));
        permit(tr("publications"), s.call(wxmp::freepublish::batchget{.offset = 0, .count = 1}));
        wxmp::draft::switch_ query;
        query.checkonly = true;
        const auto drafts_on = s.call(std::move(query));
        if (!drafts_on) return fail(tr("draft switch"), drafts_on.error());
        if (drafts_on->is_open) return pass(tr("draft switch"), tr("on"));
        tell(
            {tr("draft switch"), tr("warning"), tr("off"), tr("`wxmp draft switch` turns it on, for good.")});
    }

    template <class T> void permit(const std::string& what, const result<T>& answer) {
        if (answer) pass(what, tr("allowed"));
        else fail(what, answer.error());
    }

    // ---- What is left of today's calls

    void look_at_quotas(session& s) {
        for (const auto path : {wxmp::media::uploadimg::at.path, wxmp::material::add_material::at.path,
                                wxmp::draft::add::at.path, wxmp::freepublish::submit::at.path})
            look_at_quota(s, std::string(path));
    }

    void look_at_quota(session& s, const std::string& path) {
        const auto answer = s.call(wxmp::openapi::quota_get{.cgi_path = path});
        const auto what = tr("quota {}", path);
        if (!answer) return fail(what, answer.error());
        const auto& day = answer->quota;
        const auto detail = tr("{} of {} calls left today", day.remain, day.daily_limit);
        if (day.remain * 10 > day.daily_limit) return pass(what, detail);
        const auto to_do = tr("`wxmp quota {} --clear` sets it back, ten times a month.", path);
        if (day.remain == 0) ++faults_;
        tell({what, day.remain == 0 ? tr("error") : tr("warning"), detail, to_do});
    }

    // ---- What is told

    void pass(std::string what, std::string detail) {
        tell({std::move(what), tr("ok"), std::move(detail), ""});
    }

    void fail(std::string what, const wxmp::error& e) {
        ++faults_;
        tell({std::move(what), tr("error"), message_of(e), to_do_of(e)});
    }

    void tell(const told_check& c) {
        if (!written_) return;
        if (arguments_.has("--json")) {
            written_ = print_json(c);
            return;
        }
        print(columns(c.status, c.check, c.detail));
        if (!c.to_do.empty()) print("\t" + printable(c.to_do));
    }

    const arguments& arguments_;
    int faults_ = 0;
    result<void> written_{};
};

}  // namespace

command doctor_command() {
    auto parameters = account_options();
    parameters.push_back(json_flag());
    command doctor{"doctor",
                   tr("Look at the account, the way to the service, the clock, permissions and quotas"),
                   std::move(parameters),
                   {"wxmp doctor"},
                   [](const arguments& a) { return examination(a).run(); }};
    doctor.details =
        tr("One line for each thing that is looked at: ok, warning or error, and what to do. Fails "
           "if there is an error.\n");
    return doctor;
}

}  // namespace tool
