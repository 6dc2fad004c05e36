// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// JSON to types that own their texts, and back. Each result is compared with Boost.JSON's before it is timed.
#include <wxmp/codec/detail/engines/engines.hpp>
#include <wxmp/codec/json_value.hpp>
#include <wxmp/codec/members.hpp>

#include "harness.hpp"
#include "json/payloads.hpp"
#include "json/peers.hpp"
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using namespace wxmp_bench;
namespace text_engine = wxmp::detail::text_engine;

std::vector<const text_engine::engine*> engines() {
    std::vector<const text_engine::engine*> found;
    for (const auto* e : text_engine::engines) {
        if (e->available()) found.push_back(e);
        else std::fprintf(stderr, "not available on this CPU: %s\n", e->name);
    }
    return found;
}

// Relaxed: it is part of what is timed, and a full fence would take as long as half a small answer.
void use(const text_engine::engine* e) { text_engine::active.store(e, std::memory_order_relaxed); }

[[noreturn]] void wrong(std::string_view of_case, std::string_view who) {
    std::fprintf(stderr, "%.*s: %.*s has another result than Boost.JSON\n", static_cast<int>(of_case.size()),
                 of_case.data(), static_cast<int>(who.size()), who.data());
    std::exit(1);
}

// One payload, decoded by everyone.
template <class T> class decoding {
public:
    decoding(harness& bench, std::string of_case, const std::string& text)
        : bench_(bench), case_(std::move(of_case)), text_(std::make_shared<std::string>(text)) {
        text_->reserve(text.size() + padding);
        expected_ = wxmp::encode(decoded_by_boost_json(*text_)).value();
    }

    void add_all() {
        add("simdjson on-demand", by<by_simdjson::decode>());
        add("memcpy of the text", [copy = std::make_shared<std::string>(*text_), text = text_] {
            std::memcpy(copy->data(), text->data(), text->size());
            keep(*copy);
        });
        add_result("copy of the result");
        // With the copy, what decoding takes at least: to find the ends of all values, and to make the result.
        add("skipped by wxmp", [fastest = text_engine::fastest(), text = text_] {
            use(fastest);
            wxmp::json_reader in(*text);
            keep(in.skip());
        });
        for (const auto* e : engines())
            add("wxmp, " + std::string(e->name),
                checked(std::string("wxmp, ") + e->name, [e](std::string_view text) {
                    use(e);
                    return wxmp::decode<T>(text);
                }));
#ifdef WXMP_BENCH_GLAZE
        const T* const of_type = nullptr;
        const auto again = by_glaze::rewritten(*text_, of_type);
        if (wxmp::encode(wxmp::decode<T>(again).value()).value() != expected_) wrong(case_, "glaze");
        add("glaze", [of_type, text = text_] { by_glaze::decode(*text, of_type); });
#endif
        add("Boost.JSON", by<by_boost_json::decode>());
        add("nlohmann", by<by_nlohmann::decode>());
    }

private:
    static T decoded_by_boost_json(std::string_view text) {
        T out{};
        by_boost_json::decode(text, out);
        return out;
    }

    template <void (*Decode)(std::string_view, T&)> auto by() {
        return checked("a peer", [](std::string_view text) {
            T out{};
            Decode(text, out);
            return out;
        });
    }

    static const T& value_of(const T& v) { return v; }
    static const T& value_of(const wxmp::result<T>& v) { return v.value(); }

    template <class Decode> auto checked(std::string who, Decode decode) {
        if (wxmp::encode(value_of(decode(*text_))).value() != expected_) wrong(case_, who);
        return [decode, text = text_] { keep(decode(*text)); };
    }

    void add_result(std::string who) {
        auto result = std::make_shared<T>(decoded_by_boost_json(*text_));
        add(std::move(who), [result] { keep(T(*result)); });
    }

    template <class Run> void add(std::string who, Run run) {
        bench_.add(case_, std::move(who), text_->size(), std::move(run));
    }

    harness& bench_;
    std::string case_;
    std::shared_ptr<std::string> text_;
    std::string expected_;
};

template <class T> void add_encoding(harness& bench, const std::string& of_case, const T& value) {
    const auto expected = wxmp::encode(value).value();
    const auto add = [&](const std::string& who, auto encode) {
        if (wxmp::decode<T>(encode(value)).has_value() && encode(value).size() != expected.size())
            wrong(of_case, who);
        bench.add(of_case, who, expected.size(), [encode, value] { keep(encode(value)); });
    };
#ifdef WXMP_BENCH_SIMDJSON
    add("simdjson builder, UTF-8 checked", [](const T& v) { return by_simdjson::encode(v, true); });
    add("simdjson builder, unchecked", [](const T& v) { return by_simdjson::encode(v, false); });
#endif
#ifdef WXMP_BENCH_GLAZE
    const auto by_glaze = by_glaze::encoder(value);
    if (by_glaze().size() != expected.size()) wrong(of_case, "glaze");
    bench.add(of_case, "glaze, UTF-8 unchecked", expected.size(), [by_glaze] { keep(by_glaze()); });
#endif
    bench.add(of_case, "memcpy into a new string", expected.size(),
              [expected] { keep(std::string(expected)); });
    for (const auto* e : engines()) {
        add("wxmp, " + std::string(e->name), [e](const T& v) {
            use(e);
            return wxmp::encode(v).value();
        });
        auto kept = std::make_shared<std::string>();
        bench.add(of_case, "wxmp, " + std::string(e->name) + ", buffer kept", expected.size(),
                  [e, kept, value] {
                      use(e);
                      kept->clear();
                      keep(wxmp::encode_to(*kept, value));
                  });
    }
    add("Boost.JSON", [](const T& v) { return by_boost_json::encode(v); });
    if constexpr (requires { by_nlohmann::encode(value); })
        add("nlohmann", [](const T& v) { return by_nlohmann::encode(v); });
}

