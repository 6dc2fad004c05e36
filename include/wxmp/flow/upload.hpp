// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_FLOW_UPLOAD_HPP
#define WXMP_FLOW_UPLOAD_HPP

#include <wxmp/api/upload_video/init_upload.hpp>
#include <wxmp/api/upload_video/upload_block.hpp>
#include <wxmp/api/upload_video/upload_finish.hpp>
#include <wxmp/flow/detail/upload_state.hpp>
#include <wxmp/flow/detail/upload_verdict.hpp>
#include <wxmp/operation/complete.hpp>
#include <wxmp/operation/prepare.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace wxmp {

/** Uploads a video in blocks: hashes the source once, opens, sends the blocks, finishes, saves, and waits
    until the video has passed its review.

    It reads the source by asking for it and holds as many blocks as its window is wide, none of a source
    that lends. It sends the very bytes whose digest it has checked. A request that fails for a while is
    tried again; init_upload and save_video are never sent twice by themselves: when the answer of one is
    lost, it ends in `errc::outcome_unknown`. However it ends, @ref record is what goes on from there.

    After a failure it waits for what is under way, then gives the first error.
*/
class upload : private detail::upload_state {
public:
    using value_type = uploaded_video;

    /** Plans the upload of a source of `file_size` bytes.

        @param filename as the service shall know it, with an extension
        @param video title and so on; its `content` is filled in
    */
    upload(std::string filename, std::uint64_t file_size, upload_video::save_video video, options o = {},
           upload_options how = {})
        : upload_state({.filename = std::move(filename),
                        .filesize = file_size,
                        .block_size = how.block_size,
                        .video = std::move(video)},
                       std::move(o), std::move(how)) {}

    /// Goes on where `record` stands. The record is checked as by @ref read_upload_record.
    explicit upload(upload_record record, options o = {}, upload_options how = {})
        : upload_state(std::move(record), std::move(o), std::move(how)) {}

    /// All it knows, to be stored and resumed from.
    [[nodiscard]] const upload_record& record() const noexcept { return record_; }

    /// How far it is.
    [[nodiscard]] upload_progress progress() const noexcept { return progress_now(); }

    action next(time_point now) {
        if (phase_ == upload_phase::draining && asked_ == 0) phase_ = upload_phase::ended;
        switch (phase_) {
        case upload_phase::hashing: return next_piece();
        case upload_phase::opening:
        case upload_phase::finishing:
        case upload_phase::saving: return next_call(now);
        case upload_phase::sending: return next_block(now);
        case upload_phase::reviewing: return next_review(now);
        case upload_phase::draining: return wait{time_point::max()};
        case upload_phase::ended: break;
        }
        return done{};
    }

    void on(event e, time_point now) {
        if (phase_ == upload_phase::ended) return;
        const auto id = id_of(e);
        auto* slot = window_.asked(id);
        const bool reads = slot ? slot->state == detail::block_state::reading : call_ == call_kind::hash;
        const bool expected = slot || (id == 0 && call_ != call_kind::none);
        const bool fits = reads ? !std::holds_alternative<answered>(e) : !std::holds_alternative<fetched>(e);
        if (!expected || !fits) return give_up(error(errc::unexpected_event));
        --asked_;
        if (slot) on_block(*slot, std::move(e), now);
        else on_call(std::exchange(call_, call_kind::none), std::move(e), now);
    }

    /// Ends with `errc::cancelled` once what is under way has ended; the record goes on from there.
    void cancel() { fail(error(errc::cancelled)); }

    /// What was made, or the first error.
    [[nodiscard]] result<value_type> take() && {
        if (why_) return *std::move(why_);
        return uploaded_video{record_.media_id.value_or(""), record_.vid.value_or(""),
                              record_.filesha.value_or(sha1_digest{})};
    }

private:
    // ---- what it wants

    action ask(call_kind kind, action a) {
        call_ = kind;
        ++asked_;
        return a;
    }

