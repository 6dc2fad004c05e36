// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// wxmp comment …
#include <wxmp/api/comment/close.hpp>
#include <wxmp/api/comment/delete_.hpp>
#include <wxmp/api/comment/list.hpp>
#include <wxmp/api/comment/markelect.hpp>
#include <wxmp/api/comment/open.hpp>
#include <wxmp/api/comment/reply_add.hpp>
#include <wxmp/api/comment/reply_delete.hpp>
#include <wxmp/api/comment/unmarkelect.hpp>

#include "comment_files.hpp"
#include "comment_options.hpp"
#include "families.hpp"
#include "language.hpp"
#include "output.hpp"
#include <iterator>
#include <string>
#include <utility>

namespace tool {

namespace {

namespace comment = wxmp::comment;

template <class Op> Op of_comment(const arguments& a) {
    return tool::of_comment<Op>(a, a.number("COMMENT_ID"));
}

std::vector<parameter> article(std::vector<parameter> more = {}) {
    std::vector<parameter> all{
        required(number("MSG_DATA_ID", tr("of the publication; `wxmp publish` tells it")))};
    all.insert(all.end(), more.begin(), more.end());
    all.push_back(small_number("--index", tr("which article of it, from 0; 0 if not given")));
    return all;
}

std::vector<parameter> article_json() {
    auto all = article();
    all.push_back(json_flag());
    return all;
}

std::vector<parameter> one_comment(std::vector<parameter> more = {}) {
    more.insert(more.begin(), required(number("COMMENT_ID", tr("as `wxmp comment list` tells it"))));
    auto all = article(std::move(more));
    all.push_back(json_flag());
    return all;
}

std::string line_of(const comment::list::entry& c) {
    auto line =
        columns(std::to_string(c.user_comment_id), local_time(c.create_time),
                c.comment_type ? tr("featured") : std::string("-"), c.openid.value_or("-"), c.content);
    if (c.reply) line += '\t' + tr("reply: {}", printable(c.reply->content));
    return line;
}

result<void> list_comments(const arguments& a, session& s) {
    auto op = of_article<comment::list>(a);
    op.type = filter_of(a.text("--type"));
    return list(a, s, std::move(op), 50, line_of);
}

result<void> open(const arguments& a, session& s) {
    return call_and_print(a, s, of_article<comment::open>(a), tr("Open to comments"));
}

result<void> close(const arguments& a, session& s) {
    return call_and_print(a, s, of_article<comment::close>(a), tr("Closed to comments"));
}

result<void> elect(const arguments& a, session& s) {
    return call_and_print(a, s, of_comment<comment::markelect>(a), tr("Featured"));
}

result<void> unelect(const arguments& a, session& s) {
    return call_and_print(a, s, of_comment<comment::unmarkelect>(a), tr("Not featured any more"));
}

result<void> remove(const arguments& a, session& s) {
    return call_and_print(a, s, of_comment<comment::delete_>(a), tr("Deleted"));
}

result<void> reply(const arguments& a, session& s) {
    return call_and_print(a, s, reply_to(a, a.number("COMMENT_ID"), a.text("TEXT")), tr("Replied"));
}

result<void> delete_reply(const arguments& a, session& s) {
    return call_and_print(a, s, of_comment<comment::reply_delete>(a), tr("Deleted the reply"));
}

parameter type_option() {
    return choice("--type", {"all", "plain", "elected"}, tr("which ones; all if not given"));
}

command export_command() {
    auto exports = online(
        "comment export", tr("Write all comments on an article to a file"),
        article({positional("FILE", tr("FILE.csv, for a spreadsheet, or FILE.jsonl, JSON Lines")),
                 type_option()}),
        {"wxmp comment export 2650177668 comments.csv", "wxmp comment export 2650177668 comments.jsonl"},
        export_comments);
    exports.details =
        tr("CSV is UTF-8 with a mark that spreadsheets know; a value that they would take for a "
           "formula begins with '.\n");
    return exports;
}

command reply_from_command() {
    auto parameters =
        article({positional("FILE", tr("FILE.csv or FILE.jsonl, as `wxmp comment export` writes them"))});
    parameters.push_back(flag("--replace", tr("replace other replies that are there")));
    parameters.push_back(json_flag());
    auto replies =
        online("comment reply-from", tr("Reply to comments, with the replies of a file"),
               std::move(parameters), {"wxmp comment reply-from 2650177668 comments.csv"}, reply_from_file);
    replies.details = tr(
        "The file has the number of a comment in user_comment_id, and the reply in reply; nothing in reply "
        "is no reply.\n"
        "A comment that has this reply already gets none, so that the same command can be given again.\n");
    return replies;
}

}  // namespace

commands comment_commands() {
    const auto listing = with_paging(0xffff'ffff, article({type_option()}));
    return {
        online("comment list", tr("List the comments on an article"), listing,
               {"wxmp comment list 2650177668", "wxmp comment list 2650177668 --type plain --all --json"},
               list_comments),
        export_command(),
        online("comment open", tr("Let readers comment on an article"), article_json(),
               {"wxmp comment open 2650177668", "wxmp comment open 2650177668 --index 1"}, open),
        online("comment close", tr("Let readers comment no more on an article"), article_json(),
               {"wxmp comment close 2650177668"}, close),
        online("comment elect", tr("Feature a comment"), one_comment(), {"wxmp comment elect 2650177668 3"},
               elect),
        online("comment unelect", tr("Feature a comment no more"), one_comment(),
               {"wxmp comment unelect 2650177668 3"}, unelect),
        online("comment delete", tr("Delete a comment"), one_comment(), {"wxmp comment delete 2650177668 3"},
               remove),
        online("comment reply", tr("Reply to a comment, which takes one reply"),
               one_comment({positional("TEXT", tr("the reply"))}),
               {"wxmp comment reply 2650177668 3 'Thank you!'"}, reply),
        reply_from_command(),
        online("comment delete-reply", tr("Delete the reply to a comment"), one_comment(),
               {"wxmp comment delete-reply 2650177668 3"}, delete_reply),
    };
}

}  // namespace tool
