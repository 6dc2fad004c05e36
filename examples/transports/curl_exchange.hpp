// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_EXAMPLES_TRANSPORTS_CURL_EXCHANGE_HPP
#define WXMP_EXAMPLES_TRANSPORTS_CURL_EXCHANGE_HPP

#include <wxmp/transport/transport.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <curl/curl.h>
#include <exception>
#include <functional>
#include <limits>
#include <memory>
#include <new>
#include <optional>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

namespace transports {

/// What a user of libcurl may set.
struct curl_settings {
    std::string ca_file{};  ///< PEM file of the certificates to trust; empty: the system's

    /// Told how many bytes of both bodies have passed, of each exchange.
    std::function<void(std::uint64_t sent, std::uint64_t received)> progress{};
};

/// A timeout as libcurl takes it. It refuses more than an `int`, and `long` has no more bits on some systems: 24
/// days stand for all that is longer.
constexpr long to_curl_timeout(std::chrono::milliseconds t) noexcept {
    constexpr std::int64_t most = std::numeric_limits<std::int32_t>::max();
    return static_cast<long>(std::clamp<std::int64_t>(t.count(), 0, most));
}

/// Sets an option, or throws.
template <class T> void set_curl_option(CURL* easy, CURLoption option, T value) {
    const auto code = curl_easy_setopt(easy, option, value);
    if (code == CURLE_OUT_OF_MEMORY) throw std::bad_alloc();
    if (code != CURLE_OK) throw std::runtime_error(curl_easy_strerror(code));
}

/// Easy handles that are free, to be used again: making one costs as much as a small exchange.
class curl_handles {
public:
    struct closer {
        void operator()(CURL* easy) const noexcept { curl_easy_cleanup(easy); }
    };
    using handle = std::unique_ptr<CURL, closer>;

    /// A free handle, or a new one that `set_up` is called with, which trusts the certificates of this file.
    template <class SetUp> handle take(const std::string& ca_file, SetUp set_up) {
        if (ca_file_ != ca_file) free_.clear();
        ca_file_ = ca_file;
        handle easy;
        if (free_.empty()) {
            easy.reset(curl_easy_init());
            if (!easy) throw std::bad_alloc();
            set_up(easy.get());
        } else {
            easy = std::move(free_.back());
            free_.pop_back();
        }
        return easy;
    }

    /// Keeps neither its URL and target, which may hold a secret, nor its headers, nor its body.
    void give_back(handle easy) noexcept {
        curl_easy_setopt(easy.get(), CURLOPT_URL, nullptr);
        curl_easy_setopt(easy.get(), CURLOPT_REQUEST_TARGET, nullptr);
        curl_easy_setopt(easy.get(), CURLOPT_HTTPHEADER, nullptr);
        curl_easy_setopt(easy.get(), CURLOPT_POSTFIELDS, nullptr);
        try {
            free_.push_back(std::move(easy));
        } catch (const std::bad_alloc&) {  // then it is closed
        }
    }

private:
    std::string ca_file_;
    std::vector<handle> free_;
};

/// Makes a multi handle look up from its poll, from any thread.
struct curl_waker {
    CURLM* multi;
    void operator()() const noexcept { curl_multi_wakeup(multi); }
};
using curl_wake_on_stop = std::stop_callback<curl_waker>;

/// One exchange over libcurl 7.85 or newer, in a multi handle that its owner drives. The request, that handle and the
/// free ones must outlive it.
class curl_exchange {
public:
    curl_exchange(CURLM* multi, curl_handles& handles, const wxmp::http::request& r, std::stop_token stop,
                  const curl_settings& s)
        : multi_(multi),
          handles_(handles),
          easy_(handles.take(s.ca_file, [&s](CURL* easy) { set_up(easy, s.ca_file); })),
          request_(r),
          progress_(s.progress),
          stop_(std::move(stop)),
          wake_on_stop_(std::in_place, stop_, curl_waker{multi}) {
        set_request();
        set_callbacks();
        if (curl_multi_add_handle(multi_, easy_.get()) != CURLM_OK) throw std::bad_alloc();
    }
    curl_exchange(const curl_exchange&) = delete;
    curl_exchange& operator=(const curl_exchange&) = delete;
    ~curl_exchange() {
        curl_multi_remove_handle(multi_, easy_.get());
        handles_.give_back(std::move(easy_));
    }

    CURL* easy() const noexcept { return easy_.get(); }
    bool is_stopped() const noexcept { return stop_.stop_requested(); }

