// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// wxmp draft update
#include <wxmp/api/draft/update.hpp>

#include "article_draft.hpp"
#include "asset_uploader.hpp"
#include "draft_keeper.hpp"
#include "language.hpp"
#include "output.hpp"
#include "publish_record.hpp"
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace tool {

namespace {

// What the file does not tell stays as it is in the draft.
void put(wxmp::article from, wxmp::article& to) {
    const auto put_if_told = [](auto& told, auto& kept) {
        if (told) kept = std::move(told);
    };
    to.title = std::move(from.title);
    put_if_told(from.content, to.content);
    put_if_told(from.thumb_media_id, to.thumb_media_id);
    put_if_told(from.author, to.author);
    put_if_told(from.digest, to.digest);
    put_if_told(from.content_source_url, to.content_source_url);
    put_if_told(from.need_open_comment, to.need_open_comment);
    put_if_told(from.article_type, to.article_type);
    put_if_told(from.image_info, to.image_info);
    put_if_told(from.pic_crop_235_1, to.pic_crop_235_1);
    put_if_told(from.pic_crop_1_1, to.pic_crop_1_1);
    for (auto& told : from.others.entries) {
        std::erase_if(to.others.entries, [&told](const auto& kept) { return kept.name == told.name; });
        to.others.entries.push_back(std::move(told));
    }
}

// What `wxmp publish` knows of a draft is right again once it is changed, if the file is all of it.
class known_draft {
public:
    known_draft(publish_record& r, const std::string& media_id, std::vector<std::string> names)
        : record_(r), kept_(r.find_draft(media_id)), names_(std::move(names)) {}

    result<void> begin_change() {
        if (!kept_) return {};
        kept_->content.reset();
        return record_.save();
    }

    result<void> end_change(const article_draft& a, const wxmp::article& sent, std::uint32_t index) {
        if (!kept_) return {};
        if (index < kept_->articles.size()) kept_->articles[index] = recognizable(sent);
        if (kept_->files == names_) kept_->content = content_digest({a.by_digests()});
        return record_.save();
    }

private:
    publish_record& record_;
    kept_publication* kept_;
    std::vector<std::string> names_;  // of the file
};

result<void> update_draft(const arguments& a, session& s) {
    article_draft article(a.text("FILE"), a, s);
    if (auto fault = article.read(false)) return *std::move(fault);
    auto record = publish_record::open(a.text("--state", default_record_of(article.file()).string()), s);
    if (!record) return record.error();
    const auto names = record->names_of({article.file()});
    if (!names) return names.error();
    const auto media_id = a.text("MEDIA_ID");
    const auto index = a.small_number("--index");
    auto there = get_draft(s, media_id);
    if (!there) return there.error();
    if (index >= there->news_item.size())
        return wrong_usage(tr("--index: the draft has {} articles, counted from 0", there->news_item.size()));
    asset_uploader uploader(s, *record, a.has("--repeat-unanswered"));
    if (auto fault = uploader.upload_files(article)) return *std::move(fault);
    wxmp::article changed = std::move(there->news_item[index]);
    put(article.as_sent(), changed);
    known_draft known(*record, media_id, *names);
    if (const auto kept = known.begin_change(); !kept) return kept.error();
    const auto done = call_and_print(
        a, s,
        wxmp::draft::update{.media_id = media_id, .index = wxmp::index_from_0{index}, .articles = changed},
        tr("Changed"));
    return done ? known.end_change(article, changed, index) : done;
}

}  // namespace

command draft_update_command() {
    auto parameters = article_options_of_commands();
    parameters.insert(parameters.begin(),
                      {positional("MEDIA_ID", tr("of the draft")),
                       positional("FILE", tr("the article, in Markdown")),
                       small_number("--index", tr("which article of the draft, from 0; 0 if not given"))});
    parameters.insert(parameters.end(), {state_option(), repeat_unanswered_flag(), json_flag()});
    auto c = online(
        "draft update", tr("Change an article of a draft, from a Markdown file"), std::move(parameters),
        {"wxmp draft update MEDIA_ID article.md", "wxmp draft update MEDIA_ID article.md --index 1"},
        update_draft);
    c.details =
        tr("What the file and the options do not tell, as the cover or the author, stays as it is.\n");
    return c;
}

}  // namespace tool
