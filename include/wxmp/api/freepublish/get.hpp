// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_API_FREEPUBLISH_GET_HPP
#define WXMP_API_FREEPUBLISH_GET_HPP

#include <wxmp/data/endpoint.hpp>
#include <wxmp/data/fields.hpp>
#include <wxmp/data/limits.hpp>
#include <wxmp/data/required.hpp>

#include <boost/describe/class.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace wxmp::inline v0_1::freepublish {

/// Status of a publication.
enum class publication_status : std::int32_t {
    published = 0,            ///< done
    in_progress = 1,          ///< query again later
    not_original = 2,         ///< the claim of originality was refused
    failed = 3,               ///< failed for another reason
    refused = 4,              ///< refused by the review
    deleted_by_owner = 5,     ///< all articles, after publication
    removed_by_platform = 6,  ///< all articles, after publication
};

/// The status as words to follow "publication", such as "refused by the review".
inline std::string describe(publication_status s) {
    using enum publication_status;
    switch (s) {
    case published: return "published";
    case in_progress: return "in progress";
    case not_original: return "refused as not original";
    case failed: return "failed";
    case refused: return "refused by the review";
    case deleted_by_owner: return "deleted by the owner";
    case removed_by_platform: return "removed by the platform";
    }
    return "in status " + std::to_string(static_cast<std::int32_t>(s));
}

/// One published article.
struct published_article {
    std::optional<index_from_1> idx{};  ///< article within the draft, from 1
    std::string article_url{};          ///< permanent
};
BOOST_DESCRIBE_STRUCT(published_article, (), (idx, article_url))

/// The published articles of one draft.
struct published_articles {
    std::optional<std::uint32_t> count{};   ///< number of articles
    std::vector<published_article> item{};  ///< in order
};
BOOST_DESCRIBE_STRUCT(published_articles, (), (count, item))

/** Gets the status of a publication. Safe to repeat.

    Errors: 45009, 48001, 53502 (no such publication).

    @see POST /cgi-bin/freepublish/get
*/
struct get {
    static constexpr endpoint at = endpoint::post_json("/cgi-bin/freepublish/get").idempotent();

    struct response {
        std::optional<opaque_id> publish_id{};                ///< as requested
        publication_status publish_status{};                  ///< unknown values are kept
        std::optional<opaque_id> article_id{};                ///< once published
        std::optional<published_articles> article_detail{};   ///< once published
        std::optional<std::vector<index_from_1>> fail_idx{};  ///< articles refused, from 1
    };

    required<opaque_id> publish_id;  ///< from @ref submit

    /// Checks the request before it is sent.
    void check(checker& c) const { c.not_empty("publish_id", publish_id.text); }
};
BOOST_DESCRIBE_STRUCT(get, (), (publish_id))
BOOST_DESCRIBE_STRUCT(get::response, (), (publish_id, publish_status, article_id, article_detail, fail_idx))

}  // namespace wxmp::inline v0_1::freepublish

#endif
