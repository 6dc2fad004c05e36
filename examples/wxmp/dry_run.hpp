// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// What --dry-run does in place of sending: it prints the request, without secrets, and makes up an answer.
#ifndef WXMP_EXAMPLES_WXMP_DRY_RUN_HPP
#define WXMP_EXAMPLES_WXMP_DRY_RUN_HPP

#include <wxmp/codec/json_value.hpp>
#include <wxmp/data/http.hpp>
#include <wxmp/error/error.hpp>

#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>

namespace tool::dry_run {

/// An answer that leads on to the next call. A call that is not here is the last one of its command.
struct made_up {
    std::string_view target;  ///< how the request's begins
    std::string_view answer;
};

inline constexpr made_up answers[] = {
    {"/cgi-bin/stable_token", R"({"access_token":"TOKEN","expires_in":7200})"},
    {"/cgi-bin/media/uploadimg", R"({"url":"http://mmbiz.qpic.cn/URL-OF-THE-PICTURE"})"},
    {"/cgi-bin/material/add_material",
     R"({"media_id":"MEDIA_ID-OF-THE-MATERIAL","url":"http://mmbiz.qpic.cn/URL-OF-THE-MATERIAL"})"},
    {"/cgi-bin/material/upload_video?action=init_upload", R"({"ret":0,"vid":"VID"})"},
    {"/cgi-bin/material/upload_video?action=upload_block", R"({"ret":0})"},
    {"/cgi-bin/material/upload_video?action=upload_finish", R"({"ret":0})"},
    {"/cgi-bin/material/upload_video?action=save_video", R"({"ret":0,"media_id":"MEDIA_ID-OF-THE-VIDEO"})"},
    {"/cgi-bin/material/upload_video?action=query_status", R"({"status":3,"vid":"VID"})"},
    {"/cgi-bin/draft/add", R"({"media_id":"MEDIA_ID-OF-THE-DRAFT"})"},
    {"/cgi-bin/freepublish/submit", R"({"errcode":0,"publish_id":"PUBLISH_ID","msg_data_id":1})"},
};

/// The text of a JSON body, with the secrets in it as `***`.
inline std::string safe_json(const std::string& text) {
    auto body = wxmp::decode<wxmp::json::value>(text);
    if (!body || !body->is_object()) return text;
    for (auto& [name, value] : body->get_object())
        if (name == "secret" || name == "appsecret" || name == "access_token") value = "***";
    return wxmp::json::serialize(*body);
}

inline void print(const wxmp::http::request& r) {
    std::printf("%s %s://%s%s\n", r.verb == wxmp::method::post ? "POST" : "GET", r.scheme.c_str(),
                r.host.c_str(), r.safe_target.c_str());
    for (const auto& [name, value] : r.headers) std::printf("%s: %s\n", name.c_str(), value.c_str());
    std::printf("Content-Length: %llu\n", static_cast<unsigned long long>(r.body.size()));
    const auto type = wxmp::http::find_header(r.headers, "Content-Type");
    if (type.starts_with("application/json")) std::printf("\n%s\n", safe_json(r.body.text()).c_str());
    std::puts("");
}

/// What a command ends with where it has nothing more to go on from.
inline const wxmp::error_code over = make_error_code(boost::system::errc::operation_canceled);

/// Prints the request, and answers as it is made up above; @ref over if it is not.
inline wxmp::result<wxmp::http::response> send(const wxmp::http::request& r) {
    print(r);
    for (const auto& a : answers)
        if (r.safe_target.starts_with(a.target)) return wxmp::http::response{200, {}, std::string(a.answer)};
    return wxmp::error(over);
}

}  // namespace tool::dry_run

#endif