    template <operation Op> action ask_call(call_kind kind, const Op& op) {
        auto r = prepare(op, options_);
        if (r) return ask(kind, send{0, *std::move(r)});
        give_up(r.error());
        return done{};
    }

    action next_piece() {
        if (call_ != call_kind::none) return wait{time_point::max()};
        const auto piece = record_.plan()[static_cast<std::uint32_t>(hasher_.size() / record_.block_size)];
        return ask(call_kind::hash, fetch{0, piece.offset, piece.size});
    }

    action next_call(time_point now) {
        if (call_ != call_kind::none) return wait{time_point::max()};
        if (now < tries_.due()) return wait{tries_.due()};
        if (phase_ == upload_phase::finishing)
            return ask_call(call_kind::finish, upload_video::upload_finish{*record_.vid});
        const bool saves = phase_ == upload_phase::saving;
        record_.unanswered = saves ? unanswered_call::save_video : unanswered_call::init_upload;
        if (!store()) return record_.unanswered = unanswered_call::none, next(now);
        if (!saves)
            return ask_call(call_kind::open,
                            upload_video::init_upload{record_.filename, *record_.filesha, record_.filesize});
        record_.video.content = *record_.vid;
        return ask_call(call_kind::save, record_.video);
    }

    action next_block(time_point now) {
        if (how_.vid_life && record_.opened && asked_ == 0 &&
            seconds(now) > record_.opened->count + how_.vid_life->count())
            return open_anew(now);
        if (auto* s = window_.ready()) return send_block(*s, now);
        auto* s = window_.readable(now, record_.arrived.has, how_.window);
        if (!s) return wait{window_.next_due()};
        s->state = detail::block_state::reading;
        const auto b = record_.plan()[s->index];
        ++asked_;
        return fetch{s->id(), b.offset, b.size};
    }

    action send_block(detail::block_slot& s, time_point now) {
        auto bytes = std::exchange(s.bytes, {});
        auto data = bytes.lent.empty() ? http::body(std::move(bytes.owned)) : http::body::borrow(bytes.lent);
        auto r = prepare(
            upload_video::upload_block{
                *record_.vid, record_.part_shas.each[s.index], {s.index + 1}, std::move(data)},
            options_);
        if (!r) return give_up(r.error()), done{};
        if (!first_send_) last_arrival_ = *(first_send_ = now);
        s.state = detail::block_state::sending;
        ++asked_;
        return send{s.id(), *std::move(r)};
    }

    action open_anew(time_point now) {
        record_.vid.reset();
        record_.opened.reset();
        record_.arrived.has.clear();
        window_ = {};
        sent_ = 0;
        phase_ = upload_phase::opening;
        return next(now);
    }

    action next_review(time_point now) {
        if (now < tries_.due()) return wait{tries_.due()};
        if (!review_) review_.emplace(upload_video::query_status{*record_.media_id}, how_.pace, options_);
        auto a = review_->next(now);
        if (std::holds_alternative<send>(a)) return ask(call_kind::query, std::move(a));
        if (!std::holds_alternative<done>(a)) return a;
        auto verdict = std::move(*review_).take();
        review_.reset();
        if (verdict) go(upload_input::success, upload_phase::ended);
        else on_failure(call_kind::query, tries_, verdict.error(), now);
        return next(now);
    }

    // ---- what it is told

    void on_call(call_kind kind, event e, time_point now) {
        if (kind == call_kind::query && phase_ == upload_phase::reviewing)
            return review_->on(std::move(e), now);
        if (auto* f = std::get_if<failed>(&e)) return on_failure(kind, tries_, std::move(f->why), now);
        if (auto* b = std::get_if<fetched>(&e)) return on_piece(*b);
        const auto& r = std::get<answered>(e).response;
        if (kind == call_kind::open) on_answer<upload_video::init_upload>(kind, r, now);
        if (kind == call_kind::finish) on_answer<upload_video::upload_finish>(kind, r, now);
        if (kind == call_kind::save) on_answer<upload_video::save_video>(kind, r, now);
    }

