// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_CODEC_DETAIL_SOURCE_UNKNOWN_HPP
#define WXMP_CODEC_DETAIL_SOURCE_UNKNOWN_HPP

#include <wxmp/codec/detail/source/repaired_json.hpp>
#include <wxmp/codec/json_path.hpp>
#include <wxmp/codec/json_reader.hpp>
#include <wxmp/codec/json_writer.hpp>
#include <wxmp/codec/utf8.hpp>
#include <wxmp/data/fields.hpp>

#include <cstddef>
#include <string_view>
#include <unordered_map>
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
        if (all.entries.size() - begin <= few) return;
        for (auto i = begin; i != all.entries.size(); ++i) {
            auto& found = index_[all.entries[i].name];
            if (!found.first) found.first = &all.entries[i];
            found.second = &all.entries[i];
        }
    }

    /// Null if an entry before `e` has the same name.
    const unknown_entry* of(const unknown_entry& e) const {
        if (!index_.empty()) {
            const auto& found = index_.at(e.name);
            return found.first == &e ? found.second : nullptr;
        }
        for (auto i = begin_; &all_.entries[i] != &e; ++i)
            if (all_.entries[i].name == e.name) return nullptr;
        return find_last(all_, e.name);
    }

private:
    static constexpr std::size_t few = 16;

    const unknown_members& all_;
    std::size_t begin_;
    std::unordered_map<std::string_view, std::pair<const unknown_entry*, const unknown_entry*>> index_;
};

// Starting at `begin`, removes all but the last of equal names.
[[gnu::cold]] inline void keep_last_of_equal_names(unknown_members& all, std::size_t begin) {
    if (all.entries.size() - begin < 2) return;
    const last_entries last(all, begin);
    bool is_needed = false;
    for (auto i = begin; i != all.entries.size(); ++i)
        is_needed |= last.of(all.entries[i]) != &all.entries[i];
    if (!is_needed) return;
    unknown_members kept;
    kept.entries.assign(all.entries.begin(), all.entries.begin() + static_cast<std::ptrdiff_t>(begin));
    for (auto i = begin; i != all.entries.size(); ++i)
        if (const auto* e = last.of(all.entries[i])) kept.entries.push_back(*e);
    all = std::move(kept);
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
