// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include "transports/qt.hpp"

#include <wxmp/wxmp.hpp>

#include <QtCore/QCoreApplication>
#include <cstdio>

int main(int argc, char** argv) {
    if (argc != 2) return std::fputs("usage: qt HOST\n", stderr), 2;
    //! [client]
    QCoreApplication app(argc, argv);
    transports::qt http;  // a QObject inside, so that the client borrows it
    wxmp::memory_token_store tokens;
    wxmp::client client(
        std::ref(http), wxmp::options{.scheme = "http", .host = argv[1]},
        wxmp::token_policy(tokens, wxmp::auth::stable_token{.appid = "wx5f0e1d2c3b4a6978",
                                                            .secret = wxmp::secret("simulated")}));
    //! [client]

    //! [call]
    client(wxmp::draft::count{}, [](wxmp::result<wxmp::draft::count::response> r) {
        if (r) std::printf("drafts: %llu\n", static_cast<unsigned long long>(r->total_count));
        QCoreApplication::exit(r ? 0 : 1);
    });
    return app.exec();  // the handler is called in this thread, by the event loop
    //! [call]
}
