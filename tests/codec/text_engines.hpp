// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TESTS_CODEC_TEXT_ENGINES_HPP
#define WXMP_TESTS_CODEC_TEXT_ENGINES_HPP

#include <wxmp/codec/detail/engines/engines.hpp>
#include <wxmp/codec/utf8.hpp>

#include "../thorough.hpp"
#include <algorithm>
#include <cstddef>
#include <iterator>
#include <random>
#include <string>
#include <string_view>
#include <utility>

// Without Boost, so that a cross-compiled test program can use it too.
namespace wxmp_test {

namespace text_engine = wxmp::detail::text_engine;

/// Makes all JSON text go through one engine, until the end of the scope.
class use_text_engine {
public:
    explicit use_text_engine(const text_engine::engine& e) : before_(text_engine::active.exchange(&e)) {}
    ~use_text_engine() { text_engine::active = before_; }
    use_text_engine(const use_text_engine&) = delete;
    use_text_engine& operator=(const use_text_engine&) = delete;

private:
    const text_engine::engine* before_;
};

/// A text of what strings in JSON are made of, right and wrong.
inline std::string random_string(std::mt19937& random) {
    static const std::string pieces[] = {
        "x",       "plain text ",      "\\\"",           "\\\\",    "\\/",     "\\n", "\\u4e2d",
        "\\u0000", "\\u7ff",           "\\ud83d\\ude00", "\\ud83d", "\\ude00", "中",  "文字文字",
        "é",       "\xf0\x9f\x98\x80", "\x01",           "\t"};
    static const std::string wrong[] = {
        "\\",          "\\x",          "\\u12g4",          "\xff",     "\x80", "\xe4\xb8",
        "\xc0\xaf",    "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xf0\x9f", "\"",   "\xf5",
        "\xe0\x80\x80"};
    std::string text;
    const bool is_right = random() % 2 == 0;
    const auto size = random() % 300;
    while (text.size() < size) {
        if (!is_right && random() % 40 == 0) text += wrong[random() % std::size(wrong)];
        else if (random() % 4 == 0) text += pieces[random() % std::size(pieces)];
        else text.append(random() % 40, 'a');
    }
    return text;
}

/// Room for a decoded text, with bytes behind it that nobody may touch.
class guarded_room {
public:
    guarded_room(text_engine::string_read& s, std::size_t size) : s_(s) { grow(size); }

    void grow(std::size_t more) {
        const std::size_t used = s_.to ? used_bytes() : 0;
        bytes_.resize(bytes_.size() - (bytes_.empty() ? 0 : guard) + more);
        bytes_.append(guard, mark);
        s_.to = bytes_.data() + used;
        s_.to_end = bytes_.data() + bytes_.size() - guard;
    }

    std::string text() const { return bytes_.substr(0, used_bytes()); }
    bool is_intact() const {
        return bytes_.find_first_not_of(mark, bytes_.size() - guard) == bytes_.npos && s_.to <= s_.to_end;
    }

private:
    static constexpr std::size_t guard = 128;
    static constexpr char mark = '\x7f';

    std::size_t used_bytes() const { return static_cast<std::size_t>(s_.to - bytes_.data()); }

