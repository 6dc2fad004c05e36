// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TESTS_BENCH_JSON_PAYLOADS_HPP
#define WXMP_TESTS_BENCH_JSON_PAYLOADS_HPP

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

// What the service sends, the same in every run: Chinese HTML with its quotes escaped, members in the order
// of the documents.
namespace wxmp_bench::payloads {

class author {
public:
    std::uint32_t below(std::uint32_t end) {
        state_ = state_ * 6364136223846793005 + 1442695040888963407;
        return static_cast<std::uint32_t>((state_ >> 33) % end);
    }
    std::uint32_t between(std::uint32_t first, std::uint32_t last) { return first + below(last - first + 1); }

    /// Words of so many characters, with commas.
    std::string words(std::size_t characters) {
        std::string text;
        for (std::size_t i = 0; i != characters; ++i) {
            text += character();
            if (i % 17 == 13) text += "，";
        }
        return text + "。";
    }

    /// As the service's identifiers look.
    std::string token(std::size_t size) {
        constexpr std::string_view from = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
        std::string text;
        while (text.size() != size) text += from[below(from.size())];
        return text;
    }

    /// A text as it is in JSON.
    static std::string quoted(std::string_view text, bool escapes_slash = false) {
        std::string json = "\"";
        for (const char c : text) {
            if (c == '\n') json += "\\n";
            else if (c == '"' || c == '\\' || (c == '/' && escapes_slash)) (json += '\\') += c;
            else json += c;
        }
        return json + '"';
    }

    std::string paragraph() {
        const auto kind = below(100);
        if (kind < 12)
            return "<p style=\"text-align: center;\"><img class=\"rich_pages wxw-img\" data-ratio=\"0." +
                   std::to_string(between(100, 999)) +
                   "\" data-s=\"300,640\" data-src=\"https://mmbiz.qpic.cn/mmbiz_png/" + token(86) +
                   "/640?wx_fmt=png\" data-type=\"png\" data-w=\"1080\" style=\"width: 100%;\" /></p>";
        if (kind < 25)
            return "<section style=\"margin: 10px auto;\"><strong style=\"color: rgb(0, 122, 170);\">" +
                   words(between(8, 20)) + "</strong></section>\n";
        return "<p style=\"text-align: justify;line-height: 1.75em;margin-bottom: 16px;\"><span "
               "style=\"font-size: 15px;color: rgb(63, 63, 63);letter-spacing: 1px;\">" +
               words(between(30, 160)) + "</span></p>";
    }

    std::string html(std::size_t bytes) {
        std::string text = "<section style=\"box-sizing: border-box;font-size: 16px;\">";
        while (text.size() < bytes) text += paragraph();
        return text + "</section>";
    }

    std::string article(std::size_t content_bytes, bool escapes_slash) {
        const auto text = [escapes_slash](std::string_view t) { return quoted(t, escapes_slash); };
        std::string json = "{\"title\":" + text(words(between(10, 25))) + ",\"author\":" + text(words(2)) +
                           ",\"digest\":" + text(words(between(30, 50)));
        if (content_bytes != 0) json += ",\"content\":" + text(html(content_bytes));
        json += ",\"content_source_url\":" + text("https://example.com/source/" + token(12)) +
                ",\"thumb_media_id\":" + text(token(43)) + ",\"show_cover_pic\":" + std::to_string(below(2)) +
                ",\"url\":" +
                text("http://mp.weixin.qq.com/s?__biz=" + token(16) +
                     "==&mid=" + std::to_string(between(100'000'000, 999'999'999)) +
                     "&idx=1&sn=" + token(32) + "&chksm=" + token(70) + "#rd") +
                ",\"thumb_url\":" + text("http://mmbiz.qpic.cn/mmbiz_jpg/" + token(86) + "/0?wx_fmt=jpeg") +
                ",\"need_open_comment\":" + std::to_string(below(2)) +
                ",\"only_fans_can_comment\":" + std::to_string(below(2));
        return json + '}';
    }

    std::string time() { return std::to_string(1'700'000'000 + below(10'000'000)); }

    std::string news(std::size_t articles, std::size_t content_bytes, bool escapes_slash) {
        std::string json = "{\"news_item\":[";
        for (std::size_t i = 0; i != articles; ++i) {
            if (i != 0) json += ',';
            json += article(content_bytes, escapes_slash);
        }
        return json + "],\"create_time\":" + time() + ",\"update_time\":" + time() + '}';
    }

    std::string comment() {
        constexpr std::string_view ends[] = {"", "", "", "👍", "😂", "[强]", "\"赞\"", "\n"};
        return "{\"user_comment_id\":" + std::to_string(between(1, 1'000'000)) +
               ",\"openid\":" + quoted("o" + token(27)) + ",\"create_time\":" + time() +
               ",\"content\":" + quoted(words(between(6, 80)) + std::string(ends[below(8)])) +
               ",\"comment_type\":" + std::to_string(below(2)) +
               ",\"reply\":{\"content\":" + quoted(words(between(6, 40))) + ",\"create_time\":" + time() +
               "}}";
    }

private:
    std::string character() {  // of the two thousand around U+4E00 to U+55CF
        const auto code = 0x4e00 + below(2000);
        return {static_cast<char>(0xe0 | code >> 12), static_cast<char>(0x80 | (code >> 6 & 0x3f)),
                static_cast<char>(0x80 | (code & 0x3f))};
    }

    std::uint64_t state_ = 20260101;
};

/// A page of twenty drafts of eight articles; without content, with 0 bytes of it.
inline std::string page(std::size_t content_bytes, bool escapes_slash = false) {
    author a;
    std::string json = "{\"item\":[";
    for (int i = 0; i != 20; ++i) {
        if (i != 0) json += ',';
        json += "{\"media_id\":" + author::quoted(a.token(43)) +
                ",\"content\":" + a.news(8, content_bytes, escapes_slash) + ",\"update_time\":" + a.time() +
                '}';
    }
    return json + "],\"total_count\":1234,\"item_count\":20}";
}

/// The same document, indented by two blanks.
inline std::string pretty(std::string_view json) {
    std::string text;
    std::size_t depth = 0;
    bool inside = false, escaped = false;
    const auto line = [&] { text.append(1, '\n').append(2 * depth, ' '); };
    for (const char c : json) {
        if (!inside && (c == '}' || c == ']')) --depth, line();
        text += c;
        if (c == '"' && !escaped) inside = !inside;
        escaped = inside && c == '\\' && !escaped;
        if (inside) continue;
        if (c == '{' || c == '[') ++depth, line();
        if (c == ',') line();
        if (c == ':') text += ' ';
    }
    return text;
}

/// Fifty comments, most with a reply.
inline std::string comments() {
    author a;
    std::string json = "{\"errcode\":0,\"errmsg\":\"ok\",\"total\":1234,\"comment\":[";
    for (int i = 0; i != 50; ++i) {
        if (i != 0) json += ',';
        json += a.comment();
    }
    return json + "]}";
}

inline std::string status() { return R"({"errcode":0,"errmsg":"ok"})"; }

inline std::string media_id() { return "{\"media_id\":" + author::quoted(author().token(43)) + '}'; }

}  // namespace wxmp_bench::payloads

#endif
