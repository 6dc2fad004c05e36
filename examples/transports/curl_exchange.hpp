// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_EXAMPLES_TRANSPORTS_CURL_EXCHANGE_HPP
#define WXMP_EXAMPLES_TRANSPORTS_CURL_EXCHANGE_HPP

#include <wxmp/transport/transport.hpp>

#include <curl/curl.h>
#include <functional>
namespace transports {
/// One exchange over libcurl 7.85 or newer, whoever carries it out. Neither it nor the request may move.
class curl_exchange {
public:
    using observer = std::function<void(curl_off_t sent, curl_off_t received)>;
    CURL* const easy = curl_easy_init();  ///< prepared
    curl_exchange(const wxmp::http::request& r, observer told) : request_(r), progress_(std::move(told)) {
        const auto add = [&](const std::string& line) { lines_ = curl_slist_append(lines_, line.c_str()); };
        for (const auto* own : {"Accept:", "Content-Type:", "Expect:"}) add(own);
        for (const auto& [name, value] : r.headers) add(value.empty() ? name + ';' : name + ": " + value);
        set(CURLOPT_PROTOCOLS_STR, "http,https", CURLOPT_PATH_AS_IS, 1L, CURLOPT_NOSIGNAL, 1L);
        set(CURLOPT_URL, r.url().reveal().c_str(), CURLOPT_POST, long{r.verb == wxmp::method::post});
        set(CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(r.body.size()), CURLOPT_HTTPHEADER, lines_);
        set(CURLOPT_TIMEOUT_MS, long{r.timeout.count()}, CURLOPT_HTTP_VERSION, long{CURL_HTTP_VERSION_1_1});
        set(CURLOPT_READFUNCTION, &pass<&curl_exchange::read>, CURLOPT_READDATA, this);
        set(CURLOPT_WRITEFUNCTION, &pass<&curl_exchange::write>, CURLOPT_WRITEDATA, this);
        set(CURLOPT_HEADERFUNCTION, &pass<&curl_exchange::head>, CURLOPT_HEADERDATA, this);
        set(CURLOPT_PREREQFUNCTION, &start, CURLOPT_PREREQDATA, this, CURLOPT_NOPROGRESS, long{!progress_});
        set(CURLOPT_XFERINFOFUNCTION, &tick, CURLOPT_XFERINFODATA, &progress_);
    }
    curl_exchange(curl_exchange&&) = delete;
    ~curl_exchange() { curl_easy_cleanup(easy), curl_slist_free_all(lines_); }
    /// What came of it.
    wxmp::result<wxmp::http::response> finish(CURLcode code, bool is_cancelled) {
        if (code == CURLE_OPERATION_TIMEDOUT && fault_ == connection_lost) fault_ = timeout;
        if (code == CURLE_OK && status_ >= 200) return std::move(answer_);
        return wxmp::error(is_cancelled ? cancelled : fault_, curl_easy_strerror(code));
    }
private:
    using enum wxmp::errc;
    void set(CURLoption option, auto value, auto... more) {
        curl_easy_setopt(easy, option, value);
        if constexpr (sizeof...(more) != 0) set(more...);
    }
    template <auto F> static std::size_t pass(char* bytes, std::size_t, std::size_t size, void* self) {
        return (static_cast<curl_exchange*>(self)->*F)(bytes, size);
    }
    // Called once connected, and again when a kept connection breaks and curl wants to send again: refused.
    static int start(void* self, char*, char*, int, int) {
        auto& now = static_cast<curl_exchange*>(self)->fault_;
        return (now = now == connect_failed ? connection_lost : stale_connection) == stale_connection;
    }
    std::size_t read(char* out, std::size_t size) {
        const auto got = request_.body.read(sent_, out, size);
        if ((sent_ += got) == request_.body.size() || got == size) return got;
        return fault_ = source_failed, CURL_READFUNC_ABORT;
    }
    std::size_t head(char*, std::size_t size) {
        if (size != 2 || status_ >= 200) return size;  // "\r\n" ends a head, perhaps an interim one
        curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status_);
        answer_.status = static_cast<int>(status_);
        for (curl_header* h{}; (h = curl_easy_nextheader(easy, CURLH_HEADER, -1, h));)
            answer_.headers.push_back({h->name, *h->value == '\r' ? "" : h->value});  // 7.88 on empty ones
        return size;
    }
    std::size_t write(char* data, std::size_t size) {
        const auto stop = wxmp::take_body(request_, answer_, {data, size});
        return stop ? (fault_ = *stop, 0) : size;
    }
    static int tick(void* told, curl_off_t, curl_off_t received, curl_off_t, curl_off_t sent) {
        return (*static_cast<observer*>(told))(sent, received), 0;
    }
    const wxmp::http::request& request_;
    observer                   progress_;
    wxmp::http::response       answer_{};
    std::uint64_t              sent_{};
    long                       status_{};                // 200 or more once the head has come to its end
    wxmp::errc                 fault_ = connect_failed;  // what a break means just now
    curl_slist*                lines_{};
};
}  // namespace transports
#endif
