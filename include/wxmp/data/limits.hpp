// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_DATA_LIMITS_HPP
#define WXMP_DATA_LIMITS_HPP

#include <wxmp/version.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace wxmp::inline v0_1 {

/** Limits of the service, checked before a request is sent. Change them for an account with other limits.

    Characters are Unicode code points, not bytes.
*/
struct limits {
    std::uint64_t title_characters = 64;           ///< title of an article or a video
    std::uint64_t digest_characters = 120;         ///< digest of an article
    std::uint64_t content_characters = 19'999;     ///< content of an article: "under 20 000"
    std::uint64_t content_bytes = (1u << 20) - 1;  ///< content of an article: "under 1 MB"
    std::uint64_t articles = 8;                    ///< articles in one news material or draft
    std::uint64_t articles_in_uploadnews = 1;      ///< exactly this many
    std::uint64_t article_images = 20;             ///< images of a `newspic` article
    std::uint64_t video_tags = 5;                  ///< tags of a video
    std::uint64_t video_bytes = 2'147'483'648;     ///< a video uploaded in blocks: 2 GiB
    std::uint64_t block_bytes = 1u << 20;          ///< one block of it: 1 MiB
    std::uint64_t image_bytes = 10u << 20;         ///< image, permanent or temporary
    std::uint64_t inline_image_bytes = 5u << 20;   ///< image inside an article, by `media/uploadimg`
    std::uint64_t voice_bytes = 2u << 20;          ///< voice
    std::uint64_t media_video_bytes = 10u << 20;   ///< video uploaded in one request
    std::uint64_t thumb_bytes = 64u << 10;         ///< thumbnail
    std::uint64_t page_items = 20;                 ///< items of one page of a list
    std::uint64_t comment_page_items = 50;         ///< comments of one page

    /// Of permanent images: lower case, space-separated; empty: any.
    std::string image_extensions = "bmp png jpeg jpg gif";

    std::string inline_image_extensions = "png jpeg jpg";         ///< the same of images inside an article
    std::string voice_extensions = "mp3 wma wav amr";             ///< the same of permanent voices
    std::string video_extensions = "mp4";                         ///< the same of videos
    std::string thumb_extensions = "jpg jpeg";                    ///< the same of thumbnails
    std::string temporary_image_extensions = "png jpeg jpg gif";  ///< the same of temporary images
    std::string temporary_voice_extensions = "amr mp3";           ///< the same of temporary voices

    /// No limit: leaves the check to the service.
    static constexpr std::uint64_t none = ~std::uint64_t{};
};

/** The number of code points in a UTF-8 text. Linear in the size.

    Counts all bytes but continuation bytes; ill-formed text is not detected.
*/
constexpr std::uint64_t count_characters(std::string_view utf8) noexcept {
    std::uint64_t n = 0;
    for (const char c : utf8) n += (static_cast<unsigned char>(c) & 0xc0u) != 0x80u;
    return n;
}

/// What is wrong with a member of a request.
struct violation {
    std::string member;   ///< its JSON pointer
    std::string problem;  ///< what is wrong; what is allowed: `is 21; it must be at most 20`
    bool is_missing{};    ///< whether it is required, but missing or empty
};

/** Checks a request against @ref limits. Only the first violation is kept.

    A request type provides `void check(checker&) const` to check its members.
*/
class checker {
public:
    /// Checks against `l`, which must outlive this object.
    explicit constexpr checker(const limits& l) noexcept : limit(l) {}
    explicit checker(const limits&&) = delete;

    const limits& limit;  ///< the limits to check against

    /// The violation, if there is one.
    [[nodiscard]] const std::optional<violation>& found() const noexcept { return found_; }

    /// `text` may have at most `most` characters.
    void characters(std::string_view field, std::string_view text, std::uint64_t most) {
        at_most(field, count_characters(text), most, " characters");
    }

    /// `value` may be at most `most`; with a unit, as ` bytes`, it is how many of these the field has.
    void at_most(std::string_view field, std::uint64_t value, std::uint64_t most,
                 std::string_view unit = {}) {
        if (value > most) refuse(field, out_of_bounds(value, unit, "at most ", most));
    }

    /// `value` must be from `least` to `most`.
    void between(std::string_view field, std::uint64_t value, std::uint64_t least, std::uint64_t most,
                 std::string_view unit = {}) {
        if (value < least) refuse(field, out_of_bounds(value, unit, "at least ", least));
        at_most(field, value, most, unit);
    }

    /// `text` must not be empty.
    void not_empty(std::string_view field, std::string_view text) {
        if (text.empty()) add(field, "is empty; the service requires it", true);
    }

    /// The field must be there.
    void present(std::string_view field, bool is_present) {
        if (!is_present) add(field, "is missing; the service requires it", true);
    }

    /// `filename` must have one of the extensions in `known`: lower case, space-separated; empty: any.
    void extension(std::string_view field, std::string_view filename, std::string_view known) {
        if (known.empty()) return;
        const auto dot = filename.rfind('.');
        std::string extension(dot == filename.npos ? std::string_view() : filename.substr(dot + 1));
        for (char& c : extension) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        if (extension.empty()) extension = " ";  // none of any list
        if ((' ' + std::string(known) + ' ').find(' ' + extension + ' ') == std::string::npos)
            refuse(field, "has no accepted extension; it must be one of " + std::string(known));
    }

    /// Records that `field` is refused: what is wrong and, after a semicolon, what is allowed. No effect if
    /// there already is a violation.
    void refuse(std::string_view field, std::string_view problem) { add(field, problem, false); }

    /// Checks `part`, whose fields are nested in `field`.
    template <class Part> void inside(std::string_view field, const Part& part) {
        const auto outer = scope_.size();
        (scope_ += '/') += field;
        part.check(*this);
        scope_.resize(outer);
    }

    /// Checks each element of `parts`, as `field/0`, `field/1` and so on.
    template <class Parts> void each(std::string_view field, const Parts& parts) {
        std::size_t i = 0;
        for (const auto& part : parts) inside(std::string(field) + '/' + std::to_string(i++), part);
    }

private:
    static std::string out_of_bounds(std::uint64_t value, std::string_view unit, std::string_view bound,
                                     std::uint64_t limit_value) {
        const bool is_count = !unit.empty();
        return (is_count ? "has " : "is ") + std::to_string(value) + std::string(unit) + "; it must " +
               (is_count ? "have " : "be ") + std::string(bound) + std::to_string(limit_value);
    }

    void add(std::string_view field, std::string_view problem, bool is_missing) {
        if (!found_) found_ = {scope_ + '/' + std::string(field), std::string(problem), is_missing};
    }

    std::string scope_;
    std::optional<violation> found_;
};

}  // namespace wxmp::inline v0_1

#endif
