// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// Makes calls that are answered by a file of 10 MB, through all policies, over transports that hand over what
// they have. Prints how many bytes each of them took of the heap at most, one `name bytes` a line.
#include <wxmp/api/auth/stable_token.hpp>
#include <wxmp/api/material/get_material.hpp>
#include <wxmp/api/media/get.hpp>
#include <wxmp/client.hpp>
#include <wxmp/transport/memory_token_store.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <malloc.h>
#include <new>
#include <string>
#include <utility>

namespace {

std::size_t in_use = 0, most = 0;

void* allocate(std::size_t size) {
    void* p = std::malloc(std::max<std::size_t>(size, 1));
    if (!p) throw std::bad_alloc();
    most = std::max(most, in_use += ::malloc_usable_size(p));
    return p;
}

void release(void* p) noexcept {
    if (p) in_use -= ::malloc_usable_size(p);
    std::free(p);
}

}  // namespace

void* operator new(std::size_t size) { return allocate(size); }
void* operator new[](std::size_t size) { return allocate(size); }
void operator delete(void* p) noexcept { release(p); }
void operator delete[](void* p) noexcept { release(p); }
void operator delete(void* p, std::size_t) noexcept { release(p); }
void operator delete[](void* p, std::size_t) noexcept { release(p); }

namespace {

constexpr std::size_t file_size = 10'000'000;

wxmp::http::response respond(const wxmp::http::request& r) {
    if (r.safe_target.starts_with("/cgi-bin/stable_token"))
        return {200, {}, R"({"access_token":"CANARY-token","expires_in":7200})"};
    return {200, {{"Content-Type", "image/jpeg"}}, std::string(file_size, '\xff')};
}

struct blocking {
    wxmp::result<wxmp::http::response> send(const wxmp::http::request& r) { return respond(r); }
};

struct calling_back {
    template <class Handler> void send(const wxmp::http::request& r, Handler h) { h(respond(r)); }
};

template <class Op> auto ask(auto& client) {
    if constexpr (requires { client(Op{"m"}); }) return client(Op{"m"});
    else {
        wxmp::result<typename Op::response> r = wxmp::error(wxmp::errc::unexpected_event);
        client(Op{"m"}, [&r](auto answer) { r = std::move(answer); });
        return r;
    }
}

// Whether the file came out.
template <class Op> bool measure(const char* name, auto& client) {
    const auto before = in_use;
    most = before;
    const auto r = ask<Op>(client);
    std::printf("%s %zu\n", name, most - before);
    return r && r->file && r->file->bytes.size() == file_size && r->file->bytes.back() == '\xff';
}

template <class Transport> bool measure_style(const char* get, const char* get_material) {
    wxmp::memory_token_store store;
    wxmp::client client(
        Transport(), wxmp::options(),
        wxmp::token_policy(store, wxmp::auth::stable_token{.appid = "wx1", .secret = wxmp::secret()}),
        wxmp::retry_policy(), wxmp::failover_policy({"api2.weixin.qq.com"}));
    ask<wxmp::media::get>(client).value();  // gets the token too
    return measure<wxmp::media::get>(get, client) &&
           measure<wxmp::material::get_material>(get_material, client);
}

}  // namespace

int main() {
    const bool is_right =
        measure_style<blocking>("media::get", "material::get_material") &&
        measure_style<calling_back>("media::get_with_callback", "material::get_material_with_callback");
    return is_right ? 0 : 1;
}
