// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// Uploads a video, and goes on where it was interrupted.
//
// The state file is all that it keeps: whoever has it and the video can go on, on any machine.
#include <wxmp/client.hpp>
#include <wxmp/flow/upload.hpp>
#include <wxmp/transport/memory_token_store.hpp>

#include "interrupt.hpp"
#include "progress_bar.hpp"
#include "sources/file.hpp"
#include "transports/curl.hpp"
#include "upload_state.hpp"
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>

namespace {

namespace fs = std::filesystem;
using wxmp::errc;

struct arguments {
    fs::path file;
    fs::path state;
    std::string server = "https://api.weixin.qq.com";
    bool repeat_unanswered{};
};

constexpr std::string_view usage =
    "usage: upload_video FILE --state FILE.json [--server URL] [--repeat-unanswered]\n"
    "WXMP_APPID and WXMP_SECRET name the account. The state is kept in FILE.json: run it again to go on.\n"
    "--repeat-unanswered  send a call again whose answer was lost, even if that makes a second video\n"
    "Exit status: 0 uploaded and passed, 1 failed, 2 wrong usage, 3 run again with --repeat-unanswered if "
    "you\n"
    "want to, 130 interrupted.\n";

// It takes no stop token: what is in flight is answered, and the state knows what became of it.
struct patient_curl {
    transports::curl curl{};
    wxmp::result<wxmp::http::response> send(const wxmp::http::request& r) { return curl.send(r); }
};

// ---- The upload

wxmp::auth::stable_token account() {
    const auto env = [](const char* name) { return std::string(std::getenv(name) ? std::getenv(name) : ""); };
    return {.appid = env("WXMP_APPID"), .secret = wxmp::secret(env("WXMP_SECRET"))};
}

wxmp::options to_server(std::string_view url) {
    const auto mark = url.find("://");
    wxmp::options o;
    o.scheme = url.substr(0, mark);
    o.host = url.substr(mark + 3);
    return o;
}

class uploader {
public:
    explicit uploader(const arguments& a) : a_(a) {}

    wxmp::result<wxmp::uploaded_video> run(std::stop_token stop) {
        const auto video = sources::file::open(a_.file);
        if (!video) return video.error();
        auto flow = make_upload(video->size());
        if (!flow) return flow.error();
        return client_.run(*std::move(flow), {.source = *video, .stop = std::move(stop)});
    }

private:
    std::string name() const { return a_.file.filename().string(); }

    wxmp::result<void> keep(const wxmp::upload_record& r) const { return upload_state::write(a_.state, r); }

    wxmp::result<wxmp::upload> make_upload(std::uint64_t size) {
        wxmp::upload_options how;
        how.repeat_unanswered = a_.repeat_unanswered;
        how.persist = [this](const wxmp::upload_record& r) { return keep(r); };
        how.progress = [this](const wxmp::upload_progress& p) { show(p); };
        auto kept = upload_state::read(a_.state, name(), size);
        if (!kept) return kept.error();
        if (!*kept) return begin(size, std::move(how));
        auto& record = **kept;
        if (record.media_id) std::printf("%s says that it is uploaded\n", a_.state.c_str());
        else
            std::printf("Going on: %u of %u blocks have arrived\n", record.arrived.count(),
                        record.plan().count());
        return wxmp::upload(std::move(record), client_.settings(), std::move(how));
    }

    wxmp::result<wxmp::upload> begin(std::uint64_t size, wxmp::upload_options how) {
        wxmp::video_details about{.title = a_.file.stem().string(), .video_desc = "", .declare_ori = false};
        wxmp::upload flow(name(), size, std::move(about), client_.settings(), std::move(how));
        if (flow.progress().phase == wxmp::upload_phase::ended) return flow;    // it is refused
        if (const auto kept = keep(flow.record()); !kept) return kept.error();  // before it is hashed
        return flow;
    }

    void show(const wxmp::upload_progress& p) {
        using enum wxmp::upload_phase;
        const bool is_new = shown_ != p.phase;
        shown_ = p.phase;
        if (p.sent != 0 && p.phase < reviewing) bar_.update(p.sent, p.total, p.bytes_per_second);
        else bar_.end_line();
        if (is_new && p.phase == hashing) std::puts("Reading the file once, for its digests");
        if (is_new && p.phase == reviewing) std::puts("Waiting for the video to pass its review");
        std::fflush(stdout);
    }

    const arguments& a_;
    wxmp::memory_token_store store_;
    wxmp::client<patient_curl, wxmp::token_policy<wxmp::memory_token_store>> client_{
        patient_curl(), to_server(a_.server), wxmp::token_policy(store_, account())};
    progress_bar bar_{name()};
    std::optional<wxmp::upload_phase> shown_;
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
        else if (!name.starts_with("--") && a.file.empty()) a.file = name;
        else return std::nullopt;
    }
    const auto mark = a.server.find("://");
    const bool is_server = mark != a.server.npos && a.server.find('/', mark + 3) == a.server.npos;
    const bool is_complete = !a.file.empty() && !a.state.empty() && is_server;
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

int run(const arguments& a) {
    const interrupt interrupted;
    const std::stop_callback say(
        interrupted.token(), [] { std::puts("\nWaiting for the answer in flight; Ctrl-C again does not"); });
    const auto video = uploader(a).run(interrupted.token());
    if (!video) return explain(video.error(), a);
    std::printf("Uploaded: media_id %s, vid %s, SHA-1 %s\n", video->media_id.c_str(), video->vid.c_str(),
                video->filesha.hex().c_str());
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    const auto a = read_arguments(argc, argv);
    if (!a) return std::fputs(usage.data(), stderr), 2;
    try {
        return run(*a);
    } catch (const std::exception& e) {  // no memory, or no thread
        return std::fprintf(stderr, "upload_video: %s\n", e.what()), 1;
    }
}