    text_engine::string_read& s_;
    std::string bytes_;
};

/// What an engine reads of the string at the beginning of a text, in a buffer that is first too small.
inline std::string reading(const text_engine::engine& e, const std::string& text, std::size_t size = 70) {
    const char* const begin = text.data();
    const char* const end = begin + text.size();
    text_engine::string_read s{begin + 1};
    guarded_room room(s, size);
    auto how = e.read_string(s, begin, end);
    for (; how == text_engine::read_end::no_room; how = e.read_string(s, begin, end)) {
        if (!room.is_intact()) return "wrote too far";
        room.grow(80);
    }
    text_engine::string_read skipped{begin + 1};
    const bool same = e.skip_string(skipped, begin, end) == how &&
                      (how == text_engine::read_end::wrong ||
                       (skipped.p == s.p && skipped.has_escape == s.has_escape &&
                        skipped.has_control == s.has_control && skipped.needs_repair == s.needs_repair));
    std::string found = same ? "" : "skipped otherwise ";
    if (!room.is_intact()) return "wrote too far";
    if (how == text_engine::read_end::wrong) return found + "wrong";
    if (how == text_engine::read_end::cut) return found + "cut";
    found +=
        std::to_string(s.p - begin) + (s.has_escape ? " escape" : "") + (s.has_control ? " control" : "");
    if (s.needs_repair) return found + " repair";
    const auto decoded = room.text();
    return (wxmp::is_utf8(decoded) ? "" : "not UTF-8 ") + found + ": " + decoded;
}

/// Whether an engine finds the plain front of the string at the beginning of a text.
inline bool finds_plain_front(const text_engine::engine& e, const std::string& text) {
    const char* const begin = text.data();
    const char* const end = begin + text.size();
    const auto stops = [](char c) { return c == '"' || c == '\\' || static_cast<unsigned char>(c) < 0x20; };
    const char* const stop = std::find_if(begin + 1, end, stops);
    const auto found = e.read_plain(begin + 1, begin, end);
    if (found.stop != stop) return false;
    if (stop == end) return !found.is_all(end);
    const bool is_right = wxmp::is_utf8({begin + 1, stop});
    if (is_right == (found.suspect != 0)) return false;
    return found.is_all(end) == (is_right && *stop == '"');
}

/// A text with escapes, byte by byte.
inline std::string escaped(std::string_view text) {
    std::string all;
    for (const char c : text) {
        const bool is_plain = static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\';
        all += is_plain ? std::string_view(&c, 1) : text_engine::escape_of(c);
    }
    return all;
}

/// What an engine writes for a text into that much room, which is made larger by so much each time it is too little.
inline std::string escaping(const text_engine::engine& e, const std::string& text, std::size_t room,
                            std::size_t more) {
    using text_engine::write_end;
    constexpr char mark = '\x7f';
    std::string all(room + 128, mark);
    text_engine::string_write s{text, all.data(), all.data() + room};
    auto how = e.write_string(s);
    for (; how == write_end::no_room; how = e.write_string(s)) {
        if (all.find_first_not_of(mark, room) != all.npos) return "wrote too far";
        const auto used = s.to - all.data();
        room += more;
        all.append(more, mark);
        s.to = all.data() + used;
        s.to_end = all.data() + room;
    }
    if (how == write_end::not_utf8) return "not UTF-8";
    if (all.find_first_not_of(mark, room) != all.npos) return "wrote too far";
    all.resize(static_cast<std::size_t>(s.to - all.data()));
    return all;
}

/// The same for the room that the text needs, for more, and for less at first. Never as much is written as in what is less.
inline std::string escaping(const text_engine::engine& e, const std::string& text) {
    const auto size = escaped(text).size();
    const auto written = escaping(e, text, size + 1000, 1);
    const auto less = size - std::min<std::size_t>(size, 1);
    for (const auto& [room, more] :
         {std::pair(size + 100, std::size_t{1}), {size, 1}, {less, 1}, {size / 2, 70}, {0, 9}})
        if (escaping(e, text, room, std::max(more, text.size() / 64)) != written)
            return "wrote otherwise in less room";
    if (written != "not UTF-8" && written.size() != size) return "wrote another size";
    return written;
}

/// Whether an engine finds in one text what the portable one finds.
inline bool agrees(const text_engine::engine& e, const std::string& text) {
    const auto& portable = text_engine::engine_of<text_engine::portable>;
    if (!finds_plain_front(e, text)) return false;
    const auto found = reading(e, text);
    if (found != reading(portable, text)) return false;
    for (const std::string_view fault : {"skipped", "not UTF-8", "wrote"})
        if (found.starts_with(fault)) return false;
    return escaping(e, text) == (wxmp::is_utf8(text) ? escaped(text) : "not UTF-8");
}

/// In how many cases an engine reads otherwise than the portable one where an escape comes at the end of the room.
inline int disagreements_in_little_room(const text_engine::engine& e) {
    const auto& portable = text_engine::engine_of<text_engine::portable>;
    int count = 0;
    for (std::size_t at = 0; at != 140; ++at)
        for (const std::string_view escape : {"\\n", "\\u4e2d", "\\ud83d\\ude00", "\\u4e2d\\u4e2d"}) {
            const auto text = '"' + std::string(at, 'x') + std::string(escape) + std::string(80, 'x') + '"';
            const auto expected = reading(portable, text, 400);
            for (std::size_t room = 60 + at % stride; room < 150; room += stride)
                count += reading(e, text, room) != expected;
        }
    return count;
}

/// How many of the texts below an engine reads or writes otherwise than the portable one.
inline int disagreements(const text_engine::engine& e) {
    std::mt19937 random(7);
    int count = 0;
    for (int i = 0; i < 20'000; i += stride) {
        auto text = std::string(random() % 4, ' ') + '"' + random_string(random);
        if (random() % 8 != 0) text += "\",";
        text.append(random() % 100, ' ');
        text.erase(0, text.find('"'));
        count += !agrees(e, text);
    }
    // Every pair of bytes and what follows, across the borders of blocks.
    for (int first = 0x7f; first != 0x100; ++first)
        for (int second = 0x7f + first % stride; second < 0x100; second += stride)
            for (const std::size_t at : {15u, 31u, 62u, 63u}) {
                const char bytes[] = {static_cast<char>(first), static_cast<char>(second)};
                for (const std::string_view rest : {"", "\x80", "\x80\x80", "a"})
                    count += !agrees(e, '"' + std::string(at, 'x') + std::string(bytes, 2) +
                                            std::string(rest) + '"');
            }
    // Every byte behind a backslash, in whole blocks, across their borders and in the last one.
    for (int byte = 0; byte != 0x100; ++byte)
        for (const std::size_t at : {0u, 40u, 62u, 63u, 100u, 126u, 127u, 150u})
            for (const std::size_t behind : {20u, 200u})
                count += !agrees(e, '"' + std::string(at, 'x') + '\\' + static_cast<char>(byte) +
                                        std::string(behind, 'y') + '"');
    // A character that is cut by the end of the text, in its last block and behind it.
    for (std::size_t size = 0; size != 200; ++size)
        for (const std::string_view character : {"é", "文", "\xf0\x9f\x98\x80"})
            for (std::size_t bytes = 1; bytes <= character.size(); ++bytes)
                count += !agrees(e, '"' + std::string(size, 'x') + std::string(character.substr(0, bytes)));
    return count + disagreements_in_little_room(e);
}

}  // namespace wxmp_test

#endif
