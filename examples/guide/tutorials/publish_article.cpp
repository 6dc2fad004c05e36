// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include <wxmp/testing/platform_transport.hpp>
#include <wxmp/wxmp.hpp>

#include "sources/file.hpp"
#include <cstdio>

//! [function]
wxmp::result<std::string> publish(auto& client, const sources::file& cover, const sources::file& boats) {
    //! [function]
    //! [pictures]
    const auto thumb = client(
        wxmp::material::add_material{.type = wxmp::media_type::image,
                                     .media = wxmp::http::file("cover.jpg", wxmp::http::body::from(cover))});
    if (!thumb) return thumb.error();
    const auto picture =
        client(wxmp::media::uploadimg{.media = wxmp::http::file("boats.jpg", wxmp::http::body::from(boats))});
    if (!picture) return picture.error();
    //! [pictures]

    //! [draft]
    const auto draft = client(wxmp::draft::add{
        .articles = {{.title = "A walk along the harbour",
                      .thumb_media_id = thumb->media_id,
                      .content = wxmp::html::paragraph("The boats leave at six & are back by noon.") +
                                 wxmp::html::image(picture->url)}}});
    if (!draft) return draft.error();
    //! [draft]

    //! [publish]
    const auto published = client.run(wxmp::publish_draft(draft->media_id, client.settings()));
    if (!published) return published.error();
    return published->articles.at(0).article_url;
    //! [publish]
}

int main() {
    const auto cover = sources::file::open(WXMP_ASSETS "/cover.jpg");
    const auto boats = sources::file::open(WXMP_ASSETS "/harbour.jpg");
    if (!cover || !boats) return std::puts("the pictures are not there"), 1;

    //! [service]
    wxmp::testing::platform service;
    service.add_account("wx1", wxmp::secret("simulated"));
    wxmp::memory_token_store tokens;
    wxmp::client client(wxmp::testing::platform_transport(service), wxmp::options{},
                        wxmp::token_policy(tokens, wxmp::auth::stable_token{
                                                       .appid = "wx1", .secret = wxmp::secret("simulated")}));
    //! [service]

    const auto url = publish(client, *cover, *boats);
    if (!url) return std::puts(url.error().message().c_str()), 1;
    std::printf("published: %s\n", url->c_str());
    return 0;
}
