// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// Serves the simulated platform over HTTP on the loopback address, for any program in any language.
#include <wxmp/src.hpp>
#include <wxmp/testing/platform.hpp>

#include <boost/json.hpp>

#include "server/beast_server.hpp"
#include "server/inspection.hpp"
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>
#include <string_view>
#include <utility>

namespace {

struct arguments {
    std::uint16_t port{};
    std::string appid = "wx5f0e1d2c3b4a6978";
    std::string secret = "simulated";
    double speed = 1;
    unsigned seed{}, percent{}, slowest{};  // of --faults
};

constexpr std::string_view usage =
    "usage: simulator [--port N] [--appid ID] [--secret SECRET] [--speed FACTOR] [--faults SEED:PERCENT:MS]\n"
    "Prints its address, then serves until it is killed. FACTOR makes its clock run faster.\n"
    "--faults lets so many percent of the requests that upload a video fail, and answers each of them up to\n"
    "MS milliseconds late. GET /simulator/uploads tells what was uploaded, and which requests came for "
    "that.\n"
    "The request header X-Wxmp-Fault makes a request fail, as `http=500`; see "
    "include/wxmp/testing/platform/faults.hpp.\n"
    "GET /simulator/page?url=ADDRESS tells what a public article holds; see "
    "examples/server/inspection.hpp.\n";

bool read_arguments(arguments& a, int argc, char** argv) {
    for (int i = 1; i < argc; i += 2) {
        if (i + 1 == argc) return false;
        const std::string_view name = argv[i];
        const char* value = argv[i + 1];
        if (name == "--port") a.port = static_cast<std::uint16_t>(std::atoi(value));
        else if (name == "--appid") a.appid = value;
        else if (name == "--secret") a.secret = value;
        else if (name == "--speed") a.speed = std::atof(value);
        else if (name == "--faults" && std::sscanf(value, "%u:%u:%u", &a.seed, &a.percent, &a.slowest) == 3)
            continue;
        else return false;
    }
    return a.speed > 0;
}

// Real time, made faster.
class scaled_clock {
public:
    explicit scaled_clock(double speed) : speed_(speed), start_(read()) {}
    wxmp::time_point now() const {
        const auto passed = std::chrono::duration<double, std::milli>(read() - start_) * speed_;
        return start_ + std::chrono::duration_cast<std::chrono::milliseconds>(passed);
    }

private:
    static wxmp::time_point read() {
        return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
    }
    double speed_;
    wxmp::time_point start_;
};

// The requests that upload a video: lets some of them fail, and remembers all.
class uploads {
public:
    explicit uploads(const arguments& a) : a_(a), dice_(a.seed) {}

    wxmp::testing::answer handle(wxmp::testing::platform& p, const wxmp::http::request& r,
                                 wxmp::time_point now) {
        const auto call = wxmp::testing::detail::call_name(r);
        if (!call.starts_with(wxmp::upload_video::init_upload::at.path)) return p.handle(r, now);
        static constexpr const char* faults[] = {"http=500", "errcode=-1", "drop", "lose", "expire"};
        const bool strikes = dice_() % 100 < a_.percent;
        const auto* const fault = strikes ? faults[dice_() % std::size(faults)] : "";
        requests_.push_back({{"action", call.substr(call.find('=') + 1)}, {"fault", fault}});
        if (strikes) p.inject({.call = call, .what = *wxmp::testing::fault::parse(fault)});
        auto answer = p.handle(r, now);
        answer.delay += std::chrono::milliseconds(dice_() % (a_.slowest + 1));
        return answer;
    }

    wxmp::http::response tell(const wxmp::testing::platform& p) const {
        const auto& store = p.find_account(a_.appid)->videos;
        boost::json::array all, videos;
        for (const auto& u : store.uploads())
            all.push_back({{"vid", u.vid},
                           {"sha1", u.hash.digest().hex()},
                           {"size", u.received},
                           {"blocks", u.blocks.size()},
                           {"repeated_blocks", u.repeated_blocks},
                           {"finishes", u.finishes}});
        for (const auto& v : store.videos())
            videos.push_back({{"media_id", v.media_id}, {"vid", v.saved.content}});
        const boost::json::object found{{"uploads", all}, {"videos", videos}, {"requests", requests_}};
        return {200, {{"Content-Type", "application/json"}}, serialize(found)};
    }

private:
    const arguments& a_;
    std::mt19937 dice_;
    boost::json::array requests_;
};

}  // namespace

int main(int argc, char** argv) {
    arguments a;
    if (!read_arguments(a, argc, argv)) return std::fputs(usage.data(), stderr), 2;
    sigset_t end;
    sigemptyset(&end);
    sigaddset(&end, SIGINT);
    sigaddset(&end, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &end, nullptr);  // before the server's thread begins

    wxmp::testing::platform platform;
    platform.add_account(a.appid, wxmp::secret(a.secret));
    const scaled_clock clock(a.speed);
    uploads videos(a);
    const servers::inspection inspection(platform);
    try {
        const servers::beast_server server(
            [&](const wxmp::http::request& r) {
                if (auto found = inspection.answer(r)) return servers::served{*std::move(found), false, {}};
                if (r.target.reveal() == "/simulator/uploads")
                    return servers::served{videos.tell(platform), false, {}};
                auto answer = videos.handle(platform, r, clock.now());
                return servers::served{std::move(answer.response), answer.lost, answer.delay};
            },
            a.port);
        std::printf("%s\n", server.url().c_str());
        std::fflush(stdout);
        int signal{};
        sigwait(&end, &signal);
    } catch (const std::exception& e) {
        std::fprintf(stderr, "simulator: %s\n", e.what());
        return 1;
    }
}
