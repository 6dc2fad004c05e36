// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// Whole calls over HTTP on the loopback: by the client over libcurl, and by libcurl alone with and without
// nlohmann/json, whose handle and connection are kept. The simulator is another process; the time is that of the
// caller's thread.
#include <wxmp/testing/platform_transport.hpp>
#include <wxmp/wxmp.hpp>

#include "../../examples/transports/curl.hpp"
#include "../../examples/transports/curl_multi.hpp"
#include "client/forked_simulator.hpp"
#include "harness.hpp"
#include "json/payloads.hpp"
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

namespace {

constexpr const char* appid = "wx5f0e1d2c3b4a6978";

template <class T> T need(wxmp::result<T> r) {
    if (r) return *std::move(r);
    std::fprintf(stderr, "%s\n", r.error().message().c_str());
    std::exit(1);
}

// An account with twenty drafts of eight articles.
wxmp::testing::platform filled_platform() {
    wxmp::testing::platform p;
    p.add_account(appid, wxmp::secret("simulated"));
    wxmp::client client{wxmp::testing::platform_transport(p)};
    client.access_token(
        need(client(wxmp::auth::stable_token{.appid = appid, .secret = wxmp::secret("simulated")}))
            .access_token);
    const std::string picture("\xff\xd8\xff\xe0", 4);
    const auto cover = need(client(wxmp::material::add_material{
        .type = wxmp::media_type::image, .media = wxmp::http::file("cover.jpg", wxmp::http::body(picture))}));
    wxmp_bench::payloads::author writer;
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

// What a program has that makes its calls without a library for the service: a function for all of them, with one handle,
// which keeps its connection, and one buffer.
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

std::vector<draft> read_page(const std::string& text) {
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

std::uint64_t read_count(const std::string& text) {
    return nlohmann::json::parse(text).at("total_count").get<std::uint64_t>();
}

template <class Client, class Op> void call(Client& client, const Op& op) {
    wxmp_bench::keep(need(client(op)));
}

// By handlers, one call at a time, so that it does no more than the others.
template <class Client, class Op> void call(Client& client, transports::curl_multi& http, const Op& op) {
    client(op, [](auto r) { wxmp_bench::keep(need(std::move(r))); });
    http.run();
}

}  // namespace

int main(int argc, char** argv) {
    const wxmp_bench::forked_simulator service(filled_platform());
    const wxmp::options settings{.scheme = "http", .host = service.host()};
    wxmp::client blocking(transports::curl(), settings);
    const auto token =
        need(blocking(wxmp::auth::stable_token{.appid = appid, .secret = wxmp::secret("simulated")}))
            .access_token;
    transports::curl_multi http;
    wxmp::client handlers(std::ref(http), settings);
    blocking.access_token(token);
    handlers.access_token(token);

    by_hand hand(service.host(), token);

    wxmp_bench::harness bench(argc, argv);
    const auto add = [&](const std::string& path, const std::string& body, auto read, const auto& op) {
        const auto what = "call " + path;
        const auto size = hand.call(path, body).size();
        bench.add(what, "libcurl alone", size,
                  [&hand, path, body] { wxmp_bench::keep(hand.call(path, body)); });
        bench.add(what, "libcurl and nlohmann/json", size,
                  [&hand, path, body, read] { wxmp_bench::keep(read(hand.call(path, body))); });
        bench.add(what, "wxmp, blocking", size, [&blocking, op] { call(blocking, op); });
        bench.add(what, "wxmp, handlers", size, [&handlers, &http, op] { call(handlers, http, op); });
    };
    add("/cgi-bin/draft/count", "", read_count, wxmp::draft::count{});
    add("/cgi-bin/draft/batchget", R"({"offset":0,"count":20,"no_content":0})", read_page,
        wxmp::draft::batchget{.no_content = false});
    return bench.run();
}
