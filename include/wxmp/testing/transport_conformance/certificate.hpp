// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TESTING_TRANSPORT_CONFORMANCE_CERTIFICATE_HPP
#define WXMP_TESTING_TRANSPORT_CONFORMANCE_CERTIFICATE_HPP

#include <wxmp/version.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <limits>
#include <memory>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
#include <string>
#include <unistd.h>

namespace wxmp::inline v0_1::testing {

/// A self-signed certificate, and a temporary file that holds it. Needs OpenSSL's libcrypto.
class certificate {
public:
    /** Generates a key and the certificate.

        @param name its subject alternative name, such as `IP:127.0.0.1` or `DNS:example.com`
        @param validity how long it is valid from now; negative: it has expired
    */
    explicit certificate(const std::string& name, std::chrono::seconds validity = std::chrono::hours(1))
        : key_(EVP_EC_gen("P-256"), EVP_PKEY_free), x509_(X509_new(), X509_free) {
        X509_set_version(x509(), 2);
        ASN1_INTEGER_set(X509_get_serialNumber(x509()), 1);
        X509_gmtime_adj(X509_getm_notBefore(x509()), -7200);
        X509_gmtime_adj(X509_getm_notAfter(x509()), to_long(validity));
        X509_set_pubkey(x509(), key());
        auto* subject = X509_get_subject_name(x509());
        const auto* text = reinterpret_cast<const unsigned char*>("wxmp test");
        X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC, text, -1, -1, 0);
        X509_set_issuer_name(x509(), subject);
        add(NID_subject_alt_name, name);
        add(NID_basic_constraints, "critical,CA:TRUE");
        X509_sign(x509(), key(), EVP_sha256());
        write();
    }
    ~certificate() { std::filesystem::remove(path_); }
    certificate(const certificate&) = delete;
    certificate& operator=(const certificate&) = delete;

    [[nodiscard]] X509* x509() const { return x509_.get(); }    ///< for a server to present
    [[nodiscard]] EVP_PKEY* key() const { return key_.get(); }  ///< its private key

    /// A PEM file of the certificate, removed with this object.
    [[nodiscard]] const std::string& file() const { return path_; }

private:
    // `long` has 32 bits on some systems: 68 years stand for all that is longer.
    static long to_long(std::chrono::seconds t) {
        constexpr std::int64_t most = std::numeric_limits<std::int32_t>::max();
        return static_cast<long>(std::clamp<std::int64_t>(t.count(), -most, most));
    }

    void add(int nid, const std::string& value) {
        auto* extension = X509V3_EXT_conf_nid(nullptr, nullptr, nid, value.c_str());
        X509_add_ext(x509(), extension, -1);
        X509_EXTENSION_free(extension);
    }

    void write() {
        path_ = (std::filesystem::temp_directory_path() / "wxmp-XXXXXX").string();
        std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(::fdopen(::mkstemp(path_.data()), "w"),
                                                             std::fclose);
        PEM_write_X509(file.get(), x509());
    }

    std::unique_ptr<EVP_PKEY, void (*)(EVP_PKEY*)> key_;
    std::unique_ptr<X509, void (*)(X509*)> x509_;
    std::string path_;
};

}  // namespace wxmp::inline v0_1::testing

#endif
