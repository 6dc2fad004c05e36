// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_FLOW_DETAIL_UPLOAD_REQUESTS_HPP
#define WXMP_FLOW_DETAIL_UPLOAD_REQUESTS_HPP

#include <wxmp/api/upload_video/init_upload.hpp>
#include <wxmp/api/upload_video/upload_block.hpp>
#include <wxmp/api/upload_video/upload_finish.hpp>
#include <wxmp/flow/detail/hashed_blocks.hpp>
#include <wxmp/flow/detail/may_be_done.hpp>
#include <wxmp/flow/detail/upload_request.hpp>
#include <wxmp/flow/upload_options.hpp>
#include <wxmp/operation/complete.hpp>
#include <wxmp/operation/prepare.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <list>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <variant>

namespace wxmp::inline v0_1::detail {

// The requests of an upload, and their outcomes. Never moves a request: drivers hold pointers to it.
// A template, as `basic_upload` is.
template <class> class upload_requests {
public:
    upload_requests(options o, upload_options how) : options_(std::move(o)), how_(std::move(how)) {}

    const upload_options& how() const noexcept { return how_; }

    // Finds invalid arguments before anything is sent, rather than after the whole file.
    std::optional<error> check(const upload_record& r) const {
        checker c(options_.limits);
        c.between("block_size", r.block_size, 1, options_.limits.block_bytes);
        if (c.found()) return refused_request("upload_options", *c.found());
        const auto first = make(upload_video::init_upload{r.filename, sha1_digest{}, r.filesize}),
                   last = make(to_request(r.video, ""));
        if (!first) return first.error();
        if (!last) return last.error();
        if (auto fault = contradiction(r); !fault.empty()) return error(errc::bad_record, std::move(fault));
        return std::nullopt;
    }

    bool is_idle() const {
        const auto is_in_flight = [](const upload_request& r) { return r.is_in_flight(); };
        return !is_in_flight(call_) && std::none_of(blocks_.begin(), blocks_.end(), is_in_flight);
    }

    // ---- Actions

    // Reads the piece at `offset`, to hash it.
    flows::action read(const block_plan& plan, std::uint64_t offset) {
        if (call_.is_in_flight()) return flows::wait{time_point::max()};
        call_.part = plan[static_cast<std::uint32_t>(offset / plan.block_size())];
        return read(call_);
    }

    // What to wait for before the call of a phase can be made; nothing: it can be made now.
    std::optional<flows::wait> pause_before(upload_phase p, time_point now) {
        if (call_.is_in_flight()) return flows::wait{time_point::max()};
        if (call_.phase != p) call_ = {.phase = p};
        return now < call_.due ? std::optional(flows::wait{call_.due}) : std::nullopt;
    }

    // Makes the request of that call.
    std::optional<error> make_call(const upload_record& r) {
        auto made = call_request(r);
        if (!made) return made.error();
        call_.request = *std::move(made);
        return std::nullopt;
    }

    flows::send send_call(time_point now) {
        if (call_.phase == upload_phase::reviewing) review_.begin(now);
        return send(call_, now);
    }

    flows::action next_block(const upload_record& r, time_point now) {
        if (auto* b = find([](const auto& x) { return x.status == state::ready; })) return send(*b, now);
        auto* b = find([now](const auto& x) { return x.status == state::due && x.due <= now; });
        if (!b && blocks_.size() < std::max(how_.window, 1u)) b = add_block(r);
        return b ? flows::action(read(*b)) : flows::wait{next_due()};
    }

    // ---- Outcomes

    // What an event means. Changes nothing: `settle` does, when all that may fail is done.
    upload_input classify(flows::event& e, const upload_record& r, instant now) {
        upload_input in{.now = now};
        auto* const request = find_in_flight(flows::id_of(e));
        if (!request) return in;
        const bool reads = request->status == state::reading;
        auto* failure = std::get_if<flows::failed>(&e);
        auto* bytes = reads ? std::get_if<flows::fetched>(&e) : nullptr;
        auto* answer = reads ? nullptr : std::get_if<flows::answered>(&e);
        if (!failure && !bytes && !answer) return in;
        in.request = request;
        in.tries = request->tries;
        in.due = request->due;
        in.review = review_;
        if (bytes) on_bytes(in, *bytes, r);
        else if (answer) on_response(in, *answer);
        else if (reads) fail(in, failure->why);
        else on_failure(in, *failure);
        return in;
    }

    // A piece was read: its bytes, to be hashed.
    std::span<const std::byte> noted(const upload_input& in, const upload_record& r) {
        hashed_.note(in.request->index(), in.bytes(), r);
        return std::as_bytes(std::span(in.bytes()));
    }

    // A block was read: makes its request, which holds the bytes.
    std::optional<error> ready(upload_input& in, const upload_record& r) const {
        auto made =
            make(upload_video::upload_block{*r.vid, r.part_shas.each[in.request->index()],
                                            in.request->part.part_num, http::body::borrow(in.bytes())});
        if (!made) return made.error();
        http::body body;
        body.reserve(1);
        body.append(std::move(in.copy.empty() ? in.fetched->owned : in.copy));
        made->body = std::move(body);
        in.ready = *std::move(made);
        return std::nullopt;
    }

    // Its request is no longer in flight. Cannot fail.
    void settle(upload_input& in) {
        if (!in.request) return;
        in.request->status = in.ready ? state::ready : state::due;
        in.request->request = in.ready ? *std::move(in.ready) : http::request();
        in.request->tries = in.tries;
        in.request->due = in.due;
        review_ = in.review;
        if (in.event == upload_event::response && in.request->phase == upload_phase::sending)
            blocks_.remove_if([&](const upload_request& x) { return &x == in.request; });
    }

    // When the vid ends. On the steady clock, as the wall clock may be set at any time.
    time_point end_of_vid(const upload_record& r, instant now) const {
        if (!how_.vid_life || !r.opened) return time_point::max();
        const wall_time opened(to_milliseconds(r.opened->time_since_epoch()));
        const auto age = std::max(between(opened, now.wall), std::chrono::milliseconds(0));
        return after(now.steady, minus(to_milliseconds(*how_.vid_life), age));
    }

    // Starts over: all blocks have to be sent again.
    void forget_blocks() {
        blocks_.clear();
        next_ = 0;
    }

private:
    using state = upload_request::state;

    template <class Is> upload_request* find(Is is) {
        const auto found = std::find_if(blocks_.begin(), blocks_.end(), is);
        return found == blocks_.end() ? nullptr : &*found;
    }

    upload_request* find_in_flight(flows::request_id id) {
        if (id == 0) return call_.is_in_flight() ? &call_ : nullptr;
        return find([id](const auto& x) { return x.id == id && x.is_in_flight(); });
    }

    static flows::fetch read(upload_request& r) {
        r.status = state::reading;
        return {r.id, r.part.offset, r.part.size};
    }

    static flows::send send(upload_request& r, time_point now) {
        r.status = state::sending;
        r.tries.begin(now);
        return {r.id, &r.request};
    }

    // Adds the next block that has not arrived; null if there is none.
    upload_request* add_block(const upload_record& r) {
        const auto& has = r.arrived.has;
        while (next_ < has.size() && has[next_]) ++next_;
        if (next_ == has.size()) return nullptr;
        const auto part = r.plan()[next_];
        auto& added = blocks_.emplace_back(
            upload_request{.id = part.part_num.value, .phase = upload_phase::sending, .part = part});
        ++next_;
        return &added;
    }

    // When the first pause ends; `time_point::max()` if there is none.
    time_point next_due() const {
        auto t = time_point::max();
        for (const auto& b : blocks_)
            if (b.status == state::due) t = std::min(t, b.due);
        return t;
    }

    template <operation Op> result<http::request> make(Op op) const {
        auto r = prepare(std::move(op), options_);
        if (r) r->retried_by_sender = true;
        return r;
    }

    result<http::request> call_request(const upload_record& r) const {
        if (call_.phase == upload_phase::opening)
            return make(upload_video::init_upload{r.filename, *r.filesha, r.filesize});
        if (call_.phase == upload_phase::finishing) return make(upload_video::upload_finish{*r.vid});
        if (call_.phase == upload_phase::reviewing) return make(upload_video::query_status{*r.media_id});
        return make(to_request(r.video, *r.vid));
    }

    // Lent bytes may change at any time: what is checked and sent is a copy.
    void on_bytes(upload_input& in, flows::fetched& bytes, const upload_record& r) const {
        in.fetched = &bytes;
        if (bytes.bytes().size() != in.request->part.size)
            return fail(in, error(errc::source_failed, in.request->name()));
        const bool is_block = in.request->phase == upload_phase::sending;
        if (is_block) in.copy = bytes.lent;
        if (is_block && !hashed_.has(in.request->index(), in.bytes(), r))
            return fail(in, error(errc::source_changed, in.request->name()));
        in.event = upload_event::bytes;
    }

    void on_response(upload_input& in, flows::answered& a) {
        using enum upload_phase;
        in.event = upload_event::response;
        switch (in.request->phase) {
        case opening:
            return complete_as<upload_video::init_upload>(in, a,
                                                          [&](auto& r) { in.name = std::move(r.vid); });
        case sending: return complete_as<upload_video::upload_block>(in, a, [](auto&) {});
        case finishing: return complete_as<upload_video::upload_finish>(in, a, [](auto&) {});
        case saving:
            return complete_as<upload_video::save_video>(in, a,
                                                         [&](auto& r) { in.name = std::move(r.media_id); });
        default: return complete_as<upload_video::query_status>(in, a, [&](auto& r) { on_review(in, r); });
        }
    }

    template <operation Op, class Keep> void complete_as(upload_input& in, flows::answered& a, Keep keep) {
        auto r = complete_in_place<Op>(a.response, options_, a.refusal);
        if (!r) return on_failure(in, {a.id, r.error()});
        in.tries = {};
        keep(*r);
    }

    void on_review(upload_input& in, const upload_video::query_status::response& r) {
        const auto v = video_poll::state(r);
        if (v == poll_state::failed) return fail(in, error(errc::not_passed, video_poll::reason(r)));
        if (v == poll_state::succeeded) return;
        const auto due = in.review.again(how_.review_pauses, in.now.steady, options_.random);
        if (!due) return fail(in, error(errc::timeout, "the review is still pending"));
        in.event = upload_event::pending;
        in.due = *due;
    }

    void on_failure(upload_input& in, flows::failed f) const {
        f.why = std::move(f.why).redacted(in.request->request.secrets);
        const bool may_repeat = is_repeatable(in.request->phase);
        // A truncated response counts as none.
        const auto& why = f.why == errc::bad_json ? error(errc::connection_lost) : f.why;
        const auto due = in.tries.again({.pauses = how_.pauses}, why, may_repeat, in.now, options_.random);
        if (due) {
            in.due = *due;
            in.event = upload_event::transient;
        } else if (!may_repeat && !f.is_unsent && may_be_done(f.why)) {
            in.event = upload_event::lost;
            in.why = error(errc::outcome_unknown, in.request->name());
        } else fail(in, f.why == errc::outcome_unknown ? error(errc::cancelled) : std::move(f.why));
    }

    bool is_repeatable(upload_phase p) const {
        if (p == upload_phase::sending) return how_.resend_blocks;
        if (p == upload_phase::finishing) return how_.finish_again;
        return p == upload_phase::reviewing;
    }

    static void fail(upload_input& in, error why) {
        in.event = upload_event::failure;
        in.why = std::move(why);
    }

    options options_;
    upload_options how_;
    upload_request call_{};  // what is done one at a time
    std::list<upload_request> blocks_;
    hashed_blocks hashed_;
    std::uint32_t next_{};  // first block not requested yet
    detail::tries review_;  // polls of the pending review
};

}  // namespace wxmp::inline v0_1::detail

#endif
