// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// Uploads a video over libcurl, for upload_cost: what it takes is measured from outside.
//
//     wxmp_bench_upload HOST FILE WINDOW
#include <wxmp/wxmp.hpp>

#include "../../../examples/sources/file.hpp"
#include "../../../examples/transports/curl_multi.hpp"
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <utility>

int main(int argc, char** argv) {
    if (argc != 4) return 2;
    auto file = sources::file::open(argv[2]);
    if (!file) return std::fprintf(stderr, "%s\n", file.error().message().c_str()), 1;
    transports::curl_multi http;
    const wxmp::options settings{.scheme = "http", .host = argv[1]};
    wxmp::client client(std::ref(http), settings);
    client.access_token(wxmp::secret("TOKEN"));
    wxmp::upload_options how{.window = static_cast<std::uint32_t>(std::atoi(argv[3])), .review = false};
    const wxmp::video_details waves{.title = "Waves", .video_desc = "At noon", .declare_ori = true};
    int status = 1;
    client.run(wxmp::upload("waves.mp4", file->size(), waves, settings, std::move(how)), {.source = *file},
               [&status](const wxmp::result<wxmp::uploaded_video>& r) {
                   status = r ? 0 : 1;
                   if (!r) std::fprintf(stderr, "%s\n", r.error().message().c_str());
               });
    http.run();
    return status;
}
