// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include <wxmp/data/sha1.hpp>

#include <boost/test/unit_test.hpp>

#include "sha1_engines.hpp"
#include "sha1_vectors.hpp"
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <span>
#include <string>
#include <string_view>

BOOST_AUTO_TEST_SUITE(data_sha1_paths)

namespace {

namespace engine = wxmp::detail::sha1_engine;
using wxmp_test::as_bytes;
using wxmp_test::use_engine;

// A path that this CPU lacks is named in the log and not counted as anything.
template <class Check> void for_each_path(Check check) {
    int checked = 0;
    for (const engine::engine& path : engine::engines) {
        if (!path.available()) {
            BOOST_TEST_MESSAGE("not available on this CPU, so not tested: " << path.name);
            continue;
        }
        BOOST_TEST_CONTEXT("path " << path.name) {
            const use_engine in_use(path);
            BOOST_REQUIRE(&engine::now() == &path);
            check();
        }
        ++checked;
    }
    BOOST_TEST(checked >= 1);
}

BOOST_AUTO_TEST_CASE(the_first_available_path_is_in_use) {
    const engine::engine* const first = engine::fastest();
    BOOST_TEST_MESSAGE("in use: " << first->name);
    BOOST_TEST(first->available());
    for (const engine::engine* e = engine::engines; e != first; ++e) BOOST_TEST(!e->available());
    BOOST_TEST((&engine::now() == first));
    BOOST_TEST(std::string_view(std::end(engine::engines)[-1].name) == "portable");
    BOOST_TEST(std::end(engine::engines)[-1].available());
}

BOOST_AUTO_TEST_CASE(every_path_passes_the_vectors) {
    for_each_path([] {
        const auto short_messages = wxmp_test::check_messages("SHA1ShortMsg.rsp");
        BOOST_TEST(short_messages.passed == 65);
        BOOST_TEST(short_messages.failed == 0);
        const auto long_messages = wxmp_test::check_messages("SHA1LongMsg.rsp");
        BOOST_TEST(long_messages.passed == 64);
        BOOST_TEST(long_messages.failed == 0);
        const auto monte_carlo = wxmp_test::check_monte_carlo("SHA1Monte.rsp");
        BOOST_TEST(monte_carlo.passed == 100);
        BOOST_TEST(monte_carlo.failed == 0);
    });
}

// From any chaining values, not only those that real hashes start with.
BOOST_AUTO_TEST_CASE(every_path_compresses_as_the_portable_one_does) {
    wxmp_test::generator random(20260101);
    const std::string text = random.text(64 * 40);
    for_each_path([&] {
        const auto& compress = engine::now().compress;
        for (std::size_t chunks = 0; chunks <= 40; ++chunks) {
            engine::state one, two, other, expected_one, expected_other;
            for (std::size_t i = 0; i < 5; ++i) {
                expected_one.h[i] = one.h[i] = two.h[i] = static_cast<std::uint32_t>(random());
                expected_other.h[i] = other.h[i] = static_cast<std::uint32_t>(random());
            }
            const auto bytes = as_bytes(text);
            engine::state* const alone[] = {&one};
            engine::state* const together[] = {&two, &other};
            engine::state* const expected[] = {&expected_one, &expected_other};
            compress[0](alone, bytes.data(), chunks);
            compress[1](together, bytes.data(), chunks);
            engine::compress_portable<2>(expected, bytes.data(), chunks);
            BOOST_REQUIRE((one.h == expected_one.h));
            BOOST_REQUIRE((two.h == expected_one.h));
            BOOST_REQUIRE((other.h == expected_other.h));
        }
    });
}

}  // namespace

BOOST_AUTO_TEST_SUITE_END()
