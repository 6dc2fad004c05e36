// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include "publish_record.hpp"

#include <wxmp/codec/members.hpp>
#include <wxmp/codec/url.hpp>
#include <wxmp/codec/utf8.hpp>

#include "language.hpp"
#include "report.hpp"
#include "session.hpp"
#include "whole_file.hpp"
#include <algorithm>
#include <system_error>
#include <utility>

namespace tool {

namespace {

namespace fs = std::filesystem;

constexpr std::uint32_t version_of_record = 1;

result<fs::path> folder_of(const fs::path& file) {
    std::error_code ec;
    const auto parent = file.parent_path();
    auto whole = fs::canonical(parent.empty() ? "." : parent, ec);
    if (ec)
        return local_fault(tr("cannot find the folder of {}: {}", file.string(), translated(ec.message())));
    return whole;
}

wxmp::error cannot_be_locked(const wxmp::error& e) {
    const bool is_forbidden = e.code() == boost::system::errc::permission_denied ||
                              e.code() == boost::system::errc::read_only_file_system;
    return is_forbidden ? wxmp::error(e.code(), tr("{}; --state FILE names another place", e.detail()))
                        : file_fault(e);
}

bool is_empty(const kept_account& a) { return a.uploads.empty() && a.publications.empty(); }

wxmp::error damaged(const fs::path& file, const std::string& what) {
    return local_fault(
        tr("{} is no record of this tool: {}; repair it, or move it away, and what it tells is forgotten",
           file.string(), what));
}

}  // namespace

fs::path default_record_of(const fs::path& article) { return article.parent_path() / ".wxmp.json"; }

result<publish_record> publish_record::open(fs::path file, const session& s) {
    publish_record made(std::move(file), s.is_dry());
    if (!made.is_dry_) {
        auto lock = file_lock::acquire(made.file_);
        if (!lock) return cannot_be_locked(lock.error());
        made.lock_.emplace(*std::move(lock));
    }
    if (const auto done = made.read(); !done) return done.error();
    made.choose(s.appid(), s.settings().scheme + "://" + s.settings().host);
    return made;
}

result<void> publish_record::read() {
    const auto text = whole_file::read(file_, whole_file::trust::own);
    if (!text) return file_fault(text.error());
    if (!*text) return {};
    auto all = wxmp::decode<kept_accounts>(**text);
    if (!all) return damaged(file_, message_of(all.error()));
    if (all->version != version_of_record)
        return local_fault(tr("{} has version {}, and this tool reads version {}: use the tool that wrote it",
                              file_.string(), all->version, version_of_record));
    all_ = *std::move(all);
    return {};
}

void publish_record::choose(const std::string& appid, const std::string& server) {
    const auto others = all_.accounts.size();
    for (mine_ = 0; mine_ != others; ++mine_)
        if (account().appid == appid && account().server == server) return;
    for (const auto& a : all_.accounts)
        if (!is_empty(a))
            say(tr("note: {} is about the account {} at {} too, of which nothing is used", file_.string(),
                   a.appid, a.server));
    all_.accounts.push_back({.appid = appid, .server = server});
}

result<void> publish_record::save() const {
    if (is_dry_) return {};
    const auto text = wxmp::encode(all_);
    if (!text) return text.error();
    return whole_file::replace(file_, *text + '\n');
}

kept_upload& publish_record::upload_of(const wxmp::sha1_digest& sha1) {
    for (auto& u : account().uploads)
        if (u.sha1 == sha1) return u;
    return account().uploads.emplace_back(kept_upload{.sha1 = sha1});
}

kept_publication& publish_record::publication_of(const std::vector<std::string>& names) {
    for (auto& p : account().publications)
        if (p.files == names) return p;
    return account().publications.emplace_back(kept_publication{.files = names});
}

kept_publication* publish_record::find_draft(std::string_view media_id) {
    for (auto& p : account().publications)
        if (p.media_id == media_id) return &p;
    return nullptr;
}

bool publish_record::knows(std::string_view id) const {
    const auto& mine = all_.accounts[mine_];
    const auto is_it = [id](const auto& known) { return known == id; };
    return std::any_of(mine.uploads.begin(), mine.uploads.end(),
                       [&](const kept_upload& u) { return is_it(u.media_id); }) ||
           std::any_of(mine.publications.begin(), mine.publications.end(), [&](const kept_publication& p) {
               return is_it(p.media_id) || is_it(p.article_id) ||
                      std::any_of(p.former.begin(), p.former.end(), is_it);
           });
}

result<std::vector<std::string>> publish_record::names_of(const std::vector<fs::path>& files) const {
    const auto base = folder_of(file_);
    if (!base) return base.error();
    std::vector<std::string> names;
    for (const auto& f : files) {
        const auto folder = folder_of(f);
        if (!folder) return folder.error();
        const auto name = (*folder / f.filename()).lexically_relative(*base).generic_string();
        names.push_back(wxmp::is_utf8(name) ? name : wxmp::percent_encode(name));
    }
    return names;
}

}  // namespace tool
