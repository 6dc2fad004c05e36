// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// What the platform keeps comes back into a sink.
#include <wxmp/api/auth/stable_token.hpp>
#include <wxmp/api/material/add_material.hpp>
#include <wxmp/api/material/get_material.hpp>
#include <wxmp/client.hpp>
#include <wxmp/flow/download.hpp>
#include <wxmp/testing/platform_transport.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

namespace {

using namespace wxmp;
using material::add_material;
using material::get_material;

// A client of a platform with one account, signed in.
struct fixture {
    fixture() {
        platform.add_account("wx1", secret("s"));
        wx.access_token(wx(auth::stable_token{.appid = "wx1", .secret = secret("s")}).value().access_token);
    }

    std::string store(const std::string& bytes) {
        return wx(add_material{.type = media_type::image, .media = {"照片.jpg", http::body(bytes)}})
            .value()
            .media_id;
    }

    auto fetch(const std::string& media_id) {
        const auto sink = [this](std::string_view piece) {
            largest = std::max(largest, piece.size());
            sunk += piece;
            return result<void>();
        };
        return wx.run(download<get_material>(get_material{media_id}, sink, wx.settings()));
    }

    testing::platform platform{};
    client<testing::platform_transport> wx{testing::platform_transport(platform)};
    std::string sunk{};
    std::size_t largest{};
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(testing_platform_download, fixture)

BOOST_AUTO_TEST_CASE(a_file_arrives_in_pieces) {
    for (const char first : {'\xff', '{'}) {
        std::string bytes(1'000'000, '\0');
        for (std::size_t i = 0; i != bytes.size(); ++i) bytes[i] = static_cast<char>(i * i >> 7);
        bytes[0] = first;
        sunk.clear();
        const auto got = fetch(store(bytes));
        BOOST_TEST_REQUIRE(got.has_value(), got.error().message());
        BOOST_TEST(got->size == bytes.size());
        BOOST_TEST_REQUIRE(got->response.file.has_value());
        BOOST_TEST(got->response.file->bytes.empty());
        BOOST_TEST((sunk == bytes));
        BOOST_TEST(largest <= 65'536u);  // the platform names its files, so nothing is held back
    }
}

BOOST_AUTO_TEST_CASE(an_error_does_not) {
    const auto got = fetch("unknown");
    BOOST_TEST_REQUIRE(got.has_error());
    BOOST_TEST(got.error().api_code() == 40007);
    const auto stored = store("bytes");
    platform.inject({.what = testing::fault::http_status{502}});
    const auto failed = fetch(stored);
    BOOST_TEST_REQUIRE(failed.has_error());
    BOOST_CHECK(failed.error() == errc::http_status);
    BOOST_TEST(sunk.empty());
}

BOOST_AUTO_TEST_SUITE_END()
