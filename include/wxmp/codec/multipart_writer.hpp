// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_CODEC_MULTIPART_WRITER_HPP
#define WXMP_CODEC_MULTIPART_WRITER_HPP

#include <wxmp/codec/content_disposition.hpp>
#include <wxmp/codec/filename.hpp>
#include <wxmp/codec/utf8.hpp>
#include <wxmp/data/body.hpp>
#include <wxmp/detail/joined.hpp>
#include <wxmp/error/error.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wxmp::inline v0_1 {

/// An encoded form.
struct encoded_form {
    std::string content_type;  ///< value of the Content-Type header, with the boundary
    http::body body;           ///< the pieces; those of a file are as given to the form
};

namespace detail {

// Like curl's: 24 dashes and 16 hexadecimal digits.
inline std::string make_boundary(std::uint64_t random) {
    std::string boundary(40, '-');
    for (auto at = boundary.size(); at != 24; random >>= 4) boundary[--at] = "0123456789abcdef"[random & 15];
    return boundary;
}

// Whether `text` is in the bytes that are in memory, also across pieces.
inline bool holds(const http::body& content, std::string_view text) {
    const std::boyer_moore_horspool_searcher find(text.begin(), text.end());
    const auto found = [&](std::string_view in) { return find(in.begin(), in.end()).first != in.end(); };
    std::string seam;  // the end of the previous pieces, then the start of this one
    for (const auto& piece : content.pieces()) {
        if (piece.must_be_read()) {
            seam.clear();
            continue;
        }
        const auto bytes = piece.bytes();
        const auto most = text.size() - 1;
        seam += bytes.substr(0, most);
        if (found(bytes) || found(seam)) return true;
        if (bytes.size() > most) seam = bytes.substr(bytes.size() - most);
        else if (seam.size() > most) seam.erase(0, seam.size() - most);
    }
    return false;
}

}  // namespace detail

/** The parts of a multipart/form-data body, in order.

    Nothing is checked before @ref encode. The bytes of a file are not copied: what its content borrows or
    reads from must stay alive, see @ref http::body.
*/
class form_data {
public:
    /// Adds a part that is not a file. Without `content_type` that header is omitted, which means text.
    form_data& add_text(std::string name, std::string text, std::string content_type = {}) {
        parts_.push_back({std::move(name), {}, std::move(content_type), http::body(std::move(text))});
        return *this;
    }

    /// Adds a file. Folders in its name are stripped; the default content type follows from the extension.
    form_data& add_file(std::string name, http::file file) {
        if (file.content_type.empty()) file.content_type = content_type_for(file.filename);
        const std::string filename(without_folders(file.filename));
        parts_.push_back({std::move(name), filename, std::move(file.content_type), std::move(file.content)});
        return *this;
    }

    /** Encodes the body, byte for byte as `curl -F` does.

        @param random Returns a new random `std::uint64_t` for each call. It is called once; again if a part
        contains the boundary, which has a probability of 2^-64 unless content is made to. The bytes of
        sources that do not lend cannot be checked: for these, only an unpredictable `random` protects.

        A quote in a name is sent as `%22`. Errors name the part and what of it is wrong, with
        @ref error::request_member: @ref errc::forbidden_character (a control character, or `\` in a part's
        name: parsers do not agree on it), @ref errc::invalid_utf8, @ref errc::missing_member (a part without
        name), @ref errc::limit_exceeded (a filename that is empty or without extension, which the service
        refuses) or @ref errc::bad_multipart (eight random boundaries in a row were in the content). Takes
        time linear in the bytes in memory.
    */
    template <std::invocable Random>
        requires std::same_as<std::invoke_result_t<Random&>, std::uint64_t>
    [[nodiscard]] result<encoded_form> encode(Random&& random) const {
        if (const auto fault = check()) return *fault;
        for (int tries = 0; tries != 8; ++tries) {
            const auto boundary = detail::make_boundary(random());
            if (!holds(boundary)) return encode_with(boundary);
        }
        return error(errc::bad_multipart, "form: no boundary that is not in the content");
    }

private:
    struct part {
        std::string name;
        std::optional<std::string> filename;
        std::string content_type;
        http::body content;
    };

    [[nodiscard]] std::optional<error> check() const {
        for (std::size_t i = 0; i != parts_.size(); ++i) {
            // A name that must not be sent is not printed either.
            if (const auto fault = check_name(parts_[i].name))
                return error(*fault, detail::joined({"form part ", std::to_string(i), ": name"}));
            if (auto fault = check_rest(parts_[i])) return fault;
        }
        return {};
    }

    static std::optional<errc> check_name(std::string_view name) {
        if (name.empty()) return errc::missing_member;
        if (name.find('\\') != name.npos) return errc::forbidden_character;
        return check_text(name);
    }

    static std::optional<error> check_rest(const part& p) {
        if (const auto fault = check_text(p.content_type)) return refusal(p, "content_type", *fault);
        if (!p.filename) return {};
        if (const auto fault = check_text(*p.filename)) return refusal(p, "filename", *fault);
        if (!extension_of(*p.filename).empty()) return {};
        return refusal(p, "filename", errc::limit_exceeded);
    }

    [[gnu::cold]] static error refusal(const part& p, std::string_view member, errc code) {
        const auto problem = code == errc::forbidden_character ? "has a control character; it must have none"
                             : code == errc::invalid_utf8      ? "is not UTF-8; it must be"
                             : p.filename->empty()             ? "is empty; it must have an extension"
                                                   : "has no extension; it must have an extension";
        return error(code, detail::joined({p.name, "/", member, " ", problem}))
            .with_request_member(detail::joined({"/", p.name, "/", member}));
    }

    static std::optional<errc> check_text(std::string_view text) {
        if (detail::has_control(text)) return errc::forbidden_character;
        if (!is_utf8(text)) return errc::invalid_utf8;
        return {};
    }

    [[nodiscard]] bool holds(std::string_view boundary) const {
        return std::any_of(parts_.begin(), parts_.end(),
                           [&](const part& p) { return detail::holds(p.content, boundary); });
    }

    [[nodiscard]] encoded_form encode_with(const std::string& boundary) const {
        encoded_form form{detail::joined({"multipart/form-data; boundary=", boundary}), {}};
        form.body.reserve(count_of_pieces());
        std::string_view line_end;
        for (const auto& p : parts_) {
            form.body.append(head(boundary, line_end, p));
            form.body.append(p.content);
            line_end = "\r\n";
        }
        form.body.append(detail::joined({line_end, "--", boundary, "--\r\n"}));
        return form;
    }

    [[nodiscard]] std::size_t count_of_pieces() const {
        std::size_t count = 1;
        for (const auto& p : parts_) count += 1 + p.content.pieces().size();
        return count;
    }

    static std::string head(std::string_view boundary, std::string_view line_end, const part& p) {
        const auto quoted = [](const std::string& text) { return detail::replace_all(text, "\"", "%22"); };
        const auto filename = p.filename ? detail::joined({"\"; filename=\"", quoted(*p.filename)}) : "";
        const std::string_view type_name = p.content_type.empty() ? "" : "\r\nContent-Type: ";
        return detail::joined({line_end, "--", boundary, "\r\nContent-Disposition: form-data; name=\"",
                               quoted(p.name), filename, "\"", type_name, p.content_type, "\r\n\r\n"});
    }

    std::vector<part> parts_;
};

}  // namespace wxmp::inline v0_1

#endif
