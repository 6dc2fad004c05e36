// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_DATA_BODY_HPP
#define WXMP_DATA_BODY_HPP

#include <wxmp/data/source.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace wxmp::inline v0_1::http {

/** The body of a request: a sequence of pieces whose total size is always known.

    A piece is owned text, borrowed bytes or a slice of a @ref byte_source. Borrowed bytes and sources are not
    copied: they must stay alive and unchanged until every request that holds them has completed. A body can
    be read from any offset, any number of times, so that a request can be sent again.
*/
class body {
public:
    /// One piece. Exactly one of its three forms is in use.
    class piece {
    public:
        /// Size in bytes.
        [[nodiscard]] std::uint64_t size() const noexcept { return size_; }

        /// Whether the bytes are not in memory and must be read from a source.
        [[nodiscard]] bool must_be_read() const noexcept { return is_slice_ && !from_.lends(); }

        /// The bytes in memory; empty if they @ref must_be_read.
        [[nodiscard]] std::string_view bytes() const {
            if (is_slice_) return from_.lend(offset_, static_cast<std::size_t>(size_));
            return borrowed_.data() ? borrowed_ : std::string_view(text_);
        }

        /// Copies bytes starting at `offset`; returns the number copied, fewer if the source failed.
        std::size_t read(std::uint64_t offset, void* out, std::size_t size) const {
            if (is_slice_) return from_.read_at(offset_ + offset, out, size);
            return bytes().substr(static_cast<std::size_t>(offset)).copy(static_cast<char*>(out), size);
        }

    private:
        friend class body;
        std::string text_;
        std::string_view borrowed_;
        byte_source_ref from_;
        std::uint64_t offset_{};
        std::uint64_t size_{};
        bool is_slice_{};
    };

    /// An empty body.
    body() = default;

    /// Takes ownership of `text`.
    body(std::string text) { append(std::move(text)); }

    /// Borrows `bytes`, without copying. A temporary string is refused: pass it to the constructor.
    static body borrow(std::string_view bytes) {
        body b;
        b.append_borrowed(bytes);
        return b;
    }
    template <class S>
        requires std::same_as<std::remove_const_t<S>, std::string>
    static body borrow(S&&) = delete;

    /// All bytes of a source.
    static body from(byte_source_ref s) {
        body b;
        b.append_slice(s, 0, s.size());
        return b;
    }

    /// Appends `text`, taking ownership.
    void append(std::string text) {
        if (auto* p = add(text.size())) p->text_ = std::move(text);
    }

    /// Appends borrowed bytes.
    void append_borrowed(std::string_view bytes) {
        if (auto* p = add(bytes.size())) p->borrowed_ = bytes;
    }
    template <class S>
        requires std::same_as<std::remove_const_t<S>, std::string>
    void append_borrowed(S&&) = delete;

    /// Appends `size` bytes of `s`, starting at `offset`.
    void append_slice(byte_source_ref s, std::uint64_t offset, std::uint64_t size) {
        auto* const p = add(size);
        if (!p) return;
        p->from_ = s;
        p->offset_ = offset;
        p->is_slice_ = true;
    }

    /// Appends the pieces of `other`.
    void append(body&& other) {
        for (auto& p : other.pieces_)
            if (auto* mine = add(p.size_)) *mine = std::move(p);
    }

    /// Appends copies of the pieces of `other`, which may be this body.
    void append(const body& other) {
        const auto count = other.pieces_.size();
        for (std::size_t i = 0; i != count; ++i) {
            auto copy = other.pieces_[i];
            if (auto* mine = add(copy.size_)) *mine = std::move(copy);
        }
    }

    /// Reserves room for `pieces` pieces in total.
    void reserve(std::size_t pieces) { pieces_.reserve(pieces); }

    /// Total size in bytes. Constant time.
    [[nodiscard]] std::uint64_t size() const noexcept { return size_; }

    /// The pieces in order, none of them empty: for transports with scatter/gather I/O.
    [[nodiscard]] const std::vector<piece>& pieces() const noexcept { return pieces_; }

    /** Copies up to `size` bytes, starting at `offset`, to `out`.

        @return The number of bytes copied: `size`, or all that remain. Fewer means that a source failed, and
        the request must be aborted.
    */
    [[nodiscard]] std::size_t read(std::uint64_t offset, void* out, std::size_t size) const {
        std::size_t done = 0;
        for (const auto& p : pieces_) {
            if (offset >= p.size_) {
                offset -= p.size_;
                continue;
            }
            const auto left = p.size_ - offset;
            const auto want = left < size - done ? static_cast<std::size_t>(left) : size - done;
            const auto got = p.read(offset, static_cast<char*>(out) + done, want);
            done += got;
            if (got != want || done == size) break;
            offset = 0;
        }
        return done;
    }

    /// All bytes as one string, for small bodies and for tests. Shorter than @ref size if a source failed.
    [[nodiscard]] std::string text() const {
        std::string all(static_cast<std::size_t>(size_), '\0');
        all.resize(read(0, all.data(), all.size()));
        return all;
    }

private:
    // A new piece, to be filled in; null if there is nothing to fill in.
    piece* add(std::uint64_t size) {
        if (size == 0) return nullptr;
        auto& p = pieces_.emplace_back();
        p.size_ = size;
        size_ += size;
        return &p;
    }

    std::vector<piece> pieces_;
    std::uint64_t size_{};
};

/// A file to upload as one part of a form.
struct file {
    std::string filename;        ///< with an extension; folders are stripped on sending
    body content;                ///< the bytes, which are not copied
    std::string content_type{};  ///< such as `image/jpeg`; empty: derived from the extension

    file() = default;

    /// Of this name and these bytes.
    file(std::string name, body bytes, std::string type = {})
        : filename(std::move(name)), content(std::move(bytes)), content_type(std::move(type)) {}
};

}  // namespace wxmp::inline v0_1::http

#endif
