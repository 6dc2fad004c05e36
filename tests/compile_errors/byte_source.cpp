#include <wxmp/client.hpp>
#include <wxmp/data/body.hpp>

#include <cstddef>
#include <cstdint>
#include <fstream>
#include <string>
#include <vector>

using namespace wxmp;

struct right {
    std::uint64_t size() const;
    std::size_t read_at(std::uint64_t offset, void* out, std::size_t size) const;
};
static_assert(byte_source<right> && !byte_source<std::string> && !byte_source<int>);
http::body whole(const right& s) { return http::body::from(s); }

struct makes_a_reference {
    operator byte_source_ref() const;
};
http::body whole(const makes_a_reference& s) { return http::body::from(s); }

// error TEXT: a string is no byte source: borrow its bytes by a `memory_source`
#ifdef TEXT
http::body whole(const std::string& s) { return http::body::from(s); }
#endif

// error LITERAL: a string is no byte source: borrow its bytes by a `memory_source`
#ifdef LITERAL
const run_options how{.source = "bytes"};
#endif

// error NO_SIZE: this type is no byte source: it has no `std::uint64_t size() const`
#ifdef NO_SIZE
run_options reads(std::ifstream& s) { return {.source = s}; }
#endif

// error NO_READ_AT: this type is no byte source: it has no `std::size_t read_at(std::uint64_t offset, void* out, std::size_t size) const`
#ifdef NO_READ_AT
run_options reads(std::vector<int>& s) { return {.source = s}; }
#endif

// error NOT_CONST: this type is no byte source: its members are not `std::uint64_t size() const`
#ifdef NOT_CONST
struct wrong {
    std::uint64_t size();
    std::size_t read_at(std::uint64_t offset, void* out, std::size_t size);
};
run_options reads(wrong& s) { return {.source = s}; }
#endif
