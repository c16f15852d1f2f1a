// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Result.h"

#include <QByteArrayList>
#include <QByteArrayView>
#include <QObject>

#include <openssl/evp.h>

#include <functional>
#include <memory>

namespace core::transfer {

class LocalFile;

inline constexpr qsizetype sha256Size = 32; ///< bytes

/// OpenSSL's, which uses the processor's instructions for it; QCryptographicHash does not.
class Sha256
{
public:
    Sha256();
    void add(QByteArrayView bytes);
    /// Once.
    [[nodiscard]] QByteArray result();

private:
    struct Free
    {
        void operator()(EVP_MD_CTX *context) const { EVP_MD_CTX_free(context); }
    };
    std::unique_ptr<EVP_MD_CTX, Free> m_context;
};

/// Of \a size bytes from \a offset; blocks.
[[nodiscard]] Result<QByteArray> sha256Of(LocalFile &file, qint64 offset, qint64 size);

/// The sum of a file's first \a size bytes, a slice at a time between other events of \a context's
/// thread.
void sha256InSlices(QObject *context, const QByteArray &path, qint64 size,
                    std::function<void(Result<QByteArray>)> done);
/// The sums of its pieces of \a pieceSize bytes, up to \a size; likewise.
void pieceSumsInSlices(QObject *context, const QByteArray &path, qint64 size, qint64 pieceSize,
                       std::function<void(Result<QByteArrayList>)> done);

} // namespace core::transfer
