// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TESTS_SOURCES_CONTENTS_HPP
#define WXMP_TESTS_SOURCES_CONTENTS_HPP

#include <wxmp/data/source.hpp>

#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <unistd.h>

namespace wxmp_test {

/// A file that lives as long as this.
class scratch_file {
public:
    explicit scratch_file(std::string_view content) { write(content); }
    ~scratch_file() { std::filesystem::remove(path_); }
    scratch_file(const scratch_file&) = delete;
    scratch_file& operator=(const scratch_file&) = delete;

    const std::filesystem::path& path() const { return path_; }
    void write(std::string_view content) const { std::ofstream(path_, std::ios::binary) << content; }
    void cut(std::uint64_t size) const { std::filesystem::resize_file(path_, size); }

private:
    static inline int made_ = 0;
    std::filesystem::path path_ =
        std::filesystem::temp_directory_path() /
        ("wxmp " + std::to_string(::getpid()) + ' ' + std::to_string(made_++) + ".bin");
};

inline std::string some_bytes(std::size_t size) {
    std::string s(size, '\0');
    std::uint32_t x = 1;
    for (auto& c : s) c = static_cast<char>((x = x * 1664525 + 1013904223) >> 24);
    return s;
}

inline std::string read(wxmp::byte_source_ref s, std::uint64_t offset, std::size_t size) {
    std::string out(size, '?');
    out.resize(s.read_at(offset, out.data(), size));
    return out;
}

/// Checks that an open file of 10,000 bytes, which is then cut, gives only what is there.
inline void check_shrunk(wxmp::byte_source_ref s, const scratch_file& on_disk, const std::string& content) {
    on_disk.cut(5'000);
    BOOST_TEST((read(s, 0, 10'000) == content.substr(0, 5'000)));
    BOOST_TEST(read(s, 6'000, 10).empty());
    BOOST_TEST((read(s, 10, 10) == content.substr(10, 10)));
    BOOST_TEST(s.size() == 10'000u);
}

/// Checks that a source gives these bytes, wherever it is read, as often as it is, and none after the end.
inline void check_reads(wxmp::byte_source_ref s, const std::string& content) {
    BOOST_TEST(s.size() == content.size());
    for (const std::size_t size :
         {std::size_t{0}, std::size_t{1}, std::size_t{4095}, std::size_t{4097}, content.size() + 1})
        for (const std::size_t at :
             {content.size(), content.size() / 2, std::size_t{0}, content.size() + 1, std::size_t{1}}) {
            const auto expected = at < content.size() ? content.substr(at, size) : std::string();
            BOOST_TEST((read(s, at, size) == expected), "offset " << at << ", size " << size);
            if (s.lends())
                BOOST_TEST((s.lend(at, size) == expected), "lent from " << at << ", size " << size);
        }
    BOOST_TEST(read(s, std::uint64_t{1} << 40, 1).empty());
}

/// Checks that a file that cannot be opened is an error that names it and says why.
template <class Source> void check_does_not_open(const std::filesystem::path& path, std::string_view why) {
    const auto s = Source::open(path);
    BOOST_TEST_REQUIRE(s.has_error());
    BOOST_TEST((s.error() == wxmp::errc::source_failed));
    BOOST_TEST(s.error().detail() == path.string() + ": " + std::string(why));
}

}  // namespace wxmp_test

#endif
