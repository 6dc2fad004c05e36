// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include <wxmp/wxmp.hpp>

#include <boost/asio.hpp>

#include <cstdio>
#include <sstream>

namespace asio = boost::asio;

//! [send]
struct plain_http {
    asio::ip::port_type port;  // on this machine

    wxmp::result<wxmp::http::response> send(const wxmp::http::request& r) {
        asio::io_context context;
        asio::ip::tcp::socket socket(context);
        asio::streambuf in;
        boost::system::error_code failed;
        socket.connect({asio::ip::address_v4::loopback(), port}, failed);
        if (failed) return wxmp::error(wxmp::errc::connect_failed);  // nothing was sent
        asio::write(socket, asio::buffer(head_of(r) + r.body.text()), failed);
        if (!failed) asio::read(socket, in, failed);  // until the server closes
        if (failed != boost::asio::error::eof) return wxmp::error(wxmp::errc::connection_lost);
        return read(std::istream(&in), r);
    }
    //! [send]

    //! [write]
    static std::string head_of(const wxmp::http::request& r) {
        std::ostringstream head;
        head << (r.verb == wxmp::method::post ? "POST " : "GET ") << r.target.reveal() << " HTTP/1.0\r\n"
             << "Host: " << r.host << "\r\nContent-Length: " << r.body.size() << "\r\n";
        for (const auto& [name, value] : r.headers) head << name << ": " << value << "\r\n";
        return head.str() + "\r\n";
    }
    //! [write]

    //! [read]
    static wxmp::result<wxmp::http::response> read(std::istream&& in, const wxmp::http::request& r) {
        wxmp::http::response answer;
        std::string line;
        if (!(in >> line >> answer.status)) return wxmp::error(wxmp::errc::connection_lost);
        std::getline(in, line);
        while (std::getline(in, line) && line != "\r") {
            const auto at = line.find(": ");
            if (at == line.npos) return wxmp::error(wxmp::errc::connection_lost);
            answer.headers.push_back({line.substr(0, at), line.substr(at + 2, line.size() - at - 3)});
        }
        const std::string body(std::istreambuf_iterator<char>(in), {});
        if (const auto stop = wxmp::take_body(r, answer, body)) return wxmp::error(*stop);
        return answer;
    }
};
//! [read]

int main(int, char** argv) {
    //! [use]
    const auto port = static_cast<asio::ip::port_type>(std::atoi(argv[1]));
    wxmp::client client(plain_http{port}, wxmp::options{.scheme = "http", .host = "127.0.0.1"});
    const wxmp::auth::stable_token login{.appid = "wx5f0e1d2c3b4a6978", .secret = wxmp::secret("simulated")};
    if (const auto grant = client(login)) client.access_token(grant->access_token);
    else return std::puts(grant.error().message().c_str()), 1;
    const auto drafts = client(wxmp::draft::count{});
    std::puts(drafts ? "the draft box was counted" : drafts.error().message().c_str());
    //! [use]
    return 0;
}
