// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include "../../examples/sources/file.hpp"

#include <wxmp/client.hpp>
#include <wxmp/flow/upload.hpp>

#include <boost/test/unit_test.hpp>

#include "contents.hpp"
#include <string_view>
#include <utility>

BOOST_AUTO_TEST_SUITE(sources_file)

namespace {

using sources::file;
using wxmp_test::scratch_file;
using wxmp_test::some_bytes;

static_assert(wxmp::byte_source<file> && !wxmp::lending_source<file>);

BOOST_AUTO_TEST_CASE(reads_files_of_any_size_anywhere) {
    for (const std::size_t size : {0u, 1u, 4096u, 300'000u}) {
        const auto content = some_bytes(size);
        const scratch_file on_disk(content);
        const auto f = file::open(on_disk.path());
        BOOST_TEST_REQUIRE(f.has_value());
        wxmp_test::check_reads(*f, content);
    }
}

BOOST_AUTO_TEST_CASE(says_why_a_file_cannot_be_opened) {
    const scratch_file plain("x");
    wxmp_test::check_does_not_open<file>(plain.path().string() + ".not", "No such file or directory");
    wxmp_test::check_does_not_open<file>(plain.path() / "below", "Not a directory");
    BOOST_TEST(file::open(plain.path().parent_path()).has_error());
}

BOOST_AUTO_TEST_CASE(gives_less_of_a_file_that_has_shrunk_and_recovers) {
    const auto content = some_bytes(10'000);
    const scratch_file on_disk(content);
    const auto f = file::open(on_disk.path());
    BOOST_TEST_REQUIRE(f.has_value());
    wxmp_test::check_shrunk(*f, on_disk, content);
}

// Answers everything, and cuts the file when it is asked to open the upload or to take its third block.
struct cutting_transport {
    const scratch_file& on_disk;
    std::string_view when;
    wxmp::result<wxmp::http::response> send(const wxmp::http::request& r) const {
        if (r.safe_target.find(when) != r.safe_target.npos) on_disk.cut(10);
        return wxmp::http::response{200, {}, R"({"ret":0,"vid":"v","media_id":"m"})"};
    }
};

BOOST_AUTO_TEST_CASE(an_upload_of_a_file_that_shrinks_ends_in_an_error) {
    for (const std::string_view when : {"init_upload", "part_num=3"}) {
        const scratch_file on_disk(some_bytes(100'000));
        const auto f = file::open(on_disk.path());
        BOOST_TEST_REQUIRE(f.has_value());
        wxmp::upload_options how;
        how.block_size = 10'000;
        wxmp::upload flow("v.mp4", f->size(), {"t", "d", false}, {}, how);
        const auto r = wxmp::client(cutting_transport{on_disk, when}).run(std::move(flow), {.source = *f});
        BOOST_TEST_REQUIRE(r.has_error());
        BOOST_TEST((r.error() == wxmp::errc::source_failed));
    }
}

BOOST_AUTO_TEST_CASE(reads_beyond_four_gib) {
    const scratch_file on_disk("");
    on_disk.cut((std::uint64_t{1} << 32) + 3);  // sparse
    {
        std::fstream out(on_disk.path(), std::ios::binary | std::ios::in | std::ios::out);
        out.seekp(std::streamoff{1} << 32) << "end";
    }
    const auto f = file::open(on_disk.path());
    BOOST_TEST_REQUIRE(f.has_value());
    BOOST_TEST(f->size() == (std::uint64_t{1} << 32) + 3);
    BOOST_TEST(wxmp_test::read(*f, std::uint64_t{1} << 32, 9) == "end");
}

}  // namespace

BOOST_AUTO_TEST_SUITE_END()
