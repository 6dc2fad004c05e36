// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_DATA_SECRET_HPP
#define WXMP_DATA_SECRET_HPP

#include <wxmp/version.hpp>

#include <iosfwd>
#include <string>
#include <string_view>
#include <utility>

namespace wxmp {

/** Text that must not be printed: an access token, an app secret, a URL that holds one.

    It has no conversion to a string and its `operator<<` is deleted, so that it cannot reach a log by
    accident. @ref reveal is the one way to the text, and easy to search for.
*/
class secret {
public:
    secret() = default;

    /// Takes the text.
    explicit secret(std::string text) noexcept : text_(std::move(text)) {}

    /// The text itself. For the wire and for storage only; valid while this object is unchanged.
    [[nodiscard]] const std::string& reveal() const& noexcept { return text_; }
    const std::string& reveal() const&& = delete;  // a reference into what ends now; see take

    /// Moves the text out, which leaves none here.
    [[nodiscard]] std::string take() && noexcept { return std::exchange(text_, {}); }

    /// True when there is no text.
    [[nodiscard]] bool empty() const noexcept { return text_.empty(); }

    friend bool operator==(const secret&, const secret&) = default;

    template <class Char, class Traits>
    friend std::basic_ostream<Char, Traits>& operator<<(std::basic_ostream<Char, Traits>&,
                                                        const secret&) = delete;

private:
    std::string text_;
};

}  // namespace wxmp

#endif
