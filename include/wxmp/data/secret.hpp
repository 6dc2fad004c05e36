// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_DATA_SECRET_HPP
#define WXMP_DATA_SECRET_HPP

#include <wxmp/version.hpp>

#include <iosfwd>
#include <string>
#include <string_view>
#include <utility>

namespace wxmp::inline v0_1 {

/** Text that must not be printed: an access token, an app secret, a URL that holds one.

    It does not convert to a string and its `operator<<` is deleted, so that it cannot reach a log by
    accident. @ref reveal and @ref take are the only access to the text, and easy to search for.
*/
class secret {
public:
    secret() = default;

    /// Takes ownership of `text`.
    explicit secret(std::string text) noexcept : text_(std::move(text)) {}

    /// The text, for sending and storing only. Valid until this object is changed or destroyed.
    [[nodiscard]] const std::string& reveal() const& noexcept { return text_; }
    const std::string& reveal() const&& = delete;  // would dangle; see take

    /// Moves the text out, leaving this object empty.
    [[nodiscard]] std::string take() && noexcept { return std::exchange(text_, {}); }

    /// Whether there is no text.
    [[nodiscard]] bool empty() const noexcept { return text_.empty(); }

    friend bool operator==(const secret&, const secret&) = default;

    template <class Char, class Traits>
    friend std::basic_ostream<Char, Traits>& operator<<(std::basic_ostream<Char, Traits>&,
                                                        const secret&) = delete;

private:
    std::string text_;
};

}  // namespace wxmp::inline v0_1

#endif
