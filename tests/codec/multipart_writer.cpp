// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include <wxmp/codec/multipart_writer.hpp>

#include <boost/test/unit_test.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

BOOST_AUTO_TEST_SUITE(codec_multipart_writer)

namespace {

using wxmp::ascii_filename;
using wxmp::content_type_for;
using wxmp::errc;
using wxmp::extension_of;
using wxmp::form_data;
using wxmp::memory_source;
using wxmp::without_folders;
using wxmp::http::body;
using wxmp::http::file;

constexpr std::uint64_t seed = 0x0123'4567'89ab'cdef;
constexpr std::string_view boundary = "------------------------0123456789abcdef";

std::uint64_t fixed() { return seed; }

std::string body_of(const form_data& form) { return form.encode(fixed).value().body.text(); }

// What encode() says against it, as `code | detail`.
std::string refusal(const form_data& form) {
    const auto encoded = form.encode(fixed);
    return encoded ? "accepted" : encoded.error().code().message() + " | " + encoded.error().detail();
}

form_data with_file(std::string filename, std::string content_type = {}) {
    return form_data().add_file("media", {filename, body("bytes"), content_type});
}

// Bytes that are nowhere in memory: a source that does not lend.
struct unseen_source {
    std::string_view bytes;

    std::uint64_t size() const { return bytes.size(); }
    std::size_t read_at(std::uint64_t offset, void* out, std::size_t size) const {
        return memory_source{bytes}.read_at(offset, out, size);
    }
};

// Gives these numbers one after the other, the last one again and again.
struct numbers {
    std::vector<std::uint64_t> values;
    std::size_t calls = 0;

