// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// Two processes share one access token through Redis: one of them renews it, both go on, and no call fails.
//
//     token_cluster                                       about 10 s, without network or account
//     token_cluster --worker NAME SERVER REDIS SECONDS    one such process, for any number of machines
//
// The first form starts a redis-server of its own on a Unix socket in a temporary folder, a simulator whose
// tokens live for 6 seconds, and both processes. It needs redis-server to be installed. In the second form,
// WXMP_APPID and WXMP_SECRET name the account, SERVER is a URL as https://api.weixin.qq.com, and REDIS the
// host of a server on port 6379 or the path of its Unix socket.
//
// A token is never printed, only a fingerprint of it. Exit status: 0 no call failed, 1 some did, 2 wrong usage.
#include <wxmp/api/draft/count.hpp>
#include <wxmp/client.hpp>
#include <wxmp/codec/url.hpp>
#include <wxmp/data/sha1.hpp>
#include <wxmp/testing/platform.hpp>

#include "server/beast_server.hpp"
#include "stores/redis.hpp"
#include "transports/curl.hpp"
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <spawn.h>
#include <string>
#include <string_view>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <utility>
#include <vector>

namespace {

namespace fs = std::filesystem;

// ---- One process

// A transport that says which token each request goes with.
class watched_curl {
public:
    explicit watched_curl(std::string name) : name_(std::move(name)) {}

    wxmp::result<wxmp::http::response> send(const wxmp::http::request& r) {
        const auto target = wxmp::parse_target(r.target.reveal());
        if (const auto* token = target ? target->find("access_token") : nullptr) look_at(*token);
        else ++asked_, say("asks the service for a token");
        return curl_.send(r);
    }

    void say(const std::string& words) const {
        std::printf("%s: %s\n", name_.c_str(), words.c_str());
        std::fflush(stdout);
    }
    unsigned asked() const noexcept { return asked_; }

private:
    void look_at(const std::string& token) {
        auto fingerprint = wxmp::sha1_of(token).hex().substr(0, 8);
        if (fingerprint != fingerprint_)
            say("makes calls with token " + fingerprint +
                (asked_ != asked_before_ ? ", its own" : ", from Redis"));
        fingerprint_ = std::move(fingerprint);
        asked_before_ = asked_;
    }

