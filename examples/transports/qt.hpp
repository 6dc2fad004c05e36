// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_EXAMPLES_TRANSPORTS_QT_HPP
#define WXMP_EXAMPLES_TRANSPORTS_QT_HPP

#include <wxmp/transport/transport.hpp>

#include <QtNetwork/QtNetwork>
namespace transports {
/// Callback, over Qt 6.3 Network, for a thread that runs an event loop. Needs no moc. Keeps its connections.
struct qt {
    std::string ca_file{};  ///< PEM file of the certificates to trust; empty: the system's
    std::function<void(std::uint64_t sent, std::uint64_t received)> progress{};  ///< of both bodies
    /// Ends what is under way when the event loop comes to it. From any thread.
    void cancel() {
        QMetaObject::invokeMethod(&manager_, [this] {
            for (auto* device : manager_.findChildren<QIODevice*>())
                if (auto* x = dynamic_cast<exchange*>(device)) x->stop(cancelled);
        });
    }
    void send(const wxmp::http::request& r, auto handler) {
        QNetworkRequest out(QUrl::fromEncoded(QByteArray::fromStdString(r.url().reveal())));
        for (const auto& [name, value] : r.headers) out.setRawHeader(name.c_str(), value.c_str());
        const auto set = [&](auto what, auto to) { out.setAttribute(what, to); };
        set(out.RedirectPolicyAttribute, out.ManualRedirectPolicy), set(out.Http2AllowedAttribute, false);
        set(out.CookieLoadControlAttribute, out.Manual), set(out.CookieSaveControlAttribute, out.Manual);
        if (auto tls = out.sslConfiguration(); !ca_file.empty())
            tls.setCaCertificates(QSslCertificate::fromPath(ca_file.c_str())), out.setSslConfiguration(tls);
        auto* x = new exchange(r, &manager_);
        auto* in = x->in = r.verb == wxmp::method::post ? manager_.post(out, x) : manager_.get(out);
        in->setReadBufferSize(65'536);
        if (r.timeout.count()) QTimer::singleShot(r.timeout, x, [x] { x->stop(wxmp::errc::timeout); });
        const auto tell = [=, this] { progress ? progress(quint64(x->sent), quint64(x->received)) : void(); };
        in->connect(in, &reply::requestSent, x, [=] { x->fault = wxmp::errc::connection_lost; });
        in->connect(in, &reply::readyRead, x, [=] { x->take(), tell(); });
        in->connect(in, &reply::uploadProgress, x, [=](qint64 n) { x->sent = std::max(x->sent, n), tell(); });
        in->connect(in, &reply::finished, x, [=]() mutable { x->deleteLater(), handler(x->finish()); });
    }
    void wait_until(wxmp::time_point t, auto handler) {
        QTimer::singleShot(std::max(t - wxmp::detail::now_of(*this), {}), &manager_, handler);
    }
private:
    using enum wxmp::errc;
    using reply = QNetworkReply;
    struct exchange : QIODevice {  // the body as Qt reads it; only once, so that it is not sent again
        exchange(const wxmp::http::request& r, QObject* p) : QIODevice(p), request(r) { open(ReadOnly); }
        qint64 size() const override { return qint64(request.body.size()); }
        bool seek(qint64 to) override { return to >= pos() && QIODevice::seek(to); }
        qint64 readData(char* out, qint64 most) override {
            const auto n = qint64(request.body.read(quint64(pos()), out, std::size_t(most)));
            const bool fails = n < std::min(most, size() - pos());
            return fails ? QTimer::singleShot(0, this, [this] { stop(source_failed); }), n : n;
        }
        qint64 writeData(const char*, qint64) override { return -1; }
        void stop(wxmp::errc e) { fault = e == timeout && fault == connect_failed ? fault : e, in->abort(); }
        void take() {
            answer.status = in->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
            if (auto& all = answer.headers; all.empty())
                for (const auto& [name, v] : in->rawHeaderPairs()) all.push_back({name.data(), v.data()});
            received += in->bytesAvailable();
            if (const auto e = wxmp::take_body(request, answer, in->readAll().toStdString())) stop(*e);
        }
        wxmp::result<wxmp::http::response> finish() {
            using enum reply::NetworkError;
            const auto e = in->error();  // those past 200 are about the status, but for three
            const bool is_lost = e == ContentReSendError || e == ProtocolFailure || e == ProtocolUnknownError;
            in->deleteLater();
            if (const auto before = fault; e == NoError || (e > 200 && !is_lost))
                if (take(); fault == before) return std::move(answer);
            return wxmp::error(fault);
        }
        const wxmp::http::request& request;
        reply* in{};
        wxmp::http::response answer{};
        qint64 sent{}, received{};
        wxmp::errc fault = connect_failed;  // what a break means just now
    };
    QNetworkAccessManager manager_{};
};
}  // namespace transports
#endif
