// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include "simulator.hpp"

#include <wxmp/testing/platform.hpp>

#include "beast_server.hpp"
#include "inspection.hpp"
#include "readers.hpp"
#include "token_log.hpp"
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <iterator>
#include <optional>
#include <random>
#include <string>
#include <utility>

namespace servers {

namespace {

// Real time, made faster.
class scaled_clock {
public:
    explicit scaled_clock(double speed) : speed_(speed), start_(read()) {}
    wxmp::wall_time now() const {
        const auto passed = std::chrono::duration<double, std::milli>(read() - start_) * speed_;
        return start_ + std::chrono::duration_cast<std::chrono::milliseconds>(passed);
    }

private:
    static wxmp::wall_time read() {
        return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
    }
    double speed_;
    wxmp::wall_time start_;
};

wxmp::http::response tell(const boost::json::object& found) {
    return {200, {{"Content-Type", "application/json"}}, serialize(found)};
}

// The requests that upload a video: lets some of them fail, and remembers all.
class uploads {
public:
    explicit uploads(const simulator_options& o) : o_(o), dice_(o.seed) {}

    wxmp::testing::answer handle(wxmp::testing::platform& p, const wxmp::http::request& r,
                                 wxmp::wall_time now) {
        const auto call = wxmp::testing::detail::call_name(r);
        if (!call.starts_with(wxmp::upload_video::init_upload::at.path)) return p.handle(r, now);
        static constexpr const char* faults[] = {"http=500", "errcode=-1", "drop", "lose", "expire"};
        const bool strikes = dice_() % 100 < o_.percent;
        const auto* const fault = strikes ? faults[dice_() % std::size(faults)] : "";
        requests_.push_back({{"action", call.substr(call.find('=') + 1)}, {"fault", fault}});
        if (strikes) p.inject({.call = call, .what = *wxmp::testing::fault::parse(fault)});
        auto answer = p.handle(r, now);
        answer.delay +=
            std::chrono::milliseconds(dice_() % (static_cast<std::uint64_t>(o_.slowest.count()) + 1));
        return answer;
    }

    wxmp::http::response describe(const wxmp::testing::video_store& store) const {
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
        return tell({{"uploads", all}, {"videos", videos}, {"requests", requests_}});
    }

private:
    const simulator_options& o_;
    std::mt19937 dice_;
    boost::json::array requests_;
};

class simulator {
public:
    explicit simulator(const simulator_options& o)
        : account_(platform_.add_account(o.appid, wxmp::secret(o.secret))), clock_(o.speed), videos_(o) {
        platform_.rules().token_life = o.token_life;
        platform_.rules().token_overlap = o.token_overlap;
    }

    served serve(const wxmp::http::request& r) {
        if (auto found = own_answer(r)) return {*std::move(found), false, {}};
        const auto now = clock_.now();
        ++requests_;
        tokens_.note(r, now);
        auto answer = videos_.handle(platform_, r, now);
        return {std::move(answer.response), answer.lost, answer.delay};
    }

private:
    std::optional<wxmp::http::response> own_answer(const wxmp::http::request& r) {
        if (r.target.reveal() == "/simulator/requests") return tell({{"requests", requests_}});
        if (r.target.reveal() == "/simulator/uploads") return videos_.describe(account_.videos);
        if (auto found = readers_.answer(r, clock_.now())) return found;
        if (auto found = tokens_.answer(r)) return found;
        return inspection_.answer(r);
    }

    wxmp::testing::platform platform_;
    wxmp::testing::account& account_;
    scaled_clock clock_;
    uploads videos_;
    inspection inspection_{platform_};
    readers readers_{account_};
    token_log tokens_{account_};
    std::uint64_t requests_{};
};

}  // namespace

bool read_faults(simulator_options& o, const char* text) {
    unsigned slowest{};
    char more{};
    if (std::sscanf(text, "%u:%u:%u%c", &o.seed, &o.percent, &slowest, &more) != 3) return false;
    o.slowest = std::chrono::milliseconds(slowest);
    return true;
}

bool read_token_life(simulator_options& o, const char* text) {
    unsigned life{}, overlap{};
    char more{};
    if (std::sscanf(text, "%u:%u%c", &life, &overlap, &more) != 2) return false;
    o.token_life = std::chrono::seconds(life);
    o.token_overlap = std::chrono::seconds(overlap);
    return true;
}

std::string run_simulator(const simulator_options& o,
                          const std::function<void(const std::string&)>& listening) {
    sigset_t end;
    sigemptyset(&end);
    sigaddset(&end, SIGINT);
    sigaddset(&end, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &end, nullptr);  // before the server's thread begins
    simulator s(o);
    try {
        const beast_server server([&](const wxmp::http::request& r) { return s.serve(r); }, o.port);
        listening(server.url());
        int signal{};
        sigwait(&end, &signal);
    } catch (const std::exception& e) {
        return e.what();
    }
    return {};
}

}  // namespace servers
