// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// Publishes an article with a cover, pictures and a video, over real HTTP.
//
// With WXMP_APPID and WXMP_SECRET set it talks to the real service; with --server URL to a simulator that
// runs elsewhere; else to one that it starts itself.
#include <wxmp/testing/platform.hpp>
#include <wxmp/wxmp.hpp>

#include "progress_bar.hpp"
#include "server/beast_server.hpp"
#include "sources/file.hpp"
#include "transports/curl.hpp"
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

namespace fs = std::filesystem;

struct job {
    std::string title = "A walk along the harbour";
    std::string server;  // empty: see the top
    fs::path cover = WXMP_ASSETS "/cover.jpg";
    std::vector<fs::path> pictures = {WXMP_ASSETS "/harbour.jpg", WXMP_ASSETS "/lighthouse.jpg"};
    fs::path video = WXMP_ASSETS "/waves.mp4";
};

constexpr std::string_view usage = "usage: publish_article [--title TEXT] [--cover FILE] [--picture FILE]... "
                                   "[--video FILE] [--server URL]\n";

// Every step hands its error up to main, which prints it: the one place that does.
template <class T> using result = wxmp::result<T>;

// What the article is made of, open.
struct opened {
    std::string name;
    sources::file content;
};

result<opened> open(const fs::path& path) {
    auto file = sources::file::open(path);
    if (!file) return file.error();
    return opened{path.filename().string(), *std::move(file)};
}

class publisher {
public:
    publisher(wxmp::options o, std::string appid, wxmp::secret secret)
        : client_(transports::curl(), std::move(o),
                  wxmp::token_policy(tokens_, wxmp::auth::stable_token{.appid = std::move(appid),
                                                                       .secret = std::move(secret)})) {}

    // What it does, or did when it failed; empty before anything is sent.
    const std::string& step() const { return step_; }

    // Returns the address of the published article. Finds out first what can be known without asking.
    result<std::string> run(const job& j) {
        wxmp::article text{.title = j.title,
                           .thumb_media_id = "of the cover",
                           .author = "The wxmp authors",
                           .digest = "Boats, a lighthouse and the sea",
                           .show_cover_pic = true,
                           .content = wxmp::html::paragraph("The boats leave at six & are back by noon.")};
        const auto unfit = wxmp::prepare(wxmp::publish::uploadnews{.articles = {text}}, client_.settings());
        if (!unfit) return unfit.error();
        const auto cover = open(j.cover);
        if (!cover) return cover.error();
        std::vector<opened> pictures;
        for (const auto& path : j.pictures) {
            auto picture = open(path);
            if (!picture) return picture.error();
            pictures.push_back(*std::move(picture));
        }
        const auto video = open(j.video);
        if (!video) return video.error();
        return send(std::move(text), *cover, pictures, *video);
    }

private:
    result<std::string> send(wxmp::article text, const opened& cover, const std::vector<opened>& pictures,
                             const opened& video) {
        auto thumb = upload_cover(cover);
        if (!thumb) return thumb.error();
        text.thumb_media_id = *std::move(thumb);
        auto content = *std::move(text.content);
        for (const auto& picture : pictures) {
            const auto url = upload_picture(picture);
            if (!url) return url.error();
            content += wxmp::html::image(*url);
        }
        const auto vid = upload_video(video);
        if (!vid) return vid.error();
        text.content = std::move(content) + wxmp::html::video(*vid);
        return publish(std::move(text));
    }

    void say(std::string step) {
        step_ = std::move(step);
        std::puts(step_.c_str());
        std::fflush(stdout);
    }
    void say(const char* what, const opened& f) {
        say(std::string(what) + ' ' + f.name + ", " + std::to_string(f.content.size()) + " bytes");
    }

    static wxmp::http::file to_file(const opened& f) { return {f.name, wxmp::http::body::from(f.content)}; }

    result<std::string> upload_cover(const opened& file) {
        say("Uploading the cover", file);
        const auto material =
            client_(wxmp::material::add_material{.type = wxmp::media_type::image, .media = to_file(file)});
        if (!material) return material.error();
        return material->media_id;
    }

    result<std::string> upload_picture(const opened& file) {
        say("Uploading the picture", file);
        const auto picture = client_(wxmp::media::uploadimg{.media = to_file(file)});
        if (!picture) return picture.error();
        return picture->url;
    }

