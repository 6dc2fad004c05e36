// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// A file of 10 MB as multipart/form-data: put together, and sent to a process that reads it. The time is the client's.
#include <wxmp/api/media/upload.hpp>
#include <wxmp/operation/prepare.hpp>

#include "harness.hpp"
#include <arpa/inet.h>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <curl/curl.h>
#include <examples/transports/curl.hpp>
#include <netinet/in.h>
#include <span>
#include <string>
#include <string_view>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>
#include <vector>

namespace {

using wxmp_bench::keep;

constexpr std::size_t file_size = 10'000'000;
constexpr std::string_view answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";

[[noreturn]] void fail(const char* what) {
    std::perror(what);
    std::exit(1);
}

// Reads requests and answers each, until the client has gone.
void serve(int client) {
    std::vector<char> buffer(1 << 20);
    std::string head;
    std::size_t body = 0;
    for (;;) {
        const auto got = ::read(client, buffer.data(), buffer.size());
        if (got <= 0) return;
        auto size = static_cast<std::size_t>(got);
        if (body == 0) {
            head.append(buffer.data(), size);
            const auto end = head.find("\r\n\r\n");
            if (end == head.npos) continue;
            body = std::strtoull(head.c_str() + head.find("Content-Length: ") + 16, nullptr, 10);
            size = head.size() - (end + 4);
            head.clear();
        }
        body -= size;
        if (body == 0 && ::write(client, answer.data(), answer.size()) < 0) return;
    }
}

// A process of its own, so that its work is not counted. Its port.
int start_server() {
    const int listener = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in at{};
    at.sin_family = AF_INET;
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof at;
    auto* const address = reinterpret_cast<sockaddr*>(&at);
    if (::bind(listener, address, size) != 0 || ::listen(listener, 8) != 0) fail("listen");
    if (::getsockname(listener, address, &size) != 0) fail("getsockname");
    if (::fork() == 0) {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        for (;;) {
            const int client = ::accept(listener, nullptr, nullptr);
            if (client < 0) _exit(1);
            if (::fork() == 0) {
                ::prctl(PR_SET_PDEATHSIG, SIGKILL);
                serve(client);
                _exit(0);
            }
            ::close(client);
        }
    }
    ::close(listener);
    return ntohs(at.sin_port);
}

// libcurl's own forms.
class form_by_curl {
public:
    form_by_curl(std::string url, const std::string& file) : url_(std::move(url)), file_(file) {}
    ~form_by_curl() { curl_easy_cleanup(easy_); }
    form_by_curl(const form_by_curl&) = delete;
    form_by_curl& operator=(const form_by_curl&) = delete;

    void send(bool copies) {
        curl_easy_reset(easy_);
        auto* const form = curl_mime_init(easy_);
        auto* const part = curl_mime_addpart(form);
        curl_mime_name(part, "media");
        curl_mime_filename(part, "a.jpg");
        curl_mime_type(part, "image/jpeg");
        at_ = 0;
        if (copies) curl_mime_data(part, file_.data(), file_.size());
        else curl_mime_data_cb(part, static_cast<curl_off_t>(file_.size()), &read, &seek, nullptr, this);
        curl_easy_setopt(easy_, CURLOPT_URL, url_.c_str());
        curl_easy_setopt(easy_, CURLOPT_MIMEPOST, form);
        auto* const no_expect = curl_slist_append(nullptr, "Expect:");
        curl_easy_setopt(easy_, CURLOPT_HTTPHEADER, no_expect);
        curl_easy_setopt(easy_, CURLOPT_WRITEFUNCTION, &drop);
        if (curl_easy_perform(easy_) != CURLE_OK) fail("libcurl");
        curl_slist_free_all(no_expect);
        curl_mime_free(form);
    }

private:
    static std::size_t read(char* to, std::size_t, std::size_t size, void* self) {
        auto& m = *static_cast<form_by_curl*>(self);
        size = std::min(size, m.file_.size() - m.at_);
        std::memcpy(to, m.file_.data() + m.at_, size);
        m.at_ += size;
        return size;
    }
    static int seek(void* self, curl_off_t offset, int) {
        static_cast<form_by_curl*>(self)->at_ = static_cast<std::size_t>(offset);
        return CURL_SEEKFUNC_OK;
    }
    static std::size_t drop(char*, std::size_t, std::size_t size, void*) { return size; }