// A document of Boost.JSON: by its own parser, and by our reader.
void add_values(harness& bench, const std::string& of_case, const std::string& text) {
    const auto expected = boost::json::parse(text);
    bench.add(of_case, "Boost.JSON parse", text.size(), [text] { keep(boost::json::parse(text)); });
    for (const auto* e : engines()) {
        use(e);
        if (wxmp::decode<boost::json::value>(text).value() != expected) wrong(of_case, e->name);
        bench.add(of_case, std::string("wxmp, ") + e->name, text.size(), [e, text] {
            use(e);
            keep(wxmp::decode<boost::json::value>(text));
        });
    }
}

void add_peers_of_pages(harness& bench, const std::string& size, std::string text) {
    text.reserve(text.size() + padding);
    const auto shared = std::make_shared<std::string>(std::move(text));
    const auto by_simdjson = [](const std::string& t) {
        std::vector<page> out;
        by_simdjson::decode(t, out);
        return out;
    };
    const auto result = std::make_shared<std::vector<page>>(by_simdjson(*shared));
    bench.add("growth, ns a byte", size + ", simdjson", shared->size(),
              [shared, by_simdjson] { keep(by_simdjson(*shared)); });
    bench.add("growth, ns a byte", size + ", copy of the result", shared->size(),
              [result] { keep(std::vector<page>(*result)); });
}

// The cost of a byte must not grow with the size, nor with what the bytes are. Where it does, it does for simdjson and for a
// mere copy of the result, too: memory that is fresh from the system.
void add_growth(harness& bench) {
    const auto fastest = [] { use(text_engine::fastest()); };
    const auto once = payloads::page(20'000);
    const auto list = [&once](int copies) {
        std::string all = "[";
        for (int i = 0; i != copies; ++i) (i == 0 ? all : all += ',') += once;
        return all + ']';
    };
    const auto add = [&bench, fastest](const std::string& who, std::string text, auto decode) {
        auto shared = std::make_shared<std::string>(std::move(text));
        if (!decode(*shared)) wrong("growth", who);
        bench.add("growth, ns a byte", who, shared->size(), [shared, decode, fastest] {
            fastest();
            keep(decode(*shared));
        });
    };
    const auto pages = [](const std::string& text) {
        return wxmp::decode<std::vector<page>>(text).has_value();
    };
    const auto string = [](const std::string& text) { return wxmp::decode<std::string>(text).has_value(); };
    const auto value = [](const std::string& text) {
        return wxmp::decode<boost::json::value>(text).has_value();
    };
    const auto repeated = [](std::string_view piece) {
        std::string text = "\"";
        while (text.size() < 1'000'000) text += piece;
        return text + '"';
    };
    for (const auto& [size, copies] :
         {std::pair("3 MB of pages", 1), {"30 MB of pages", 9}, {"300 MB of pages", 88}}) {
        add(size, list(copies), pages);
        add_peers_of_pages(bench, size, list(copies));
    }
    add("1 MB of backslashes", repeated("\\\\"), string);
    add("1 MB of escaped quotes", repeated("\\\""), string);
    add("1 MB of u escapes", repeated("\\u4e2d"), string);
    add("1 MB of invalid bytes", repeated("\xff"), string);
    std::string nested = "[";
    const auto deep = std::string(63, '[') + std::string(63, ']');
    while (nested.size() < 1'000'000) nested += deep + ',';
    add("1 MB of 64-deep nesting", nested + deep + ']', value);
}

}  // namespace

int main(int argc, char** argv) {
    harness bench(argc, argv);
    const auto news = payloads::page(20'000);
    decoding<page>(bench, "decode content page", news).add_all();
    decoding<page>(bench, "decode content page, slashes escaped", payloads::page(20'000, true)).add_all();
    decoding<page>(bench, "decode content page, indented", payloads::pretty(news)).add_all();
    decoding<page>(bench, "decode page without content", payloads::page(0)).add_all();
    decoding<comments>(bench, "decode 50 comments", payloads::comments()).add_all();
    decoding<status>(bench, "decode status", payloads::status()).add_all();
    decoding<media_id>(bench, "decode media_id", payloads::media_id()).add_all();
    add_encoding(bench, "encode 8 articles", draft_of(wxmp::decode<page>(news).value()));
    add_encoding(bench, "encode a comment's reply", some_reply());
    add_values(bench, "value of content page", news);
    add_values(bench, "value of 50 comments", payloads::comments());
    add_growth(bench);
    return bench.run();
}
