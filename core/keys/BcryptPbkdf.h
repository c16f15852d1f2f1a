// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Result.h"
#include "core/base/SecretBytes.h"
#include "core/keys/CancelFlag.h"

namespace core::keys {

/// What derives the key of an encrypted openssh-key-v1 file: bcrypt_pbkdf of OpenBSD's libc (its
/// manual page bcrypt_pbkdf(3); PBKDF2 with bcrypt's core as the hash, output bytes spread).
/// About 6 ms a round and 32 bytes. \a rounds from 1. Errors: Cancelled (Step::Key).
[[nodiscard]] Result<SecretBytes> bcryptPbkdf(QByteArrayView passphrase, QByteArrayView salt,
                                              quint32 rounds, qsizetype size,
                                              const CancelFlag &cancel = {});

} // namespace core::keys
