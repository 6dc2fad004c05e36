// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include "../../../examples/transports/qt.hpp"

#include "subjects.hpp"
#include "waiting.hpp"
#include <QtCore/QCoreApplication>

namespace {

// What an application has around it.
struct harness {
    explicit harness(const std::string& file) { transport.ca_file = file; }

    void send(const wxmp::http::request& r, std::stop_token stop, auto told) {
        ++under_way;
        transport.send(r, std::move(stop), [this, told](wxmp::result<wxmp::http::response> answer) {
            --under_way;
            told(std::move(answer));
        });
    }
    void wait_until(wxmp::time_point t, std::stop_token stop, auto told) {
        ++under_way;
        transport.wait_until(t, std::move(stop), [this, told] {
            --under_way;
            told();
        });
    }
    void run() {
        while (under_way != 0) QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    }
    void on_progress(auto told) { transport.progress = told; }

    static QCoreApplication& application() {
        static int words = 1;
        static char name[] = "tests";
        static char* all[] = {name, nullptr};
        qInstallMessageHandler([](auto...) {});  // it warns of every POST without a Content-Type
        static QCoreApplication one(words, all);
        return one;
    }

    QCoreApplication& app = application();
    transports::qt transport{};
    int under_way{};
};

const auto* const joins = "it joins response headers of one name";
const auto* const repeats = "it repeats a request without a body when the connection closes before an answer";

const bool added = wxmp_test::add_adapter<harness>(
    "qt",
    {{"sends_the_target_as_it_is", "it writes %2f as %2F; the meaning is the same"},
     {"adds_no_headers",
      "it adds Accept-Encoding, Accept-Language, Connection, User-Agent and, to a POST, Content-Type"},
     {"keeps_repeated_and_empty_headers", joins},
     {"keeps_the_order_of_headers", joins},
     {"does_not_send_again", repeats},
     {"does_not_send_again_on_a_kept_connection", repeats}},
    wxmp_test::waiting_checks<harness>());

}  // namespace
