// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_EXAMPLES_SERVER_INSPECTION_HPP
#define WXMP_EXAMPLES_SERVER_INSPECTION_HPP

#include <wxmp/codec/json_value.hpp>
#include <wxmp/codec/url.hpp>
#include <wxmp/data/sha1.hpp>
#include <wxmp/testing/platform.hpp>

#include <boost/json.hpp>

#include <optional>
#include <string>
#include <utility>

namespace servers {

/** Tells a test what a simulated platform keeps, where the real service has no such call.

    `GET /simulator/page?url=ADDRESS` is answered by the public article at that address:
    `{"article":{…},"cover":FILE,"pictures":[FILE…],"videos":[FILE…]}`, both lists in the order of the content. A
    FILE is `{"filename":…,"size":…,"sha1":…}` of the bytes that arrived, with the `url` of a picture or the
    `vid` of a video.
*/
class inspection {
public:
    /// Looks at `p`, which must outlive it.
    explicit inspection(const wxmp::testing::platform& p) noexcept : platform_(p) {}

    /// The answer to a request that is for it: 404 where nothing is found.
    std::optional<wxmp::http::response> answer(const wxmp::http::request& r) const {
        const auto target = wxmp::parse_target(r.target.reveal());
        if (!target || target->path != "/simulator/page") return std::nullopt;
        const auto* url = target->find("url");
        const auto page = url ? platform_.published(*url) : std::nullopt;
        if (!page) return wxmp::http::response{404, {}, {}};
        return wxmp::http::response{
            200, {{"Content-Type", "application/json"}}, boost::json::serialize(describe(*page))};
    }

private:
    static boost::json::object describe(const std::string& filename, const std::string& bytes) {
        return {{"filename", filename}, {"size", bytes.size()}, {"sha1", wxmp::sha1_of(bytes).hex()}};
    }

    static boost::json::value describe(const wxmp::testing::stored_file* f) {
        if (!f) return nullptr;
        auto o = describe(f->filename, f->bytes);
        o["url"] = f->url;
        return o;
    }

    static boost::json::value describe(const wxmp::testing::stored_upload* u) {
        if (!u) return nullptr;
        auto o = describe(u->opened.filename, u->bytes());
        o["vid"] = u->vid;
        return o;
    }

    static boost::json::object describe(const wxmp::testing::published_page& page) {
        boost::json::array pictures, videos;
        for (const auto* p : page.pictures) pictures.push_back(describe(p));
        for (const auto* v : page.videos) videos.push_back(describe(v));
        const auto article = wxmp::to_value(*page.text);
        return {{"article", article ? *article : nullptr},
                {"cover", describe(page.cover)},
                {"pictures", std::move(pictures)},
                {"videos", std::move(videos)}};
    }

    const wxmp::testing::platform& platform_;
};

}  // namespace servers

#endif
