// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_FLOW_DETAIL_UPLOAD_REQUESTS_HPP
#define WXMP_FLOW_DETAIL_UPLOAD_REQUESTS_HPP

#include <wxmp/api/upload_video/init_upload.hpp>
#include <wxmp/api/upload_video/upload_block.hpp>
#include <wxmp/api/upload_video/upload_finish.hpp>
#include <wxmp/data/sha1.hpp>
#include <wxmp/flow/detail/may_be_done.hpp>
#include <wxmp/flow/retry_policy.hpp>
#include <wxmp/flow/upload_options.hpp>
#include <wxmp/operation/complete.hpp>
#include <wxmp/operation/prepare.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <list>
#include <optional>
#include <string>
#include <utility>
#include <variant>

namespace wxmp::detail {

// One item of work of an upload, with its retries: a piece to hash, a call, or a block.
struct upload_request {
    enum class state : std::uint8_t { due, reading, ready, sending };

    flows::request_id id{};  // a block's number; 0 for what is done one at a time
    upload_phase phase{};    // it belongs to
    file_block part{};       // to read
    state is{};
    http::request request{};  // while ready or sending
    retries tries{};
    time_point due = time_point::min();

    bool is_asked() const noexcept { return is == state::reading || is == state::sending; }
    std::uint32_t index() const noexcept { return part.part_num.value - 1; }
    std::string name() const {
        using enum upload_phase;
        if (phase == hashing || phase == sending) return "block " + std::to_string(part.part_num.value);
        return phase == opening ? "init_upload" : phase == finishing ? "upload_finish" : "save_video";
    }
};

// An event of an upload, and the request it belongs to.
struct upload_happening {
    upload_event what = upload_event::stray;
    instant now{};
    upload_request* to{};
    error why{};
    flows::fetched bytes{};
    std::string name{};  // id that the service returned
};

// The requests of an upload, and their outcomes. Never moves a request: drivers hold pointers to it.
class upload_requests {
public:
    upload_requests(options o, upload_options how) : options_(std::move(o)), how_(std::move(how)) {}

    const upload_options& how() const noexcept { return how_; }

    // Finds invalid arguments before anything is sent, rather than after the whole file.
    std::optional<error> check(const upload_record& r) const {
        checker c(options_.limits);
        c.between("block_size", r.block_size, 1, options_.limits.block_bytes);
        if (c.found()) return refused_request("upload_options", *c.found());
        const auto first = make(upload_video::init_upload{r.filename, {}, r.filesize}), last = make(r.video);
        if (!first) return first.error();
        if (!last) return last.error();
        if (auto fault = contradiction(r); !fault.empty()) return error(errc::bad_record, std::move(fault));
        return std::nullopt;
    }

    bool is_idle() const {
        const auto is_asked = [](const upload_request& r) { return r.is_asked(); };
        return !is_asked(call_) && std::none_of(blocks_.begin(), blocks_.end(), is_asked);
    }

    // ---- Actions

    // Reads the piece at `offset`, to hash it.
    flows::action read(const block_plan& plan, std::uint64_t offset) {
        if (call_.is_asked()) return flows::wait{time_point::max()};
        call_.part = plan[static_cast<std::uint32_t>(offset / plan.block_size())];
        return read(call_);
    }

    // What to wait for before the call of a phase can be made; nothing: it can be made now.
    std::optional<flows::wait> pause_before(upload_phase p, time_point now) {
        if (call_.is_asked()) return flows::wait{time_point::max()};
        if (call_.phase != p) call_ = {.phase = p};
        return now < call_.due ? std::optional(flows::wait{call_.due}) : std::nullopt;
    }

    // Makes that call.
    result<flows::action> call(const upload_record& r, time_point now) {
        auto made = make_call(r);
        if (!made) return made.error();
        call_.request = *std::move(made);
        if (call_.phase == upload_phase::reviewing) review_.begin(now);
        return flows::action(go(call_, now));
    }

    flows::action next_block(const upload_record& r, time_point now) {
        if (auto* b = find([](const auto& x) { return x.is == state::ready; })) return go(*b, now);
        auto* b = find([now](const auto& x) { return x.is == state::due && x.due <= now; });
        if (!b && blocks_.size() < std::max(how_.window, 1u)) b = add_block(r);
        return b ? flows::action(read(*b)) : flows::wait{next_due()};
    }

    // ---- Outcomes

    upload_happening look_at(flows::event&& e, const upload_record& r, instant now) {
        upload_happening h{.now = now, .to = asked(flows::id_of(e))};
        if (!h.to) return h;
        const bool reads = h.to->is == state::reading;
        auto* failure = std::get_if<flows::failed>(&e);
        auto* bytes = reads ? std::get_if<flows::fetched>(&e) : nullptr;
        auto* answer = reads ? nullptr : std::get_if<flows::answered>(&e);
        if (!failure && !bytes && !answer) return h;
        h.to->is = state::due;
        if (bytes) look_at_bytes(h, std::move(*bytes), r);
        else if (answer) look_at_answer(h, std::move(*answer));
        else if (reads) fail(h, std::move(failure->why));
        else look_at_failure(h, std::move(*failure));
        if (!reads) h.to->request = {};
        return h;
    }

    // A block was read: makes its request, which holds the bytes.
    std::optional<error> ready(upload_happening& h, const upload_record& r) {
        auto made = make(upload_video::upload_block{*r.vid, r.part_shas.each[h.to->index()],
                                                    h.to->part.part_num, std::move(h.bytes.owned)});
        if (!made) return made.error();
        h.to->request = *std::move(made);
        h.to->is = state::ready;
        return std::nullopt;
    }

