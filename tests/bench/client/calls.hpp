// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TESTS_BENCH_CLIENT_CALLS_HPP
#define WXMP_TESTS_BENCH_CLIENT_CALLS_HPP

#include <wxmp/testing/platform_transport.hpp>
#include <wxmp/wxmp.hpp>

#include "../../../examples/transports/curl.hpp"
#include "../../../examples/transports/curl_multi.hpp"
#include "../json/payloads.hpp"
#include "../keep.hpp"
#include "forked_simulator.hpp"
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

// Whole calls over HTTP on the loopback: by the client over libcurl, and by libcurl alone with and without
// nlohmann/json, whose handle and connection are kept. The simulator is another process.
namespace wxmp_bench {

inline constexpr const char* appid = "wx5f0e1d2c3b4a6978";

template <class T> T need(wxmp::result<T> r) {
    if (r) return *std::move(r);
    std::fprintf(stderr, "%s\n", r.error().message().c_str());
    std::exit(1);
}

// An account with twenty drafts of eight articles.
inline wxmp::testing::platform filled_platform() {
    wxmp::testing::platform p;
    p.add_account(appid, wxmp::secret("simulated"));
    wxmp::client client{wxmp::testing::platform_transport(p)};
    client.access_token(
        need(client(wxmp::auth::stable_token{.appid = appid, .secret = wxmp::secret("simulated")}))
            .access_token);
    const std::string picture("\xff\xd8\xff\xe0", 4);
    const auto cover = need(client(wxmp::material::add_material{
        .type = wxmp::media_type::image, .media = wxmp::http::file("cover.jpg", wxmp::http::body(picture))}));
    payloads::author writer;
    for (int i = 0; i != 20; ++i) {
        std::vector<wxmp::article> articles;
        for (int k = 0; k != 8; ++k)
            articles.push_back({.title = writer.words(16),
                                .thumb_media_id = cover.media_id,
                                .author = writer.words(2),
                                .digest = writer.words(40),
                                .content = writer.html(19'000)});
        need(client(wxmp::draft::add{.articles = std::move(articles)}));
    }
    return p;
}

// What a program has that makes its calls without a library for the service: a function for all of them, with
// one handle, which keeps its connection, and one buffer.
class by_hand {
public:
    by_hand(std::string host, const wxmp::secret& token) : host_(std::move(host)), token_(token.reveal()) {
        set(CURLOPT_WRITEFUNCTION, &by_hand::take);
        set(CURLOPT_WRITEDATA, this);
        set(CURLOPT_NOSIGNAL, 1L);
    }
    by_hand(const by_hand&) = delete;
    by_hand& operator=(const by_hand&) = delete;
    ~by_hand() {
        curl_easy_cleanup(easy_);
        curl_slist_free_all(of_json_);
    }

    const std::string& call(const std::string& path, const std::string& body) {
        answer_.clear();
        const auto url = "http://" + host_ + path + "?access_token=" + token_;
        set(CURLOPT_URL, url.c_str());
        set(CURLOPT_TIMEOUT_MS, 30'000L);
        if (body.empty()) {
            set(CURLOPT_HTTPGET, 1L);
        } else {
            set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
            set(CURLOPT_POSTFIELDS, body.c_str());
        }
        set(CURLOPT_HTTPHEADER, body.empty() ? nullptr : of_json_);
        if (curl_easy_perform(easy_) != CURLE_OK) std::abort();
        return answer_;
    }

private:
    template <class T> void set(CURLoption option, T value) {
        if (curl_easy_setopt(easy_, option, value) != CURLE_OK) std::abort();
    }

    static std::size_t take(char* bytes, std::size_t, std::size_t size, void* self) {
        static_cast<by_hand*>(self)->answer_.append(bytes, size);
        return size;
    }

    std::string host_, token_, answer_;
    CURL* easy_ = curl_easy_init();
    curl_slist* of_json_ = curl_slist_append(nullptr, "Content-Type: application/json");
};

// The same members as wxmp's, as texts.
struct article {
    std::string title, author, digest, content, content_source_url, thumb_media_id, url, thumb_url;
};
struct draft {
    std::string media_id;
    std::vector<article> articles;
    std::uint64_t update_time{};
};

inline std::vector<draft> read_page(const std::string& text) {
    const auto page = nlohmann::json::parse(text);
    std::vector<draft> drafts;
    for (const auto& item : page.at("item")) {
        auto& d = drafts.emplace_back();
        d.media_id = item.at("media_id").get<std::string>();
        d.update_time = item.at("update_time").get<std::uint64_t>();
        for (const auto& a : item.at("content").at("news_item"))
            d.articles.push_back({a.at("title").get<std::string>(), a.value("author", ""),
                                  a.value("digest", ""), a.value("content", ""),
                                  a.value("content_source_url", ""), a.value("thumb_media_id", ""),
                                  a.value("url", ""), a.value("thumb_url", "")});
    }
    return drafts;
}

inline std::uint64_t read_count(const std::string& text) {
    return nlohmann::json::parse(text).at("total_count").get<std::uint64_t>();
}

inline std::int64_t read_quota(const std::string& text) {
    const auto answer = nlohmann::json::parse(text);
    if (answer.value("errcode", 0) != 0) std::abort();
    return answer.at("quota").at("remain").get<std::int64_t>();
}

/// A call that is measured, and who makes it.
struct way {
    std::string call, who;
    std::size_t bytes;  ///< of the response
    std::function<void()> run;
};

/// All who make calls, of one simulator.
class callers {
public:
    callers() {
        const auto token =
            need(blocking_(wxmp::auth::stable_token{.appid = appid, .secret = wxmp::secret("simulated")}))
                .access_token;
        blocking_.access_token(token);
        handlers_.access_token(token);
        hand_.emplace(service_.host(), token);
    }

    /// For each call, libcurl alone comes first. They must not outlive this.
    std::vector<way> ways() {
        std::vector<way> all;
        add(all, "/cgi-bin/draft/count", "", read_count, wxmp::draft::count{});
        add(all, "/cgi-bin/openapi/quota/get", R"({"cgi_path":"/cgi-bin/draft/add"})", read_quota,
            wxmp::openapi::quota_get{.cgi_path = "/cgi-bin/draft/add"});
        add(all, "/cgi-bin/draft/batchget", R"({"offset":0,"count":20,"no_content":0})", read_page,
            wxmp::draft::batchget{.no_content = false});
        return all;
    }

private:
    template <class Read, class Op>
    void add(std::vector<way>& all, const std::string& path, const std::string& body, Read read,
             const Op& op) {
        const auto size = hand_->call(path, body).size();
        const auto what = "call " + path;
        all.push_back({what, "libcurl alone", size, [this, path, body] { keep(hand_->call(path, body)); }});
        all.push_back({what, "libcurl and nlohmann/json", size,
                       [this, path, body, read] { keep(read(hand_->call(path, body))); }});
        all.push_back({what, "wxmp, blocking", size, [this, op] { keep(need(blocking_(op))); }});
        // One call at a time, so that it does no more than the others.
        all.push_back({what, "wxmp, handlers", size, [this, op] {
                           handlers_(op, [](auto r) { keep(need(std::move(r))); });
                           http_.run();
                       }});
    }

    forked_simulator service_{filled_platform()};
    wxmp::options settings_{.scheme = "http", .host = service_.host()};
    wxmp::client<transports::curl> blocking_{transports::curl(), settings_};
    transports::curl_multi http_{};
    wxmp::client<transports::curl_multi&> handlers_{http_, settings_};
    std::optional<by_hand> hand_{};
};

}  // namespace wxmp_bench

#endif
