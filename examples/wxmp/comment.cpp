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

#include "families.hpp"
#include "output.hpp"
#include <iterator>
#include <string>
#include <utility>

namespace tool {

namespace {

namespace comment = wxmp::comment;

std::optional<wxmp::index_from_0> index_of(const arguments& a) {
    if (!a.has("--index")) return std::nullopt;
    return wxmp::index_from_0{a.small_number("--index")};
}

// Every call on comments names an article, and most of them a comment.
template <class Op> Op of_article(const arguments& a) {
    return {.msg_data_id = a.number("MSG_DATA_ID"), .index = index_of(a)};
}

template <class Op> Op of_comment(const arguments& a) {
    return {.msg_data_id = a.number("MSG_DATA_ID"),
            .index = index_of(a),
            .user_comment_id = a.number("COMMENT_ID")};
}

std::vector<parameter> article(std::vector<parameter> more = {}) {
    std::vector<parameter> all{
        required(number("MSG_DATA_ID", "of the publication; `wxmp publish` tells it"))};
    all.insert(all.end(), more.begin(), more.end());
    all.push_back(small_number("--index", "which article of it, from 0; 0 if not given"));
    return all;
}

std::vector<parameter> article_json() {
    auto all = article();
    all.push_back(json_flag());
    return all;
}

std::vector<parameter> one_comment(std::vector<parameter> more = {}) {
    more.insert(more.begin(), required(number("COMMENT_ID", "as `wxmp comment list` tells it")));
    auto all = article(std::move(more));
    all.push_back(json_flag());
    return all;
}

std::string line_of(const comment::list::entry& c) {
    auto line = columns(std::to_string(c.user_comment_id), local_time(c.create_time),
                        std::string(c.comment_type ? "featured" : "-"), c.openid.value_or("-"), c.content);
    if (c.reply) line += "\treply: " + printable(c.reply->content);
    return line;
}

comment::comment_filter filter_of(const std::string& text) {
    using enum comment::comment_filter;
    return text == "plain" ? plain : text == "elected" ? elected : all;
}

result<void> list_comments(const arguments& a, session& s) {
    auto op = of_article<comment::list>(a);
    op.type = filter_of(a.text("--type"));
    return list(a, s, std::move(op), 50, line_of);
}

result<void> open(const arguments& a, session& s) {
    return call_and_print(a, s, of_article<comment::open>(a), "Open to comments");
}

result<void> close(const arguments& a, session& s) {
    return call_and_print(a, s, of_article<comment::close>(a), "Closed to comments");
}

result<void> elect(const arguments& a, session& s) {
    return call_and_print(a, s, of_comment<comment::markelect>(a), "Featured");
}

result<void> unelect(const arguments& a, session& s) {
    return call_and_print(a, s, of_comment<comment::unmarkelect>(a), "Not featured any more");
}

result<void> remove(const arguments& a, session& s) {
    return call_and_print(a, s, of_comment<comment::delete_>(a), "Deleted");
}

result<void> reply(const arguments& a, session& s) {
    comment::reply_add op{.msg_data_id = a.number("MSG_DATA_ID"),
                          .index = index_of(a),
                          .user_comment_id = a.number("COMMENT_ID"),
                          .content = a.text("TEXT")};
    return call_and_print(a, s, std::move(op), "Replied");
}

result<void> delete_reply(const arguments& a, session& s) {
    return call_and_print(a, s, of_comment<comment::reply_delete>(a), "Deleted the reply");
}

}  // namespace

commands comment_commands() {
    const auto listing =
        with_paging(0xffff'ffff,
                    article({choice("--type", {"all", "plain", "elected"}, "which ones; all if not given")}));
    return {
        online("comment list", "List the comments on an article", listing,
               {"wxmp comment list 2650177668", "wxmp comment list 2650177668 --type plain --all --json"},
               list_comments),
        online("comment open", "Let readers comment on an article", article_json(),
               {"wxmp comment open 2650177668", "wxmp comment open 2650177668 --index 1"}, open),
        online("comment close", "Let readers comment no more on an article", article_json(),
               {"wxmp comment close 2650177668"}, close),
        online("comment elect", "Feature a comment", one_comment(), {"wxmp comment elect 2650177668 3"},
               elect),
        online("comment unelect", "Feature a comment no more", one_comment(),
               {"wxmp comment unelect 2650177668 3"}, unelect),
        online("comment delete", "Delete a comment", one_comment(), {"wxmp comment delete 2650177668 3"},
               remove),
        online("comment reply", "Reply to a comment, which takes one reply",
               one_comment({positional("TEXT", "the reply")}),
               {"wxmp comment reply 2650177668 3 'Thank you!'"}, reply),
        online("comment delete-reply", "Delete the reply to a comment", one_comment(),
               {"wxmp comment delete-reply 2650177668 3"}, delete_reply),
    };
}

}  // namespace tool
