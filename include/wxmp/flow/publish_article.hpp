// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_FLOW_PUBLISH_ARTICLE_HPP
#define WXMP_FLOW_PUBLISH_ARTICLE_HPP

#include <wxmp/api/publish/submit.hpp>
#include <wxmp/flow/detail/submit_and_poll.hpp>
#include <wxmp/flow/poll.hpp>

#include <string>
#include <utility>

namespace wxmp {

/** Submits an article of `publish::uploadnews` for review and waits until it is public.

    It is submitted once; where that answer is lost or cannot be read, or it was cancelled meanwhile, it is
    `errc::outcome_unknown`. The service refuses to take an article twice, which is no error here: it goes on
    and waits. So the same flow, begun anew, goes on whatever ended it; @ref poll_publish is the part that
    only asks.

    An article that is refused is `errc::not_passed`. An error of a call ends it as it is.
*/
class publish_article {
public:
    using value_type = publish::query::response;

    /** @param media_id of `publish::uploadnews`
        @param pauses between two questions; at their end it is `errc::timeout`
    */
    explicit publish_article(std::string media_id, const options& o = {},
                             const backoff& pauses = default_poll_pauses)
        : flow_(publish::submit{media_id}, o, {poll_publish({media_id}, pauses, o)}) {}

    flows::action next(instant now) { return flow_.next(now); }
    void on(flows::event e, instant now) { flow_.on(std::move(e), now); }

    /// `errc::cancelled`, or `errc::outcome_unknown` while the article is being submitted.
    void cancel() { flow_.cancel(); }

    /// The state of the public article, which has its address; or the error.
    [[nodiscard]] result<value_type> take() && { return std::move(flow_).take(); }

private:
    struct follow_up {
        poll_publish wait;

        result<poll_publish> operator()(result<publish::submit::response> r) {
            if (!r && r.error() != errc::already_submitted) return r.error();
            return std::move(wait);
        }
    };

    detail::submit_and_poll<publish::submit, poll_publish, follow_up> flow_;
};

static_assert(flow<publish_article>);

}  // namespace wxmp

#endif
