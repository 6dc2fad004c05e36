// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// Every instruction set finds what the portable code finds.
#include "text_engines.hpp"

#include <wxmp/codec/members.hpp>

#include <boost/test/unit_test.hpp>

#include <iterator>
#include <string>
#include <string_view>

BOOST_AUTO_TEST_SUITE(codec_text_engines)

namespace {

namespace engine = wxmp::detail::text_engine;

BOOST_AUTO_TEST_CASE(the_first_available_one_is_in_use) {
    const auto* const first = engine::fastest();
    BOOST_TEST_MESSAGE("in use: " << first->name);
    BOOST_TEST(first->available());
    for (auto e = engine::engines; *e != first; ++e) BOOST_TEST(!(*e)->available());
    BOOST_TEST((&engine::now() == first));
    BOOST_TEST(std::end(engine::engines)[-1]->available());
    BOOST_TEST(std::string_view(std::end(engine::engines)[-1]->name) == "portable");
}

#if defined(WXMP_DETAIL_X86_64) && !defined(WXMP_DETAIL_X86_64_MSVC)
BOOST_AUTO_TEST_CASE(the_cpu_has_what_the_compiler_finds) {
    namespace cpu = wxmp::detail::x86_cpu;
    __builtin_cpu_init();
    BOOST_TEST(cpu::has(cpu::sse41) == (__builtin_cpu_supports("sse4.1") != 0));
    BOOST_TEST(cpu::has(cpu::popcnt) == (__builtin_cpu_supports("popcnt") != 0));
    BOOST_TEST(cpu::has(cpu::bmi) == (__builtin_cpu_supports("bmi") != 0));
    BOOST_TEST(cpu::has(cpu::avx2) == (__builtin_cpu_supports("avx2") != 0));
    BOOST_TEST(cpu::has(cpu::bmi2) == (__builtin_cpu_supports("bmi2") != 0));
    BOOST_TEST(cpu::has(cpu::avx512f) == (__builtin_cpu_supports("avx512f") != 0));
    BOOST_TEST(!cpu::has({.ecx_of_1 = 1U << 16}));  // which is reserved
    const auto with_avx512 = [](const cpu::features& f) { return cpu::has(f | cpu::avx512f); };
    BOOST_TEST(with_avx512(cpu::avx512bw) == (__builtin_cpu_supports("avx512bw") != 0));
    BOOST_TEST(with_avx512(cpu::avx512vl) == (__builtin_cpu_supports("avx512vl") != 0));
    BOOST_TEST(with_avx512(cpu::avx512vbmi) == (__builtin_cpu_supports("avx512vbmi") != 0));
    BOOST_TEST(with_avx512(cpu::avx512vbmi2) == (__builtin_cpu_supports("avx512vbmi2") != 0));
}
#endif

BOOST_AUTO_TEST_CASE(each_one_agrees_with_the_portable_one, *boost::unit_test::label("slow")) {
    int checked = 0;
    for (const auto* e : engine::engines) {
        if (!e->available()) {
            BOOST_TEST_MESSAGE("not available on this CPU, so not tested: " << e->name);
            continue;
        }
        BOOST_TEST(wxmp_test::disagreements(*e) == 0, e->name);
        const wxmp_test::use_text_engine in_use(*e);
        const std::string text = "\"\\u4e2d\xff\\n" + std::string(100, 'x') + "\"";
        BOOST_TEST(wxmp::decode<std::string>(text).value() == "中\xef\xbf\xbd\n" + std::string(100, 'x'),
                   e->name);
        ++checked;
    }
    BOOST_TEST(checked >= 1);
}

}  // namespace

BOOST_AUTO_TEST_SUITE_END()
