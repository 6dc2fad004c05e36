// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include "../../examples/sources/mapped_file.hpp"

#include <wxmp/flow/upload.hpp>
#include <wxmp/transport/drive.hpp>

#include <boost/test/unit_test.hpp>

#include "contents.hpp"
#include <utility>

namespace {

using sources::mapped_file;
using wxmp_test::scratch_file;
using wxmp_test::some_bytes;

static_assert(wxmp::lending_source<mapped_file>);

BOOST_AUTO_TEST_SUITE(sources_mapped_file)

BOOST_AUTO_TEST_CASE(reads_and_lends_files_of_any_size_anywhere) {
    for (const std::size_t size : {0u, 1u, 4096u, 300'000u}) {
        const auto content = some_bytes(size);
        const scratch_file on_disk(content);
        const auto f = mapped_file::open(on_disk.path());
        BOOST_TEST_REQUIRE(f.has_value());
        wxmp_test::check_reads(*f, content);
    }
}

BOOST_AUTO_TEST_CASE(lends_where_the_bytes_are) {
    const scratch_file on_disk(some_bytes(10'000));
    const auto f = mapped_file::open(on_disk.path());
    BOOST_TEST_REQUIRE(f.has_value());
    BOOST_TEST((f->lend(0, 10).data() + 5'000 == f->lend(5'000, 10).data()));
}

BOOST_AUTO_TEST_CASE(says_why_a_file_cannot_be_opened) {
    const scratch_file plain("x");
    wxmp_test::check_does_not_open<mapped_file>(plain.path().string() + ".not", "No such file or directory");
    wxmp_test::check_does_not_open<mapped_file>(plain.path() / "below", "Not a directory");
    BOOST_TEST(mapped_file::open(plain.path().parent_path()).has_error());
}

BOOST_AUTO_TEST_CASE(stays_valid_when_it_is_moved) {
    const auto content = some_bytes(5'000);
    const scratch_file on_disk(content);
    auto first = mapped_file::open(on_disk.path());
    BOOST_TEST_REQUIRE(first.has_value());
    const auto lent = first->lend(0, 5'000);
    const mapped_file second(*std::move(first));
    BOOST_TEST((lent == content));
    wxmp_test::check_reads(second, content);
}

// Not even the bytes that are still there: nobody wants half a video.
BOOST_AUTO_TEST_CASE(lends_nothing_of_a_file_that_has_shrunk) {
    const auto content = some_bytes(100'000);
    const scratch_file on_disk(content);
    const auto f = mapped_file::open(on_disk.path());
    BOOST_TEST_REQUIRE(f.has_value());
    for (const std::uint64_t left : {99'999u, 50'000u, 0u}) {
        on_disk.cut(left);
        BOOST_TEST(f->lend(0, 10).empty());
        BOOST_TEST(f->lend(99'990, 10).empty());
        BOOST_TEST(wxmp_test::read(*f, 60'000, 10).empty());
        BOOST_TEST(f->size() == 100'000u);
    }
}

// Answers everything, and cuts the file when it is asked to open the upload.
struct cutting_transport {
    const scratch_file& on_disk;
    wxmp::result<wxmp::http::response> send(const wxmp::http::request& r) const {
        if (r.safe_target.find("init_upload") != r.safe_target.npos) on_disk.cut(10);
        return wxmp::http::response{200, {}, R"({"ret":0,"vid":"v","media_id":"m"})"};
    }
};

BOOST_AUTO_TEST_CASE(an_upload_of_a_file_that_shrinks_ends_in_an_error) {
    const scratch_file on_disk(some_bytes(100'000));
    const auto f = mapped_file::open(on_disk.path());
    BOOST_TEST_REQUIRE(f.has_value());
    cutting_transport t{on_disk};
    wxmp::upload_options how;
    how.block_size = 10'000;
    const auto r = wxmp::drive(t, wxmp::upload("v.mp4", f->size(), {"t", "d", "", false}, {}, how), {}, *f);
    BOOST_TEST_REQUIRE(r.has_error());
    BOOST_TEST((r.error() == wxmp::errc::source_failed));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
