// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// Uploads a file of 2 GiB that exists nowhere into a simulated platform inside this process, with four blocks
// in flight. Prints what arrived and the most memory that it ever took, one `name value` a line.
#include <wxmp/client.hpp>
#include <wxmp/flow/upload.hpp>
#include <wxmp/testing/platform.hpp>
#include <wxmp/testing/virtual_clock.hpp>

#include "resident_memory.hpp"
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <deque>
#include <functional>
#include <map>
#include <string>
#include <utility>

namespace {

using result = wxmp::result<wxmp::http::response>;

// Each 4 KiB are a pattern that begins with their number.
struct computed_source {
    static constexpr std::uint64_t piece = 4096;

    [[nodiscard]] std::uint64_t size() const { return std::uint64_t{1} << 31; }
    std::size_t read_at(std::uint64_t offset, void* out, std::size_t size) const {
        static const std::string pattern = "0123456789abcdef" + std::string(piece - 16, '\x5a');
        std::string s = pattern;
        for (std::size_t done = 0; done < size;) {
            const auto number = (offset + done) / piece, at = (offset + done) % piece;
            std::memcpy(s.data(), &number, sizeof number);
            done += s.copy(static_cast<char*>(out) + done, size - done, static_cast<std::size_t>(at));
        }
        return size;
    }
};

// A callback transport that answers one request after another, the first one first, once it runs.
class queue {
public:
    explicit queue(wxmp::testing::platform& p) : platform_(p) {}

    void send(const wxmp::http::request& r, std::function<void(result)> h) {
        under_way_.push_back(
            [this, &r, h = std::move(h)] { h(platform_.handle(r, clock_.now().wall).response); });
        most_ = std::max(most_, under_way_.size());
    }
    void wait_until(wxmp::time_point t, std::function<void()> h) { timers_.emplace(t, std::move(h)); }
    wxmp::instant now() const { return clock_.now(); }

    void run() {
        while (!under_way_.empty() || !timers_.empty()) {
            if (under_way_.empty()) clock_.wait_until(timers_.begin()->first);
            const auto next =
                under_way_.empty() ? std::move(timers_.extract(timers_.begin()).mapped()) : take();
            next();
        }
    }

    std::size_t most_under_way() const { return most_; }

private:
    std::function<void()> take() {
        auto first = std::move(under_way_.front());
        under_way_.pop_front();
        return first;
    }

    wxmp::testing::platform& platform_;
    wxmp::testing::virtual_clock clock_{wxmp::wall_time(std::chrono::hours(500'000))};
    std::deque<std::function<void()>> under_way_;
    std::multimap<wxmp::time_point, std::function<void()>> timers_;
    std::size_t most_{};
};

template <class T, class Run> T outcome(queue& t, Run run) {
    wxmp::result<T> r = wxmp::error(wxmp::errc::unexpected_event);
    run([&](wxmp::result<T> x) { r = std::move(x); });
    t.run();
    return r.value();
}

}  // namespace

int main() {
    wxmp::testing::platform platform;
    platform.rules().keep_video_bytes = false;
    const auto& account = platform.add_account("wx1", wxmp::secret("s"));
    queue transport(platform);
    wxmp::client<queue&> client(transport);
    const wxmp::auth::stable_token ask{.appid = "wx1", .secret = wxmp::secret("s")};
    client.access_token(
        outcome<wxmp::auth::token_grant>(transport, [&](auto h) { client(ask, h); }).access_token);

    const computed_source source;
    wxmp::upload_options how;
    how.window = 4;
    how.persist = [](const wxmp::upload_record& r) -> wxmp::result<void> {
        if (const auto text = wxmp::write_upload_record(r); !text) return text.error();
        return {};
    };
    const auto began = std::chrono::steady_clock::now();
    wxmp::upload flow("v.mp4", source.size(), {"t", "d", false}, {}, std::move(how));
    const auto video = outcome<wxmp::uploaded_video>(
        transport, [&](auto h) { client.run(std::move(flow), {.source = source}, std::move(h)); });
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - began;

    const auto* stored = account.videos.find_upload(video.vid);
    std::printf("announced %s\narrived %s\n", video.filesha.hex().c_str(),
                stored->hash.digest().hex().c_str());
    std::printf("bytes %llu\nblocks %zu\n", static_cast<unsigned long long>(stored->received),
                stored->blocks.size());
    std::printf("most_under_way %zu\npeak_kib %ld\n", transport.most_under_way(),
                wxmp_test::resident_memory::peak());
    std::printf("seconds %.1f\n", taken.count());
}
