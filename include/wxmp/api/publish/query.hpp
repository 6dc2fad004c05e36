// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_API_PUBLISH_QUERY_HPP
#define WXMP_API_PUBLISH_QUERY_HPP

#include <wxmp/data/endpoint.hpp>
#include <wxmp/data/fields.hpp>
#include <wxmp/data/required.hpp>

#include <boost/describe/class.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace wxmp::inline v0_1::publish {

/// Status of an article.
enum class article_status : std::uint8_t {
    not_submitted,  ///< 未提交
    in_review,      ///< 审核中
    published,      ///< 发布成功
    refused,        ///< 审核未通过
};

/** Gets the status of an article and, once published, its URL. Safe to repeat.

    Errors: 40007, 45009, 48001.

    @see POST /cgi-bin/publish/query
*/
struct query {
    static constexpr endpoint at =
        endpoint::post_json("/cgi-bin/publish/query").zero_in("errcode").idempotent();

    struct response {
        article_status status{};           ///< Chinese text on the wire
        std::optional<std::string> url{};  ///< of the published article
    };

    required<std::string> media_id;  ///< from @ref uploadnews
};
BOOST_DESCRIBE_STRUCT(query, (), (media_id))
BOOST_DESCRIBE_STRUCT(query::response, (), (status, url))

}  // namespace wxmp::inline v0_1::publish

namespace wxmp::inline v0_1 {

template <> struct wire_texts<publish::article_status> {
    static constexpr wire_text<publish::article_status> table[] = {
        {publish::article_status::not_submitted, "未提交"},
        {publish::article_status::in_review, "审核中"},
        {publish::article_status::published, "发布成功"},
        {publish::article_status::refused, "审核未通过"}};
};

}  // namespace wxmp::inline v0_1

#endif
