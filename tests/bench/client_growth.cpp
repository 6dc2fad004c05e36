// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// What a unit of work costs as there is more of it: an item of a page, beside nlohmann/json, or of a list of
// pages; a block of an upload, or of its record; and an account of a program. The transport answers at once;
// its cost is counted too.
#include <wxmp/wxmp.hpp>

#include "harness.hpp"
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <list>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using namespace wxmp_bench;

template <class T> T need(wxmp::result<T> r) {
    if (r) return *std::move(r);
    std::fprintf(stderr, "%s\n", r.error().message().c_str());
    std::exit(1);
}

std::string page(std::uint64_t total, std::uint64_t from, std::uint64_t to) {
    std::string text = R"({"total_count":)" + std::to_string(total) + R"(,"item":[)";
    for (auto i = from; i != to; ++i)
        text += (i == from ? R"({"media_id":"D)" : R"(,{"media_id":"D)") + std::to_string(i) +
                R"(","update_time":1780000000})";
    return text + "]}";
}

// A service that grants tokens, lists so many drafts, and takes any video.
struct instant_transport {
    std::uint64_t drafts = 0;

    wxmp::result<wxmp::http::response> send(const wxmp::http::request& r) {
        const auto is = [&r](std::string_view name) { return r.safe_target.find(name) != std::string::npos; };
        if (is("stable_token")) return said(R"({"access_token":"TOKEN","expires_in":7200})");
        if (is("batchget")) return said(asked_page(r.body.text()));
        if (is("init_upload")) return said(R"({"ret":0,"vid":"wxv_1"})");
        if (is("save_video")) return said(R"({"ret":0,"media_id":"M"})");
        if (is("upload_video")) return said(R"({"ret":0})");
        return said(R"({"total_count":3})");
    }

private:
    static wxmp::http::response said(std::string text) { return {200, {}, std::move(text)}; }

    std::string asked_page(std::string_view asked) const {
        const auto from = std::strtoull(asked.data() + asked.find(':') + 1, nullptr, 10);
        return page(drafts, from, std::min<std::uint64_t>(from + 20, drafts));
    }
};

std::string named(std::uint64_t count, const char* unit) { return std::to_string(count) + ' ' + unit; }

using drafts_page = wxmp::draft::batchget::response;

drafts_page read_page(const std::string& text) { return need(wxmp::decode<drafts_page>(text)); }

std::size_t read_page_by_nlohmann(const std::string& text) {
    struct entry {
        std::string media_id;
        std::uint64_t update_time;
    };
    std::vector<entry> entries;
    const auto parsed = nlohmann::json::parse(text);
    for (const auto& item : parsed.at("item"))
        entries.push_back(
            {item.at("media_id").get<std::string>(), item.at("update_time").get<std::uint64_t>()});
    keep(entries);
    return entries.size();
}

void list(std::uint64_t count) {
    wxmp::client client(instant_transport{count});
    client.access_token(wxmp::secret("TOKEN"));
    std::uint64_t seen = 0;
    const auto each = [&seen](wxmp::draft::batchget::entry&&) { return ++seen, true; };
    if (need(client.run(wxmp::pages<wxmp::draft::batchget>({}, each))) != count || seen != count)
        std::abort();
}

constexpr std::uint32_t block_size = 1 << 10;

wxmp::video_details waves() { return {.title = "Waves", .video_desc = "At noon", .declare_ori = true}; }

void upload(const std::string& bytes, std::function<wxmp::result<void>(const wxmp::upload_record&)> persist) {
    wxmp::client client(instant_transport{});
    client.access_token(wxmp::secret("TOKEN"));
    wxmp::upload_options how{.block_size = block_size, .review = false};
    how.persist = std::move(persist);
    wxmp::memory_source source(bytes);
    wxmp::upload flow("waves.mp4", bytes.size(), waves(), {}, std::move(how));
    keep(need(client.run(std::move(flow), {.source = source})));
}

wxmp::upload_record whole_record(std::uint32_t blocks) {
    wxmp::upload_record r{.filename = "waves.mp4",
                          .filesize = std::uint64_t{blocks} << 20,
                          .block_size = 1u << 20,
                          .video = waves()};
    r.filesha = wxmp::sha1_digest{};
    r.part_shas.each.resize(blocks);
    r.vid = "wxv_1";
    r.arrived.has.assign(blocks, true);
    return r;
}

void keep_record(const wxmp::upload_record& r) {
    keep(need(wxmp::read_upload_record(need(wxmp::write_upload_record(r)))));
}

// Each has a client, a store and a policy of its own, and makes a call with its first token and one with the
// same.
void serve_accounts(std::uint64_t count) {
    struct account {
        explicit account(const std::string& appid)
            : client(instant_transport{}, wxmp::options{},
                     wxmp::token_policy(
                         tokens, wxmp::auth::stable_token{.appid = appid, .secret = wxmp::secret("s")})) {}

        wxmp::memory_token_store tokens;
        wxmp::client<instant_transport, wxmp::token_policy<wxmp::memory_token_store>> client;
    };
    std::list<account> all;
    for (std::uint64_t i = 0; i != count; ++i) all.emplace_back("wx" + std::to_string(i));
    for (int k = 0; k != 2; ++k)
        for (auto& a : all) keep(need(a.client(wxmp::draft::count{})));
}

}  // namespace

int main(int argc, char** argv) {
    harness bench(argc, argv);
    const auto add_items = [&bench](const char* of_case, auto read) {
        for (const std::uint64_t count : {100u, 1'000u, 10'000u, 100'000u, 1'000'000u})
            bench.add(of_case, named(count, "items"), count,
                      [count, text = std::make_shared<std::string>(page(count, 0, count)), read] {
                          if (read(*text) != count) std::abort();
                      });
    };
    add_items("growth of a page, an item",
              [](const std::string& text) { return read_page(text).item.size(); });
    add_items("growth of a page by nlohmann/json, an item", read_page_by_nlohmann);
    // Where there are more, their memory is new to the caches, and then from the system: so it is for a mere
    // copy.
    for (const std::uint64_t count : {100u, 1'000u, 10'000u, 100'000u, 1'000'000u})
        bench.add("growth of a page by a copy of the result, an item", named(count, "items"), count,
                  [result = std::make_shared<drafts_page>(read_page(page(count, 0, count)))] {
                      keep(drafts_page(*result));
                  });
    for (const std::uint64_t count : {100u, 1'000u, 10'000u, 100'000u, 1'000'000u})
        bench.add("growth of a list, an item", named(count, "items"), count, [count] { list(count); });
    for (const std::uint64_t count : {1u, 10u, 100u, 1'000u, 10'000u}) {
        const auto bytes = std::make_shared<std::string>(count * block_size, 'x');
        bench.add("growth of an upload, a block of 1 KiB", named(count, "blocks"), count,
                  [bytes] { upload(*bytes, {}); });
    }
    for (const std::uint32_t count : {1u, 10u, 100u, 1'000u, 10'000u})
        bench.add("growth of a record, a block", named(count, "blocks"), count,
                  [r = whole_record(count)] { keep_record(r); });
    for (const std::uint64_t count : {1u, 10u, 100u, 1'000u})
        bench.add("growth of a program, an account with two calls", named(count, "accounts"), count,
                  [count] { serve_accounts(count); });
    return bench.run();
}
