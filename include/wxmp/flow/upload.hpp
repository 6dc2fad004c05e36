// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_FLOW_UPLOAD_HPP
#define WXMP_FLOW_UPLOAD_HPP

#include <wxmp/data/file_digest.hpp>
#include <wxmp/flow/detail/upload_requests.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace wxmp::inline v0_1 {

/// A @ref upload: a template, so that only programs that use it compile it.
template <class = void> class basic_upload;

/** Uploads a video in blocks: hashes the source once, opens the upload, sends the blocks, finishes, saves,
    and waits until the video has passed review. A state machine driven by @ref upload_table.

    Each block in flight is copied, even if the source lends its bytes, so that what is sent is what was
    checked, even if the source changes. This takes `window` times `block_size` bytes of memory and, for a
    source that lends, one copy of each block.

    Requests that fail temporarily are retried, except an init_upload or save_video that may have been carried
    out: the result is then `errc::outcome_unknown`. After a failure or cancellation the upload waits for what
    is in flight and returns the first error. However it ends, it can be resumed from its @ref record.
*/
using upload = basic_upload<>;

template <class Lazy> class basic_upload {
public:
    using value_type = uploaded_video;

    /** Uploads a source of `file_size` bytes.

        @param filename name given to the service, with an extension
        @param video title and so on
    */
    basic_upload(std::string filename, std::uint64_t file_size, video_details video, options o = {},
                 upload_options how = {})
        : basic_upload(upload_record{.filename = std::move(filename),
                                     .filesize = file_size,
                                     .block_size = how.block_size,
                                     .video = std::move(video)},
                       std::move(o), std::move(how)) {}

    /// Resumes an upload. The record is checked as by @ref read_upload_record.
    explicit basic_upload(upload_record record, options o = {}, upload_options how = {})
        : record_(std::move(record)), requests_(std::move(o), std::move(how)) {
        why_ = start();
        if (why_) phase_ = ended;
    }

    /// The current state, to store and resume from.
    [[nodiscard]] const upload_record& record() const noexcept { return record_; }

    /// The current progress.
    [[nodiscard]] upload_progress progress() const noexcept {
        const std::chrono::duration<double> taken = detail::between(sends_since_, last_arrival_);
        return {phase_,
                record_.filesha ? record_.filesize : hasher_.size(),
                sent_,
                record_.filesize,
                sent_ == 0 ? 0 : block_plan(sent_, record_.block_size).count(),  // not one by one
                record_.block_size != 0 && record_.filesize != 0 ? record_.plan().count() : 0,
                taken.count() > 0 ? static_cast<double>(sent_now_) / taken.count() : 0};
    }

    flows::action next(instant now) {
        if (must_persist_ && !persist_again() && phase_ != ended) process({.event = upload_event::failure});
        if (record_.vid && !vid_ends_) vid_ends_ = requests_.end_of_vid(record_, now);
        const bool is_expired = phase_ == sending && now.steady >= *vid_ends_;
        if (is_expired && requests_.is_idle())
            process({.event = upload_event::expired, .why = error(errc::timeout, "the vid has expired")});
        if (phase_ == draining && requests_.is_idle()) process({.event = upload_event::idle});
        report_progress();
        if (phase_ == ended) return flows::done{};
        if (phase_ == hashing) return requests_.read(record_.plan(), hasher_.size());
        if (phase_ == draining || (phase_ == sending && is_expired)) return flows::wait{time_point::max()};
        if (phase_ != sending) return next_call(now);
        sends_since_ = std::min(sends_since_, now.steady);
        return requests_.next_block(record_, now.steady);
    }

    void on(flows::event&& e, instant now) {
        if (phase_ != ended) process(requests_.classify(e, record_, now));
    }
    void on(const flows::event& e, instant now) { on(flows::event(e), now); }

    void cancel() {
        if (phase_ != ended) process({.event = upload_event::cancel});
    }

    /// The uploaded video, or the first error.
    [[nodiscard]] result<value_type> take() && {
        if (why_) return *std::move(why_);
        if (phase_ != ended) return error(errc::unexpected_event);
        return uploaded_video{record_.media_id.value_or(""), record_.vid.value_or(""),
                              record_.filesha.value_or(sha1_digest{})};
    }

private:
    using enum upload_phase;
    using input = detail::upload_input;

    const upload_options& how() const noexcept { return requests_.how(); }

    std::optional<error> start() {
        if (auto fault = requests_.check(record_)) return fault;
        const auto lost = record_.unanswered;
        if (lost != unanswered_call::none && !how().repeat_unanswered)
            return error(errc::outcome_unknown,
                         lost == unanswered_call::init_upload ? "init_upload" : "save_video");
        record_.unanswered = unanswered_call::none;
        hasher_ = block_hasher(record_.block_size);
        for (std::uint32_t i = 0; i != record_.arrived.has.size(); ++i)
            if (record_.arrived.has[i]) sent_ += record_.plan()[i].size;
        if (record_.filesha) phase_ = opening;
        if (record_.vid) phase_ = sent_ == record_.filesize ? finishing : sending;
        if (record_.finished) phase_ = saving;
        if (record_.media_id) phase_ = how().review ? reviewing : ended;
        return std::nullopt;
    }

    void report_progress() {
        if (!how().progress) return;
        const auto p = progress();
        if (std::exchange(reported_, p) != p) how().progress(p);
    }

    flows::action next_call(instant now) {
        if (auto pause = requests_.pause_before(phase_, now.steady)) return *pause;
        auto fault = requests_.make_call(record_);
        if (!fault) fault = mark_unanswered();
        if (!fault) return requests_.send_call(now.steady);
        process({.event = upload_event::failure, .why = *fault});
        return next(now);
    }

    // Before init_upload and save_video the record is stored with a mark, as the response may be lost.
    std::optional<error> mark_unanswered() {
        if (phase_ != opening && phase_ != saving) return std::nullopt;
        auto marked = record_;
        marked.unanswered = phase_ == opening ? unanswered_call::init_upload : unanswered_call::save_video;
        auto fault = persist(marked);
        if (!fault) record_ = std::move(marked);
        return fault;
    }

    std::optional<error> persist(const upload_record& r) {
        is_persisted_ = false;
        const auto stored = how().persist ? how().persist(r) : result<void>();
        is_persisted_ = stored.has_value();
        return stored ? std::nullopt : std::optional(stored.error());
    }

    // ---- State machine

    void process(input in) {
        const auto* row = find_transition(phase_, in.event, [&](upload_guard g) { return holds(g, in); });
        if (!row) return override_cancelled(error(errc::unexpected_event)), void(phase_ = ended);
        const auto fault = perform(row->action, in);
        requests_.settle(in);
        if (how().trace) how().trace(*row);
        if (fault) {
            override_cancelled(*fault);
            return process({.event = upload_event::failure});
        }
        phase_ = row->to;
    }

    bool holds(upload_guard g, const input& in) const {
        switch (g) {
        case upload_guard::always: break;
        case upload_guard::last_piece: return hasher_.size() + in.bytes().size() == record_.filesize;
        case upload_guard::last_block: return sent_ + in.request->part.size == record_.filesize;
        case upload_guard::first_time: return !is_reopened_;
        case upload_guard::wants_review: return how().review;
        }
        return true;
    }

    // Performs the action; returns the error if it fails. If it throws, nothing has changed.
    std::optional<error> perform(upload_action a, input& in) {
        switch (a) {
        case upload_action::nothing: break;
        case upload_action::hash_piece: hash_piece(requests_.noted(in, record_)); break;
        case upload_action::ready_block: return requests_.ready(in, record_);
        case upload_action::keep_response: keep_response(in); break;
        case upload_action::note_unsent: note_unsent(); break;
        case upload_action::forget_vid: forget_vid(); break;
        case upload_action::stay_unknown: is_marked() ? override_cancelled(in.why) : set_error(in.why); break;
        case upload_action::keep_error: set_error(std::move(in.why)), note_unsent(); break;
        case upload_action::stop: set_error(error(errc::cancelled)); break;
        case upload_action::persist_again: persist_again(); break;
        }
        return std::nullopt;
    }

    void hash_piece(std::span<const std::byte> bytes) {
        if (hasher_.size() + bytes.size() != record_.filesize) return hasher_.update(bytes);
        auto all = hasher_;
        all.update(bytes);
        auto digest = all.digest();
        hasher_ = std::move(all);
        record_.filesha = digest.file;
        record_.part_shas.each = std::move(digest.blocks);
        is_persisted_ = false;
    }

    void keep_response(input& in) {
        const auto of = in.request->phase;
        if (of == reviewing) return;
        if (of == opening) keep_vid(in);
        if (of == sending) keep_block(in);
        if (of == finishing) record_.finished = true;
        if (of == saving) record_.media_id = std::move(in.name);
        unmark();
    }

    void keep_vid(input& in) {
        record_.arrived.has.assign(record_.plan().count(), false);
        record_.opened = std::chrono::floor<std::chrono::seconds>(in.now.wall);
        record_.vid = std::move(in.name);
        vid_ends_ = requests_.end_of_vid(record_, in.now);
    }

    void keep_block(const input& in) {
        record_.arrived.has[in.request->index()] = true;
        sent_ += in.request->part.size;
        sent_now_ += in.request->part.size;
        last_arrival_ = in.now.steady;
    }

    void forget_vid() {
        record_.vid.reset();
        record_.opened.reset();
        record_.arrived.has.clear();
        requests_.forget_blocks();
        vid_ends_.reset();
        sent_ = 0;
        is_reopened_ = true;
        is_persisted_ = false;  // `mark_unanswered` stores it before the next call
    }

    bool is_marked() const noexcept { return record_.unanswered != unanswered_call::none; }

    void note_unsent() {
        if (is_marked()) unmark();
    }

    void unmark() {
        record_.unanswered = unanswered_call::none;
        is_persisted_ = false;
        must_persist_ = true;
    }

    // Stores what the latest events have brought. False if that fails.
    bool persist_again() {
        const auto fault = is_persisted_ ? std::nullopt : persist(record_);
        must_persist_ = false;
        if (fault) override_cancelled(*fault);
        return !fault;
    }

    void set_error(error why) {
        if (!why_) why_ = std::move(why);
    }

    // Takes precedence over a mere `cancelled`.
    void override_cancelled(error why) {
        if (!why_ || *why_ == errc::cancelled) why_ = std::move(why);
    }

    upload_record record_;
    detail::upload_requests<Lazy> requests_;
    upload_phase phase_{};
    std::optional<error> why_;
    block_hasher hasher_;
    std::optional<time_point> vid_ends_;  // set once there is a vid
    std::optional<upload_progress> reported_;
    std::uint64_t sent_{};
    std::uint64_t sent_now_{};  // in this run
    time_point sends_since_ = time_point::max();
    time_point last_arrival_ = time_point::min();
    bool is_reopened_{};
    bool is_persisted_ = true;
    bool must_persist_{};  // before anything else
};

}  // namespace wxmp::inline v0_1

#endif
