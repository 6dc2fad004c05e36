// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_FLOW_UPLOAD_RECORD_HPP
#define WXMP_FLOW_UPLOAD_RECORD_HPP

#include <wxmp/codec/base64.hpp>
#include <wxmp/codec/members.hpp>
#include <wxmp/data/sha1.hpp>
#include <wxmp/flow/block_plan.hpp>
#include <wxmp/flow/video_details.hpp>

#include <boost/describe/class.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wxmp::inline v0_1 {

/// The digests of all blocks. In JSON: one base64 string, 20 bytes per block.
struct block_digests {
    std::vector<sha1_digest> each;  ///< in the order of the blocks

    friend bool operator==(const block_digests&, const block_digests&) = default;
};

/// Which blocks have arrived. In JSON: a string of one `1` or `0` per block.
struct block_set {
    std::vector<bool> has;  ///< by index, from 0

    /// How many blocks have arrived.
    [[nodiscard]] std::uint32_t count() const noexcept {
        return static_cast<std::uint32_t>(std::count(has.begin(), has.end(), true));
    }

    friend bool operator==(const block_set&, const block_set&) = default;
};

template <> struct codec<block_digests> : text_form<block_digests> {
    static std::string text(const block_digests& v) {
        std::string bytes;
        bytes.reserve(v.each.size() * digest_size);
        for (const auto& d : v.each) bytes.append(reinterpret_cast<const char*>(&d.bytes[0]), digest_size);
        return to_base64(bytes);
    }
    static bool parse(block_digests& v, std::string_view text) {
        const auto bytes = from_base64(text);
        if (!bytes || bytes->size() % digest_size != 0) return false;
        v.each.resize(bytes->size() / digest_size);
        for (std::size_t i = 0; i != v.each.size(); ++i)
            bytes->copy(reinterpret_cast<char*>(&v.each[i].bytes[0]), digest_size, i * digest_size);
        return true;
    }

private:
    static constexpr std::size_t digest_size = 20;
};

template <> struct codec<block_set> : text_form<block_set> {
    static std::string text(const block_set& v) {
        std::string text;
        for (const bool has : v.has) text += has ? '1' : '0';
        return text;
    }
    static bool parse(block_set& v, std::string_view text) {
        v.has.clear();
        for (const char c : text) {
            if (c != '0' && c != '1') return false;
            v.has.push_back(c == '1');
        }
        return true;
    }
};

/// A call that was sent and whose response is still unknown.
enum class unanswered_call : std::uint8_t { none, init_upload, save_video };

template <> struct wire_texts<unanswered_call> {
    static constexpr wire_text<unanswered_call> table[] = {{unanswered_call::none, "none"},
                                                           {unanswered_call::init_upload, "init_upload"},
                                                           {unanswered_call::save_video, "save_video"}};
};

/** The state of an @ref upload: with it and the file, the upload can be resumed, by another process too.

    Holds no secret. About 57 KiB as JSON for 2 GiB in blocks of 1 MiB.
*/
struct upload_record {
    constant<"wxmp upload"> format{};                  ///< identifies it among other JSON
    std::uint32_t version = 1;                         ///< of this format
    std::string filename{};                            ///< as the service knows it
    std::uint64_t filesize{};                          ///< bytes
    std::uint32_t block_size{};                        ///< bytes of each block but the last
    video_details video;                               ///< what the caller says of it
    std::optional<sha1_digest> filesha{};              ///< of the file, once hashed
    block_digests part_shas{};                         ///< of each block, once hashed
    std::optional<std::string> vid{};                  ///< from init_upload
    std::optional<std::chrono::sys_seconds> opened{};  ///< when the vid was obtained
    block_set arrived{};                               ///< blocks the service has accepted
    bool finished{};                                   ///< whether upload_finish has succeeded
    unanswered_call unanswered{};           ///< set before the call is sent, cleared by its response
    std::optional<std::string> media_id{};  ///< from save_video
    std::optional<sha1_digest> digest{};    ///< of the other members, to detect damage

    /// How the file is split into blocks.
    [[nodiscard]] block_plan plan() const noexcept { return {filesize, block_size}; }
};
BOOST_DESCRIBE_STRUCT(upload_record, (),
                      (format, version, filename, filesize, block_size, video, filesha, part_shas, vid,
                       opened, arrived, finished, unanswered, media_id, digest))

namespace detail {

inline sha1_digest digest_of(upload_record r) {
    r.digest.reset();
    sha1 hash;
    if (const auto text = encode(r)) hash.update(std::string_view(*text));
    return hash.digest();
}

// The first member that is invalid or contradicts others; empty if the record is sound.
inline std::string contradiction(const upload_record& r) {
    if (r.version != 1) return "/version";
    if (r.filesize == 0) return "/filesize";
    if (r.block_size == 0) return "/block_size";
    const auto blocks = r.filesha ? r.plan().count() : 0;
    if (r.part_shas.each.size() != blocks) return "/part_shas";
    if (r.arrived.has.size() != (r.vid ? blocks : 0)) return "/arrived";
    if (r.vid && !r.filesha) return "/vid";
    if (r.finished && (!r.vid || r.arrived.count() != blocks)) return "/finished";
    return r.media_id && !r.finished ? "/media_id" : "";
}

}  // namespace detail

/// Writes the record as JSON, for a file or a database. `errc::invalid_utf8` if a string is not UTF-8.
inline result<std::string> write_upload_record(upload_record r) {
    r.digest.reset();
    auto text = encode(r);
    if (!text) return text;
    // It is of the text so far, in which it comes last: a long record is written once.
    const auto digest = sha1_of(*text);
    text->pop_back();
    text->append(R"(,"digest":")").append(digest.hex()).append("\"}");
    return text;
}

/// Reads a record from JSON. `errc::bad_record` names what is foreign, damaged or of another version.
inline result<upload_record> read_upload_record(std::string_view text) {
    auto r = decode<upload_record>(text);
    if (!r) return error(errc::bad_record, r.error().message());
    auto fault = detail::contradiction(*r);
    if (fault.empty() && (!r->digest || *r->digest != detail::digest_of(*r))) fault = "/digest";
    if (!fault.empty()) return error(errc::bad_record, std::move(fault));
    return r;
}

}  // namespace wxmp::inline v0_1

#endif
