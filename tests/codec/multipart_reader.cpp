// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include <wxmp/codec/multipart_reader.hpp>
#include <wxmp/codec/multipart_writer.hpp>

#include <boost/test/unit_test.hpp>

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

BOOST_AUTO_TEST_SUITE(codec_multipart_reader)

namespace {

using wxmp::boundary_of;
using wxmp::errc;
using wxmp::form_data;
using wxmp::form_part;
using wxmp::multipart_head;
using wxmp::multipart_limits;
using wxmp::multipart_reader;
using wxmp::read_form;

constexpr std::string_view type = "multipart/form-data; boundary=B";

// Writes down what a reader says, with one line for an event. Pieces of content are joined.
struct recorder {
    std::string log{};
    std::string content{};

    void part_begin(multipart_head&& head) {
        log += "begin " + head.name + '|' + head.filename.value_or("-") + '|' + head.content_type + '\n';
    }
    void part_data(std::string_view bytes) {
        BOOST_REQUIRE(!bytes.empty());
        content += bytes;
    }
    void part_end() { log += "end " + std::exchange(content, {}) + '\n'; }
};

// Everything that happens when `chunks` are read: events, content without end, and how it ended.
std::string trace(const std::vector<std::string_view>& chunks, std::string_view boundary = "B",
                  const multipart_limits& limits = {}) {
    multipart_reader reader(boundary, limits);
    recorder all;
    for (const auto chunk : chunks) {
        const auto fed = reader.feed(chunk, all);
        if (!fed) {
            BOOST_TEST((reader.feed("--B--", all).error() == fed.error()));
            BOOST_TEST((reader.finish().error() == fed.error()));
            break;
        }
    }
    const auto end = reader.finish();
    return all.log + all.content + '/' + (end ? "complete" : end.error().message());
}

std::string trace(std::string_view body) { return trace(std::vector{body}); }

// The same, and that it does not matter where the body is cut.
std::string trace_all_ways(std::string_view body, std::string_view boundary = "B",
                           const multipart_limits& limits = {}) {
    const auto whole = trace({body}, boundary, limits);
    std::vector<std::string_view> bytes;
    for (std::size_t cut = 0; cut != body.size(); ++cut) {
        const auto two = trace({body.substr(0, cut), body.substr(cut)}, boundary, limits);
        if (two != whole) BOOST_ERROR("cut at " << cut << ": " << two << "\nnot: " << whole);
        bytes.push_back(body.substr(cut, 1));
    }
    BOOST_TEST(trace(bytes, boundary, limits) == whole);
    return whole;
}

// A part with these headers.
std::string part(std::string_view headers, std::string_view content = "x") {
    return "--B\r\n" + std::string(headers) + "\r\n\r\n" + std::string(content) + "\r\n";
}

std::string named(std::string_view content = "x") {
    return part("Content-Disposition: form-data; name=\"a\"", content);
}

const std::string good = "--B\r\nContent-Disposition: form-data; name=\"media\"; filename=\"照片.jpg\"\r\n"
                         "Content-Type: image/jpeg\r\n\r\n"
                         "\r\n--\r\n-B\r\r\n--A\r\n\r\n"
                         "\r\n--B\r\nContent-Disposition: form-data; name=\"description\"\r\n\r\n"
                         "{\"title\":\"t\"}"
                         "\r\n--B--\r\n";

BOOST_AUTO_TEST_CASE(parts_however_they_are_cut) {
    BOOST_TEST(trace_all_ways(good) == "begin media|照片.jpg|image/jpeg\n"
                                       "end \r\n--\r\n-B\r\r\n--A\r\n\r\n\n"
                                       "begin description|-|\n"
                                       "end {\"title\":\"t\"}\n"
                                       "/complete");
}

BOOST_AUTO_TEST_CASE(three_chunks) {
    const auto whole = trace(good);
    const std::string_view body = good;
    for (std::size_t i = 0; i != body.size(); ++i)
        for (std::size_t j = i; j != body.size(); ++j) {
            const auto cut = trace({body.substr(0, i), body.substr(i, j - i), body.substr(j)});
            if (cut != whole) BOOST_ERROR("cut at " << i << " and " << j);
        }
    BOOST_TEST(whole.ends_with("/complete"));
}

BOOST_AUTO_TEST_CASE(what_may_be_around) {
    const std::string one = "begin a|-|\nend x\n/complete";
    BOOST_TEST(trace_all_ways(named() + "--B--") == one);
    BOOST_TEST(trace_all_ways(named() + "--B--\r\n") == one);
    BOOST_TEST(trace_all_ways("preamble --B\r\n--\r\n" + named() + "--B-- \r\nepilogue\r\n--B\r\n\r\n") ==
               one);
    BOOST_TEST(trace_all_ways("\r\n" + named() + "--B--") == one);
    BOOST_TEST(trace_all_ways("--B \t\r\nContent-Disposition: form-data; name=a\r\n\r\nx\r\n--B--") == one);
    BOOST_TEST(trace_all_ways("--B--") == "/complete");
    BOOST_TEST(trace_all_ways(named("") + "--B--") == "begin a|-|\nend \n/complete");
}

BOOST_AUTO_TEST_CASE(headers_of_a_part) {
    const auto head = [](std::string_view headers) {
        const auto text = trace_all_ways(part(headers) + "--B--");
        return text.substr(0, text.find('\n'));
    };
    BOOST_TEST(head("content-disposition:form-data;name=\"a\"\r\nCONTENT-TYPE:x/y; z=1") ==
               "begin a|-|x/y; z=1");
    BOOST_TEST(head("X-Own: \x80\t1\r\nContent-Length: 1\r\nContent-Disposition: form-data; name=a") ==
               "begin a|-|");
    BOOST_TEST(head("Content-Disposition: form-data; name=\"a%22b\"; filename=\"%22\"") == "begin a\"b|\"|");
    BOOST_TEST(head("Content-Disposition: form-data; name=\"a\\\"b\"; filename=\"\"") == "begin a\"b||");
    BOOST_TEST(
        head("Content-Disposition: form-data; name=\"a\"; filename=\"x\"; filename*=utf-8''%e7%85%a7") ==
        "begin a|照|");
    BOOST_TEST(head("Content-Disposition: form-data; name=a\r\nContent-Transfer-Encoding: Binary") ==
               "begin a|-|");
}

BOOST_AUTO_TEST_CASE(faults) {
    const auto fault = [](std::string_view body) {
        const auto text = trace_all_ways(body);
        return text.substr(text.rfind('/') + 1);
    };
    const auto in_header = [&](std::string_view headers) { return fault(part(headers) + "--B--"); };
    const std::string at = "malformed multipart body: part 0: ";
    BOOST_TEST(fault("") == "malformed multipart body: no closing boundary");
    BOOST_TEST(fault("--A--\r\n") == "malformed multipart body: no closing boundary");
    BOOST_TEST(fault("x--B--\r\n") == "malformed multipart body: no closing boundary");
    BOOST_TEST(fault("\n--B--\r\n") == "malformed multipart body: no closing boundary");
    BOOST_TEST(fault(named()) == "malformed multipart body: no closing boundary");
    BOOST_TEST(fault(named() + "--B-x") == "malformed multipart body: part 1: boundary line");
    for (const char* start :
         {"--BB\r\n", "--B-\r\n", "--B\n", "--B\r\r\n", "--B x\r\n", "--B --", "--B -\r\n", "--B\r-"})
        BOOST_TEST(fault(start) == at + "boundary line");
    BOOST_TEST(fault("--B\r\n\r\nx\r\n--B--") == at + "no name");
    BOOST_TEST(fault("--B\r\nContent-Disposition: form-data; name=a\n\n") == at + "line break");
    BOOST_TEST(fault("--B\r\n\n") == at + "line break");
    BOOST_TEST(in_header("Content-Type: x/y") == at + "no name");
    BOOST_TEST(in_header("Content-Disposition: form-data") == at + "no name");
    BOOST_TEST(in_header("Content-Disposition: form-data; name=\"\"") == at + "no name");
    BOOST_TEST(in_header("Content-Disposition: attachment; name=a") == at + "Content-Disposition");
    BOOST_TEST(in_header("Content-Disposition: form-data; name=\"a") == at + "Content-Disposition");
    BOOST_TEST(
        in_header("Content-Disposition: form-data; name=a\r\nContent-Disposition: form-data; name=b") ==
        at + "Content-Disposition");
    BOOST_TEST(in_header("Content-Type: x/y\r\nContent-Type: x/z") == at + "Content-Type");
    BOOST_TEST(in_header("Content-Disposition: form-data; name=\"\xff\"") == at + "name is not UTF-8");
    BOOST_TEST(in_header("Content-Disposition: form-data; name=a; filename=\"\xc0\xaf\"") ==
               at + "name is not UTF-8");
    BOOST_TEST(in_header("Content-Disposition: form-data; name=a\r\nContent-Transfer-Encoding: base64") ==
               at + "Content-Transfer-Encoding");
    for (const char* line : {"a", ": b", "a : b", " a: b", "\ta: b", " folded"})
        BOOST_TEST(in_header(line) == at + "header without name");
    BOOST_TEST(in_header("X: \x01") == at + "header with a control character");
    BOOST_TEST(in_header("X: a\rb") == at + "header with a control character");
    BOOST_TEST(in_header(std::string_view("X: \0", 4)) == at + "header with a control character");
    BOOST_TEST(in_header("Content-Disposition: form-data; name=\"a\x7f\"") ==
               at + "header with a control character");
}

BOOST_AUTO_TEST_CASE(a_truncated_body_is_never_complete) {
    const auto end = good.rfind("--") + 2;  // the line break after it is no part of the boundary
    for (std::size_t size = 0; size != end; ++size) {
        const auto cut = std::string_view(good).substr(0, size);
        BOOST_TEST(trace(cut).ends_with("/malformed multipart body: no closing boundary"));
        BOOST_TEST((read_form(type, cut).error() == errc::bad_multipart));
    }
    BOOST_TEST(read_form(type, std::string_view(good).substr(0, end)).value().size() == 2u);
}

BOOST_AUTO_TEST_CASE(limits_apply) {
    const auto with = [](std::string_view body, const multipart_limits& l) {
        return trace_all_ways(body, "B", l);
    };
    const std::string one = "begin a|-|\nend 12345\n";
    const auto body = named("12345") + named("12345") + "--B--";
    BOOST_TEST(with(body, {2, 100, 5}) == one + one + "/complete");
    BOOST_TEST(with(body, {1, 100, 5}) == one + "/response is too large: part 1: too many parts");
    BOOST_TEST(with(body, {0, 100, 5}) == "/response is too large: part 0: too many parts");
    BOOST_TEST(with("--B--", {0, 0, 0}) == "/complete");
    BOOST_TEST(with(body, {2, 100, 4}) == "begin a|-|\n1234/response is too large: part 0: content");
    BOOST_TEST(with(named("\r\n--C"), {2, 100, 3}) ==
               "begin a|-|\n\r\n-/response is too large: part 0: content");
    BOOST_TEST(with(named("\r\n--\r\n--"), {2, 100, 7}) ==
               "begin a|-|\n\r\n--\r\n-/response is too large: part 0: content");
    BOOST_TEST(with(named("") + "--B--", {2, 100, 0}) == "begin a|-|\nend \n/complete");

    const std::size_t headers = std::string_view("Content-Disposition: form-data; name=\"a\"\r\n\r\n").size();
    BOOST_TEST(with(body, {2, headers, 5}) == one + one + "/complete");
    BOOST_TEST(with(body, {2, headers - 1, 5}) == "/response is too large: part 0: headers");
    BOOST_TEST(with("--B\r\n" + std::string(1000, 'x'), {2, 100, 5}) ==
               "/response is too large: part 0: headers");
}

BOOST_AUTO_TEST_CASE(a_boundary_that_is_none) {
    for (const std::string& boundary : {std::string(), std::string("a\r\n"), std::string("a "),
                                        std::string(71, 'a'), std::string("\x80"), std::string(1, '\0')})
        BOOST_TEST(trace({"--a\r\n--a--"}, boundary) == "/malformed multipart body: boundary");
    const std::string longest(70, '-');
    BOOST_TEST(trace({"--" + longest + "--"}, longest) == "/complete");
}

BOOST_AUTO_TEST_CASE(boundaries) {
    const auto boundary = [](std::string_view content_type) { return boundary_of(content_type).value(); };
    BOOST_TEST(boundary("multipart/form-data; boundary=abc") == "abc");
    BOOST_TEST(boundary("Multipart/Form-Data;charset=utf-8; BOUNDARY=\"a b;c=\\\"\" ; x") == "a b;c=\"");
    BOOST_TEST(boundary("multipart/form-data; boundary=----WebKitFormBoundary7MA4YWxk") ==
               "----WebKitFormBoundary7MA4YWxk");
    BOOST_TEST(boundary("multipart/form-data; boundary=a%22b") == "a%22b");
    BOOST_TEST(boundary("multipart/form-data; boundary=" + std::string(70, 'a')).size() == 70u);
    for (const std::string& bad :
         {std::string(), std::string("multipart/form-data"), std::string("multipart/mixed; boundary=a"),
          std::string("application/json; boundary=a"), std::string("multipart/form-data; boundary="),
          std::string("multipart/form-data; boundary=\"\""), std::string("multipart/form-data; boundary=\"a"),
          std::string("multipart/form-data; boundary=\"a\"b"),
          std::string("multipart/form-data; boundary=\"a \""),
          std::string("multipart/form-data; boundary=a; boundary=b"),
          std::string("multipart/form-data; boundary=a\r\nb"),
          "multipart/form-data; boundary=" + std::string(71, 'a')}) {
        BOOST_TEST((boundary_of(bad).error() == errc::bad_multipart));
        BOOST_TEST((read_form(bad, good).error() == errc::bad_multipart));
    }
}

BOOST_AUTO_TEST_CASE(a_form_in_memory) {
    const auto parts = read_form(type, good).value();
    BOOST_TEST_REQUIRE(parts.size() == 2u);
    BOOST_TEST(parts[0].name == "media");
    BOOST_TEST(parts[0].filename.value() == "照片.jpg");
    BOOST_TEST(parts[0].content_type == "image/jpeg");
    BOOST_TEST(parts[0].data == "\r\n--\r\n-B\r\r\n--A\r\n\r\n");
    BOOST_TEST(parts[1].name == "description");
    BOOST_TEST(!parts[1].filename.has_value());
    BOOST_TEST(parts[1].data == "{\"title\":\"t\"}");
    for (const auto& p : parts) {  // views into the body
        BOOST_TEST((p.data.data() >= good.data()));
        BOOST_TEST((p.data.data() + p.data.size() <= good.data() + good.size()));
    }
    BOOST_TEST((read_form(type, good, {1, 1000, 1000}).error() == errc::too_large));
    BOOST_TEST(read_form(type, "--B--").value().empty());
}

BOOST_AUTO_TEST_CASE(starts_of_a_delimiter_are_content) {
    std::string content;
    for (int i = 0; i != 20'000; ++i) content += "\r\n--";
    const auto body = named(content) + "--B--";
    const auto parts = read_form(type, body).value();
    BOOST_TEST((parts.at(0).data == content));

    // A boundary as curl's: many starts of it that come to nothing.
    const std::string dashes(24, '-');
    content.clear();
    for (int i = 0; i != 2'000; ++i)
        content += "\r\n--" + dashes.substr(0, static_cast<std::size_t>(i % 25)) + "0123";
    const auto form =
        form_data().add_text("a", content).encode([] { return std::uint64_t{0x0123'4000}; }).value();
    const auto text = form.body.text();
    BOOST_TEST((read_form(form.content_type, text).value().at(0).data == content));
}

// What the writer makes of random parts is what the reader finds, however it is cut.
BOOST_AUTO_TEST_CASE(round_trip) {
    std::mt19937_64 random(20'260'101);
    const auto below = [&](std::size_t n) { return static_cast<std::size_t>(random() % n); };
    const auto text = [&](std::vector<std::string_view> letters, std::size_t most) {
        std::string made;
        for (auto n = below(most + 1); n != 0; --n) made += letters[below(letters.size())];
        return made;
    };
    struct collector {
        std::vector<std::pair<multipart_head, std::string>> parts{};

        void part_begin(multipart_head&& head) { parts.emplace_back(std::move(head), ""); }
        void part_data(std::string_view bytes) { parts.back().second += bytes; }
        void part_end() {}
    };
    for (int round = 0; round != 500; ++round) {
        form_data form;
        collector expected;
        for (auto n = below(5); n != 0; --n) {
            const auto name = "n" + text({"a", "\"", "标", ";", "=", " ", "%", "'"}, 6);
            const auto content = text({"\r", "\n", "-", "--", "\r\n--", "\r\n------------------------", "x",
                                       std::string_view("\0", 1), "\xff"},
                                      60);
            if (below(2) == 0) {
                const auto content_type = below(2) == 0 ? "" : "text/plain";
                form.add_text(name, content, content_type);
                expected.parts.push_back({{name, std::nullopt, content_type}, content});
            } else {
                const auto filename = text({"a", "\"", "片", ";", ".", " ", "%", "é"}, 8) + ".png";
                form.add_file(name, {"some/folder/" + filename, wxmp::http::body(content)});
                expected.parts.push_back({{name, filename, "image/png"}, content});
            }
        }
        const auto encoded = form.encode(random).value();
        const auto bytes = encoded.body.text();
        collector found;
        multipart_reader reader(boundary_of(encoded.content_type).value());
        for (std::string_view rest = bytes; !rest.empty();) {
            const auto chunk = rest.substr(0, 1 + below(40));
            BOOST_TEST_REQUIRE(reader.feed(chunk, found).has_value());
            rest.remove_prefix(chunk.size());
        }
        BOOST_TEST_REQUIRE(reader.finish().has_value());
        BOOST_TEST_REQUIRE((found.parts == expected.parts));

        const auto at_once = read_form(encoded.content_type, bytes).value();
        BOOST_TEST_REQUIRE(at_once.size() == expected.parts.size());
        for (std::size_t i = 0; i != at_once.size(); ++i) {
            BOOST_TEST_REQUIRE((static_cast<const multipart_head&>(at_once[i]) == expected.parts[i].first));
            BOOST_TEST_REQUIRE((at_once[i].data == expected.parts[i].second));
        }
    }
}

// Whatever a good body is changed to, the outcome is the same for every cut.
BOOST_AUTO_TEST_CASE(hostile_bytes) {
    std::mt19937_64 random(7);
    const std::string_view pieces[] = {"\r",
                                       "\n",
                                       "-",
                                       "--B",
                                       "\r\n",
                                       "\r\n--B",
                                       "\r\n--B\r\n",
                                       ":",
                                       "\"",
                                       ";",
                                       std::string_view("\0", 1),
                                       "\xff",
                                       "Content-Disposition: form-data; name=a"};
    std::size_t complete = 0, refused = 0;
    for (int round = 0; round != 3000; ++round) {
        auto body = good;
        for (auto n = random() % 3 + 1; n != 0; --n) {
            const auto at = static_cast<std::size_t>(random() % body.size());
            body.replace(at, static_cast<std::size_t>(random() % 4), pieces[random() % std::size(pieces)]);
        }
        const auto whole = trace(body);
        ++(whole.ends_with("/complete") ? complete : refused);
        std::vector<std::string_view> chunks;
        for (std::string_view rest = body; !rest.empty(); rest.remove_prefix(chunks.back().size()))
            chunks.push_back(rest.substr(0, static_cast<std::size_t>(random() % 9 + 1)));
        BOOST_TEST_REQUIRE(trace(chunks) == whole);
        BOOST_TEST_REQUIRE(read_form(type, body).has_value() == whole.ends_with("/complete"));
    }
    BOOST_TEST(complete > 100u);
    BOOST_TEST(refused > 100u);
}

}  // namespace

BOOST_AUTO_TEST_SUITE_END()
