// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// Which addresses of the Internet are those of anybody, and not of this machine or network.
#ifndef WXMP_EXAMPLES_WXMP_PUBLIC_ADDRESS_HPP
#define WXMP_EXAMPLES_WXMP_PUBLIC_ADDRESS_HPP

#include <array>
#include <cstddef>
#include <cstdint>
#include <sys/socket.h>

namespace tool {

/// Whether an IPv4 address, in the order of the machine, is public by the registry of special addresses: not
/// private, of this machine, shared, link-local, multicast, reserved or for documents.
bool is_public_address(std::uint32_t ipv4);

/// The same of an IPv6 address. One that stands for an IPv4 address (mapped, NAT64, 6to4) is as public as it.
bool is_public_address(const std::array<std::uint8_t, 16>& ipv6);

/// The same of an address to connect to. False of any other family.
bool is_public_address(const sockaddr& address, std::size_t size);

}  // namespace tool

#endif