    std::string name_;
    transports::curl curl_;
    std::string fingerprint_;
    unsigned asked_{};
    unsigned asked_before_{};  // the latest call
};

std::string from_environment(const char* name) {
    const char* value = std::getenv(name);
    return value ? value : "";
}

int work(const std::string& name, std::string_view server, const std::string& redis_at, int seconds) {
    const auto appid = from_environment("WXMP_APPID");
    const auto mark = server.find("://");
    if (appid.empty() || mark == server.npos) return 2;
    wxmp::options o;
    o.scheme = server.substr(0, mark);
    o.host = server.substr(mark + 3);

    stores::redis store({.host = redis_at}, appid);
    wxmp::auth::stable_token grant{.appid = appid, .secret = wxmp::secret(from_environment("WXMP_SECRET"))};
    wxmp::client client(watched_curl(name), o, wxmp::token_policy(store, std::move(grant)));

    unsigned calls = 0, failed = 0;
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(seconds);
    for (; std::chrono::steady_clock::now() < end; ++calls) {
        const auto drafts = client(wxmp::draft::count{});  // as if it had a valid token at any time
        if (!drafts) ++failed, client.next_layer().say(drafts.error().message());
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    client.next_layer().say(std::to_string(calls) + " calls, " + std::to_string(failed) +
                            " failed, asked for a token " + std::to_string(client.next_layer().asked()) +
                            " times");
    return failed == 0 ? 0 : 1;
}

// ---- All that it takes to see two of them

// A program that was started, and is ended with this object.
class process {
public:
    explicit process(std::vector<std::string> words) {
        std::vector<char*> arguments;
        for (auto& w : words) arguments.push_back(w.data());
        arguments.push_back(nullptr);
        if (posix_spawnp(&id_, arguments[0], nullptr, nullptr, arguments.data(), environ) != 0) id_ = -1;
    }
    process(process&& other) noexcept : id_(std::exchange(other.id_, -1)) {}
    ~process() {
        if (id_ > 0) kill(id_, SIGKILL);
        wait();
    }

    bool is_running() const noexcept { return id_ > 0; }

    // The exit status; -1 if it has none.
    int wait() {
        int status = -1;
        if (id_ <= 0 || waitpid(std::exchange(id_, -1), &status, 0) < 0 || !WIFEXITED(status)) return -1;
        return WEXITSTATUS(status);
    }

private:
    pid_t id_ = -1;
};

class temporary_folder {
public:
    temporary_folder() {
        auto name = (fs::temp_directory_path() / "token_cluster.XXXXXX").string();
        if (mkdtemp(name.data())) path_ = name;
    }
    temporary_folder(const temporary_folder&) = delete;
    temporary_folder& operator=(const temporary_folder&) = delete;
    ~temporary_folder() {
        std::error_code ignored;
        if (!path_.empty()) fs::remove_all(path_, ignored);
    }
    const fs::path& path() const noexcept { return path_; }

private:
    fs::path path_;
};

bool answers(stores::redis& store) {
    for (int i = 0; i != 100; ++i) {
        if (store.load()) return true;
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    return false;
}

wxmp::testing::platform_rules short_lives() {
    wxmp::testing::platform_rules rules;
    rules.token_life = std::chrono::seconds(6);
    rules.token_overlap = std::chrono::seconds(3);
    return rules;
}

int run_two(const std::string& redis_socket) {
    const std::string appid = "wx5f0e1d2c3b4a6978", secret = "simulated";
    wxmp::testing::platform platform(short_lives());
    const auto& account = platform.add_account(appid, wxmp::secret(secret));
    std::optional<servers::beast_server> server(std::in_place, [&](const wxmp::http::request& r) {
        using std::chrono::system_clock;
        auto a =
            platform.handle(r, std::chrono::time_point_cast<std::chrono::milliseconds>(system_clock::now()));
        return servers::served{std::move(a.response), a.lost, a.delay};
    });
    setenv("WXMP_APPID", appid.c_str(), 1);
    setenv("WXMP_SECRET", secret.c_str(), 1);
    setenv("no_proxy", "127.0.0.1", 1);
    const auto start = [&](const char* name) {
        return process({"/proc/self/exe", "--worker", name, server->url(), redis_socket, "10"});
    };
    auto first = start("first"), second = start("second");
    const int statuses[] = {first.wait(), second.wait()};
    server.reset();  // waits for its thread
    std::printf("The service gave out %zu tokens for %llu calls.\n", account.tokens.issued().size(),
                static_cast<unsigned long long>(platform.calls<wxmp::draft::count>()));
    return statuses[0] == 0 && statuses[1] == 0 ? 0 : 1;
}

int demonstrate() {
    const temporary_folder folder;
    const auto socket = (folder.path() / "redis.sock").string();
    const process redis({"redis-server", "--port", "0", "--unixsocket", socket, "--dir",
                         folder.path().string(), "--save", "", "--logfile", "redis.log"});
    stores::redis store({.host = socket}, "anything");
    if (!redis.is_running() || !answers(store))
        return std::fputs("token_cluster: cannot start redis-server; is it installed?\n", stderr), 1;
    return run_two(socket);
}

}  // namespace

int main(int argc, char** argv) {
    std::signal(SIGPIPE, SIG_IGN);  // hiredis and OpenSSL raise it when the peer is gone
    if (argc == 1) return demonstrate();
    const int status = argc == 6 && std::string_view(argv[1]) == "--worker"
                           ? work(argv[2], argv[3], argv[4], std::atoi(argv[5]))
                           : 2;
    if (status == 2)
        std::fputs("usage: token_cluster [--worker NAME SERVER REDIS SECONDS]\n"
                   "--worker wants WXMP_APPID and WXMP_SECRET to be set\n",
                   stderr);
    return status;
}
