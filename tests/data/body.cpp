// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include <wxmp/data/body.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <random>
#include <string>
#include <string_view>
#include <vector>

BOOST_AUTO_TEST_SUITE(data_body)

namespace {

using wxmp::byte_source_ref;
using wxmp::memory_source;
using wxmp::http::body;

// Must be read: it has no `lend`.
struct reading_source {
    std::string bytes;

    std::uint64_t size() const { return bytes.size(); }
    std::size_t read_at(std::uint64_t offset, void* out, std::size_t size) const {
        return memory_source{bytes}.read_at(offset, out, size);
    }
};

// Says more than it has.
struct short_source : reading_source {
    std::uint64_t size() const { return bytes.size() + 3; }
};

// Each byte follows from its offset, so that no size needs memory.
struct endless_source {
    std::uint64_t length;

    static char at(std::uint64_t offset) { return static_cast<char>((offset * 0x9e37'79b9'7f4a'7c15) >> 56); }
    std::uint64_t size() const { return length; }
    std::size_t read_at(std::uint64_t offset, void* out, std::size_t size) const {
        std::size_t done = 0;
        for (; done != size && offset + done < length; ++done)
            static_cast<char*>(out)[done] = at(offset + done);
        return done;
    }
};

// What `read` gives, in a buffer whose other bytes must stay as they are.
std::string read(const body& b, std::uint64_t offset, std::size_t size) {
    std::string buffer(size + 2, '\x7e');
    const auto got = b.read(offset, buffer.data() + 1, size);
    BOOST_REQUIRE(got <= size);
    BOOST_TEST(buffer.front() == '\x7e');
    for (std::size_t i = got + 1; i != buffer.size(); ++i) BOOST_REQUIRE(buffer[i] == '\x7e');
    return buffer.substr(1, got);
}

BOOST_AUTO_TEST_CASE(nothing_has_no_bytes) {
    const body none;
    BOOST_TEST(none.size() == 0u);
    BOOST_TEST(none.pieces().empty());
    BOOST_TEST(none.text().empty());
    BOOST_TEST(read(none, 0, 5).empty());
    BOOST_TEST(read(none, 9, 5).empty());
    BOOST_TEST(body(std::string()).pieces().empty());
    BOOST_TEST(body::borrow({}).pieces().empty());
    BOOST_TEST(body::from({}).pieces().empty());
}

BOOST_AUTO_TEST_CASE(empty_pieces_leave_no_trace) {
    const memory_source source{"source"};
    body b;
    b.append(std::string());
    b.append("own");
    b.append_borrowed({});
    b.append_slice(source, 6, 0);
    b.append_borrowed("lent");
    b.append(body());
    BOOST_TEST(b.size() == 7u);
    BOOST_REQUIRE(b.pieces().size() == 2u);
    BOOST_TEST(b.pieces()[0].bytes() == "own");
    BOOST_TEST(b.pieces()[1].bytes() == "lent");
}

BOOST_AUTO_TEST_CASE(a_read_anywhere_is_a_part_of_the_concatenation) {
    const memory_source lending{"lending source"};
    const reading_source reading{"reading source"};
    const std::string lent = "borrowed";
    std::mt19937 random(20260101);
    const auto below = [&](std::size_t n) { return static_cast<std::size_t>(random() % n); };
    for (int round = 0; round != 200; ++round) {
        body b;
        std::string all;
        for (std::size_t pieces = below(7); pieces != 0; --pieces) {
            const auto offset = below(14);
            const auto size = below(15 - offset);
            switch (below(4)) {
            case 0:
                b.append(std::string(size, 'o'));
                all.append(size, 'o');
                break;
            case 1:
                b.append_borrowed(lent);
                all += lent;
                break;
            case 2:
                b.append_slice(lending, offset, size);
                all += lending.lend(offset, size);
                break;
            case 3:
                b.append_slice(reading, offset, size);
                all += reading.bytes.substr(offset, size);
                break;
            }
        }
        BOOST_REQUIRE(b.size() == all.size());
        BOOST_REQUIRE(b.text() == all);
        for (std::size_t offset = 0; offset <= all.size() + 2; ++offset)
            for (const std::size_t size :
                 {std::size_t{0}, std::size_t{1}, below(all.size() + 3), all.size() + 3})
                BOOST_REQUIRE(read(b, offset, size) == all.substr(std::min(offset, all.size()), size));
    }
}

BOOST_AUTO_TEST_CASE(borrowed_bytes_and_sources_are_not_copied) {
    std::string bytes = "0123456789";
    memory_source lending{bytes};
    reading_source reading{"abcdef"};
    body b = body::borrow(bytes);
    b.append_slice(lending, 2, 3);
    b.append(body::from(reading));
    const body copy = b;
    BOOST_TEST(static_cast<const void*>(copy.pieces()[0].bytes().data()) == bytes.data());
    BOOST_TEST(static_cast<const void*>(copy.pieces()[1].bytes().data()) == bytes.data() + 2);
    BOOST_TEST(copy.pieces()[2].must_be_read());
    BOOST_TEST(copy.pieces()[2].bytes().empty());
    bytes[2] = '*';
    reading.bytes[0] = '*';
    BOOST_TEST(copy.text() == "01*3456789*34*bcdef");
}

BOOST_AUTO_TEST_CASE(owned_text_survives_copies_and_moves) {
    for (const std::size_t size : {1u, 15u, 16u, 1000u}) {
        std::vector<body> bodies{body(std::string(size, 'x'))};
        for (int i = 0; i != 9; ++i) bodies.push_back(bodies.back());
        body moved = std::move(bodies.front());
        bodies.clear();
        BOOST_TEST(moved.text() == std::string(size, 'x'));
        BOOST_TEST(!moved.pieces()[0].must_be_read());
    }
}

BOOST_AUTO_TEST_CASE(a_body_can_be_added_to_itself) {
    body b(std::string(40, 'a'));
    b.append("b");
    b.append(b);
    BOOST_TEST(b.size() == 82u);
    BOOST_TEST(b.text() == std::string(40, 'a') + 'b' + std::string(40, 'a') + 'b');
}

BOOST_AUTO_TEST_CASE(a_source_that_ends_early_ends_the_read) {
    const short_source broken{{"12345"}};
    body b("<");
    b.append(body::from(broken));
    b.append(">");
    BOOST_TEST(b.size() == 10u);
    BOOST_TEST(b.text() == "<12345");
    BOOST_TEST(read(b, 0, 6) == "<12345");
    BOOST_TEST(read(b, 0, 7) == "<12345");
    BOOST_TEST(read(b, 0, 10) == "<12345");
    BOOST_TEST(read(b, 6, 4).empty());
    BOOST_TEST(read(b, 9, 1) == ">");
}

BOOST_AUTO_TEST_CASE(a_lending_source_that_has_shrunk_ends_the_read) {
    memory_source shrinking("123456");
    body b = body::from(shrinking);
    b.append("!");
    shrinking = memory_source("123");
    BOOST_TEST(b.size() == 7u);
    BOOST_TEST(b.text() == "123");
    BOOST_TEST(b.pieces()[0].bytes() == "123");
}

BOOST_AUTO_TEST_CASE(offsets_above_2_to_the_32) {
    constexpr std::uint64_t gib = std::uint64_t{1} << 30;
    const endless_source source{3 * gib};
    body b("head");
    b.append(body::from(source));
    b.append_slice(source, 2 * gib, gib);
    b.append("tail");
    BOOST_REQUIRE(b.size() == 4 * gib + 8);
    const auto byte_of = [&](std::uint64_t i) {
        if (i < 4) return "head"[i];
        if (i < 4 + 3 * gib) return endless_source::at(i - 4);
        if (i < 4 + 4 * gib) return endless_source::at(i - 4 - gib);
        return "tail"[i - 4 - 4 * gib];
    };
    for (const std::uint64_t offset :
         {std::uint64_t{0}, gib, 3 * gib - 8, 3 * gib + 3, 4 * gib - 10, 4 * gib - 1, 4 * gib + 3}) {
        const auto got = read(b, offset, 20);
        BOOST_REQUIRE(got.size() == std::min<std::uint64_t>(20, b.size() - offset));
        for (std::size_t i = 0; i != got.size(); ++i) BOOST_REQUIRE(got[i] == byte_of(offset + i));
    }
    BOOST_TEST(read(b, b.size(), 20).empty());
    BOOST_TEST(read(b, std::numeric_limits<std::uint64_t>::max(), 20).empty());
}

BOOST_AUTO_TEST_CASE(memory_lends_what_it_has) {
    const memory_source source{"abc"};
    const byte_source_ref ref(source);
    const byte_source_ref copy = ref;
    BOOST_TEST(copy.size() == 3u);
    BOOST_TEST(copy.lends());
    BOOST_TEST(copy.lend(1, 9) == "bc");
    BOOST_TEST(copy.lend(3, 1).empty());
    BOOST_TEST(copy.lend(std::numeric_limits<std::uint64_t>::max(), 1).empty());
    char out{};
    BOOST_TEST(copy.read_at(2, &out, 1) == 1u);
    BOOST_TEST(out == 'c');
    BOOST_TEST(copy.read_at(3, &out, 1) == 0u);
}

BOOST_AUTO_TEST_CASE(a_reference_to_nothing_has_nothing) {
    const byte_source_ref none;
    char out = '?';
    BOOST_TEST(none.size() == 0u);
    BOOST_TEST(!none.lends());
    BOOST_TEST(none.lend(0, 1).empty());
    BOOST_TEST(none.read_at(0, &out, 1) == 0u);
    BOOST_TEST(out == '?');
}

static_assert(wxmp::lending_source<memory_source>);
static_assert(wxmp::byte_source<reading_source> && !wxmp::lending_source<reading_source>);
static_assert(wxmp::byte_source<byte_source_ref>);
static_assert(!wxmp::byte_source<std::string>);

}  // namespace

BOOST_AUTO_TEST_SUITE_END()
