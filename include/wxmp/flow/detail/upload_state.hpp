// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_FLOW_DETAIL_UPLOAD_STATE_HPP
#define WXMP_FLOW_DETAIL_UPLOAD_STATE_HPP

#include <wxmp/api/upload_video/init_upload.hpp>
#include <wxmp/data/file_digest.hpp>
#include <wxmp/flow/detail/upload_window.hpp>
#include <wxmp/flow/upload_options.hpp>
#include <wxmp/operation/options.hpp>
#include <wxmp/operation/prepare.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

namespace wxmp::detail {

// What an upload knows, and how its phase changes; `upload` is what it asks for and makes of the answers.
class upload_state {
protected:
    upload_state(upload_record record, options o, upload_options how)
        : options_(std::move(o)), how_(std::move(how)), record_(std::move(record)) {
        start();
    }

    // What the one request with id 0 is.
    enum class call_kind : std::uint8_t { none, hash, open, finish, save, query };

    upload_progress progress_now() const noexcept {
        const auto elapsed =
            std::chrono::duration<double>(last_arrival_ - first_send_.value_or(last_arrival_)).count();
        return {phase_,
                record_.filesha ? record_.filesize : hasher_.size(),
                sent_,
                record_.filesize,
                record_.arrived.count(),
                record_.block_size == 0 || record_.filesize == 0 ? 0 : record_.plan().count(),
                elapsed > 0 ? static_cast<double>(sent_now_) / elapsed : 0};
    }

    void refuse_repeat(unanswered_call c) {
        record_.unanswered = c;
        give_up(
            error(errc::outcome_unknown, c == unanswered_call::save_video ? "save_video" : "init_upload"));
    }

    // Keeps the first error and waits for what is under way.
    void fail(error why) {
        if (phase_ == upload_phase::ended) return;
        if (!why_) why_ = std::move(why);
        phase_ = upload_phase::draining;
    }

    void give_up(error why) {
        fail(std::move(why));
        phase_ = upload_phase::ended;
    }

    // The one place where the phase changes as the table has it.
    void go(upload_input on, upload_phase to) {
        if (phase_ == upload_phase::draining) return;
        if (!is_listed(phase_, on, to)) return give_up(error(errc::unexpected_event));
        if (to != phase_) tries_ = {};
        phase_ = to;
    }

    bool store() {
        auto fault = how_.persist ? how_.persist(record_) : std::nullopt;
        if (fault) fail(*std::move(fault));
        return !fault;
    }

    std::string name_of_block(std::uint32_t i) const { return "block " + std::to_string(i + 1); }

    bool may_repeat(call_kind kind) const {
        if (kind == call_kind::none) return how_.resend_blocks;
        if (kind == call_kind::finish) return how_.finish_again;
        return kind == call_kind::query;
    }

    std::string name_of_call(call_kind kind, const block_slot* s) const {
        if (s) return name_of_block(s->index);
        return kind == call_kind::save   ? "save_video"
               : kind == call_kind::open ? "init_upload"
                                         : "upload_finish";
    }

    static std::int64_t seconds(time_point t) {
        return std::chrono::duration_cast<std::chrono::seconds>(t.time_since_epoch()).count();
    }

    options options_;
    upload_options how_;
    upload_record record_;
    upload_phase phase_{};
    block_hasher hasher_;
    upload_window window_;
    backoff tries_;          // of the request with id 0
    call_kind call_{};       // what that is
    std::uint32_t asked_{};  // how many requests are under way
    std::optional<error> why_;
    std::uint64_t sent_{};
    std::uint64_t sent_now_{};  // in this run
    std::optional<time_point> first_send_;
    time_point last_arrival_{};

private:
    // What cannot be sent is found before anything is, not when all of the file has gone.
    template <operation Op> bool can_send(const Op& op) {
        const auto request = prepare(op, options_);
        if (!request) give_up(request.error());
        return request.has_value();
    }

    void start() {
        checker c(options_.limits);
        c.between("block_size", record_.block_size, 1, options_.limits.block_bytes, " bytes");
        if (!c.ok()) return give_up(error(errc::limit_exceeded, c.finding()));
        if (!can_send(upload_video::init_upload{record_.filename, {}, record_.filesize})) return;
        if (!can_send(record_.video)) return;
        if (auto fault = detail::contradiction(record_); !fault.empty())
            return give_up(error(errc::bad_record, fault));
        const auto unanswered = std::exchange(record_.unanswered, unanswered_call::none);
        if (unanswered != unanswered_call::none && !how_.repeat_unanswered) return refuse_repeat(unanswered);
        hasher_ = block_hasher(record_.block_size);
        for (std::uint32_t i = 0; i != record_.arrived.has.size(); ++i)
            if (record_.arrived.has[i]) sent_ += record_.plan()[i].size;
        if (record_.filesha) phase_ = upload_phase::opening;
        if (record_.vid) phase_ = sent_ == record_.filesize ? upload_phase::finishing : upload_phase::sending;
        if (record_.finished) phase_ = upload_phase::saving;
        if (record_.media_id) phase_ = how_.review ? upload_phase::reviewing : upload_phase::ended;
    }
};

}  // namespace wxmp::detail

#endif
