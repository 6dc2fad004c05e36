// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_FLOW_PAGES_HPP
#define WXMP_FLOW_PAGES_HPP

#include <wxmp/flow/call.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>

namespace wxmp::inline v0_1 {

namespace detail {

// Lists name their members in two ways: offset, item and total_count; or begin, comment and total.
template <class Op>
    requires requires(Op& x) { x.offset; }
auto& offset_of(Op& x) { return x.offset; }
template <class Op>
    requires requires(Op& x) { x.begin; }
auto& offset_of(Op& x) { return x.begin; }

template <class Response>
    requires requires(Response& x) { x.item; }
auto& items_of(Response& x) { return x.item; }
template <class Response>
    requires requires(Response& x) { x.comment; }
auto& items_of(Response& x) { return x.comment; }

template <class Response>
    requires requires(Response& x) { x.total_count; }
auto& total_of(Response& x) { return x.total_count; }
template <class Response>
    requires requires(Response& x) { x.total; }
auto& total_of(Response& x) { return x.total; }

template <class Item>
    requires requires(Item& x) { x.media_id; }
auto& id_of_item(Item& x) { return x.media_id; }
template <class Item>
    requires requires(Item& x) { x.article_id; }
auto& id_of_item(Item& x) { return x.article_id; }
template <class Item>
    requires requires(Item& x) { x.user_comment_id; }
auto& id_of_item(Item& x) { return x.user_comment_id; }

template <class Op>
concept pageable = requires(Op& op, typename Op::response& r) {
    offset_of(op);
    op.count;
    id_of_item(items_of(r).front());
    { total_of(r) } -> std::same_as<std::uint64_t&>;
};

}  // namespace detail

/// An operation that lists something page by page.
template <class Op>
concept paged_operation = operation<Op> && detail::pageable<Op>;

/** Lists all items, page by page, and passes them to a handler one by one. Keeps one page and the ids of the
    last hundred items in memory.

    The list may change meanwhile if new items come first, as in the service's lists of materials, drafts and
    publications. When it shrinks, the page is read again from that many items earlier, so that nothing that
    moved up is missed. Items seen again because of that, or because others were added in front, are skipped,
    unless more than a hundred items come and go between two pages. Items added meanwhile may be missing.

    An inconsistent list ends in `errc::no_progress`, with the numbers in the detail: a total of more than a
    hundred million; more than 200 repeated items in a row, each shrinking counted as one; or, overall, more
    than 1,000 items plus four per item of the first total. This bounds the number of requests, too. An empty
    page is the end, whatever the total.
*/
template <paged_operation Op> class pages {
public:
    /// An item of the list.
    using item = typename std::remove_cvref_t<decltype(detail::items_of(
        std::declval<typename Op::response&>()))>::value_type;

    /// Called once with each item, also if it throws; returns false to stop.
    using handler = std::function<bool(item&&)>;

    /// The number of items passed to the handler.
    using value_type = std::uint64_t;

    /// @param first the request for the first page: where to start, and `count`, the items per page (limited)
    explicit pages(Op first, handler h, options o = {})
        : op_(std::move(first)), handler_(std::move(h)), options_(std::move(o)) {}

    flows::action next(instant now) {
        while (!ended_) {
            if (!call_) call_.emplace(op_, options_);
            auto a = call_->next(now);
            if (!std::holds_alternative<flows::done>(a)) return a;
            auto page = std::move(*call_).take();
            if (page) take_page(*page);  // what is new of it, if it is taken again after an exception
            else end(page.error());
            if (!ended_) call_.reset();
        }
        return flows::done{};
    }

    void on(flows::event&& e, instant now) {
        if (call_) call_->on(std::move(e), now);
        else if (!ended_) end(error(errc::unexpected_event));
    }
    void on(const flows::event& e, instant now) { on(flows::event(e), now); }
    void cancel() {
        if (!ended_) end(error(errc::cancelled));
    }

    /// The number of items passed to the handler, or the error.
    [[nodiscard]] result<value_type> take() && {
        if (why_) return *std::move(why_);
        return given_;
    }

private:
    using id = std::remove_cvref_t<decltype(detail::id_of_item(std::declval<item&>()))>;

    void end(error why) {
        why_ = std::move(why);
        ended_ = true;
    }

    void end_without_progress(std::string_view seen) { end(error(errc::no_progress, seen)); }

    void take_page(typename Op::response& page) {
        auto& offset = detail::offset_of(op_);
        const auto total = detail::total_of(page);
        if (total > most_items) return end_without_progress("a list of " + std::to_string(total) + " items");
        const auto shrunk = total < total_ ? total_ - total : 0;
        total_ = total;
        if (!most_seen_) most_seen_ = 1'000 + 4 * total;
        if (shrunk != 0) return may_go_on(false) ? step_back(shrunk) : void();
        auto& items = detail::items_of(page);
        for (auto& i : items) {
            const bool is_new = note(detail::id_of_item(i));
            if (!may_go_on(is_new) || (is_new && !hand_out(std::move(i)))) return;
        }
        ended_ = items.empty() || offset >= total || total - offset <= items.size();
        if (!ended_) offset += static_cast<std::remove_cvref_t<decltype(offset)>>(items.size());
    }

    // Whether the list still makes sense after this one.
    bool may_go_on(bool is_new) {
        idle_ = is_new ? 0 : idle_ + 1;
        if (++seen_ <= *most_seen_ && idle_ <= most_idle) return true;
        end_without_progress("new items: " + std::to_string(given_) + " of " + std::to_string(seen_) +
                             ", none in the last " + std::to_string(idle_) + "; total " +
                             std::to_string(total_));
        return false;
    }

    void step_back(std::uint64_t by) {
        auto& offset = detail::offset_of(op_);
        offset -= static_cast<std::remove_cvref_t<decltype(offset)>>(std::min<std::uint64_t>(by, offset));
    }

    bool hand_out(item&& i) {
        ++given_;
        ended_ = !handler_(std::move(i));
        return !ended_;
    }

    // Whether this item is new, that is, not among the latest.
    bool note(const id& i) {
        if (std::find(latest_.begin(), latest_.end(), i) != latest_.end()) return false;
        latest_.push_back(i);
        if (latest_.size() > remembered) latest_.pop_front();
        return true;
    }

    static constexpr std::size_t remembered = 100;
    static constexpr std::uint64_t most_items = 100'000'000;  // no account has that many
    static constexpr std::size_t most_idle = 2 * remembered;  // a sane list repeats the remembered ones once

    Op op_;
    handler handler_;
    options options_;
    std::optional<call<Op>> call_;
    std::deque<id> latest_;  // ids passed to the handler
    std::uint64_t total_{};
    std::uint64_t given_{};
    std::uint64_t seen_{};                    // items, and times the list has shrunk
    std::optional<std::uint64_t> most_seen_;  // from the first total
    std::size_t idle_{};                      // how many were not new since the last new one
    bool ended_{};
    std::optional<error> why_;
};

}  // namespace wxmp::inline v0_1

#endif
