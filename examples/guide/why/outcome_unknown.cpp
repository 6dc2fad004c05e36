// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include <wxmp/testing/platform_transport.hpp>
#include <wxmp/wxmp.hpp>

#include <cstdio>

int main() {
    wxmp::testing::platform service;
    service.add_account("wx1", wxmp::secret("s"));
    wxmp::memory_token_store tokens;
    const wxmp::auth::stable_token login{.appid = "wx1", .secret = wxmp::secret("s")};
    wxmp::client client(wxmp::testing::platform_transport(service), wxmp::options{},
                        wxmp::token_policy(tokens, login), wxmp::retry_policy());
    const auto cover = client(
        wxmp::material::add_material{.type = wxmp::media_type::image,
                                     .media = wxmp::http::file("a.jpg", std::string("\xff\xd8\xff\xe0"))});
    if (!cover) return std::puts(cover.error().message().c_str()), 1;

    //! [lost]
    service.inject({.call = "/cgi-bin/draft/add", .what = wxmp::testing::fault::lose_answer{}});
    const wxmp::draft::add op{
        .articles = {{.title = "A walk", .thumb_media_id = cover->media_id, .content = "<p>Boats</p>"}}};
    const auto draft = client(op);
    if (draft.has_error() && draft.error() == wxmp::condition::outcome_unknown)
        std::printf("%s\n", draft.error().message().c_str());
    //! [lost]

    //! [look]
    const auto drafts = client(wxmp::draft::batchget{.offset = 0, .count = 20});
    for (const auto& d : drafts->item)
        std::printf("there is: %s\n", d.content->news_item.at(0).title.c_str());
    //! [look]
    return 0;
}
