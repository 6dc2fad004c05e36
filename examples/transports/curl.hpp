// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_EXAMPLES_TRANSPORTS_CURL_HPP
#define WXMP_EXAMPLES_TRANSPORTS_CURL_HPP

#include <wxmp/transport/transport.hpp>

#include <atomic>
#include <curl/curl.h>
#include <memory>
namespace transports {
/// Blocking, over libcurl 7.85 or newer. Keeps its connections, heeds proxy variables. TLS may raise SIGPIPE.
struct curl {
    std::string ca_file{};  ///< PEM file of the certificates to trust; empty: the system's
    std::function<void(curl_off_t sent, curl_off_t received)> progress{};  ///< told the bytes of both bodies
    /// Ends what is under way, within a second, and all that follows until `cancel(false)`. From any thread.
    void cancel(bool on = true) noexcept { *cancelled_ = on; }
    wxmp::result<wxmp::http::response> send(const wxmp::http::request& r) {
        wxmp::http::response answer;
        long                 status{};                // 200 or more once the head has come to its end
        auto                 fault = connect_failed;  // what a break means just now
        auto read = [&, sent = std::uint64_t{}](char* out, std::size_t size) mutable -> std::size_t {
            const auto got = r.body.read(sent, out, size);
            if ((sent += got) == r.body.size() || got == size) return got;
            return fault = source_failed, CURL_READFUNC_ABORT;
        };
        auto head = [&](const char*, std::size_t size) {
            if (size != 2 || status >= 200) return size;  // "\r\n" ends a head, perhaps an interim one
            curl_easy_getinfo(easy_.get(), CURLINFO_RESPONSE_CODE, &status);
            answer.status = static_cast<int>(status);
            for (curl_header* h{}; (h = curl_easy_nextheader(easy_.get(), CURLH_HEADER, -1, h));)
                answer.headers.push_back({h->name, *h->value == '\r' ? "" : h->value});  // 7.88 on empty ones
            return size;
        };
        auto write = [&](const char* data, std::size_t size) -> std::size_t {
            const auto stop = wxmp::take_body(r, answer, {data, size});
            return stop ? (fault = *stop, 0) : size;
        };
        curl_slist* lines{};
        for (const auto* own : {"Accept:", "Content-Type:", "Expect:"}) lines = curl_slist_append(lines, own);
        for (const auto& [name, value] : r.headers)
            lines = curl_slist_append(lines, (value.empty() ? name + ';' : name + ": " + value).c_str());
        curl_easy_reset(easy_.get());  // keeps the connections
        set(CURLOPT_PROTOCOLS_STR, "http,https", CURLOPT_HTTP_VERSION, long{CURL_HTTP_VERSION_1_1});
        set(CURLOPT_URL, r.url().reveal().c_str(), CURLOPT_PATH_AS_IS, 1L, CURLOPT_HTTPHEADER, lines);
        set(CURLOPT_POST, long{r.verb == wxmp::method::post}, CURLOPT_TIMEOUT_MS, long{r.timeout.count()});
        set(CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(r.body.size()), CURLOPT_NOSIGNAL, 1L);
        set(CURLOPT_PREREQFUNCTION, &start, CURLOPT_PREREQDATA, &fault, CURLOPT_READDATA, &read);
        set(CURLOPT_READFUNCTION, &pass<decltype(read)>, CURLOPT_WRITEFUNCTION, &pass<decltype(write)>);
        set(CURLOPT_HEADERFUNCTION, &pass<decltype(head)>, CURLOPT_HEADERDATA, &head, CURLOPT_NOPROGRESS, 0L);
        set(CURLOPT_XFERINFOFUNCTION, &tick, CURLOPT_XFERINFODATA, this, CURLOPT_WRITEDATA, &write);
        if (!ca_file.empty()) set(CURLOPT_CAINFO, ca_file.c_str(), CURLOPT_CAPATH, nullptr);
        const auto end = curl_easy_perform(easy_.get());
        curl_slist_free_all(lines);
        if (end == CURLE_OPERATION_TIMEDOUT && fault == connection_lost) fault = timeout;
        if (end || status < 200) return wxmp::error(*cancelled_ ? cancelled : fault, curl_easy_strerror(end));
        return answer;
    }
private:
    using enum wxmp::errc;
    void set(CURLoption option, auto value, auto... more) {
        curl_easy_setopt(easy_.get(), option, value);
        if constexpr (sizeof...(more) != 0) set(more...);
    }
    template <class F> static std::size_t pass(char* bytes, std::size_t, std::size_t size, void* f) {
        return (*static_cast<F*>(f))(bytes, size);
    }
    // Called once connected, and again when a kept connection breaks and curl wants to send again: refused.
    static int start(void* fault, char*, char*, int, int) {
        auto& f = *static_cast<wxmp::errc*>(fault);
        return (f = f == connect_failed ? connection_lost : stale_connection) == stale_connection;
    }
    static int tick(void* self, curl_off_t, curl_off_t received, curl_off_t, curl_off_t sent) {
        if (const auto& told = static_cast<curl*>(self)->progress) told(sent, received);
        return *static_cast<curl*>(self)->cancelled_;
    }
    std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> easy_{curl_easy_init(), curl_easy_cleanup};
    std::unique_ptr<std::atomic<bool>>                  cancelled_ = std::make_unique<std::atomic<bool>>();
};
}  // namespace transports
#endif
