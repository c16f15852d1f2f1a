// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Result.h"

#include <QByteArray>
#include <QString>

#include <optional>
#include <vector>

namespace core::keys {

/// One public key as a line of text: in a .pub file (no options) or in authorized_keys.
struct AuthorizedKey
{
    int line = 0;       ///< of its file, from 1; 0 = not from a file
    QByteArray options; ///< as written before the type, "" = none
    QByteArray type;    ///< "ssh-ed25519"
    QByteArray blob;    ///< RFC 4253 6.6 wire format, not base64; begins with the type
    QByteArray comment; ///< the file's bytes: not always UTF-8

    /// "SHA256:..." exactly as ssh-keygen -l prints it.
    [[nodiscard]] QString fingerprint() const;
    /// Of the key, as ssh-keygen -l counts them; absent for types this version does not know.
    [[nodiscard]] std::optional<int> bits() const;
    /// The same key, whatever its options and comment.
    [[nodiscard]] bool isSameKey(const AuthorizedKey &other) const
    {
        return type == other.type && blob == other.blob;
    }
    bool operator==(const AuthorizedKey &) const = default;
};

/// "type base64 comment" as a .pub file holds it. Errors (Step::Auth): KeyUnusable when it is no
/// such line, when it is a certificate or when the text is a private key; the detail says which.
[[nodiscard]] Result<AuthorizedKey> parsePublicKeyLine(QByteArrayView text);

/// The keys of an authorized_keys file (sshd(8), AUTHORIZED_KEYS FILE FORMAT). What is no key is
/// passed over, as sshd does.
[[nodiscard]] std::vector<AuthorizedKey> parseAuthorizedKeys(QByteArrayView text);

/// \a text with one more line for \a key, its options left out. All bytes of \a text stay in front
/// of it; a last line without an end gets one. Ends with LF in a CRLF file too: not every server
/// takes a CR for a blank.
[[nodiscard]] QByteArray withAuthorizedKey(QByteArrayView text, const AuthorizedKey &key);
/// \a text without the lines that hold \a key; all other bytes stay.
[[nodiscard]] QByteArray withoutAuthorizedKey(QByteArrayView text, const AuthorizedKey &key);

} // namespace core::keys
