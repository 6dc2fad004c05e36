// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include "fetch.hpp"

#include "language.hpp"
#include "public_address.hpp"
#include "report.hpp"
#include <algorithm>
#include <array>
#include <cerrno>
#include <curl/curl.h>
#include <memory>
#include <new>
#include <optional>
#include <sys/socket.h>
#include <utility>

namespace tool {

namespace {

using clock = std::chrono::steady_clock;
using failure = std::optional<wxmp::error>;

const auto private_address = make_error_code(boost::system::errc::permission_denied);
constexpr std::size_t most_lines = 256 << 10;  // bytes of a head

struct curl_freer {
    void operator()(CURL* c) const { curl_easy_cleanup(c); }
    void operator()(CURLU* u) const { curl_url_cleanup(u); }
    void operator()(char* text) const { curl_free(text); }
};

std::string part_of(CURLU* url, CURLUPart part) {
    char* text = nullptr;
    if (curl_url_get(url, part, &text, 0) != CURLUE_OK) return {};
    return std::unique_ptr<char, curl_freer>(text).get();
}

// The address as it is sent; what cannot be sent is a fault.
result<std::string> checked_address(const std::string& written) {
    const std::unique_ptr<CURLU, curl_freer> url(curl_url());
    if (!url) throw std::bad_alloc();
    const auto whole = written.starts_with("//") ? "https:" + written : written;
    if (curl_url_set(url.get(), CURLUPART_URL, whole.c_str(), CURLU_URLENCODE) != CURLUE_OK)
        return local_fault(tr("is no address that can be fetched"));
    const auto scheme = part_of(url.get(), CURLUPART_SCHEME);
    if (scheme != "http" && scheme != "https")
        return local_fault(tr("is fetched neither by http nor by https"));
    if (!part_of(url.get(), CURLUPART_USER).empty() || !part_of(url.get(), CURLUPART_PASSWORD).empty())
        return local_fault(tr("has a name or a password in it"));
    return part_of(url.get(), CURLUPART_URL);
}

// One exchange.
class fetching {
public:
    fetching(const std::string& url, const fetch_bounds& within, clock::time_point end)
        : within_(within), easy_(curl_easy_init()) {
        if (!easy_) throw std::bad_alloc();
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - clock::now()).count();
        set(CURLOPT_URL, url.c_str());
        set(CURLOPT_PROTOCOLS_STR, "http,https");
        set(CURLOPT_TIMEOUT_MS, static_cast<long>(std::max<long long>(left, 1)));
        set(CURLOPT_NOSIGNAL, 1L);                            // there is another thread
        if (!within.reaches_private) set(CURLOPT_PROXY, "");  // it would choose the address
        set(CURLOPT_OPENSOCKETFUNCTION, &fetching::open);
        set(CURLOPT_OPENSOCKETDATA, this);
        set(CURLOPT_HEADERFUNCTION, &fetching::take_head);
        set(CURLOPT_HEADERDATA, this);
        set(CURLOPT_WRITEFUNCTION, &fetching::take_body);
        set(CURLOPT_WRITEDATA, this);
        set(CURLOPT_XFERINFOFUNCTION, &fetching::look_for_stop);
        set(CURLOPT_XFERINFODATA, this);
        set(CURLOPT_NOPROGRESS, 0L);
        set(CURLOPT_ERRORBUFFER, why_.data());
    }

    failure run() {
        const auto code = curl_easy_perform(easy_.get());
        if (code == CURLE_OK) return std::nullopt;
        if (within_.stop.stop_requested()) return wxmp::error(wxmp::errc::cancelled);
        if (is_refused_ && code == CURLE_COULDNT_CONNECT)
            return wxmp::error(private_address, tr("is at an address of this machine or its network"));
        if (is_too_large_)
            return local_fault(tr("has more than the {} MiB that the service takes", within_.bytes >> 20));
        if (code == CURLE_OPERATION_TIMEDOUT)
            return local_fault(tr("is not here after {} s", within_.time.count()));
        if (code == CURLE_PEER_FAILED_VERIFICATION)
            return local_fault(
                tr("is at a server whose certificate is not trusted: {}", translated(why_.data())));
        return local_fault(tr("cannot be fetched: {}", translated(curl_easy_strerror(code))));
    }

    long status() const {
        long code = 0;
        curl_easy_getinfo(easy_.get(), CURLINFO_RESPONSE_CODE, &code);
        return code;
    }

    // Where a redirect leads to; empty: it is none.
    std::string next() const {
        char* url = nullptr;
        curl_easy_getinfo(easy_.get(), CURLINFO_REDIRECT_URL, &url);
        return url ? url : "";
    }

    std::string take() { return std::move(body_); }

private:
    template <class T> void set(CURLoption option, T value) {
        if (curl_easy_setopt(easy_.get(), option, value) != CURLE_OK) throw std::bad_alloc();
    }

    static curl_socket_t open(void* self, curlsocktype, curl_sockaddr* to) noexcept {
        auto& f = *static_cast<fetching*>(self);
        if (f.within_.reaches_private || is_public_address(to->addr, to->addrlen))
            return ::socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
        f.is_refused_ = true;
        return CURL_SOCKET_BAD;
    }

    static std::size_t take_head(char*, std::size_t, std::size_t size, void* self) noexcept {
        auto& f = *static_cast<fetching*>(self);
        f.lines_ += size;
        return f.lines_ > most_lines ? 0 : size;
    }

    static std::size_t take_body(char* bytes, std::size_t, std::size_t size, void* self) noexcept {
        auto& f = *static_cast<fetching*>(self);
        f.is_too_large_ = f.body_.size() + size > f.within_.bytes;
        if (f.is_too_large_) return 0;
        try {
            f.body_.append(bytes, size);
        } catch (const std::bad_alloc&) {  // must not pass through libcurl
            return 0;
        }
        return size;
    }

    static int look_for_stop(void* self, curl_off_t, curl_off_t, curl_off_t, curl_off_t) noexcept {
        return static_cast<fetching*>(self)->within_.stop.stop_requested() ? 1 : 0;
    }

    const fetch_bounds& within_;
    std::unique_ptr<CURL, curl_freer> easy_;
    std::array<char, CURL_ERROR_SIZE> why_{};
    std::string body_;
    std::size_t lines_ = 0;
    bool is_refused_ = false;
    bool is_too_large_ = false;
};

}  // namespace

result<std::string> fetch(const std::string& url, const fetch_bounds& within) {
    const auto end = clock::now() + within.time;
    auto at = checked_address(url);
    for (int redirects = 0; at; ++redirects) {
        if (redirects > within.redirects) return local_fault(tr("is redirected again and again"));
        fetching f(*at, within, end);
        if (auto failed = f.run()) return *std::move(failed);
        auto next = f.next();
        if (next.empty() && f.status() != 200)
            return local_fault(tr("is not there: the server answered {}", f.status()));
        if (next.empty()) return f.take();
        at = checked_address(next);
        if (!at) return local_fault(tr("is redirected to what {}", at.error().detail()));
    }
    return at.error();
}

bool is_at_private_address(const wxmp::error& e) { return e.code() == private_address; }

}  // namespace tool
