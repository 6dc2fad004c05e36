// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_EXAMPLES_TRANSPORTS_CURL_EXCHANGE_HPP
#define WXMP_EXAMPLES_TRANSPORTS_CURL_EXCHANGE_HPP

#include <wxmp/transport/transport.hpp>

#include <curl/curl.h>
#include <memory>
#include <string>
#include <utility>

namespace transports {
/// One exchange over libcurl 7.85 or newer, whoever carries it out. Neither it nor the request may move.
class curl_exchange {
public:
    /// Prepares a handle for it. `ca_file`: PEM file of the certificates to trust; empty: the system's.
    curl_exchange(const wxmp::http::request& r, const std::string& ca_file) : request_(r) {
        for (const auto* own : {"Accept:", "Content-Type:", "Expect:"}) add(own);
        for (const auto& [name, value] : r.headers) add(value.empty() ? name + ';' : name + ": " + value);
        set(CURLOPT_PROTOCOLS_STR, "http,https", CURLOPT_PATH_AS_IS, 1L, CURLOPT_NOSIGNAL, 1L);
        set(CURLOPT_URL, r.url().reveal().c_str(), CURLOPT_POST, long{r.verb == wxmp::method::post});
        set(CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(r.body.size()), CURLOPT_HTTPHEADER, lines_.get());
        set(CURLOPT_TIMEOUT_MS, long{r.timeout.count()}, CURLOPT_HTTP_VERSION, long{CURL_HTTP_VERSION_1_1});
        set(CURLOPT_READFUNCTION, &pass<&curl_exchange::read>, CURLOPT_READDATA, this);
        set(CURLOPT_WRITEFUNCTION, &pass<&curl_exchange::write>, CURLOPT_WRITEDATA, this);
        set(CURLOPT_HEADERFUNCTION, &pass<&curl_exchange::head>, CURLOPT_HEADERDATA, this);
        set(CURLOPT_PREREQFUNCTION, &start, CURLOPT_PREREQDATA, this);
        if (!ca_file.empty()) set(CURLOPT_CAINFO, ca_file.c_str(), CURLOPT_CAPATH, nullptr);
    }
    curl_exchange(curl_exchange&&) = delete;
    CURL* easy() const noexcept { return easy_.get(); }
    /// What came of it.
    wxmp::result<wxmp::http::response> finish(CURLcode code, bool is_cancelled) {
        if (code == CURLE_OPERATION_TIMEDOUT && fault_ == connection_lost) fault_ = timeout;
        if (code != CURLE_OK && is_cancelled) fault_ = cancelled;
        if (code != CURLE_OK || !status_) return wxmp::error(fault_, curl_easy_strerror(code));
        curl_easy_getinfo(easy(), CURLINFO_RESPONSE_CODE, &status_);
        answer_.status = static_cast<int>(status_);
        for (curl_header* h{}; (h = curl_easy_nextheader(easy(), CURLH_HEADER, -1, h));)
            answer_.headers.push_back({h->name, *h->value == '\r' ? "" : h->value});  // 7.88 on empty ones
        return std::move(answer_);
    }

private:
    using enum wxmp::errc;
    void add(const std::string& line) { lines_.reset(curl_slist_append(lines_.release(), line.c_str())); }
    void set(CURLoption option, auto value, auto... more) {
        curl_easy_setopt(easy(), option, value);
        if constexpr (sizeof...(more) != 0) set(more...);
    }
    template <auto F> static std::size_t pass(char* bytes, std::size_t, std::size_t size, void* self) {
        return (static_cast<curl_exchange*>(self)->*F)(bytes, size);
    }
    // Called once connected, and again when a kept connection breaks and curl wants to send again: refused.
    static int start(void* self, char*, char*, int, int) {
        return std::exchange(static_cast<curl_exchange*>(self)->fault_, connection_lost) != connect_failed;
    }
    std::size_t read(char* out, std::size_t size) {
        const auto got = request_.body.read(sent_, out, size);
        if ((sent_ += got) == request_.body.size() || got == size) return got;
        return fault_ = source_failed, CURL_READFUNC_ABORT;
    }
    std::size_t head(char*, std::size_t size) { return status_ |= size == 2, size; }  // "\r\n"
    std::size_t write(char* data, std::size_t size) {
        const bool fits = answer_.body.append(data, size).size() <= request_.max_response;
        return fits || !request_.max_response ? size : (fault_ = too_large, 0);
    }

    const wxmp::http::request& request_;
    wxmp::http::response       answer_{};
    std::uint64_t              sent_{};
    long                       status_{};                // not 0 once the head has come to its end
    wxmp::errc                 fault_ = connect_failed;  // what a break means just now
    std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> lines_{nullptr, curl_slist_free_all};
    std::unique_ptr<CURL, decltype(&curl_easy_cleanup)>         easy_{curl_easy_init(), curl_easy_cleanup};
};
}  // namespace transports
#endif
