// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_FLOW_PUBLISH_DRAFT_HPP
#define WXMP_FLOW_PUBLISH_DRAFT_HPP

#include <wxmp/api/freepublish/get.hpp>
#include <wxmp/api/freepublish/submit.hpp>
#include <wxmp/flow/detail/submit_and_poll.hpp>
#include <wxmp/flow/poll.hpp>

#include <boost/describe/class.hpp>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace wxmp::inline v0_1 {

/// Options of @ref publish_draft.
struct publish_options {
    backoff pauses = default_poll_pauses;  ///< between polls; `errc::timeout` when they run out

    /** Stores what @ref publish_draft::resume needs; `encode` and `decode` convert it to and from JSON.

        Called once, when the service has accepted the draft; again if it threw. An error it returns ends the
        flow before any other request, and is the result of the run: say what failed, and no secret.
    */
    std::function<result<void>(const freepublish::submit::response&)> persist{};
};

/// The result of @ref publish_draft.
struct published_draft {
    opaque_id publish_id{};                                  ///< for @ref freepublish::get
    std::optional<std::uint64_t> msg_data_id{};              ///< for the comment calls
    opaque_id article_id{};                                  ///< for calls on published articles
    std::vector<freepublish::published_article> articles{};  ///< with their URLs, in the order of the draft
};
BOOST_DESCRIBE_STRUCT(published_draft, (), (publish_id, msg_data_id, article_id, articles))

namespace detail {

struct publication_poll {
    static poll_state state(const freepublish::get::response& r) {
        using enum freepublish::publication_status;
        if (r.publish_status == published) return poll_state::succeeded;
        return r.publish_status == in_progress ? poll_state::pending : poll_state::failed;
    }
    static std::string reason(const freepublish::get::response& r) {
        auto text = "publication " + describe(r.publish_status);
        if (!r.fail_idx) return text;
        const char* before = ", article ";
        for (const auto& i : *r.fail_idx) text += std::exchange(before, ", ") + std::to_string(i.value);
        return text;
    }
};

}  // namespace detail

/// A @ref publish_draft: a template, so that only programs that use it compile it.
template <class Submit = freepublish::submit, class Get = freepublish::get> class basic_publish_draft;

/** Publishes a draft and waits until its articles are public, which takes minutes.

    The draft is submitted once. If the response is lost or unreadable, or the flow is cancelled meanwhile,
    the result is `errc::outcome_unknown`: a draft that was submitted is gone from the list of drafts. After
    the submission, @ref resume continues with the publication, whatever ended this flow.

    If publication ends otherwise, the result is `errc::not_passed`, with the reason and the numbers, from 1,
    of the articles that the service names: the claim to be original was refused, the review refused it, it
    failed otherwise, or it was deleted or removed meanwhile. Errors of a call are returned unchanged.

    @code
    const auto published = client.run(wxmp::publish_draft(media_id, client.settings()));
    if (published)
        for (const auto& a : published->articles) std::puts(a.article_url.c_str());
    @endcode
*/
using publish_draft = basic_publish_draft<>;

template <class Submit, class Get> class basic_publish_draft {
public:
    using value_type = published_draft;

    /// @param media_id from `draft::add`
    explicit basic_publish_draft(std::string media_id, const options& o = {}, publish_options how = {})
        : flow_(Submit{std::move(media_id)}, o, {o, std::move(how), {}}) {}

    /// Continues with a draft that was submitted; only `publish_id` is needed.
    [[nodiscard]] static basic_publish_draft resume(freepublish::submit::response submitted,
                                                    const options& o = {}, publish_options how = {}) {
        return basic_publish_draft(follow_up{o, std::move(how), std::move(submitted)});
    }

    flows::action next(instant now) { return flow_.next(now); }
    void on(flows::event&& e, instant now) { flow_.on(std::move(e), now); }
    void on(const flows::event& e, instant now) { on(flows::event(e), now); }

    /// `errc::cancelled`, or `errc::outcome_unknown` while the draft is being submitted.
    void cancel() { flow_.cancel(); }

    /// The published articles, or the error.
    [[nodiscard]] result<value_type> take() && {
        const auto& submitted = flow_.follow().submitted;
        published_draft p{submitted.publish_id, submitted.msg_data_id, {}, {}};
        auto outcome = std::move(flow_).take();
        if (!outcome) return outcome.error();
        if (outcome->article_id) p.article_id = *std::move(outcome->article_id);
        if (outcome->article_detail) p.articles = std::move(outcome->article_detail->item);
        return p;
    }

private:
    using submission = typename Submit::response;
    using poll_publication = poll<Get, detail::publication_poll>;

    // What follows the submission.
    struct follow_up {
        options settings;
        publish_options how;
        submission submitted{};

        result<poll_publication> operator()(result<submission> r) {
            if (!r) return r.error();
            submitted = *std::move(r);
            auto poll = wait();  // while it is not persisted
            const auto stored = how.persist ? how.persist(submitted) : result<void>();
            if (!stored) return stored.error();
            return poll;
        }
        poll_publication wait() const {
            return poll_publication({submitted.publish_id}, how.pauses, settings);
        }
    };

    explicit basic_publish_draft(follow_up f) : flow_(f.wait(), f) {}

    detail::submit_and_poll<Submit, poll_publication, follow_up> flow_;
};

}  // namespace wxmp::inline v0_1

#endif
