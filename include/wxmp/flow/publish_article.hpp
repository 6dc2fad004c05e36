// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_FLOW_PUBLISH_ARTICLE_HPP
#define WXMP_FLOW_PUBLISH_ARTICLE_HPP

#include <wxmp/api/publish/submit.hpp>
#include <wxmp/flow/detail/submit_and_poll.hpp>
#include <wxmp/flow/poll.hpp>

#include <string>
#include <utility>

namespace wxmp::inline v0_1 {

/// A @ref publish_article: a template, so that only programs that use it compile it.
template <class Submit = publish::submit, class Poll = poll_publish> class basic_publish_article;

/** Submits an article of `publish::uploadnews` for review and waits until it is public.

    The article is submitted once; if the response is lost or unreadable, or the flow is cancelled meanwhile,
    the result is `errc::outcome_unknown`. If the service says that it was submitted before, the flow goes on
    and waits; so whatever ended the flow, it can be started again. To wait only, use @ref poll_publish.

    If the article is refused, the result is `errc::not_passed`. Errors of a call are returned unchanged.
*/
using publish_article = basic_publish_article<>;

template <class Submit, class Poll> class basic_publish_article {
public:
    using value_type = typename Poll::value_type;

    /** @param media_id from `publish::uploadnews`
        @param pauses between polls; `errc::timeout` when they run out
    */
    explicit basic_publish_article(std::string media_id, const options& o = {},
                                   const backoff& pauses = default_poll_pauses)
        : flow_(Submit{media_id}, o, {Poll({media_id}, pauses, o)}) {}

    flows::action next(instant now) { return flow_.next(now); }
    void on(flows::event&& e, instant now) { flow_.on(std::move(e), now); }
    void on(const flows::event& e, instant now) { on(flows::event(e), now); }

    /// `errc::cancelled`, or `errc::outcome_unknown` while the article is being submitted.
    void cancel() { flow_.cancel(); }

    /// The state of the published article, including its URL; or the error.
    [[nodiscard]] result<value_type> take() && { return std::move(flow_).take(); }

private:
    struct follow_up {
        Poll wait;

        result<Poll> operator()(result<typename Submit::response> r) {
            if (!r && r.error() != errc::already_submitted) return r.error();
            return std::move(wait);
        }
    };

    detail::submit_and_poll<Submit, Poll, follow_up> flow_;
};

}  // namespace wxmp::inline v0_1

#endif
