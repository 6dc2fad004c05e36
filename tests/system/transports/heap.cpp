// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// Counts what is allocated, by standing in for glibc's malloc, and so for operator new too.
#include "heap.hpp"

#include <wxmp/testing/transport_conformance/raw_server.hpp>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <malloc.h>
#include <sys/wait.h>

extern "C" {
void* __libc_malloc(std::size_t);
void* __libc_calloc(std::size_t, std::size_t);
void* __libc_realloc(void*, std::size_t);
void* __libc_memalign(std::size_t, std::size_t);
void __libc_free(void*);
}

namespace {

std::atomic<std::int64_t> in_use, most;

void* count(void* p) noexcept {
    if (!p) return p;
    const auto now = in_use += static_cast<std::int64_t>(::malloc_usable_size(p));
    for (auto before = most.load(); before < now && !most.compare_exchange_weak(before, now);) {
    }
    return p;
}

void uncount(void* p) noexcept {
    if (p) in_use -= static_cast<std::int64_t>(::malloc_usable_size(p));
}

}  // namespace

extern "C" {
void* malloc(std::size_t n) noexcept { return count(__libc_malloc(n)); }
void* calloc(std::size_t n, std::size_t size) noexcept { return count(__libc_calloc(n, size)); }
void* memalign(std::size_t a, std::size_t n) noexcept { return count(__libc_memalign(a, n)); }
void* aligned_alloc(std::size_t a, std::size_t n) noexcept { return count(__libc_memalign(a, n)); }
int posix_memalign(void** p, std::size_t a, std::size_t n) noexcept {
    return (*p = count(__libc_memalign(a, n))) ? 0 : ENOMEM;
}
void* realloc(void* p, std::size_t n) noexcept {
    uncount(p);
    return count(__libc_realloc(p, n));
}
void free(void* p) noexcept {
    uncount(p);
    __libc_free(p);
}
}

namespace {

constexpr std::size_t upload = 10'000'000;

// Its bytes follow from their place.
struct computed {
    [[nodiscard]] std::uint64_t size() const { return upload; }
    std::size_t read_at(std::uint64_t at, void* out, std::size_t size) const {
        auto* to = static_cast<char*>(out);
        for (std::size_t i = 0; i != size; ++i) to[i] = static_cast<char>((at + i) * 2'654'435'761u >> 13);
        return size;
    }
};

// Serves in a process of its own until that is told to end; 200 if the body is what it should be.
class other_process {
public:
    other_process() {
        int ends[2];
        if (::pipe(ends) != 0) throw std::runtime_error("no pipe");
        child_ = ::fork();
        if (child_ == 0) serve(ends[1]);
        ::close(ends[1]);
        char host[32]{};
        if (::read(ends[0], host, sizeof host - 1) > 0) host_ = host;
        ::close(ends[0]);
    }
    ~other_process() {
        ::kill(child_, SIGKILL);
        ::waitpid(child_, nullptr, 0);
    }
    other_process(const other_process&) = delete;
    other_process& operator=(const other_process&) = delete;

    [[nodiscard]] const std::string& host() const { return host_; }

private:
    [[noreturn]] static void serve(int told) {
        std::string expected(upload, '\0');
        computed().read_at(0, expected.data(), upload);
        wxmp::testing::raw_server server([&](wxmp::testing::peer& p, wxmp::testing::raw_server&) {
            for (auto r = p.read_request(); !r.head.empty(); r = p.read_request())
                p.send(r.body.size() < 10 || r.body == expected
                           ? "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
                           : "HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n");
        });
        const auto host = server.host();
        if (::write(told, host.data(), host.size()) > 0) ::close(told);
        for (;;) ::pause();
    }

    pid_t child_{};
    std::string host_;
};

bool measure(wxmp::testing::conformance_subject& s, const char* name, const std::string& host,
             wxmp::http::body body) {
    wxmp::http::request r;
    r.verb = wxmp::method::post;
    r.scheme = "http", r.host = host, r.target = wxmp::secret("/"), r.safe_target = "/";
    r.timeout = std::chrono::seconds(60);
    r.body = std::string("x");
    if (!s.send(r)) return false;  // so that what is made once is there
    r.body = std::move(body);
    const auto before = in_use.load();
    most = before;
    const auto answer = s.send(r);
    const auto grown = most - before;
    std::printf("%s %lld\n", name, static_cast<long long>((grown + 1023) / 1024));
    return answer && answer->status == 200;
}

}  // namespace

namespace wxmp_test {

bool measure_heap(const wxmp::testing::subject_factory& make) {
    const other_process server;
    const computed source;
    std::string bytes(upload, '\0');
    source.read_at(0, bytes.data(), upload);
    // One after the other, as the server takes one connection at a time.
    const bool is_right = measure(*make({}), "borrowed", server.host(), wxmp::http::body::borrow(bytes));
    return measure(*make({}), "sliced", server.host(), wxmp::http::body::from(source)) && is_right;
}

}  // namespace wxmp_test
