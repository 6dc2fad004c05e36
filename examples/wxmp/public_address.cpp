// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include "public_address.hpp"

#include <algorithm>
#include <cstring>
#include <netinet/in.h>
#include <span>

namespace tool {

namespace {

using ipv6_bytes = std::array<std::uint8_t, 16>;

struct ipv4_range {
    std::uint32_t first;
    int bits;
};

constexpr ipv4_range special_ipv4[] = {
    {0x00000000, 8},   // this network
    {0x0a000000, 8},   // private
    {0x64400000, 10},  // shared by the customers of a provider
    {0x7f000000, 8},   // this machine
    {0xa9fe0000, 16},  // link-local
    {0xac100000, 12},  // private
    {0xc0000000, 24},  // protocols
    {0xc0000200, 24},  // documents
    {0xc0586300, 24},  // relays of 6to4
    {0xc0a80000, 16},  // private
    {0xc6120000, 15},  // benchmarks
    {0xc6336400, 24},  // documents
    {0xcb007100, 24},  // documents
    {0xe0000000, 4},   // multicast
    {0xf0000000, 4},   // reserved, and broadcast
};

struct ipv6_range {
    ipv6_bytes first;
    std::size_t bits;
};

// Public ones begin with the bits 001.
constexpr ipv6_range global_ipv6{{0x20}, 3};
constexpr ipv6_range special_ipv6[] = {
    {{0x20, 0x01}, 23},              // protocols, and Teredo
    {{0x20, 0x01, 0x0d, 0xb8}, 32},  // documents
    {{0x3f, 0xff}, 20},              // documents
};

// Those that stand for an IPv4 address, and where that is.
struct ipv4_within {
    ipv6_range range;
    std::size_t at;
};
constexpr ipv4_within embedded_ipv4[] = {
    {{{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff}, 96}, 12},  // mapped
    {{{0x00, 0x64, 0xff, 0x9b}, 96}, 12},                    // NAT64
    {{{0x20, 0x02}, 16}, 2},                                 // 6to4
};

bool is_in(const ipv6_bytes& address, const ipv6_range& range) {
    const auto whole = range.bits / 8;
    const auto rest = range.bits % 8;
    if (!std::equal(address.begin(), address.begin() + static_cast<std::ptrdiff_t>(whole),
                    range.first.begin()))
        return false;
    return rest == 0 || ((address[whole] ^ range.first[whole]) >> (8 - rest)) == 0;
}

std::uint32_t number_of(std::span<const std::uint8_t, 4> bytes) {
    std::uint32_t n = 0;
    for (const auto byte : bytes) n = n << 8 | byte;
    return n;
}

}  // namespace

bool is_public_address(std::uint32_t ipv4) {
    return std::none_of(std::begin(special_ipv4), std::end(special_ipv4),
                        [ipv4](const ipv4_range& r) { return (ipv4 ^ r.first) >> (32 - r.bits) == 0; });
}

bool is_public_address(const ipv6_bytes& ipv6) {
    for (const auto& t : embedded_ipv4)
        if (is_in(ipv6, t.range))
            return is_public_address(number_of(std::span<const std::uint8_t, 4>(ipv6.data() + t.at, 4)));
    return is_in(ipv6, global_ipv6) && std::none_of(std::begin(special_ipv6), std::end(special_ipv6),
                                                    [&ipv6](const ipv6_range& r) { return is_in(ipv6, r); });
}

bool is_public_address(const sockaddr& address, std::size_t size) {
    if (address.sa_family == AF_INET && size >= sizeof(sockaddr_in)) {
        sockaddr_in in{};
        std::memcpy(&in, &address, sizeof in);
        return is_public_address(ntohl(in.sin_addr.s_addr));
    }
    if (address.sa_family != AF_INET6 || size < sizeof(sockaddr_in6)) return false;
    sockaddr_in6 in{};
    std::memcpy(&in, &address, sizeof in);
    ipv6_bytes bytes{};
    std::copy(std::begin(in.sin6_addr.s6_addr), std::end(in.sin6_addr.s6_addr), bytes.begin());
    return is_public_address(bytes);
}

}  // namespace tool
