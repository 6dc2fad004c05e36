// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// A window that uploads a film, with a button to pause and to resume. Closing it pauses, too.
#include "short/film_upload.hpp"
#include <QtWidgets/QtWidgets>

class upload_window : public QWidget {
public:
    upload_window(film_upload& film, const QString& name) : film_(film) {
        auto* rows = new QVBoxLayout(this);
        rows->addWidget(new QLabel(name));
        rows->addWidget(&state_);
        rows->addWidget(&bar_);
        rows->addWidget(&button_);
        connect(this, &QWidget::windowTitleChanged, &state_, &QLabel::setText);
        connect(&button_, &QPushButton::clicked, [this] { film_.is_running() ? film_.pause() : start(); });
        film_.on_progress = [this](const wxmp::upload_progress& p) {
            bar_.setMaximum(static_cast<int>(p.total / 1024));
            bar_.setValue(static_cast<int>(p.sent / 1024));
            setWindowTitle(p.sent == p.total ? "in review" : bar_.text());
        };
        film_.on_end = [this](const film_upload::outcome& video) { show_end(video); };
    }

    void start() { button_.setText("Pause"), film_.start(); }

private:
    void show_end(const film_upload::outcome& video) {
        button_.setText("Resume");
        button_.setEnabled(!video);
        if (video) setWindowTitle(QString("uploaded, media_id ") + video->media_id.c_str());
        else if (video.error() == wxmp::errc::cancelled) setWindowTitle("paused");
        else setWindowTitle(video.error().message().c_str());
        if (!isVisible()) QApplication::quit();
    }

    void closeEvent(QCloseEvent*) override { film_.is_running() ? film_.pause() : QApplication::quit(); }

    film_upload& film_;
    QLabel state_{};
    QProgressBar bar_{};
    QPushButton button_{};
};

int main(int argc, char** argv) {
    QApplication app(argc, argv);
    QApplication::setQuitOnLastWindowClosed(false);  // but once the upload has paused
    if (argc != 3) qFatal("usage: qt_upload FILM HOST");
    auto film = sources::file::open(argv[1]);
    if (!film) qFatal("%s", film.error().message().c_str());
    film_upload upload(argv[1], *std::move(film), {.scheme = "http", .host = argv[2]},
                       {.appid = "wx5f0e1d2c3b4a6978", .secret = wxmp::secret("simulated")});
    upload_window window(upload, QFileInfo(argv[1]).fileName());
    window.resize(480, 160);
    window.show();
    window.start();
    return QApplication::exec();
}
