// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TESTS_BENCH_JSON_PEERS_HPP
#define WXMP_TESTS_BENCH_JSON_PEERS_HPP

#include <wxmp/api/comment/list.hpp>
#include <wxmp/api/comment/reply_add.hpp>
#include <wxmp/api/draft/add.hpp>
#include <wxmp/api/draft/batchget.hpp>
#include <wxmp/data/required.hpp>

#include <boost/describe/class.hpp>

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

// The same work by other libraries, by hand, into the same types. Each is in a source of its own, as they
// are compiled for the CPU at hand, which wxmp is not.
namespace wxmp_bench {

using page = wxmp::draft::batchget::response;
using comments = wxmp::comment::list::response;
using media_id = wxmp::draft::add::response;
struct status {
    int errcode{};
    std::string errmsg{};
};
BOOST_DESCRIBE_STRUCT(status, (), (errcode, errmsg))

using draft = wxmp::draft::add;
using reply = wxmp::comment::reply_add;

/// The articles of the first draft of a page.
inline draft draft_of(const page& from) {
    draft d{.articles = std::vector<wxmp::article>()};
    for (const auto& a : from.item.front().content->news_item) d.articles.push_back(a);
    return d;
}

inline reply some_reply() { return {123456789, {}, 42, "谢谢您的留言，\"我们\"会继续努力。"}; }

/// How many bytes behind a text may be read.
inline constexpr std::size_t padding = 64;

/// One library. `text` has @ref padding bytes behind it. What cannot be read is an exception.
#define WXMP_BENCH_PEER                                                                                      \
    void decode(std::string_view text, page& out);                                                           \
    void decode(std::string_view text, comments& out);                                                       \
    void decode(std::string_view text, status& out);                                                         \
    void decode(std::string_view text, media_id& out);

namespace by_simdjson {
WXMP_BENCH_PEER
void decode(std::string_view text, std::vector<page>& out);
// By the builder of simdjson 4, in a build with -DWXMP_BENCH_SIMDJSON=DIR. Checks UTF-8 only if told so.
std::string encode(const draft& in, bool checks);
std::string encode(const reply& in, bool checks);
}  // namespace by_simdjson
namespace by_nlohmann {
WXMP_BENCH_PEER
std::string encode(const draft& in);
}  // namespace by_nlohmann
namespace by_boost_json {
WXMP_BENCH_PEER
std::string encode(const draft& in);
std::string encode(const reply& in);
}  // namespace by_boost_json
// In a build with -DWXMP_BENCH_GLAZE=DIR: into structs of its own, which are thrown away; or written again.
namespace by_glaze {
void decode(std::string_view text, const page*);
void decode(std::string_view text, const comments*);
void decode(std::string_view text, const status*);
void decode(std::string_view text, const media_id*);
std::string rewritten(std::string_view text, const page*);
std::string rewritten(std::string_view text, const comments*);
std::string rewritten(std::string_view text, const status*);
std::string rewritten(std::string_view text, const media_id*);
std::function<std::string()> encoder(const draft& in);
std::function<std::string()> encoder(const reply& in);
}  // namespace by_glaze

#undef WXMP_BENCH_PEER

}  // namespace wxmp_bench

#endif
