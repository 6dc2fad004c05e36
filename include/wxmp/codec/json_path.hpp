// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_CODEC_JSON_PATH_HPP
#define WXMP_CODEC_JSON_PATH_HPP

#include <wxmp/error/error.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace wxmp::inline v0_1 {

namespace detail {

// No fault so far. g++ 12 zero-fills an optional that is constructed in place.
inline std::optional<error> no_fault() noexcept { return {}; }

}  // namespace detail

/** The current position in a document: a chain of stack objects, evaluated only when something fails.

    A codec reports a fault with @ref fail and returns false.
*/
class json_path {
public:
    /// The whole document. A fault is stored in `fault`, which must outlive this object.
    explicit json_path(std::optional<error>& fault) noexcept : fault_(&fault) {}

    /// A member of the object at `up`.
    json_path(const json_path& up, std::string_view name) noexcept
        : fault_(up.fault_), up_(&up), name_(name.data()), number_(name.size()) {}

    /// An element of the array at `up`, counted from 0.
    json_path(const json_path& up, std::size_t index) noexcept
        : fault_(up.fault_), up_(&up), number_(index) {}

    json_path(const json_path&) = delete;
    json_path& operator=(const json_path&) = delete;

    /// Reports a fault here; always false.
    bool fail(errc e) const {
        if (!*fault_) fault_->emplace(e, pointer());
        return false;
    }

    /// The fault that was reported, here or anywhere in the document.
    [[nodiscard]] std::optional<error>& fault() const noexcept { return *fault_; }

    /// The JSON pointer (RFC 6901) of this place; empty for the whole document.
    [[nodiscard]] [[gnu::cold]] std::string pointer() const {
        if (!up_) return {};
        auto text = up_->pointer() + '/';
        if (!name_) return text + std::to_string(number_);
        for (const char c : std::string_view(name_, number_)) {
            if (c == '~') text += "~0";
            else if (c == '/') text += "~1";
            else text += c;
        }
        return text;
    }

private:
    std::optional<error>* fault_;
    const json_path* up_{};
    const char* name_{};    // of an object's member
    std::size_t number_{};  // the name's size, or the index in an array
};

}  // namespace wxmp::inline v0_1

#endif