    // Call when the block has arrived.
    void remove(const upload_request& b) {
        blocks_.remove_if([&](const upload_request& x) { return &x == &b; });
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

    upload_request* asked(flows::request_id id) {
        if (id == 0) return call_.is_asked() ? &call_ : nullptr;
        return find([id](const auto& x) { return x.id == id && x.is_asked(); });
    }

    static flows::fetch read(upload_request& r) {
        r.is = state::reading;
        return {r.id, r.part.offset, r.part.size};
    }

    static flows::send go(upload_request& r, time_point now) {
        r.is = state::sending;
        r.tries.begin(now);
        return {r.id, &r.request};
    }

    // Adds the next block that has not arrived; null if there is none.
    upload_request* add_block(const upload_record& r) {
        const auto& has = r.arrived.has;
        while (next_ < has.size() && has[next_]) ++next_;
        if (next_ == has.size()) return nullptr;
        const auto part = r.plan()[next_++];
        return &blocks_.emplace_back(
            upload_request{.id = part.part_num.value, .phase = upload_phase::sending, .part = part});
    }

    // When the first pause ends; `time_point::max()` if there is none.
    time_point next_due() const {
        auto t = time_point::max();
        for (const auto& b : blocks_)
            if (b.is == state::due) t = std::min(t, b.due);
        return t;
    }

    template <operation Op> result<http::request> make(Op op) const {
        auto r = prepare(std::move(op), options_);
        if (r) r->retried_by_sender = true;
        return r;
    }

    result<http::request> make_call(const upload_record& r) const {
        if (call_.phase == upload_phase::opening)
            return make(upload_video::init_upload{r.filename, *r.filesha, r.filesize});
        if (call_.phase == upload_phase::finishing) return make(upload_video::upload_finish{*r.vid});
        if (call_.phase == upload_phase::reviewing) return make(upload_video::query_status{*r.media_id});
        auto video = r.video;
        video.content = *r.vid;
        return make(std::move(video));
    }

    // Lent bytes may change at any time: what is checked and sent is a copy.
    static void look_at_bytes(upload_happening& h, flows::fetched bytes, const upload_record& r) {
        if (bytes.bytes().size() != h.to->part.size) return fail(h, error(errc::source_failed, h.to->name()));
        const bool is_block = h.to->phase == upload_phase::sending;
        if (is_block && !bytes.lent.empty()) bytes = {bytes.id, {}, std::string(bytes.lent)};
        if (is_block && sha1_of(bytes.owned) != r.part_shas.each[h.to->index()])
            return fail(h, error(errc::source_changed, h.to->name()));
        h.what = upload_event::bytes;
        h.bytes = std::move(bytes);
    }

    void look_at_answer(upload_happening& h, flows::answered a) {
        using enum upload_phase;
        h.what = upload_event::answer;
        switch (h.to->phase) {
        case opening:
            return complete_as<upload_video::init_upload>(h, a, [&](auto& r) { h.name = std::move(r.vid); });
        case sending: return complete_as<upload_video::upload_block>(h, a, [](auto&) {});
        case finishing: return complete_as<upload_video::upload_finish>(h, a, [](auto&) {});
        case saving:
            return complete_as<upload_video::save_video>(h, a,
                                                         [&](auto& r) { h.name = std::move(r.media_id); });
        default: return complete_as<upload_video::query_status>(h, a, [&](auto& r) { look_at_review(h, r); });
        }
    }

    template <operation Op, class Keep> void complete_as(upload_happening& h, flows::answered& a, Keep keep) {
        auto r = complete<Op>(std::move(a.response), options_, std::move(a.refusal));
        if (!r) return look_at_failure(h, {a.id, r.error()});
        h.to->tries = {};
        keep(*r);
    }

    void look_at_review(upload_happening& h, const upload_video::query_status::response& r) {
        const auto v = video_poll::state(r);
        if (v == poll_state::failed) return fail(h, error(errc::not_passed, video_poll::reason(r)));
        if (v == poll_state::succeeded) return;
        const auto due = review_.again(how_.review_pauses, h.now.steady, options_.random);
        if (!due) return fail(h, error(errc::timeout, "still pending"));
        h.what = upload_event::pending;
        h.to->due = *due;
    }

    void look_at_failure(upload_happening& h, flows::failed f) {
        const bool may_repeat = may_be_repeated(h.to->phase);
        // A truncated answer counts as none.
        const auto& why = f.why == errc::bad_json ? error(errc::connection_lost) : f.why;
        const auto due = h.to->tries.again({.pauses = how_.pauses}, why, may_repeat, h.now, options_.random);
        if (due) {
            h.to->due = *due;
            h.what = upload_event::transient;
        } else if (!may_repeat && !f.is_unsent && may_be_done(f.why)) {
            h.what = upload_event::lost;
            h.why = error(errc::outcome_unknown, h.to->name());
        } else fail(h, f.why == errc::outcome_unknown ? error(errc::cancelled) : std::move(f.why));
    }

    bool may_be_repeated(upload_phase p) const {
        if (p == upload_phase::sending) return how_.resend_blocks;
        if (p == upload_phase::finishing) return how_.finish_again;
        return p == upload_phase::reviewing;
    }

    static void fail(upload_happening& h, error why) {
        h.what = upload_event::failure;
        h.why = std::move(why);
    }

    options options_;
    upload_options how_;
    upload_request call_{};  // what is done one at a time
    std::list<upload_request> blocks_;
    std::uint32_t next_{};  // first block not requested yet
    tries review_;          // polls of the pending review
};

}  // namespace wxmp::detail

#endif
