// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// The library's side of multipart_interop:
//
//     multipart_dump write SEED OUT PART...   writes a form's body to OUT, prints its content type
//         PART: text NAME VALUE TYPE | file NAME FILENAME PATH TYPE     SEED: the random number, in hex
//     multipart_dump read TYPE IN             prints the parts of the body in IN, in hex:
//         name filename type content, one part a line; - stands for no filename
//     multipart_dump heap                     prints the bytes that a form with a file of 10 MiB allocates
#include <wxmp/codec/multipart_reader.hpp>
#include <wxmp/codec/multipart_writer.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <list>
#include <new>
#include <string>
#include <string_view>
#include <utility>

namespace {

std::size_t allocated = 0;

}  // namespace

// Inlined, g++ takes them for a new and a free that do not belong together.
[[gnu::noinline]] void* operator new(std::size_t size) {
    allocated += size;
    if (void* const memory = std::malloc(size)) return memory;
    throw std::bad_alloc();
}
[[gnu::noinline]] void operator delete(void* memory) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

namespace {

std::string bytes_of(const char* path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::string hex(std::string_view bytes) {
    std::string text;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        (text += "0123456789abcdef"[byte >> 4]) += "0123456789abcdef"[byte & 15];
    }
    return text;
}

int failed(const wxmp::error& e) {
    std::cerr << e.message() << '\n';
    return 1;
}

int write(std::uint64_t seed, const char* out, const char* const* argument) {
    wxmp::form_data form;
    std::list<std::string> files;  // borrowed by the form
    while (*argument) {
        const std::string_view kind = *argument++;
        const std::string name = *argument++;
        const std::string text = *argument++;
        if (kind == "file") files.push_back(bytes_of(*argument++));
        const std::string type = *argument++;
        if (kind == "file") form.add_file(name, {text, wxmp::http::body::borrow(files.back()), type});
        else form.add_text(name, text, type);
    }
    const auto encoded = form.encode([=] { return seed; });
    if (!encoded) return failed(encoded.error());
    std::ofstream(out, std::ios::binary) << encoded->body.text();
    std::cout << encoded->content_type << '\n';
    return 0;
}

int read(std::string_view type, const char* in) {
    const auto body = bytes_of(in);
    const auto parts = wxmp::read_form(type, body);
    if (!parts) return failed(parts.error());
    for (const auto& p : *parts)
        std::cout << hex(p.name) << ' ' << (p.filename ? hex(*p.filename) : "-") << ' ' << hex(p.content_type)
                  << ' ' << hex(p.data) << '\n';
    return 0;
}

int heap() {
    const std::string bytes(10u << 20, 'b');
    const wxmp::http::file file{"a.jpg", wxmp::http::body::borrow(bytes)};
    const auto before = allocated;
    const auto encoded = wxmp::form_data().add_file("media", file).encode([] { return std::uint64_t{1}; });
    std::cout << allocated - before << '\n';
    return encoded ? 0 : failed(encoded.error());
}

}  // namespace

int main(int argc, char** argv) {
    const std::string_view command = argc > 1 ? argv[1] : "";
    if (command == "write" && argc >= 4) return write(std::stoull(argv[2], nullptr, 16), argv[3], argv + 4);
    if (command == "read" && argc == 4) return read(argv[2], argv[3]);
    if (command == "heap") return heap();
    std::cerr << "see the head of multipart_dump.cpp\n";
    return 2;
}
