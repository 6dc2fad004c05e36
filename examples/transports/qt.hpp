// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_EXAMPLES_TRANSPORTS_QT_HPP
#define WXMP_EXAMPLES_TRANSPORTS_QT_HPP

#include <wxmp/transport/transport.hpp>

#include <QtNetwork/QtNetwork>
#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>

namespace transports {

/** Callback, over Qt 6.3 Network, for a thread that runs an event loop. Needs no moc. Keeps its connections.

    A stop may be requested from any thread; it is heeded when the event loop comes to it. What is under way when
    this object goes is dropped, and its handlers are not called.

    Qt reads a head, and an answer in chunks, in a thread of its own for as long as there is more, and keeps it: a
    server that sends megabytes of headers, or chunks without end, takes that thread and memory even after the
    request has timed out. So this is for servers that are trusted, as the service is.
*/
class qt {
public:
    using response_handler = std::function<void(wxmp::result<wxmp::http::response>)>;
    using wait_handler = std::function<void()>;

    std::string ca_file{};  ///< PEM file of the certificates to trust; empty: the system's

    /// Told how many bytes of both bodies have passed.
    std::function<void(std::uint64_t sent, std::uint64_t received)> progress{};

    void send(const wxmp::http::request& r, std::stop_token stop, response_handler h) {
        if (stop.stop_requested()) return h(wxmp::error(cancelled));
        auto* x = new exchange(r, progress, std::move(h), &manager_);  // deletes itself when it has ended
        x->start(manager_, head_of(r), stop);
    }

    void wait_until(wxmp::time_point t, std::stop_token stop, wait_handler h) {
        auto* p = new pause(t, std::move(h), &manager_);  // deletes itself when it has ended
        p->begin(stop);
    }

private:
    using enum wxmp::errc;
    using milliseconds = std::chrono::milliseconds;

    // Qt's timers count in an int: 24 days.
    static milliseconds limited(milliseconds time) {
        return std::min(time, milliseconds(std::numeric_limits<int>::max()));
    }

    // Calls `f` in the object's thread when a stop is requested, but not when the object is gone.
    class stop_watch {
    public:
        void start(const std::stop_token& stop, QObject* object, std::function<void()> f) {
            link_.emplace(stop, [object, f = std::move(f)] {
                QMetaObject::invokeMethod(object, f, Qt::QueuedConnection);
            });
        }

    private:
        std::optional<std::stop_callback<std::function<void()>>> link_;
    };

    QNetworkRequest head_of(const wxmp::http::request& r) const {
        QNetworkRequest out(QUrl::fromEncoded(QByteArray::fromStdString(r.url().take())));
        for (const auto& [name, value] : r.headers) out.setRawHeader(name.c_str(), value.c_str());
        out.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
        out.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
        out.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
        out.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
        if (!ca_file.empty()) {
            auto tls = out.sslConfiguration();
            tls.setCaCertificates(QSslCertificate::fromPath(ca_file.c_str()));
            out.setSslConfiguration(tls);
        }
        return out;
    }

    // It is the device that Qt reads the body from: only once, so that it is not sent again.
    class exchange final : public QIODevice {
    public:
        exchange(const wxmp::http::request& r, std::function<void(std::uint64_t, std::uint64_t)> progress,
                 response_handler h, QObject* parent)
            : QIODevice(parent),
              request_(r),
              size_(static_cast<qint64>(r.body.size())),
              progress_(std::move(progress)),
              handler_(std::move(h)) {
            open(ReadOnly);
        }
        ~exchange() override { delete reply_; }  // which reads from this object

