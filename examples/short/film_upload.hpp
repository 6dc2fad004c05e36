// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef FILM_UPLOAD_HPP
#define FILM_UPLOAD_HPP

#include <wxmp/wxmp.hpp>

#include "sources/file.hpp"
#include "transports/qt.hpp"
#include "upload_state.hpp"

/// The upload of a film in Qt's event loop. What it takes to go on, also in another process, is in FILM.json.
class film_upload {
public:
    using outcome = wxmp::result<wxmp::uploaded_video>;
    std::function<void(const wxmp::upload_progress&)> on_progress{};
    std::function<void(const outcome&)> on_end{};  // after a pause: `errc::cancelled`

    film_upload(std::filesystem::path path, sources::file film, wxmp::options server,
                wxmp::auth::stable_token account)
        : path_(std::move(path)),
          film_(std::move(film)),
          client_(http_, std::move(server), wxmp::token_policy(tokens_, std::move(account))) {}

    bool is_running() const { return is_running_; }
    void pause() { run_.cancel(); }

    void start() {
        const auto record = path_.string() + ".json", name = path_.filename().string();
        auto kept = upload_state::read(record, name, film_.size());
        if (!kept) return on_end(kept.error());
        wxmp::upload_options how;
        how.progress = on_progress;
        how.persist = [record](const wxmp::upload_record& r) { return upload_state::write(record, r); };
        const wxmp::video_details about{.title = name, .video_desc = "", .declare_ori = false};
        auto flow = *kept ? wxmp::upload(**std::move(kept), client_.settings(), how)
                          : wxmp::upload(name, film_.size(), about, client_.settings(), how);
        is_running_ = true;
        run_ = client_.run(std::move(flow), {.source = film_}, [this](const outcome& video) {
            is_running_ = false;
            on_end(video);
        });
    }

private:
    // Takes no stop token: what is under way is answered, so that the record knows what became of it.
    struct patient_qt : transports::qt {
        void send(const wxmp::http::request& r, response_handler h) { qt::send(r, {}, std::move(h)); }
    };

    std::filesystem::path path_;
    sources::file film_;
    patient_qt http_{};
    wxmp::memory_token_store tokens_{};
    wxmp::client<patient_qt&, wxmp::token_policy<wxmp::memory_token_store>> client_;
    wxmp::run_handle run_{};
    bool is_running_{};
};

#endif
