// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_CODEC_DETAIL_SOURCE_UNKNOWN_HPP
#define WXMP_CODEC_DETAIL_SOURCE_UNKNOWN_HPP

#include <wxmp/codec/detail/source/repaired_json.hpp>
#include <wxmp/codec/json_path.hpp>
#include <wxmp/codec/json_reader.hpp>
#include <wxmp/codec/json_writer.hpp>
#include <wxmp/codec/utf8.hpp>
#include <wxmp/data/fields.hpp>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <functional>
#include <memory>
#include <string_view>
#include <utility>

// Members that a struct does not know. Of equal names the last one is used, at the position of the first.
namespace wxmp::inline v0_1::detail::source {

using unknown_entry = unknown_members::entry;

inline const unknown_entry* find_last(const unknown_members& all, std::string_view name) noexcept {
    for (auto i = all.entries.rbegin(); i != all.entries.rend(); ++i)
        if (i->name == name) return &*i;
    return nullptr;
}

// Maps the first entry of each name to the last. With many entries it uses an index, to be linear.
class last_entries {
public:
    explicit last_entries(const unknown_members& all, std::size_t begin = 0) : all_(all), begin_(begin) {
        const auto count = all.entries.size() - begin;
        if (count <= few) return;
        const auto places = std::bit_ceil(2 * count);
        index_ = std::make_unique<same_name[]>(places);
        mask_ = places - 1;
        for (auto i = begin; i != all.entries.size(); ++i) {
            auto& found = index_[place_of(all.entries[i].name)];
            if (!found.first) found.first = &all.entries[i];
            found.last = &all.entries[i];
        }
    }

    /// Null if an entry before `e` has the same name.
    const unknown_entry* of(const unknown_entry& e) const {
        if (index_) {
            const auto& found = index_[place_of(e.name)];
            return found.first == &e ? found.last : nullptr;
        }
        for (auto i = begin_; &all_.entries[i] != &e; ++i)
            if (all_.entries[i].name == e.name) return nullptr;
        return find_last(all_, e.name);
    }

private:
    static constexpr std::size_t few = 16;

    struct same_name {
        const unknown_entry* first{};
        const unknown_entry* last{};
    };

    // Half of the places are free. std::unordered_map would be a hundred functions more to compile.
    std::size_t place_of(std::string_view name) const {
        auto at = std::hash<std::string_view>()(name) & mask_;
        while (index_[at].first && index_[at].first->name != name) at = (at + 1) & mask_;
        return at;
    }

    const unknown_members& all_;
    std::size_t begin_;
    std::unique_ptr<same_name[]> index_;
    std::size_t mask_{};
};

// Starting at `begin`, removes all but the last of equal names.
[[gnu::cold]] inline void keep_last_of_equal_names(unknown_members& all, std::size_t begin) {
    auto& entries = all.entries;
    if (entries.size() - begin < 2) return;
    const last_entries last(all, begin);
    for (auto i = begin; i != entries.size(); ++i) {
        const auto* by = last.of(entries[i]);
        if (!by) entries[i].json.clear();  // which is never empty
        else if (by != &entries[i])
            entries[i].json = std::move(entries[static_cast<std::size_t>(by - entries.data())].json);
    }
    const auto is_dropped = [](const unknown_entry& e) { return e.json.empty(); };
    entries.erase(
        std::remove_if(entries.begin() + static_cast<std::ptrdiff_t>(begin), entries.end(), is_dropped),
        entries.end());
}

// Whether an entry can be sent: its text is parsed as leniently as any other.
inline bool check_unknown(const unknown_entry& e, const json_path& at) {
    json_reader in(e.json);
    in.skip();
    if (!in.ends()) return at.fail(in.is_too_deep() ? errc::too_deep : errc::bad_json);
    return is_utf8(e.name) || at.fail(errc::invalid_utf8);
}

// Writes a checked text: byte for byte except for what JSON does not allow.
inline void write_unknown(json_writer& out, const unknown_entry& e) {
    json_reader in(e.json);
    in.skip();
    if (!in.is_nonconforming()) return out.raw(e.json);
    const auto repaired = repaired_json(e.json);
    out.raw(repaired ? *repaired : e.json);
}

}  // namespace wxmp::inline v0_1::detail::source

#endif