    /// What came of it; libcurl says that is `code`. Throws what a function of the caller's has thrown.
    wxmp::result<wxmp::http::response> finish(CURLcode code) {
        wake_on_stop_.reset();  // its run may request a stop once it has all
        if (thrown_) std::rethrow_exception(thrown_);
        if (code == CURLE_OK && status_ >= 200) return std::move(answer_);
        if (is_stopped()) return wxmp::error(cancelled);
        if (code == CURLE_OPERATION_TIMEDOUT && fault_ == connection_lost) fault_ = timeout;
        return wxmp::error(fault_, curl_easy_strerror(code));
    }

private:
    using enum wxmp::errc;

    // ---- What libcurl is told

    template <class T> void set(CURLoption option, T value) { set_curl_option(easy_.get(), option, value); }

    // What is the same for each exchange.
    static void set_up(CURL* easy, const std::string& ca_file) {
        const auto set = [easy](CURLoption option, auto value) { set_curl_option(easy, option, value); };
        set(CURLOPT_PATH_AS_IS, 1L);
        set(CURLOPT_HTTP_VERSION, long{CURL_HTTP_VERSION_1_1});
        set(CURLOPT_PROTOCOLS_STR, "http,https");
        set(CURLOPT_NOSIGNAL, 1L);  // there may be other threads
        set(CURLOPT_PREREQFUNCTION, &on_connected);
        set(CURLOPT_READFUNCTION, &call<&curl_exchange::read>);
        set(CURLOPT_HEADERFUNCTION, &call<&curl_exchange::take_head>);
        set(CURLOPT_WRITEFUNCTION, &call<&curl_exchange::take_body>);
        set(CURLOPT_XFERINFOFUNCTION, &on_progress);
        if (ca_file.empty()) return;
        set(CURLOPT_CAINFO, ca_file.c_str());
        curl_easy_setopt(easy, CURLOPT_CAPATH, nullptr);  // not every TLS library knows it
    }

    void set_request() {
        set_url();
        set(CURLOPT_TIMEOUT_MS, to_curl_timeout(request_.timeout));
        set_body();
        // Those that libcurl would add by itself.
        for (const auto* own : {"Accept:", "Content-Type:", "Expect:"}) add_line(own);
        for (const auto& [name, value] : request_.headers) {
            auto line = name;
            add_line(line.append(value.empty() ? ";" : ": ").append(value));
        }
        set(CURLOPT_HTTPHEADER, lines_.get());
    }

    // libcurl takes a URL to pieces and writes it anew, twice, a byte at a time: two fifths of the
    // instructions of a small exchange. So it is given the target apart, unless that must be read as a part
    // of a URL, or a proxy may read it.
    void set_url() {
        const auto& target = request_.target.reveal();
        if (!is_plain(target) || (request_.scheme != "https" && may_have_http_proxy())) {
            set(CURLOPT_URL, request_.url().take().c_str());
        } else {
            set(CURLOPT_URL, (request_.scheme + "://" + request_.host).c_str());
            set(CURLOPT_REQUEST_TARGET, target.c_str());
        }
    }

    // Whether libcurl would send it as it is: with nothing to be refused, encoded or left out.
    static bool is_plain(const std::string& target) noexcept {
        return target.starts_with('/') && std::all_of(target.begin(), target.end(), [](char c) {
                   return '!' <= c && c <= '~' && c != '#';
               });
    }

    // libcurl looks for one in these. A proxy for HTTPS sees no target.
    static bool may_have_http_proxy() noexcept {
        // NOLINTNEXTLINE(concurrency-mt-unsafe): libcurl does the same.
        const auto is_set = [](const char* name) { return std::getenv(name) != nullptr; };
        return is_set("http_proxy") || is_set("all_proxy") || is_set("ALL_PROXY");
    }

