// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Result.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QMetaType>

namespace core::keys {

enum class KeyType {
    Ed25519,
    Ecdsa256, ///< nistp256
    Ecdsa384,
    Ecdsa521,
    Rsa,
    Dsa,         ///< from here on: recognised, but Danlu can't sign in with it
    SkEd25519,   ///< on a security key (FIDO)
    SkEcdsa,     ///< the same
    Certificate, ///< any "...-cert-v01@openssh.com"
    Unknown
};

/// "ED25519", "ECDSA", "RSA", "DSA", "ED25519-SK", "ECDSA-SK", as ssh-keygen -l names them;
/// "CERT" and "UNKNOWN" for the rest.
[[nodiscard]] QLatin1StringView keyTypeName(KeyType type);
/// By the name on the wire: "ssh-ed25519", "ecdsa-sha2-nistp256", "ssh-rsa" and so on.
[[nodiscard]] KeyType keyTypeOf(QByteArrayView algorithm);
/// "" for the types that Danlu can use; else why not, as an Error's detail.
[[nodiscard]] QString refusalOf(KeyType type);

/// What a file of lines can hold: control bytes become blanks.
[[nodiscard]] QByteArray cleanComment(QByteArrayView comment);

/// "SHA256:..." exactly as ssh-keygen -l prints it. \a blob: the wire format, not base64.
[[nodiscard]] QString fingerprintOf(QByteArrayView blob);

/// A public key in the wire format of RFC 4253, 6.6 (RFC 5656 for ECDSA, RFC 8709 for ed25519).
struct PublicKey
{
    QByteArray algorithm; ///< "ssh-ed25519"; the first string of the blob
    QByteArray blob;      ///< not base64
    QByteArray comment;   ///< as it stands in the file, mostly UTF-8; never has a newline

    [[nodiscard]] KeyType type() const { return keyTypeOf(algorithm); }
    /// As ssh-keygen -l counts: the modulus for RSA, the curve for the others; 0 when unknown.
    [[nodiscard]] int bits() const;
    [[nodiscard]] QString fingerprint() const { return fingerprintOf(blob); }
    /// "ssh-ed25519 AAAA... comment", without a newline.
    [[nodiscard]] QByteArray line() const;
    /// The same key, whatever the comment.
    [[nodiscard]] bool isSameKey(const PublicKey &other) const { return blob == other.blob; }
    bool operator==(const PublicKey &) const = default;
};

/// A blob as agents and servers send it. Types that Danlu can't use are read as well: ask type().
/// Errors: Parse (Step::Key).
[[nodiscard]] Result<PublicKey> publicKeyFromBlob(QByteArrayView blob, QByteArrayView comment = {});

/// The text of a .pub file: one OpenSSH line (a final newline or CRLF may follow) or the form of
/// RFC 4716 that PuTTYgen saves. Errors: Parse (Step::Key).
[[nodiscard]] Result<PublicKey> parsePublicKey(QByteArrayView text);

} // namespace core::keys

Q_DECLARE_METATYPE(core::keys::PublicKey)
