// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/keys/PrivateKey.h"

/// PuTTY's .ppk, versions 2 and 3 (PuTTY's manual, appendix C, "PPK file format"). Errors:
/// KeyUnusable, KeyPassphraseNeeded, Cancelled (Step::Key).
namespace core::keys {

inline constexpr QByteArrayView puttyBegin("PuTTY-User-Key-File-");

struct PuttyOutline
{
    bool encrypted = false;
    PublicKey publicKey; ///< with the comment
};

[[nodiscard]] Result<PuttyOutline> outlinePutty(QByteArrayView text);
[[nodiscard]] Result<PrivateKey> unlockPutty(QByteArrayView text, const SecretBytes &passphrase,
                                             const CancelFlag &cancel);

} // namespace core::keys
