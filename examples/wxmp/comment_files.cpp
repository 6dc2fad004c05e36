// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include "comment_files.hpp"

#include <wxmp/api/comment/list.hpp>
#include <wxmp/api/comment/reply_add.hpp>
#include <wxmp/api/comment/reply_delete.hpp>
#include <wxmp/codec/json_value.hpp>

#include <boost/describe/class.hpp>

#include "article_file.hpp"
#include "comment_options.hpp"
#include "csv.hpp"
#include "language.hpp"
#include "output.hpp"
#include "whole_file.hpp"
#include <algorithm>
#include <charconv>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tool {

namespace {

namespace comment = wxmp::comment;

constexpr std::uint32_t longest_page = 50;
constexpr const char *csv_end = ".csv", *json_lines_end = ".jsonl";

// All comments of an article that a filter lets through.
result<std::vector<comment::list::entry>> all_comments(session& s, comment::list first) {
    std::vector<comment::list::entry> all;
    first.count = longest_page;
    const auto keep = [&all](comment::list::entry&& c) { return all.push_back(std::move(c)), true; };
    const auto listed = s.run(wxmp::pages<comment::list>(std::move(first), keep, s.settings()));
    if (!listed) return listed.error();
    return all;
}

// ---- To a file

std::string as_csv(const std::vector<comment::list::entry>& comments) {
    auto text = std::string(utf8_mark) +
                write_csv({"user_comment_id", "openid", "create_time", "content", "comment_type", "reply"});
    for (const auto& c : comments)
        text +=
            write_csv({std::to_string(c.user_comment_id), c.openid.value_or(""), local_time(c.create_time),
                       c.content, c.comment_type ? "1" : "0", c.reply ? c.reply->content : ""});
    return text;
}

result<std::string> as_json_lines(const std::vector<comment::list::entry>& comments) {
    std::string text;
    for (const auto& c : comments) {
        const auto line = wxmp::encode(c);
        if (!line) return line.error();
        text += printable_json(*line) + '\n';
    }
    return text;
}

// ---- From a file

struct written_reply {
    int line{};
    std::uint64_t user_comment_id{};
    std::string content{};
};

// Reads replies, and notes what is wrong with them.
class reply_reader {
public:
    std::vector<written_reply> replies{};
    problems found{};

    result<void> read_csv_text(const std::string& text) {
        const auto rows = read_csv(text);
        if (!rows) return rows.error();
        if (rows->empty()) return {};
        const auto& names = rows->front().values;
        const auto column = [&names](std::string_view name) {
            return static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
        };
        const auto id = column("user_comment_id"), content = column("reply");
        if (id == names.size() || content == names.size()) {
            note(1, tr("there is no column user_comment_id, or none that is called reply"),
                 tr("export the comments, and write into its column reply"));
            return {};
        }
        for (auto row = rows->begin() + 1; row != rows->end(); ++row) {
            const auto& values = row->values;
            const auto value = [&values](std::size_t i) {
                return i < values.size() ? values[i] : std::string();
            };
            add(static_cast<int>(row->line), value(id), without_formula_guard(value(content)));
        }
        return {};
    }

    void read_json_lines(std::string_view text) {
        for (int line = 1; !text.empty(); ++line) {
            const auto end = std::min(text.find('\n'), text.size() - 1);
            read_json_line(line, text.substr(0, end + 1));
            text.remove_prefix(end + 1);
        }
    }

private:
    void note(int line, std::string what, std::string to_do) {
        found.push_back({problem::severity::error, {line, 0}, std::move(what), std::move(to_do)});
    }

    void read_json_line(int line, std::string_view text) {
        if (text.find_first_not_of(" \t\r\n") == text.npos) return;
        const auto value = wxmp::decode<wxmp::json::value>(text);
        const auto* object = value ? value->if_object() : nullptr;
        if (!object)
            return note(line, tr("this is no JSON object"),
                        tr("write one object a line, as the export does"));
        const auto* id = object->if_contains("user_comment_id");
        const auto* content = object->if_contains("reply");
        if (const auto* inner = content ? content->if_object() : nullptr)
            content = inner->if_contains("content");
        const bool has_words = content && content->is_string();
        add(line, id ? plain(*id) : "", has_words ? plain(*content) : "");
    }

    static std::string text_of(const wxmp::json::value* v) {
        const auto* text = v ? v->if_string() : nullptr;
        if (text) return {text->c_str(), text->size()};
        return v ? wxmp::json::serialize(*v) : std::string();
    }

    static std::string plain(const wxmp::json::value& v) {
        if (const auto* text = v.if_string()) return {text->c_str(), text->size()};
        return wxmp::json::serialize(v);
    }

