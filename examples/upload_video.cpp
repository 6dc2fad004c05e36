// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// Uploads a video with several blocks in flight, and goes on where it was interrupted.
//
// The state file is all that it keeps: whoever has it and the video can go on, on any machine.
#include <wxmp/src.hpp>
#include <wxmp/wxmp.hpp>

#include "progress_bar.hpp"
#include "sources/mapped_file.hpp"
#include "transports/curl_multi.hpp"
#include "upload_state.hpp"
#include <algorithm>
#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace {

namespace fs = std::filesystem;
using wxmp::errc;

struct arguments {
    fs::path file;
    fs::path state;
    std::string server = "https://api.weixin.qq.com";
    unsigned long window = 4;
    bool repeat_unanswered{};
};

constexpr std::string_view usage =
    "usage: upload_video FILE --state FILE.json [--server URL] [--window BLOCKS] [--repeat-unanswered]\n"
    "WXMP_APPID and WXMP_SECRET name the account. The state is kept in FILE.json: run it again to go on.\n"
    "--window             how many blocks of 1 MiB are in flight at once, 1 to 64; 4 if not given\n"
    "--repeat-unanswered  send a call again whose answer was lost, even if that makes a second video\n"
    "Exit status: 0 uploaded and passed, 1 failed, 2 wrong usage, 3 run again with --repeat-unanswered if "
    "you\n"
    "want to, 130 interrupted.\n";

// ---- Interruption. The first Ctrl-C lets what is in flight be answered; the second does not wait for that.

std::atomic<int> interruptions{};
transports::curl_multi* in_use{};

extern "C" void on_interrupt(int) {
    if (++interruptions > 1) in_use->cancel();
}

// Runs a flow that is cancelled by Ctrl-C. It is asked every 200 ms at least, so that it notices.
template <wxmp::flow F> struct interruptible {
    using value_type = typename F::value_type;

    wxmp::action next(wxmp::time_point now) {
        if (interruptions != 0) flow.cancel();
        auto a = flow.next(now);
        if (auto* w = std::get_if<wxmp::wait>(&a))
            w->until = std::min(w->until, now + std::chrono::milliseconds(200));
        return a;
    }
    void on(wxmp::event e, wxmp::time_point now) { flow.on(std::move(e), now); }
    void cancel() { flow.cancel(); }
    wxmp::result<value_type> take() && { return std::move(flow).take(); }

    F flow;
};

// ---- The upload

class uploader {
public:
    explicit uploader(const arguments& a) : a_(a), may_repeat_(a.repeat_unanswered) {
        const auto mark = a.server.find("://");
        options_.scheme = a.server.substr(0, mark);
        options_.host = a.server.substr(mark + 3);
        in_use = &transport_;
        for (const int s : {SIGINT, SIGTERM}) std::signal(s, on_interrupt);
    }

    // Long uploads outlive their access token: the state tells where to go on with another one.
    wxmp::result<wxmp::uploaded_video> run() {
        const auto video = sources::mapped_file::open(a_.file);
        if (!video) return video.error();
        for (int tokens = 1;; ++tokens) {
            if (auto fault = get_token()) return *std::move(fault);
            auto flow = make_upload(video->size());
            if (!flow) return flow.error();
            auto outcome =
                run(*std::move(flow), *video,
                    wxmp::observer<interruptible<wxmp::upload>>([this](const auto& f) { show(f.flow); }));
            bar_.end_line();
            if (outcome || !(outcome.error() == wxmp::condition::token_rejected) || tokens == 10)
                return outcome;
            std::puts("The access token has ended; getting another");
        }
    }

private:
    template <wxmp::flow F>
    wxmp::result<typename F::value_type> run(F flow, wxmp::source_ref from,
                                             wxmp::observer<interruptible<F>> look) {
        wxmp::result<typename F::value_type> outcome = wxmp::error(errc::unexpected_event);
        client_.run(interruptible<F>{std::move(flow)}, from, std::move(look),
                    [&](auto r) { outcome = std::move(r); });
        transport_.run();
        return outcome;
    }

    std::optional<wxmp::error> get_token() {
        const auto env = [](const char* name) {
            return std::string(std::getenv(name) ? std::getenv(name) : "");
        };
        wxmp::auth::stable_token ask{.appid = env("WXMP_APPID"), .secret = wxmp::secret(env("WXMP_SECRET"))};
        auto grant = run(wxmp::call<wxmp::auth::stable_token>(std::move(ask), options_), {}, {});
        if (!grant) return grant.error();
        client_.access_token(std::move(grant->access_token));
        return std::nullopt;
    }