    void on_block(detail::block_slot& s, event e, time_point now) {
        if (auto* f = std::get_if<failed>(&e))
            return on_failure(call_kind::none, s.tries, std::move(f->why), now, &s);
        if (auto* b = std::get_if<fetched>(&e)) return on_block_bytes(s, std::move(*b));
        const auto taken = complete<upload_video::upload_block>(std::get<answered>(e).response, options_);
        if (!taken) return on_failure(call_kind::none, s.tries, taken.error(), now, &s);
        const auto size = record_.plan()[s.index].size;
        record_.arrived.has[s.index] = true;
        sent_ += size;
        sent_now_ += size;
        last_arrival_ = now;
        window_.remove(&s);
        if (store())
            go(upload_input::success,
               sent_ == record_.filesize ? upload_phase::finishing : upload_phase::sending);
    }

    void on_block_bytes(detail::block_slot& s, fetched bytes) {
        sha1 hash;
        hash.update(bytes.bytes());
        if (bytes.bytes().size() != record_.plan()[s.index].size)
            return fail(error(errc::source_failed, name_of_block(s.index)));
        if (hash.digest() != record_.part_shas.each[s.index])
            return fail(error(errc::source_changed, name_of_block(s.index)));
        s.bytes = std::move(bytes);
        s.state = detail::block_state::ready;
        go(upload_input::bytes, upload_phase::sending);
    }

    void on_piece(const fetched& b) {
        const auto at = static_cast<std::uint32_t>(hasher_.size() / record_.block_size);
        if (b.bytes().size() != record_.plan()[at].size)
            return fail(error(errc::source_failed, name_of_block(at)));
        hasher_.update(std::as_bytes(std::span(b.bytes())));
        if (hasher_.size() != record_.filesize) return go(upload_input::bytes, upload_phase::hashing);
        auto digest = hasher_.digest();
        record_.filesha = digest.file;
        record_.part_shas.each = std::move(digest.blocks);
        go(upload_input::bytes, upload_phase::opening);
    }

    template <operation Op> void on_answer(call_kind kind, const http::response& r, time_point now) {
        auto answer = complete<Op>(r, options_);
        if (!answer) return on_failure(kind, tries_, answer.error(), now);
        record_.unanswered = unanswered_call::none;
        const auto to = take_over(*answer, now);
        if (store()) go(upload_input::success, to);
    }

    upload_phase take_over(upload_video::init_upload::response& a, time_point now) {
        record_.vid = std::move(a.vid);
        record_.opened = unix_seconds{seconds(now)};
        record_.arrived.has.assign(record_.plan().count(), false);
        return upload_phase::sending;
    }
    upload_phase take_over(upload_video::upload_finish::response&, time_point) {
        record_.finished = true;
        return upload_phase::saving;
    }
    upload_phase take_over(upload_video::save_video::response& a, time_point) {
        record_.media_id = std::move(a.media_id);
        return how_.review ? upload_phase::reviewing : upload_phase::ended;
    }

    void on_failure(call_kind kind, detail::backoff& tries, error why, time_point now,
                    detail::block_slot* s = nullptr) {
        auto verdict = kind == call_kind::hash || (s && s->state == detail::block_state::reading)
                           ? upload_input::failure
                           : detail::judge(why, may_repeat(kind));
        if (verdict == upload_input::lost) why = error(errc::outcome_unknown, name_of_call(kind, s));
        else if (kind == call_kind::open || kind == call_kind::save)
            record_.unanswered = unanswered_call::none;
        const bool again = verdict == upload_input::transient &&
                           tries.again(now, how_.tries, how_.first_pause, how_.longest_pause);
        if (s) s->state = detail::block_state::due;
        if (again) return go(verdict, phase_);
        fail(std::move(why));
        store();
    }

    std::optional<poll_video> review_;
};

static_assert(flow<upload>);

}  // namespace wxmp

#endif
