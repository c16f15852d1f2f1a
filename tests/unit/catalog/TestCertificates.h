// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSslCertificate>
#include <QSslKey>

#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <memory>

namespace tests {

/// A certificate with its key, made for one run.
struct Identity
{
    QByteArray certificatePem;
    QByteArray keyPem;

    [[nodiscard]] QSslCertificate certificate() const { return QSslCertificate(certificatePem); }
    [[nodiscard]] QSslKey key() const { return QSslKey(keyPem, QSsl::Ec); }
};

struct IdentityWish
{
    const char *alternativeName = "IP:127.0.0.1";
    long validFromSeconds = -3600; ///< from now
    long validToSeconds = 3600;
    bool isAuthority = false;
    const Identity *issuer = nullptr; ///< null: signs itself
};

namespace detail {

template <auto Free>
struct Freeing
{
    template <typename T>
    void operator()(T *thing) const
    {
        Free(thing);
    }
};
using X509Ptr = std::unique_ptr<X509, Freeing<X509_free>>;
using KeyPtr = std::unique_ptr<EVP_PKEY, Freeing<EVP_PKEY_free>>;
using BioPtr = std::unique_ptr<BIO, Freeing<BIO_free_all>>;
using ExtensionPtr = std::unique_ptr<X509_EXTENSION, Freeing<X509_EXTENSION_free>>;

inline QByteArray contentOf(BIO *bio)
{
    char *data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    return {data, qsizetype(size)};
}

inline BioPtr reading(const QByteArray &pem)
{
    return BioPtr(BIO_new_mem_buf(pem.constData(), int(pem.size())));
}

inline void addExtension(X509 *certificate, X509 *issuer, int kind, const char *value)
{
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    const ExtensionPtr extension(X509V3_EXT_conf_nid(nullptr, &context, kind, value));
    X509_add_ext(certificate, extension.get(), -1);
}

} // namespace detail

inline Identity makeIdentity(const IdentityWish &wish)
{
    using detail::addExtension;
    using detail::BioPtr;
    using detail::contentOf;
    using detail::KeyPtr;
    using detail::reading;
    using detail::X509Ptr;
    static long serial = 1;
    const KeyPtr key(EVP_EC_gen("P-256"));
    const X509Ptr certificate(X509_new());
    X509_set_version(certificate.get(), 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), ++serial);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), wish.validFromSeconds);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), wish.validToSeconds);
    X509_set_pubkey(certificate.get(), key.get());
    X509_NAME *name = X509_get_subject_name(certificate.get());
    const QByteArray commonName = wish.isAuthority ? "danlu test authority" : "danlu test server";
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                               reinterpret_cast<const unsigned char *>(commonName.constData()), -1,
                               -1, 0);
    X509Ptr issuer;
    KeyPtr issuerKey;
    if (wish.issuer) {
        issuer.reset(PEM_read_bio_X509(reading(wish.issuer->certificatePem).get(), nullptr, nullptr,
                                       nullptr));
        issuerKey.reset(
            PEM_read_bio_PrivateKey(reading(wish.issuer->keyPem).get(), nullptr, nullptr, nullptr));
    }
    X509 *signer = issuer ? issuer.get() : certificate.get();
    X509_set_issuer_name(certificate.get(), X509_get_subject_name(signer));
    addExtension(certificate.get(), signer, NID_basic_constraints,
                 wish.isAuthority ? "critical,CA:TRUE" : "CA:FALSE");
    if (!wish.isAuthority)
        addExtension(certificate.get(), signer, NID_subject_alt_name, wish.alternativeName);
    X509_sign(certificate.get(), issuerKey ? issuerKey.get() : key.get(), EVP_sha256());
    const BioPtr certificateText(BIO_new(BIO_s_mem()));
    PEM_write_bio_X509(certificateText.get(), certificate.get());
    const BioPtr keyText(BIO_new(BIO_s_mem()));
    PEM_write_bio_PrivateKey(keyText.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr);
    return {contentOf(certificateText.get()), contentOf(keyText.get())};
}

} // namespace tests
