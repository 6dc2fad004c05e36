// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include "../../examples/sources/regular_file.hpp"

#include <wxmp/data/source.hpp>

#include <boost/test/unit_test.hpp>

#include "../../examples/whole_file.hpp"
#include "contents.hpp"
#include <filesystem>
#include <fstream>
#include <string>
#include <sys/stat.h>
#include <unistd.h>

BOOST_AUTO_TEST_SUITE(sources_regular_file)

namespace {

namespace fs = std::filesystem;
using sources::regular_file;
using wxmp_test::scratch_file;
using wxmp_test::some_bytes;

static_assert(wxmp::byte_source<regular_file> && !wxmp::lending_source<regular_file>);

struct scratch_folder {
    fs::path path = fs::temp_directory_path() / ("wxmp folder " + std::to_string(::getpid()));
    scratch_folder() { fs::create_directory(path); }
    ~scratch_folder() { fs::remove_all(path); }
};

BOOST_AUTO_TEST_CASE(reads_files_of_any_size_anywhere) {
    for (const std::size_t size : {0u, 1u, 4096u, 300'000u}) {
        const auto content = some_bytes(size);
        const scratch_file on_disk(content);
        const auto f = regular_file::open(on_disk.path());
        BOOST_TEST_REQUIRE(f.has_value());
        wxmp_test::check_reads(*f, content);
        BOOST_TEST((f->read(100'000) == content.substr(0, 100'000)));
    }
}

BOOST_AUTO_TEST_CASE(says_why_a_file_cannot_be_opened) {
    const scratch_file plain("x");
    wxmp_test::check_does_not_open<regular_file>(plain.path().string() + ".not", "No such file or directory");
    wxmp_test::check_does_not_open<regular_file>(plain.path() / "below", "Not a directory");
    wxmp_test::check_does_not_open<regular_file>(plain.path().parent_path(), "Is a directory");
}

BOOST_AUTO_TEST_CASE(never_waits_for_a_pipe_or_a_device) {
    const scratch_folder folder;
    const auto pipe = folder.path / "pipe";
    BOOST_TEST_REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
    for (const fs::path& odd : {pipe, fs::path("/dev/zero")}) {
        const auto f = regular_file::open(odd);
        BOOST_TEST_REQUIRE(f.has_error());
        BOOST_TEST(f.error().detail() == odd.string() + " is not a file");
    }
}

BOOST_AUTO_TEST_CASE(gives_less_of_a_file_that_has_shrunk_and_nothing_of_the_end_of_one_that_has_grown) {
    const auto content = some_bytes(10'000);
    const scratch_file on_disk(content);
    const auto f = regular_file::open(on_disk.path());
    BOOST_TEST_REQUIRE(f.has_value());
    wxmp_test::check_shrunk(*f, on_disk, content);
    on_disk.cut(10'001);
    BOOST_TEST(wxmp_test::read(*f, 0, 10'000).empty());
    BOOST_TEST((wxmp_test::read(*f, 10, 10) == content.substr(10, 10)));
    BOOST_TEST(f->size() == 10'000u);
}

BOOST_AUTO_TEST_CASE(a_record_is_replaced_as_a_whole_for_its_owner_only) {
    const scratch_folder folder;
    const auto record = folder.path / "record";
    BOOST_TEST(!whole_file::read(record, whole_file::trust::own)->has_value());
    for (const std::string text : {"one", "", "another"}) {
        BOOST_TEST(whole_file::replace(record, text).has_value());
        BOOST_TEST(whole_file::read(record, whole_file::trust::own)->value() == text);
    }
    BOOST_TEST((fs::status(record).permissions() == (fs::perms::owner_read | fs::perms::owner_write)));
    BOOST_TEST(std::distance(fs::directory_iterator(folder.path), fs::directory_iterator()) == 1);
}

BOOST_AUTO_TEST_CASE(a_new_file_is_there_when_it_is_whole) {
    const scratch_folder folder;
    const auto name = folder.path / "new", other = folder.path / "other";
    const auto files = [&] {
        return std::distance(fs::directory_iterator(folder.path), fs::directory_iterator());
    };
    {
        whole_file::new_file dropped(name, 0600), unused(name, 0600);
        BOOST_TEST(files() == 0);
        BOOST_TEST(dropped.write("text").has_value());
        BOOST_TEST(files() == 1);
        BOOST_TEST(!fs::exists(name));
    }
    BOOST_TEST(files() == 0);
    {
        whole_file::new_file file(name, 0644);
        for (const auto* piece : {"in ", "", "pieces"}) BOOST_TEST(file.write(piece).has_value());
        BOOST_TEST(file.keep_as(other).has_value());
    }
    BOOST_TEST(whole_file::read(other)->value() == "in pieces");
    BOOST_TEST(files() == 1);
    {
        whole_file::new_file second(name, 0644), third(name, 0644);
        BOOST_TEST(second.write("more").has_value());
        BOOST_TEST((second.keep_as(other).error().code() == boost::system::errc::file_exists));
        BOOST_TEST(third.keep_as(name).has_value());
    }
    BOOST_TEST(whole_file::read(other)->value() == "in pieces");
    BOOST_TEST(whole_file::read(name)->value().empty());
    BOOST_TEST(files() == 2);
    whole_file::new_file nowhere(folder.path / "no/such", 0600);
    BOOST_TEST(nowhere.write("x").has_error());
}

BOOST_AUTO_TEST_CASE(a_record_that_others_had_to_do_with_is_not_read) {
    const scratch_folder folder;
    const auto record = folder.path / "record", link = folder.path / "link";
    BOOST_TEST_REQUIRE(whole_file::replace(record, "text").has_value());
    fs::create_symlink("record", link);
    BOOST_TEST(whole_file::read(link, whole_file::trust::own).has_error());
    BOOST_TEST(whole_file::replace(link, "other").has_error());
    BOOST_TEST(whole_file::read(link)->value() == "text");
    for (const auto more : {fs::perms::group_write, fs::perms::others_write}) {
        fs::permissions(record, more, fs::perm_options::add);
        BOOST_TEST(whole_file::read(record, whole_file::trust::own).has_error());
        fs::permissions(record, more, fs::perm_options::remove);
    }
    fs::permissions(record, fs::perms::others_read, fs::perm_options::add);
    BOOST_TEST(whole_file::read(record, whole_file::trust::own).has_value());
    BOOST_TEST(whole_file::read(record, whole_file::trust::confidential).has_error());
}

}  // namespace

BOOST_AUTO_TEST_SUITE_END()
