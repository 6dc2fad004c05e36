// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_EXAMPLES_SERVER_READERS_HPP
#define WXMP_EXAMPLES_SERVER_READERS_HPP

#include <wxmp/codec/members.hpp>
#include <wxmp/testing/platform.hpp>

#include <boost/describe/class.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

namespace servers {

/// A comment of a reader, as a request says it.
struct written_comment {
    std::uint64_t msg_data_id;                  ///< of the publication
    std::optional<wxmp::index_from_0> index{};  ///< which article of it; absent: the first
    std::optional<std::string> openid{};        ///< of the reader; absent: not by WeChat
    std::string content;                        ///< the words
};
BOOST_DESCRIBE_STRUCT(written_comment, (), (msg_data_id, index, openid, content))

/// How the comment was taken.
struct taken_comment {
    std::uint64_t user_comment_id{};  ///< names it in the calls of the service
};
BOOST_DESCRIBE_STRUCT(taken_comment, (), (user_comment_id))

/** Does what the readers of a simulated account do, where the real service has no such call.

    `POST /simulator/comments` with a @ref written_comment as JSON writes it, and is answered by a
    @ref taken_comment; or by 404 where there is no such article, or it is not open to comments.
*/
class readers {
public:
    /// They read what `a` publishes, which must outlive this object.
    explicit readers(wxmp::testing::account& a) noexcept : account_(a) {}

    /// The answer to a request that is for it.
    std::optional<wxmp::http::response> answer(const wxmp::http::request& r, wxmp::wall_time now) {
        if (r.verb != wxmp::method::post || r.target.reveal() != "/simulator/comments") return std::nullopt;
        auto comment = wxmp::decode<written_comment>(r.body.text());
        if (!comment) return wxmp::http::response{400, {}, comment.error().message()};
        const auto place = wxmp::testing::comment_service::location_of(*comment);
        const auto id =
            account_.comments.write(place, std::move(comment->openid), std::move(comment->content), now);
        if (!id) return wxmp::http::response{404, {}, {}};
        return wxmp::http::response{
            200, {{"Content-Type", "application/json"}}, *wxmp::encode(taken_comment{*id})};
    }

private:
    wxmp::testing::account& account_;
};

}  // namespace servers

#endif