    std::optional<wxmp::error> keep(const wxmp::upload_record& r) const {
        return upload_state::write(a_.state, r);
    }

    wxmp::result<wxmp::upload> make_upload(std::uint64_t size) {
        wxmp::upload_options how;
        how.window = static_cast<std::uint32_t>(a_.window);
        how.repeat_unanswered = std::exchange(may_repeat_, false);
        how.persist = [this](const wxmp::upload_record& r) { return keep(r); };
        std::error_code ec;
        if (!fs::exists(a_.state, ec)) {
            wxmp::upload_video::save_video about{
                .title = a_.file.stem().string(), .video_desc = "", .content = {}, .declare_ori = false};
            wxmp::upload flow(a_.file.filename().string(), size, std::move(about), options_, std::move(how));
            const bool is_refused = flow.progress().phase == wxmp::upload_phase::ended;
            auto fault = is_refused ? std::nullopt : keep(flow.record());  // not only when all is hashed
            if (fault) return *std::move(fault);
            return flow;
        }
        auto record = upload_state::read(a_.state, a_.file.filename().string(), size);
        if (!record) return record.error();
        if (record->media_id) std::printf("%s says that it is uploaded\n", a_.state.c_str());
        else
            std::printf("Going on: %u of %u blocks have arrived\n", record->arrived.count(),
                        record->plan().count());
        return wxmp::upload(*std::move(record), options_, std::move(how));
    }

    void show(const wxmp::upload& u) {
        using enum wxmp::upload_phase;
        const auto p = u.progress();
        const bool is_new = p.phase != shown_;
        shown_ = p.phase;
        if (p.sent != 0 && p.phase < reviewing) bar_.update(p.sent, p.total, p.bytes_per_second);
        if (!is_new || (p.phase != hashing && p.phase < reviewing) || p.phase == ended) return;
        bar_.end_line();
        if (p.phase == hashing) std::puts("Reading the file once, for its digests");
        if (p.phase == reviewing) std::puts("Waiting for the video to pass its review");
        if (p.phase == draining && interruptions != 0)
            std::puts("Waiting for the answers in flight; Ctrl-C again does not");
        std::fflush(stdout);
    }

    const arguments& a_;
    bool may_repeat_;
    wxmp::options options_;
    transports::curl_multi transport_;
    wxmp::client<transports::curl_multi&> client_{transport_};
    progress_bar bar_{a_.file.filename().string()};
    wxmp::upload_phase shown_ = wxmp::upload_phase::ended;
};

// ---- The command

std::optional<arguments> read_arguments(int argc, char** argv) {
    arguments a;
    for (int i = 1; i < argc; ++i) {
        const std::string_view name = argv[i];
        const bool more = i + 1 < argc;
        if (name == "--repeat-unanswered") a.repeat_unanswered = true;
        else if (name == "--state" && more) a.state = argv[++i];
        else if (name == "--server" && more) a.server = argv[++i];
        else if (name == "--window" && more) a.window = std::strtoul(argv[++i], nullptr, 10);
        else if (!name.starts_with("--") && a.file.empty()) a.file = name;
        else return std::nullopt;
    }
    const auto mark = a.server.find("://");
    const bool is_server = mark != a.server.npos && a.server.find('/', mark + 3) == a.server.npos;
    const bool is_complete =
        !a.file.empty() && !a.state.empty() && is_server && a.window >= 1 && a.window <= 64;
    return is_complete ? std::optional(a) : std::nullopt;
}

// Says what went wrong and what to do about it; returns the exit status.
int explain(const wxmp::error& e, const arguments& a) {
    std::fflush(stdout);
    if (e == errc::cancelled)
        return std::fprintf(stderr, "upload_video: interrupted; run it again to go on from %s\n",
                            a.state.c_str()),
               130;
    std::fprintf(stderr, "upload_video: %s\n", e.message().c_str());
    if (!(e == errc::outcome_unknown)) return 1;
    std::fprintf(
        stderr,
        "The answer to %s was lost, so it may have been carried out. To send it again, even if that makes\n"
        "a second one, run with --repeat-unanswered.\n",
        e.detail().c_str());
    return 3;
}

}  // namespace

int main(int argc, char** argv) {
    const auto a = read_arguments(argc, argv);
    if (!a) return std::fputs(usage.data(), stderr), 2;
    const auto video = uploader(*a).run();
    if (!video) return explain(video.error(), *a);
    std::printf("Uploaded: media_id %s, vid %s, SHA-1 %s\n", video->media_id.c_str(), video->vid.c_str(),
                video->filesha.hex().c_str());
}
