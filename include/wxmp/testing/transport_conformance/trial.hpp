// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TESTING_TRANSPORT_CONFORMANCE_TRIAL_HPP
#define WXMP_TESTING_TRANSPORT_CONFORMANCE_TRIAL_HPP

#include <wxmp/testing/conformance_report.hpp>
#include <wxmp/testing/transport_conformance/raw_server.hpp>
#include <wxmp/testing/transport_conformance/subject.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <future>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace wxmp::inline v0_1::testing {

/// Options of a run of the suite.
struct conformance_options {
    /// Names of the checks to run; empty: all.
    std::vector<std::string> only{};

    /// Size of the largest body, in bytes.
    std::size_t largest_body = std::size_t{64} << 20;

    /// How long to wait for a transport that ignores a timeout or stop, before the server disconnects.
    std::chrono::milliseconds patience = std::chrono::seconds(20);
};

namespace detail {

inline const std::string canary = "CANARY-dont-tell";
inline const std::string ok_reply = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
inline constexpr auto short_time = std::chrono::milliseconds(500);

inline http::request ask(const std::string& host, method verb = method::get, http::body content = {}) {
    http::request r;
    r.verb = verb;
    r.scheme = "http";
    r.host = host;
    r.target = secret("/cgi-bin/x?a=%E4%BD%A0%2f..&access_token=" + canary);
    r.safe_target = "/cgi-bin/x?a=%E4%BD%A0%2f..&access_token=***";
    r.body = std::move(content);
    r.timeout = std::chrono::seconds(60);
    r.max_response = 1 << 20;
    return r;
}

inline http::request post(const std::string& host, http::body content = std::string("x")) {
    return ask(host, method::post, std::move(content));
}

// The same pseudo-random bytes each time. They repeat after a prime number of bytes, so blocks differ.
inline std::string noise(std::size_t size) {
    constexpr std::size_t period = 65'521;
    std::string s(std::min(size, period), '\0');
    std::uint32_t x = 1;
    for (auto& c : s) c = static_cast<char>((x = x * 1664525 + 1013904223) >> 24);
    s.reserve(size);
    while (s.size() < size) s.append(s, 0, std::min(period, size - s.size()));
    return s;
}

inline bool holds(std::string_view text, std::string_view part) { return text.find(part) != text.npos; }

// The header names of a request, sorted: a transport may order them as it likes.
inline std::vector<std::string> header_names(const std::string& head) {
    std::vector<std::string> names;
    for (auto at = head.find("\r\n") + 2; at + 2 < head.size(); at = head.find("\r\n", at) + 2)
        names.push_back(head.substr(at, head.find(':', at) - at));
    std::sort(names.begin(), names.end());
    return names;
}

// A response of status 200 with this body.
inline std::string reply_with(const std::string& body) {
    return "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

// A source outside memory that records the largest read, and may have fewer bytes than `size` says.
struct file_like {
    std::string content;
    std::uint64_t said = content.size();
    mutable std::size_t largest = 0;

    [[nodiscard]] std::uint64_t size() const { return said; }
    std::size_t read_at(std::uint64_t at, void* out, std::size_t size) const {
        largest = std::max(largest, size);
        if (at >= content.size()) return 0;
        return content.copy(static_cast<char*>(out), size, static_cast<std::size_t>(at));
    }
};

// A large body that repeats one small source.
inline http::body much(const file_like& source) {
    http::body all;
    for (int i = 0; i != 64; ++i) all.append(http::body::from(source));
    return all;
}

// A running check: makes transports and servers, and records failures.
class trial : public check_notes {
public:
    trial(const subject_factory& make, const conformance_options& o) : make_(make), options_(o) {}

    [[nodiscard]] const conformance_options& options() const { return options_; }

    // A new transport, without connections.
    [[nodiscard]] std::unique_ptr<conformance_subject> subject(const std::string& ca_file = {}) const {
        return make_(ca_file);
    }

    // A server that runs `p`, or that always replies with it if it is a string.
    template <class Part> raw_server serve(Part p, std::shared_ptr<const certificate> shown = {}) const {
        return raw_server(std::move(p), std::move(shown), options_.patience);
    }

    result<http::response> send(const http::request& r, const std::string& ca_file = {}) const {
        return subject(ca_file)->send(r);
    }

    // Sends two requests concurrently; a blocking transport gets a second one, on another thread.
    std::vector<result<http::response>> send_both(const stoppable_request& a,
                                                  const stoppable_request& b) const {
        const stoppable_request both[]{a, b};
        const auto first = subject();
        if (!first->blocks()) return first->send(both);
        const auto second = subject();
        auto other = std::async(std::launch::async, [&] { return second->send(b.what, b.stop); });
        auto answer = first->send(a.what, a.stop);
        return {std::move(answer), other.get()};
    }

    bool expect_answer(const result<http::response>& r, std::string_view what = "the request") {
        return expect(r.has_value(), std::string(what) + " failed: " + (r ? "" : r.error().code().message()));
    }

    bool expect_error(const result<http::response>& r, errc expected, std::string_view what = "the request") {
        const auto wanted = make_error_code(expected).message();
        if (r) return expect(false, std::string(what) + " succeeded; expected the error: " + wanted);
        return expect(r.error() == expected, std::string(what) + " failed with: " +
                                                 r.error().code().message() + "; expected: " + wanted);
    }

    // The only request received; any other number is a failure.
    received_request only_request(const raw_server& s) {
        auto all = s.requests();
        return expect_count(all.size(), 1) ? std::move(all.front()) : received_request();
    }

    bool expect_requests(const raw_server& s, std::size_t expected) {
        return expect_count(s.requests().size(), expected);
    }

private:
    bool expect_count(std::size_t count, std::size_t expected) {
        return expect(count == expected, "the server received " + std::to_string(count) +
                                             " requests; expected " + std::to_string(expected));
    }

    const subject_factory& make_;
    const conformance_options& options_;
};

// Calls `f` from another thread shortly after `flag` is set; not if this ends before that.
class afterwards {
public:
    template <class F>
    afterwards(const std::atomic<bool>& flag, F f)
        : thread_([this, &flag, f = std::move(f)] {
              const auto pause = [] { std::this_thread::sleep_for(std::chrono::milliseconds(1)); };
              while (!flag && !over_) pause();
              for (int i = 0; i != 20; ++i) pause();
              if (flag) f();
          }) {}
    ~afterwards() {
        over_ = true;
        thread_.join();
    }
    afterwards(const afterwards&) = delete;
    afterwards& operator=(const afterwards&) = delete;

private:
    std::atomic<bool> over_{};
    std::thread thread_;
};

}  // namespace detail

}  // namespace wxmp::inline v0_1::testing

#endif