        void start(QNetworkAccessManager& manager, const QNetworkRequest& head, const std::stop_token& stop) {
            const bool is_post = request_.verb == wxmp::method::post;
            reply_ = is_post ? manager.post(head, this) : manager.get(head);
            reply_->setReadBufferSize(65'536);
            using reply = QNetworkReply;
            connect(reply_, &reply::requestSent, this, [this] { fault_ = connection_lost; });
            connect(reply_, &reply::readyRead, this, [this] { guarded([this] { take(); }); });
            connect(reply_, &reply::uploadProgress, this, [this](qint64 n) { guarded([&] { count(n); }); });
            connect(reply_, &reply::finished, this, [this] { finish(); });
            if (request_.timeout.count() != 0)
                QTimer::singleShot(limited(request_.timeout), this,
                                   [this] { end(fault_ == connect_failed ? connect_failed : timeout); });
            on_stop_.start(stop, this, [this] { end(cancelled); });
        }

        qint64 size() const override { return size_; }
        bool seek(qint64 to) override { return to >= pos() && QIODevice::seek(to); }
        qint64 writeData(const char*, qint64) override { return -1; }
        qint64 readData(char* out, qint64 most) override {
            const auto want = std::min(most, size_ - pos());
            qint64 got{};
            guarded([&] {
                got = static_cast<qint64>(request_.body.read(static_cast<std::uint64_t>(pos()), out,
                                                             static_cast<std::size_t>(want)));
                if (got != want) end(source_failed);
            });
            return got;
        }

    private:
        // No exception may pass through Qt: it ends the exchange.
        template <class F> void guarded(F f) {
            try {
                f();
            } catch (...) {
                end(wxmp::error_of_exception());
            }
        }

        // Later, as Qt may be in the midst of calling this.
        void end(wxmp::error why) {
            if (ended_) return;
            ended_ = std::move(why);
            QMetaObject::invokeMethod(
                this, [this] { reply_->abort(); }, Qt::QueuedConnection);
        }

        void end(wxmp::errc why) { end(wxmp::error(why)); }

        void count(qint64 sent) {
            sent_ = std::max(sent_, sent);
            tell_progress();
        }

        void take() {
            if (ended_) return;
            if (answer_.headers.empty()) take_head();
            const auto piece = reply_->readAll();
            received_ += piece.size();
            tell_progress();
            const auto stop =
                wxmp::take_body(request_, answer_, {piece.data(), static_cast<std::size_t>(piece.size())});
            if (stop) end(*stop);
        }

        void take_head() {
            answer_.status = reply_->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
            for (const auto& [name, value] : reply_->rawHeaderPairs())
                answer_.headers.push_back({name.toStdString(), value.toStdString()});
        }

        void tell_progress() const {
            if (progress_)
                progress_(static_cast<std::uint64_t>(sent_), static_cast<std::uint64_t>(received_));
        }

        // Qt counts most statuses other than 2xx as errors, all of which are past 200.
        bool has_answer() const {
            const auto e = reply_->error();
            const auto status = reply_->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
            if (status != 0 && status < 200) return false;  // Qt takes it for the last one
            // Of a redirect or a proxy, Qt would send the body again by itself.
            if (e == QNetworkReply::ContentReSendError) return status / 100 == 3;
            if (e == QNetworkReply::ProxyAuthenticationRequiredError) return status == 407;
            if (e == QNetworkReply::ProtocolFailure || e == QNetworkReply::ProtocolUnknownError) return false;
            return e == QNetworkReply::NoError || e > 200;
        }

        void finish() {
            if (!has_answer()) end(fault_);
            guarded([this] { take(); });  // what is left
            close();                      // as the request may go now, it is not read any more
            deleteLater();
            handler_(ended_ ? wxmp::result<wxmp::http::response>(*std::move(ended_)) : std::move(answer_));
        }

        const wxmp::http::request& request_;
        qint64 size_;
        std::function<void(std::uint64_t, std::uint64_t)> progress_;
        response_handler handler_;
        QPointer<QNetworkReply> reply_{};
        wxmp::http::response answer_{};
        qint64 sent_{};
        qint64 received_{};
        wxmp::errc fault_ = connect_failed;   // what a break means just now
        std::optional<wxmp::error> ended_{};  // by this side, and why
        stop_watch on_stop_{};
    };

    class pause final : public QTimer {
    public:
        pause(wxmp::time_point until, wait_handler h, QObject* parent)
            : QTimer(parent), until_(until), handler_(std::move(h)) {
            setSingleShot(true);
            setTimerType(Qt::PreciseTimer);
            callOnTimeout(this, [this] { left().count() == 0 ? end() : go_on(); });
        }

        void begin(const std::stop_token& stop) {
            go_on();
            on_stop_.start(stop, this, [this] { end(); });
        }

    private:
        milliseconds left() const {
            const auto now = std::chrono::time_point_cast<milliseconds>(std::chrono::steady_clock::now());
            return until_ <= now ? milliseconds(0) : until_ - now;
        }

        // It may be further away than Qt's timers can count.
        void go_on() { start(limited(left())); }

        void end() {
            stop();
            deleteLater();
            if (const auto h = std::exchange(handler_, nullptr)) h();
        }

        wxmp::time_point until_;
        wait_handler handler_;
        stop_watch on_stop_{};
    };

    QNetworkAccessManager manager_{};
};

}  // namespace transports

#endif
