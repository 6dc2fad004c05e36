// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// The pictures and videos of an article, looked at before any of them is uploaded.
#ifndef WXMP_EXAMPLES_WXMP_ASSETS_HPP
#define WXMP_EXAMPLES_WXMP_ASSETS_HPP

#include <wxmp/data/sha1_digest.hpp>
#include <wxmp/operation/options.hpp>

#include "article_parser.hpp"
#include "command.hpp"
#include "problem.hpp"
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace tool {

/// What the service is to get of a file that an article names, once however often it does.
struct asset {
    enum class way {
        inline_picture,  ///< by `media/uploadimg`
        material,        ///< by `material/add_material`
        video,           ///< in blocks
    };

    way goes{};
    std::string written;           ///< what the writer calls it
    std::filesystem::path path{};  ///< where its bytes are; empty: in `bytes`
    std::string bytes{};           ///< fetched, or scaled
    wxmp::sha1_digest sha1{};      ///< of its bytes
    std::string filename{};        ///< that the service gets
    std::string title{};           ///< of a video
    std::string media_id{};        ///< of a material, once it is uploaded
    std::string outcome{};         ///< the address of a picture, or the vid, once it is uploaded
};

/// How files are looked at.
struct asset_rules {
    wxmp::options settings{};                      ///< with the service's limits
    bool shrinks{};                                ///< pictures that are too large are scaled
    bool are_materials{};                          ///< all pictures are to have a media_id
    std::vector<std::filesystem::path> outside{};  ///< folders whose files may be named too

    /// Gets a picture of another server; empty: such pictures are only reported. See fetch.hpp.
    std::function<result<std::string>(const std::string& url)> fetch{};
};

/// What came of looking at a file. Places come from who refers to it.
struct looked_file {
    std::optional<asset> good{};
    problems found{};
};

/// The files of one article.
class asset_list {
public:
    /// @param article beside it are the files that it names; it and the rules must outlive this
    asset_list(const std::filesystem::path& article, const asset_rules& rules)
        : article_(article), rules_(rules) {}

    /// Looks at what an article shows. What is wrong goes to `found`, with its place. Returns an error only
    /// if it was stopped.
    std::optional<wxmp::error> look_at(const article_picture& p, problems& found);

    /// The same of a cover, which becomes a material. To be called first: a picture that is the cover too
    /// goes the same way. That of an option has no place, and is not beside the article.
    std::optional<wxmp::error> look_at_cover(const std::string& written, source_position at, problems& found);

    /// What an article calls by this name. Null: it stays where it is, or is at fault.
    asset* find(const std::string& target) const;

    /// Null: there is none, or it is at fault.
    asset* cover() const { return cover_ && cover_->good ? &*cover_->good : nullptr; }

private:
    result<looked_file*> look_once(const article_picture& p, const std::filesystem::path& path,
                                   asset::way goes, bool is_of_option);
    looked_file look_at_file(const article_picture& p, const std::filesystem::path& path, asset::way goes,
                             bool is_of_option) const;
    bool is_allowed(const std::filesystem::path& whole) const;
    result<looked_file> look_at_address(const std::string& url, asset::way goes) const;

    const std::filesystem::path& article_;
    const asset_rules& rules_;
    std::map<std::string, looked_file> looked_{};  // by path, or by address
    std::map<std::string, looked_file*> by_target_{};
    looked_file* cover_{};
};

/// The file that an article names, which is beside it; Markdown may have a space as `%20`.
std::filesystem::path path_beside(const std::filesystem::path& article, const std::string& target);

/// Whether a picture is a video that was uploaded before, `vid:wxv_9225`, and which.
bool is_uploaded_video(const article_picture& p);
std::string vid_of(const article_picture& p);

/// Whether it is a film.
bool is_video(const article_picture& p);

}  // namespace tool

#endif