    // No words: no reply.
    void add(int line, const std::string& id, std::string content) {
        if (content.empty()) return;
        std::uint64_t number{};
        const auto [end, fault] = std::from_chars(id.data(), id.data() + id.size(), number);
        if (fault != std::errc() || end != id.data() + id.size())
            return note(line, tr("user_comment_id is \"{}\", not a number", id),
                        tr("write that of the comment"));
        const auto [first, is_new] = lines_.try_emplace(number, line);
        if (!is_new)
            return note(line, tr("comment {} has a reply in line {}", id, first->second),
                        tr("leave one of them: a comment takes one reply"));
        replies.push_back({line, number, std::move(content)});
    }

    std::map<std::uint64_t, int> lines_{};
};

struct told_replies {
    std::uint64_t replied{};
    std::uint64_t already{};
};
BOOST_DESCRIBE_STRUCT(told_replies, (), (replied, already))

// What is to be done of what a file says.
class replier {
public:
    replier(const arguments& a, session& s) : arguments_(a), session_(s), file_(a.text("FILE")) {}

    result<void> run() {
        if (auto fault = read()) return *std::move(fault);
        auto comments = all_comments(session_, of_article<comment::list>(arguments_));
        if (!comments) return comments.error();
        for (auto& c : *comments) there_.emplace(c.user_comment_id, std::move(c));
        for (const auto& r : reader_.replies) compare(r);
        if (auto fault = tell_problems(file_, std::move(reader_.found))) return *std::move(fault);
        for (const auto* r : missing_)
            if (auto done = send(*r); !done) return told_of(*r, done.error());
        return tell();
    }

private:
    std::optional<wxmp::error> read() {
        const auto text = whole_file::read(file_);
        if (!text) return text.error();
        if (!*text)
            return wxmp::error(make_error_code(boost::system::errc::no_such_file_or_directory), file_);
        if (file_.ends_with(json_lines_end)) reader_.read_json_lines(**text);
        else if (auto read = reader_.read_csv_text(**text); !read) return about(file_, read.error());
        return has_error(reader_.found) ? tell_problems(file_, std::move(reader_.found)) : std::nullopt;
    }

    // Asking the service first is what makes the same file harmless to send again.
    void compare(const written_reply& r) {
        const auto found = there_.find(r.user_comment_id);
        if (found == there_.end())
            return note(r.line, tr("comment {} is not there", r.user_comment_id),
                        tr("see `wxmp comment list`, or remove this line"));
        const auto& present = found->second.reply;
        if (present && present->content == r.content) ++told_.already;
        else if (present && !arguments_.has("--replace"))
            note(r.line, tr("comment {} has another reply", r.user_comment_id),
                 tr("remove this line, or replace the reply with --replace"));
        else missing_.push_back(&r);
    }

    void note(int line, std::string what, std::string to_do) {
        reader_.found.push_back({problem::severity::error, {line, 0}, std::move(what), std::move(to_do)});
    }

    result<void> send(const written_reply& r) {
        const auto id = r.user_comment_id;
        if (there_.find(id)->second.reply)
            if (const auto gone = session_.call(of_comment<comment::reply_delete>(arguments_, id)); !gone)
                return gone.error();
        if (const auto done = session_.call(reply_to(arguments_, id, r.content)); !done) return done.error();
        ++told_.replied;
        return {};
    }

    wxmp::error told_of(const written_reply& r, const wxmp::error& e) const {
        say(tr("Replied to {}; the same command goes on with the others", told_.replied));
        return about(file_ + ':' + std::to_string(r.line), e);
    }

    result<void> tell() const {
        if (arguments_.has("--json")) return print_json(told_);
        print(tr("Replied to {}; {} had these replies already", told_.replied, told_.already));
        return {};
    }

    const arguments& arguments_;
    session& session_;
    std::string file_;
    reply_reader reader_;
    std::map<std::uint64_t, comment::list::entry> there_;
    std::vector<const written_reply*> missing_;
    told_replies told_;
};

}  // namespace

result<void> export_comments(const arguments& a, session& s) {
    const auto file = a.text("FILE");
    const bool is_json = file.ends_with(json_lines_end);
    if (!is_json && !file.ends_with(csv_end))
        return wrong_usage(tr("{} ends neither with {} nor with {}", file, csv_end, json_lines_end));
    auto op = of_article<comment::list>(a);
    op.type = filter_of(a.text("--type"));
    const auto comments = all_comments(s, std::move(op));
    if (!comments) return comments.error();
    const auto text = is_json ? as_json_lines(*comments) : as_csv(*comments);
    if (!text) return text.error();
    if (const auto written = whole_file::replace(file, *text, 0666); !written) return written.error();
    print(tr("{} comments", comments->size()));
    return {};
}

result<void> reply_from_file(const arguments& a, session& s) { return replier(a, s).run(); }

}  // namespace tool
