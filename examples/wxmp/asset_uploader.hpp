// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_EXAMPLES_WXMP_ASSET_UPLOADER_HPP
#define WXMP_EXAMPLES_WXMP_ASSET_UPLOADER_HPP

#include <wxmp/data/body.hpp>

#include "article_draft.hpp"
#include "assets.hpp"
#include "publish_record.hpp"
#include "session.hpp"
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tool {

/// Uploads the files of articles, but for those that the record has.
class asset_uploader {
public:
    /// @param repeats_unanswered what may have arrived is sent again where nothing tells whether it has
    asset_uploader(session& s, publish_record& r, bool repeats_unanswered)
        : session_(s), record_(r), repeats_unanswered_(repeats_unanswered) {}

    /// Afterwards each file has the media_id, address or vid that the article needs.
    std::optional<wxmp::error> upload_files(const article_draft& a);

    /// Forgets those that the article names by a media_id, but for what was uploaded in this run. False:
    /// there are none.
    bool forget_materials(const article_draft& a);

private:
    using failure = std::optional<wxmp::error>;

    failure upload(asset& file, std::string_view doing);
    failure send_picture(asset& file, std::string_view doing);
    failure send_material(asset& file, std::string_view doing);
    failure send_video(asset& file);
    result<bool> find_lost(kept_upload& kept);
    result<std::string> bytes_of(const asset& file) const;
    failure saved() const;

    session& session_;
    publish_record& record_;
    bool repeats_unanswered_;
    std::vector<wxmp::sha1_digest> uploaded_{};  // in this run
};

}  // namespace tool

#endif
