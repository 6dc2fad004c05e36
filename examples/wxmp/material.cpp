// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// wxmp material …
#include <wxmp/api/material/add_material.hpp>
#include <wxmp/api/material/batchget_material.hpp>
#include <wxmp/api/material/del_material.hpp>
#include <wxmp/api/material/get_material.hpp>
#include <wxmp/api/material/get_materialcount.hpp>
#include <wxmp/flow/download.hpp>

#include "families.hpp"
#include "language.hpp"
#include "output.hpp"
#include "sources/regular_file.hpp"
#include "whole_file.hpp"
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

namespace tool {

namespace {

namespace fs = std::filesystem;
namespace material = wxmp::material;

// The enumerator whose text on the wire this is; the parser has seen to it that there is one.
template <class E> E from_text(const std::string& text) {
    for (const auto& t : wxmp::wire_texts<E>::table)
        if (t.text == text) return t.value;
    return E{};
}

result<void> list_materials(const arguments& a, session& s) {
    const auto kind = from_text<material::material_kind>(a.text("--type", "image"));
    return list(a, s, material::batchget_material{.type = kind}, 20, [](const auto& m) {
        return columns(m.media_id, local_time(m.update_time),
                       m.content ? titles(m.content) : m.name.value_or("-"), m.url.value_or(""));
    });
}

result<void> count_materials(const arguments& a, session& s) {
    return call_and_print(a, s, material::get_materialcount{}, [](const auto& n) {
        return tr("image {}\nvideo {}\nvoice {}\nnews  {}", n.image_count, n.video_count, n.voice_count,
                  n.news_count);
    });
}

result<void> delete_material(const arguments& a, session& s) {
    return call_and_print(a, s, material::del_material{.media_id = a.text("MEDIA_ID")}, tr("Deleted"));
}

// ---- Adding

result<void> add_material(const arguments& a, session& s) {
    const fs::path path = a.text("FILE");
    const auto file = sources::regular_file::open(path);
    if (!file) return file.error();
    material::add_material op{.type = from_text<wxmp::media_type>(a.text("--type", "image")),
                              .media = {path.filename().string(), wxmp::http::body::from(*file)}};
    if (op.type == wxmp::media_type::video)
        op.description = {.title = a.text("--title", path.stem().string()),
                          .introduction = a.text("--introduction")};
    const auto sent = s.upload(std::move(op), path.filename().string(), file->size());
    const auto added = print_answer(a, sent, [](const auto& answer) {
        return printable(answer.media_id) + (answer.url ? '\n' + printable(*answer.url) : "");
    });
    if (!added) return about_file(path.string(), added.error());
    return {};
}

// ---- Fetching

// What was fetched, as --json tells it.
struct fetched_file {
    std::string file;
    std::uint64_t size{};
};
BOOST_DESCRIBE_STRUCT(fetched_file, (), (file, size))

wxmp::error there_already(const fs::path& file) {
    return local_fault(tr("{} is there already", file.string()));
}

// The service's name for it, or its media_id where that name would be an odd one here.
fs::path name_for(const std::string& media_id, const wxmp::http::download& file) {
    const auto& name = file.filename;
    const bool is_nonconforming =
        name.empty() || name.starts_with('.') || name.find('/') != name.npos || printable(name) != name;
    return is_nonconforming ? media_id : name;
}

result<void> print_news(const arguments& a, const wxmp::stored_news& news) {
    if (a.has("--json")) return print_json(news);
    print(describe_news(news));
    return {};
}

result<void> print_video(const arguments& a, const material::video_material& video) {
    if (a.has("--json")) return print_json(video);
    print(columns(video.title.value_or("-"), video.down_url));
    return {};
}

result<void> fetch(const arguments& a, session& s) {
    const auto media_id = a.text("MEDIA_ID");
    const fs::path wanted = a.text("--output");
    if (media_id.find('/') != media_id.npos) return wrong_usage(tr("MEDIA_ID: has a slash"));
    std::error_code ec;
    if (!wanted.empty() && fs::exists(wanted, ec)) return there_already(wanted);
    whole_file::new_file file(wanted.empty() ? fs::path(media_id) : wanted, 0666);
    const auto write = [&file](std::string_view bytes) { return file.write(bytes); };
    const auto got = s.run(wxmp::download(material::get_material{media_id}, write, s.settings()));
    if (!got) return got.error();
    if (got->response.news) return print_news(a, *got->response.news);
    if (got->response.video) return print_video(a, *got->response.video);
    const auto name = wanted.empty() ? name_for(media_id, *got->response.file) : wanted;
    if (const auto kept = file.keep_as(name); !kept)
        return kept.error().code() == boost::system::errc::file_exists ? there_already(name) : kept.error();
    if (a.has("--json")) return print_json(fetched_file{name.string(), got->size});
    print(tr("{}, {} bytes", printable(name.string()), got->size));
    return {};
}

}  // namespace

commands material_commands() {
    const auto id = positional("MEDIA_ID", tr("of the material"));
    return {
        online("material list", tr("List the materials of one kind: media_id, time, name, address"),
               with_paging(~0ull,
                           {choice("--type", {"image", "video", "voice", "news"}, tr("image if not given"))}),
               {"wxmp material list --type video", "wxmp material list --all --json"}, list_materials),
        online("material get", tr("Fetch a material into a file; print a news, and the address of a video"),
               {id, option("--output", "FILE", tr("to write; the service's own name for it if not given")),
                json_flag()},
               {"wxmp material get MEDIA_ID --output copy.jpg"}, fetch),
        online(
            "material add", tr("Keep a file as a material; print its media_id, and the address of an image"),
            {positional("FILE", tr("to keep")),
             choice("--type", {"image", "video", "voice", "thumb"}, tr("image if not given")),
             option("--title", "TEXT", tr("of a video; the name of the file if not given")),
             option("--introduction", "TEXT", tr("of a video")), json_flag()},
            {"wxmp material add cover.jpg", "wxmp material add short.mp4 --type video --title 'A short one'"},
            add_material),
        online("material delete", tr("Delete a material, for good"), {id, json_flag()},
               {"wxmp material delete MEDIA_ID"}, delete_material),
        online("material count", tr("Count the materials"), {json_flag()}, {"wxmp material count"},
               count_materials),
    };
}

}  // namespace tool
