// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include <wxmp/wxmp.hpp>

#include "sources/file.hpp"
#include "transports/curl.hpp"
#include "upload_state.hpp"
#include <cstdio>
#include <cstdlib>

//! [how]
wxmp::upload_options how_to(const std::string& record, std::uint32_t crash_after) {
    wxmp::upload_options how;
    how.persist = [record](const wxmp::upload_record& r) { return upload_state::write(record, r); };
    how.progress = [crash_after, before = 0u](const wxmp::upload_progress& p) mutable {
        if (std::exchange(before, p.blocks_sent) != p.blocks_sent)
            std::printf("%u of %u blocks\n", p.blocks_sent, p.blocks), std::fflush(stdout);
        if (p.blocks_sent == crash_after && p.sent != p.total) std::_Exit(3);  // as a crash would
    };
    return how;
}
//! [how]

int main(int argc, char** argv) {
    if (argc != 5) return std::fputs("usage: upload_film FILM RECORD HOST BLOCKS_UNTIL_CRASH\n", stderr), 2;
    const std::string name = argv[1], record = argv[2];
    const auto film = sources::file::open(name);
    if (!film) return std::puts(film.error().message().c_str()), 1;

    const wxmp::options settings{.scheme = "http", .host = argv[3]};
    wxmp::memory_token_store tokens;
    wxmp::client client(
        transports::curl(), settings,
        wxmp::token_policy(tokens, wxmp::auth::stable_token{.appid = "wx5f0e1d2c3b4a6978",
                                                            .secret = wxmp::secret("simulated")}));

    //! [resume]
    auto how = how_to(record, static_cast<std::uint32_t>(std::atoi(argv[4])));
    auto kept = upload_state::read(record, name, film->size());
    if (!kept) return std::puts(kept.error().message().c_str()), 1;
    if (*kept) std::puts("going on with what the record says");
    const wxmp::video_details about{.title = "Waves", .video_desc = "The sea", .declare_ori = false};
    auto flow = *kept ? wxmp::upload(**std::move(kept), settings, std::move(how))
                      : wxmp::upload(name, film->size(), about, settings, std::move(how));
    //! [resume]

    //! [run]
    const auto video = client.run(std::move(flow), {.source = *film});
    if (!video) return std::puts(video.error().message().c_str()), 1;
    std::printf("uploaded and reviewed; SHA-1 %s\n", video->filesha.hex().c_str());
    //! [run]
    return 0;
}