    // What is in memory goes out along with the head; for anything else libcurl asks.
    void set_body() {
        set(CURLOPT_POSTFIELDS, whole_body());
        set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request_.body.size()));
        set(CURLOPT_POST, long{request_.verb == wxmp::method::post});
        // A large body takes up to a fifth more CPU time with libcurl's own 64 KiB.
        constexpr long usual = 64 << 10, large = 256 << 10;
        set(CURLOPT_UPLOAD_BUFFERSIZE, request_.body.size() > usual ? large : usual);
    }

    // Null unless all of it is in memory. A source that lends less, or throws, does so again once it is
    // asked.
    const char* whole_body() const noexcept {
        const auto& pieces = request_.body.pieces();
        if (pieces.size() != 1) return nullptr;
        try {
            const auto bytes = pieces.front().bytes();
            return bytes.size() == request_.body.size() ? bytes.data() : nullptr;
        } catch (...) {
            return nullptr;
        }
    }

    void add_line(const std::string& line) {
        auto* longer = curl_slist_append(lines_.get(), line.c_str());
        if (!longer) throw std::bad_alloc();
        static_cast<void>(lines_.release());
        lines_.reset(longer);
    }

    void set_callbacks() {
        set(CURLOPT_PREREQDATA, this);
        set(CURLOPT_READDATA, this);
        set(CURLOPT_HEADERDATA, this);
        set(CURLOPT_WRITEDATA, this);
        set(CURLOPT_XFERINFODATA, this);
        set(CURLOPT_NOPROGRESS, long{!progress_});
    }

    // ---- What libcurl calls. No exception may pass through it: it is kept, and ends the exchange.

    template <auto Member>
    static std::size_t call(char* bytes, std::size_t, std::size_t size, void* self) noexcept {
        auto& x = *static_cast<curl_exchange*>(self);
        try {
            return (x.*Member)(bytes, size);
        } catch (...) {
            x.thrown_ = std::current_exception();
            return CURL_READFUNC_ABORT;  // is no size, so that it ends the other directions too
        }
    }

    static int on_progress(void* self, curl_off_t, curl_off_t received, curl_off_t,
                           curl_off_t sent) noexcept {
        auto& x = *static_cast<curl_exchange*>(self);
        try {
            x.progress_(static_cast<std::uint64_t>(sent), static_cast<std::uint64_t>(received));
            return 0;
        } catch (...) {
            x.thrown_ = std::current_exception();
            return 1;
        }
    }

    // A second call means that a kept connection broke and libcurl wants to send again: that is refused. A
    // body may have been sent, and the answer have begun.
    static int on_connected(void* self, char*, char*, int, int) noexcept {
        auto& x = *static_cast<curl_exchange*>(self);
        const bool is_first = x.fault_ == connect_failed;
        const bool has_body = x.request_.body.size() != 0;
        x.fault_ = is_first || has_body ? connection_lost : stale_connection;
        return is_first ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT;
    }

    std::size_t read(char* out, std::size_t size) {
        const auto got = request_.body.read(sent_, out, size);
        sent_ += got;
        if (got == size || sent_ == request_.body.size()) return got;
        fault_ = source_failed;
        return CURL_READFUNC_ABORT;
    }

    // Called with each line, of the trailer too. An empty one ends a head, which may be an interim one.
    std::size_t take_head(char*, std::size_t size) {
        lines_size_ += size;
        if (lines_size_ > most_lines) return CURL_READFUNC_ABORT;
        if (size != 2 || status_ >= 200) return size;
        curl_easy_getinfo(easy_.get(), CURLINFO_RESPONSE_CODE, &status_);
        answer_.status = static_cast<int>(status_);
        for (curl_header* h{}; (h = curl_easy_nextheader(easy_.get(), CURLH_HEADER, -1, h));) {
            const bool is_empty = *h->value == '\r';  // as 7.88 says it
            answer_.headers.push_back({h->name, is_empty ? "" : h->value});
        }
        return size;
    }

    std::size_t take_body(char* bytes, std::size_t size) {
        const auto end = wxmp::take_body(request_, answer_, {bytes, size});
        if (!end) return size;
        fault_ = *end;
        return CURL_READFUNC_ABORT;
    }

    static constexpr std::size_t most_lines = 256 << 10;  // bytes; not each libcurl sets itself a limit

    CURLM* multi_;
    curl_handles& handles_;
    curl_handles::handle easy_;
    const wxmp::http::request& request_;
    std::function<void(std::uint64_t, std::uint64_t)> progress_;
    std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> lines_{nullptr, curl_slist_free_all};
    wxmp::http::response answer_{};
    std::uint64_t sent_{};
    std::size_t lines_size_{};
    long status_{};                      // 200 or more once the head has come to its end
    wxmp::errc fault_ = connect_failed;  // what a break means just now
    std::exception_ptr thrown_{};
    std::stop_token stop_;
    std::optional<curl_wake_on_stop> wake_on_stop_;
};

}  // namespace transports

#endif
