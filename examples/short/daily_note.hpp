// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// A user's code, which boost_test.cpp, catch2.cpp and googletest.cpp test.
#ifndef DAILY_NOTE_HPP
#define DAILY_NOTE_HPP

#include <wxmp/wxmp.hpp>

#include <string>

/// Publishes a note with its picture, and returns the address of the article.
wxmp::result<std::string> publish_note(auto& client, const std::string& title, const std::string& text,
                                       std::string jpeg) {
    const auto cover = client(wxmp::material::add_material{
        .type = wxmp::media_type::image, .media = wxmp::http::file("cover.jpg", std::move(jpeg))});
    if (!cover) return cover.error();
    const auto draft = client(wxmp::draft::add{
        .articles = {
            {.title = title, .thumb_media_id = cover->media_id, .content = wxmp::html::paragraph(text)}}});
    if (!draft) return draft.error();
    const auto published = client.run(wxmp::publish_draft(draft->media_id, client.settings()));
    if (!published) return published.error();
    return published->articles.at(0).article_url;
}

#endif
