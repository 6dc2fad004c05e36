// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// The upload of upload.cpp by libcurl alone, one block at a time, for upload_cost: what the service asks for and no
// more. It neither notices a file that changes meanwhile, nor sends anything again, nor can be resumed. Hashed by
// OpenSSL, or by wxmp in one pass: then it takes the least that the upload can take over libcurl.
//
//     wxmp_bench_upload_by_hand HOST FILE openssl|wxmp
#include <wxmp/data/file_digest.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <curl/curl.h>
#include <fstream>
#include <memory>
#include <openssl/evp.h>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace {

constexpr std::size_t block_size = 1 << 20;

[[noreturn]] void give_up(const char* what) {
    std::fprintf(stderr, "%s\n", what);
    std::exit(1);
}

class sha1 {
public:
    sha1() { EVP_DigestInit_ex(context_.get(), EVP_sha1(), nullptr); }
    void update(const std::string& bytes) { EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()); }
    std::string hex() {
        unsigned char digest[EVP_MAX_MD_SIZE];
        unsigned size = 0;
        EVP_DigestFinal_ex(context_.get(), digest, &size);
        std::string text;
        for (unsigned i = 0; i != size; ++i) {
            text += "0123456789abcdef"[digest[i] / 16];
            text += "0123456789abcdef"[digest[i] % 16];
        }
        return text;
    }

private:
    std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context_{EVP_MD_CTX_new(), EVP_MD_CTX_free};
};

// With one handle, which keeps its connection.
class service {
public:
    explicit service(const std::string& host) : url_("http://" + host + "/cgi-bin/material/upload_video") {
        set(CURLOPT_WRITEFUNCTION, &service::take);
        set(CURLOPT_WRITEDATA, this);
        set(CURLOPT_UPLOAD_BUFFERSIZE, 256L << 10);  // as the adapter does: it spares CPU time
        headers_.reset(curl_slist_append(curl_slist_append(nullptr, "Content-Type:"), "Expect:"));
        set(CURLOPT_HTTPHEADER, headers_.get());
    }

    void call(const std::string& query, const std::string& body) {
        answer_.clear();
        set(CURLOPT_URL, (url_ + "?access_token=TOKEN&action=" + query).c_str());
        set(CURLOPT_POSTFIELDS, body.data());
        set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
        if (curl_easy_perform(easy_.get()) != CURLE_OK) give_up("libcurl");
        if (answer_.find("\"ret\":0") == std::string::npos) give_up(answer_.c_str());
    }

private:
    template <class T> void set(CURLoption option, T value) {
        if (curl_easy_setopt(easy_.get(), option, value) != CURLE_OK) give_up("libcurl");
    }
    static std::size_t take(const char* bytes, std::size_t, std::size_t size, void* self) {
        static_cast<service*>(self)->answer_.append(bytes, size);
        return size;
    }

    std::string url_;
    std::string answer_;
    std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> headers_{nullptr, curl_slist_free_all};
    std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> easy_{curl_easy_init(), curl_easy_cleanup};
};

class blocks {
public:
    explicit blocks(const char* path) : in_(path, std::ios::binary) {}

    // The next one, in a buffer that is used again; empty at the end.
    const std::string& next() {
        buffer_.resize(block_size);
        in_.read(buffer_.data(), block_size);
        buffer_.resize(static_cast<std::size_t>(in_.gcount()));
        return buffer_;
    }

private:
    std::ifstream in_;
    std::string buffer_;
};

struct digests {
    std::string file;
    std::vector<std::string> of_blocks;
    std::uint64_t size{};
};

digests by_openssl(const char* path) {
    digests d;
    sha1 whole;
    blocks all(path);
    while (true) {
        const auto& bytes = all.next();
        if (bytes.empty()) break;
        whole.update(bytes);
        sha1 block;
        block.update(bytes);
        d.of_blocks.push_back(block.hex());
        d.size += bytes.size();
    }
    d.file = whole.hex();
    return d;
}

digests by_wxmp(const char* path) {
    wxmp::block_hasher hasher(block_size);
    blocks all(path);
    while (true) {
        const auto& bytes = all.next();
        if (bytes.empty()) break;
        hasher.update(std::as_bytes(std::span(bytes)));
    }
    const auto found = hasher.digest();
    digests d{.file = found.file.hex(), .of_blocks = {}, .size = hasher.size()};
    for (const auto& block : found.blocks) d.of_blocks.push_back(block.hex());
    return d;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 4) return 2;
    const auto d = std::string_view(argv[3]) == "wxmp" ? by_wxmp(argv[2]) : by_openssl(argv[2]);
    service s(argv[1]);
    s.call("init_upload", R"({"filename":"waves.mp4","filesha":")" + d.file + R"(","filesize":)" +
                              std::to_string(d.size) + "}");
    blocks all(argv[2]);
    for (std::size_t i = 0; i != d.of_blocks.size(); ++i)
        s.call("upload_block&vid=wxv_1&part_sha=" + d.of_blocks[i] + "&part_num=" + std::to_string(i + 1),
               all.next());
    s.call("upload_finish&vid=wxv_1", "");
    s.call("save_video", R"({"vid":"wxv_1","title":"Waves","video_desc":"At noon","declare_ori":true})");
}