    std::uint64_t operator()() { return values[calls++ < values.size() ? calls - 1 : values.size() - 1]; }
};

BOOST_AUTO_TEST_CASE(layout_of_a_file) {
    const auto form = form_data().add_file("media", {"a.jpg", body("\xff\xd8\r\n--x")}).encode(fixed).value();
    BOOST_TEST(form.content_type == "multipart/form-data; boundary=------------------------0123456789abcdef");
    BOOST_TEST(form.body.text() == "--------------------------0123456789abcdef\r\n"
                                   "Content-Disposition: form-data; name=\"media\"; filename=\"a.jpg\"\r\n"
                                   "Content-Type: image/jpeg\r\n"
                                   "\r\n"
                                   "\xff\xd8\r\n--x\r\n"
                                   "--------------------------0123456789abcdef--\r\n");
    BOOST_TEST(form.body.size() == form.body.text().size());
}

BOOST_AUTO_TEST_CASE(layout_of_several_parts) {
    const auto text = body_of(form_data()
                                  .add_text("description", R"({"title":"标题"})")
                                  .add_text("typed", "x", "text/plain; charset=utf-8")
                                  .add_text("empty", "")
                                  .add_file("media", {"v.mp4", body("v")}));
    BOOST_TEST(text == "--------------------------0123456789abcdef\r\n"
                       "Content-Disposition: form-data; name=\"description\"\r\n\r\n"
                       "{\"title\":\"标题\"}\r\n"
                       "--------------------------0123456789abcdef\r\n"
                       "Content-Disposition: form-data; name=\"typed\"\r\n"
                       "Content-Type: text/plain; charset=utf-8\r\n\r\n"
                       "x\r\n"
                       "--------------------------0123456789abcdef\r\n"
                       "Content-Disposition: form-data; name=\"empty\"\r\n\r\n"
                       "\r\n"
                       "--------------------------0123456789abcdef\r\n"
                       "Content-Disposition: form-data; name=\"media\"; filename=\"v.mp4\"\r\n"
                       "Content-Type: video/mp4\r\n\r\n"
                       "v\r\n"
                       "--------------------------0123456789abcdef--\r\n");
}

BOOST_AUTO_TEST_CASE(no_parts) {
    BOOST_TEST(body_of({}) == "--------------------------0123456789abcdef--\r\n");
}

BOOST_AUTO_TEST_CASE(encoding_twice_gives_the_same) {
    const auto form = with_file("a.jpg");
    BOOST_TEST(body_of(form) == body_of(form));
}

BOOST_AUTO_TEST_CASE(quotes_and_folders) {
    const auto line = [](std::string filename) {
        const auto text = body_of(with_file(std::move(filename)));
        const auto at = text.find("filename=");
        return text.substr(at, text.find("\r\n", at) - at);
    };
    BOOST_TEST(line("a\"b\".jpg") == "filename=\"a%22b%22.jpg\"");
    BOOST_TEST(line("/home/me/a.jpg") == "filename=\"a.jpg\"");
    BOOST_TEST(line("C:\\me\\a.jpg") == "filename=\"a.jpg\"");
    BOOST_TEST(line("../x\\y/a.jpg") == "filename=\"a.jpg\"");
    BOOST_TEST(line("照片 ü.jpg") == "filename=\"照片 ü.jpg\"");
    BOOST_TEST(line("a%22.jpg") == "filename=\"a%22.jpg\"");
    BOOST_TEST(line("a;b=c.jpg") == "filename=\"a;b=c.jpg\"");
    BOOST_TEST(body_of(form_data().add_text("a\"b", "")).find("name=\"a%22b\"\r\n") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(controls_are_refused) {
    std::string controls = "\x7f";
    for (char c = 0; c != 0x20; ++c) controls += c;
    for (const char c : controls) {
        const auto bad = "a" + std::string(1, c) + "b";
        BOOST_TEST(refusal(form_data().add_text("ok", "").add_text(bad, "")) ==
                   "forbidden character | form part 1: name");
        BOOST_TEST(refusal(with_file(bad + ".jpg")) ==
                   "forbidden character | media/filename has a control character; it must have none");
        BOOST_TEST(refusal(with_file("a." + bad)) ==
                   "forbidden character | media/filename has a control character; it must have none");
        BOOST_TEST(refusal(with_file("a.jpg", bad)) ==
                   "forbidden character | media/content_type has a control character; it must have none");
        BOOST_TEST(refusal(form_data().add_text("t", "", bad)) ==
                   "forbidden character | t/content_type has a control character; it must have none");
    }
    BOOST_TEST(refusal(form_data().add_text("a\\", "")) == "forbidden character | form part 0: name");
    BOOST_TEST(refusal(form_data().add_text("t", controls)) == "accepted");
}

BOOST_AUTO_TEST_CASE(what_is_not_utf8_is_refused) {
    BOOST_TEST(refusal(form_data().add_text("a\xff", "")) == "text is not UTF-8 | form part 0: name");
    BOOST_TEST(refusal(with_file("\xc0\xaf.jpg")) ==
               "text is not UTF-8 | media/filename is not UTF-8; it must be");
    BOOST_TEST(refusal(with_file("\xd5\xd5.jpg")) ==
               "text is not UTF-8 | media/filename is not UTF-8; it must be");
    BOOST_TEST(refusal(with_file("a.jpg", "\x80")) ==
               "text is not UTF-8 | media/content_type is not UTF-8; it must be");
    BOOST_TEST(refusal(form_data().add_text("t", "\xff")) == "accepted");
}

BOOST_AUTO_TEST_CASE(what_the_service_refuses_is_refused) {
    BOOST_TEST(refusal(form_data().add_text("", "")) == "required member is missing | form part 0: name");
    BOOST_TEST(refusal(with_file("")) ==
               "outside the limits of the service | media/filename is empty; it must have an extension");
    BOOST_TEST(refusal(with_file("a.jpg/")) ==
               "outside the limits of the service | media/filename is empty; it must have an extension");
    for (const char* name : {"a", "a.", "a.b/c", "a.b\\c", "."})
        BOOST_TEST(
            refusal(with_file(name)) ==
            "outside the limits of the service | media/filename has no extension; it must have an extension");
}

BOOST_AUTO_TEST_CASE(the_first_fault_is_reported) {
    const auto form = form_data().add_text("a\n", "").add_text("", "").add_file("\xff", {"", body()});
    BOOST_TEST(refusal(form) == "forbidden character | form part 0: name");
}

BOOST_AUTO_TEST_CASE(boundary_in_the_content) {
    const std::string hit(boundary);
    const auto calls = [](const form_data& form) {
        numbers random{{seed, seed, 5}};
        const auto encoded = form.encode(random);
        BOOST_TEST(encoded.value().content_type ==
                   "multipart/form-data; boundary=------------------------" +
                       std::string(random.calls == 1 ? "0123456789abcdef" : "0000000000000005"));
        return random.calls;
    };
    const auto around = "xx-" + hit + "yy";
    BOOST_TEST(calls(with_file("a.jpg")) == 1u);
    BOOST_TEST(calls(form_data().add_text("t", around)) == 3u);
    BOOST_TEST(calls(form_data().add_text("t", hit)) == 3u);
    BOOST_TEST(calls(form_data().add_file("f", {"a.jpg", body::borrow(around)})) == 3u);

    const memory_source lending{around};
    BOOST_TEST(calls(form_data().add_file("f", {"a.jpg", body::from(lending)})) == 3u);
    // What has to be read cannot be checked.
    const unseen_source unseen{around};
    BOOST_TEST(calls(form_data().add_file("f", {"a.jpg", body::from(unseen)})) == 1u);
}

BOOST_AUTO_TEST_CASE(boundary_over_the_ends_of_pieces) {
    const std::string_view text = boundary;
    const auto collides = [](const body& content) {
        numbers random{{seed, 5}};
        const bool ok = form_data().add_file("f", {"a.jpg", content}).encode(random).has_value();
        BOOST_TEST(ok);
        return random.calls == 2;
    };
    for (std::size_t cut = 1; cut != text.size(); ++cut) {
        body two = body::borrow(text.substr(0, cut));
        two.append_borrowed(text.substr(cut));
        BOOST_TEST(collides(two));

        body apart = body::borrow(text.substr(0, cut));
        apart.append("x");
        apart.append_borrowed(text.substr(cut));
        BOOST_TEST(!collides(apart));

        const unseen_source unseen{"?"};
        body hidden = body::borrow(text.substr(0, cut));
        hidden.append_slice(unseen, 0, 1);
        hidden.append_borrowed(text.substr(cut));
        BOOST_TEST(!collides(hidden));
    }
    body bytewise;
    for (std::size_t i = 0; i != text.size(); ++i) bytewise.append_borrowed(text.substr(i, 1));
    BOOST_TEST(collides(bytewise));
    body embedded = body::borrow("a long piece that ends in a dash, as it happens, -");
    for (std::size_t i = 0; i < text.size(); i += 7) embedded.append_borrowed(text.substr(i, 7));
    BOOST_TEST(collides(embedded));
}

BOOST_AUTO_TEST_CASE(eight_boundaries_and_no_more) {
    const auto form = form_data().add_text("t", std::string(boundary));
    numbers lucky{{seed, seed, seed, seed, seed, seed, seed, 7}};
    BOOST_TEST(form.encode(lucky).has_value());
    BOOST_TEST(lucky.calls == 8u);
    numbers unlucky{{seed}};
    const auto encoded = form.encode(unlucky);
    BOOST_TEST(unlucky.calls == 8u);
    BOOST_TEST((encoded.error() == errc::bad_multipart));
    BOOST_TEST(encoded.error().detail() == "form: no boundary that is not in the content");
}

BOOST_AUTO_TEST_CASE(bytes_are_not_copied) {
    const std::string bytes(10u << 20, 'b');
    const memory_source source{bytes};
    const unseen_source unseen{bytes};
    const auto form = form_data()
                          .add_file("borrowed", {"a.jpg", body::borrow(bytes)})
                          .add_file("lent", {"a.jpg", body::from(source)})
                          .add_file("read", {"a.jpg", body::from(unseen)})
                          .encode(fixed)
                          .value();
    std::size_t in_place = 0, read = 0, own = 0;
    for (const auto& piece : form.body.pieces()) {
        if (piece.must_be_read()) ++read;
        else if (piece.bytes().data() == bytes.data() && piece.size() == bytes.size()) ++in_place;
        else own += piece.bytes().size();
    }
    BOOST_TEST(in_place == 2u);
    BOOST_TEST(read == 1u);
    BOOST_TEST(own < 600u);
    BOOST_TEST(form.body.size() == 3 * bytes.size() + own);
}

BOOST_AUTO_TEST_CASE(content_types) {
    BOOST_TEST(content_type_for("a.jpg") == "image/jpeg");
    BOOST_TEST(content_type_for("a.JPeG") == "image/jpeg");
    BOOST_TEST(content_type_for("a.png") == "image/png");
    BOOST_TEST(content_type_for("a.gif") == "image/gif");
    BOOST_TEST(content_type_for("a.bmp") == "image/bmp");
    BOOST_TEST(content_type_for("a.mp3") == "audio/mpeg");
    BOOST_TEST(content_type_for("a.wma") == "audio/x-ms-wma");
    BOOST_TEST(content_type_for("a.wav") == "audio/wav");
    BOOST_TEST(content_type_for("a.amr") == "audio/amr");
    BOOST_TEST(content_type_for("a.b.MP4") == "video/mp4");
    for (const char* name : {"", "a", "jpg", "a.", "a.jpgx", "a.jp", "a.jpg/b", "a.jpg "})
        BOOST_TEST(content_type_for(name) == "application/octet-stream");

    BOOST_TEST(body_of(with_file("a.bin")).find("\r\nContent-Type: application/octet-stream\r\n") !=
               std::string::npos);
    const auto chosen = body_of(with_file("a.jpg", "image/x-own"));
    BOOST_TEST(chosen.find("\r\nContent-Type: image/x-own\r\n") != std::string::npos);
    BOOST_TEST(chosen.find("image/jpeg") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(filenames) {
    static_assert(without_folders("a/b\\c.jpg") == "c.jpg");
    static_assert(extension_of("a.tar.gz") == "gz");
    BOOST_TEST(without_folders("") == "");
    BOOST_TEST(without_folders("/") == "");
    BOOST_TEST(without_folders("\\\\host\\a") == "a");
    BOOST_TEST(extension_of("a.b/c") == "");
    BOOST_TEST(extension_of(".jpg") == "jpg");
    BOOST_TEST(ascii_filename("照片.jpg") == "media.jpg");
    BOOST_TEST(ascii_filename("C:\\x.y\\照片.MP4") == "media.MP4");
    BOOST_TEST(ascii_filename("照片.azAZ09") == "media.azAZ09");
    for (const char* name :
         {"照片", "", "a.", "a.图", "a.j g", "a.j\"g", "a.j\n", "a./", "a.:", "a.`", "a.{", "a.@", "a.["})
        BOOST_TEST(ascii_filename(name) == "media");
}

}  // namespace

BOOST_AUTO_TEST_SUITE_END()