    result<std::string> upload_video(const opened& file) {
        say("Uploading the video", file);
        progress_bar bar("video");
        bool is_waiting = false;
        wxmp::upload_options how;
        how.progress = [&](const wxmp::upload_progress& p) {
            if (p.sent != 0) bar.update(p.sent, p.total, p.bytes_per_second);
            if (p.phase == wxmp::upload_phase::reviewing && !std::exchange(is_waiting, true))
                say("Waiting for the video to pass its review");
        };
        wxmp::upload flow(
            file.name, file.content.size(),
            {.title = fs::path(file.name).stem().string(), .video_desc = "", .declare_ori = false},
            client_.settings(), std::move(how));
        const auto video = client_.run(std::move(flow), {.source = file.content});
        if (!video) return video.error();
        return video->vid;
    }

    result<std::string> publish(wxmp::article article) {
        say("Handing in the article");
        const auto news = client_(wxmp::publish::uploadnews{.articles = {std::move(article)}});
        if (!news) return news.error();
        say("Submitting it, and waiting until it is public");
        const auto published = client_.run(wxmp::publish_article(news->media_id, client_.settings()));
        if (!published) return published.error();
        return published->url.value_or("(published, but the service gave no address)");
    }

    wxmp::memory_token_store tokens_;
    wxmp::client<transports::curl, wxmp::token_policy<wxmp::memory_token_store>> client_;
    std::string step_;
};

std::string from_environment(const char* name, const char* otherwise = "") {
    const char* value = std::getenv(name);
    return value ? value : otherwise;
}

// Returns the argument that is not understood, or that lacks its value; null if there is none.
const char* read_arguments(job& j, int argc, char** argv) {
    bool pictures_given = false;
    for (int i = 1; i < argc; i += 2) {
        const std::string_view name = argv[i];
        const char* value = argv[i + 1];  // null at the end
        if (!value) return argv[i];
        if (name == "--title") j.title = value;
        else if (name == "--server") j.server = value;
        else if (name == "--cover") j.cover = value;
        else if (name == "--video") j.video = value;
        else if (name == "--picture") {
            if (!std::exchange(pictures_given, true)) j.pictures.clear();
            j.pictures.emplace_back(value);
        } else return argv[i];
    }
    return nullptr;
}

void use_server(wxmp::options& o, std::string_view url) {
    while (url.ends_with('/')) url.remove_suffix(1);
    const auto mark = url.find("://");
    o.scheme = mark == url.npos ? "http" : url.substr(0, mark);
    o.host = mark == url.npos ? url : url.substr(mark + 3);
}

// The simulator that is used when there is no other service. Its reviews are short, so that nobody waits.
class embedded_simulator {
public:
    embedded_simulator(const std::string& appid, const wxmp::secret& secret) {
        platform_.add_account(appid, secret);
    }

    std::string url() const { return server_.url(); }

private:
    static wxmp::testing::platform_rules quick() {
        wxmp::testing::platform_rules rules;
        rules.video_check = rules.video_transcoding = rules.review = std::chrono::milliseconds(700);
        return rules;
    }

    servers::served serve(const wxmp::http::request& r) {
        const auto now =
            std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
        auto a = platform_.handle(r, now);
        return {std::move(a.response), a.lost, a.delay};
    }

    wxmp::testing::platform platform_{quick()};
    servers::beast_server server_{[this](const wxmp::http::request& r) { return serve(r); }};
};

int run(const job& j) {
    wxmp::options o;
    std::string appid = from_environment("WXMP_APPID");
    wxmp::secret secret(from_environment("WXMP_SECRET"));
    std::unique_ptr<embedded_simulator> simulator;
    if (!j.server.empty()) {
        use_server(o, j.server);
        if (appid.empty() || secret.empty())
            return std::fputs("publish_article: --server wants WXMP_APPID and WXMP_SECRET to be set\n",
                              stderr),
                   1;
    } else if (appid.empty() || secret.empty()) {
        appid = "wx5f0e1d2c3b4a6978";
        secret = wxmp::secret("the secret of the simulated account");
        simulator = std::make_unique<embedded_simulator>(appid, secret);
        use_server(o, simulator->url());
    }
    std::printf("Publishing \"%s\" at %s://%s%s\n", j.title.c_str(), o.scheme.c_str(), o.host.c_str(),
                simulator ? ", a simulator inside this program" : "");
    publisher p(o, appid, secret);
    const auto url = p.run(j);
    if (!url) {
        const auto during = p.step().empty() ? std::string() : p.step() + ": ";
        std::fprintf(stderr, "publish_article: %s%s\n", during.c_str(), url.error().message().c_str());
        return 1;
    }
    std::printf("Published:\n%s\n", url->c_str());
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    job j;
    if (const auto* odd = read_arguments(j, argc, argv)) {
        std::fprintf(stderr, "publish_article: %s is not understood, or lacks its value; %s", odd,
                     usage.data());
        return 2;
    }
    std::signal(SIGPIPE, SIG_IGN);  // OpenSSL raises it when the peer is gone
    return run(j);
}