    CURL* easy_ = curl_easy_init();
    std::string url_;
    const std::string& file_;
    std::size_t at_ = 0;
};

// The pieces of a body as they are, by a socket of one's own that stays open.
class sender_by_writev {
public:
    explicit sender_by_writev(int port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in at{};
        at.sin_family = AF_INET;
        at.sin_port = htons(static_cast<std::uint16_t>(port));
        at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (::connect(socket_, reinterpret_cast<sockaddr*>(&at), sizeof at) != 0) fail("connect");
    }
    ~sender_by_writev() { ::close(socket_); }
    sender_by_writev(const sender_by_writev&) = delete;
    sender_by_writev& operator=(const sender_by_writev&) = delete;

    void send(const wxmp::http::request& request) {
        std::string head = "POST " + request.target.reveal() + " HTTP/1.1\r\nHost: " + request.host + "\r\n";
        for (const auto& [name, value] : request.headers) head += name + ": " + value + "\r\n";
        head += "Content-Length: " + std::to_string(request.body.size()) + "\r\n\r\n";
        std::vector<iovec> pieces{piece(head)};
        for (const auto& p : request.body.pieces()) pieces.push_back(piece(p.bytes()));
        write_all(pieces);
        char buffer[256];
        if (::read(socket_, buffer, sizeof buffer) <= 0) fail("read");
    }

private:
    static iovec piece(std::string_view bytes) { return {const_cast<char*>(bytes.data()), bytes.size()}; }

    void write_all(std::span<iovec> left) {
        while (!left.empty()) {
            const auto done = ::writev(socket_, left.data(), static_cast<int>(left.size()));
            if (done < 0) fail("writev");
            auto size = static_cast<std::size_t>(done);
            for (; !left.empty() && size >= left.front().iov_len; left = left.subspan(1))
                size -= left.front().iov_len;
            if (size == 0) continue;
            left.front().iov_base = static_cast<char*>(left.front().iov_base) + size;
            left.front().iov_len -= size;
        }
    }

    int socket_;
};

wxmp::http::request upload_of(const std::string& file, const wxmp::options& o) {
    wxmp::media::upload op{wxmp::media_type::image, {"a.jpg", wxmp::http::body::borrow(file)}};
    auto request = wxmp::prepare(std::move(op), o);
    if (!request) std::puts(request.error().message().c_str()), std::exit(1);
    return *std::move(request);
}

}  // namespace

int main(int argc, char** argv) {
    std::signal(SIGPIPE, SIG_IGN);
    const int port = start_server();
    const auto host = "127.0.0.1:" + std::to_string(port);
    const std::string file(file_size, 'x');
    wxmp::options o;
    o.scheme = "http";
    o.host = host;

    wxmp_bench::harness bench(argc, argv);
    form_by_curl mime("http://" + host + "/", file);
    transports::curl transport;
    bench.add("send a form of 10 MB", "libcurl, mime_data_cb", file_size, [&] { mime.send(false); });
    bench.add("send a form of 10 MB", "libcurl, mime_data", file_size, [&] { mime.send(true); });
    bench.add("send a form of 10 MB", "wxmp over libcurl", file_size, [&] {
        if (!transport.send(upload_of(file, o))) fail("wxmp");
    });
    sender_by_writev own(port);
    bench.add("send a form of 10 MB", "wxmp by writev", file_size, [&] { own.send(upload_of(file, o)); });
    bench.add("put a form of 10 MB together", "wxmp, borrowed", file_size, [&] { keep(upload_of(file, o)); });
    bench.add("put a form of 10 MB together", "into one string", file_size, [&] {
        std::string body =
            "--boundary\r\nContent-Disposition: form-data; name=\"media\"; filename=\"a.jpg\"\r\n\r\n";
        body += file;
        body += "\r\n--boundary--\r\n";
        keep(body);
    });
    return bench.run();
}
