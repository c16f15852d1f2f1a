// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transfer/Sha256.h"

#include "core/transfer/LocalFiles.h"

#include <algorithm>

namespace core::transfer {

Sha256::Sha256()
    : m_context(EVP_MD_CTX_new())
{
    EVP_DigestInit_ex(m_context.get(), EVP_sha256(), nullptr);
}

void Sha256::add(QByteArrayView bytes)
{
    EVP_DigestUpdate(m_context.get(), bytes.data(), std::size_t(bytes.size()));
}

QByteArray Sha256::result()
{
    QByteArray sum(32, Qt::Uninitialized);
    unsigned size = 0;
    EVP_DigestFinal_ex(m_context.get(), reinterpret_cast<unsigned char *>(sum.data()), &size);
    return sum;
}

Result<QByteArray> sha256Of(LocalFile &file, qint64 offset, qint64 size)
{
    Sha256 sum;
    QByteArray buffer(qsizetype(std::min<qint64>(size, 1024 * 1024)), Qt::Uninitialized);
    while (size > 0) {
        const qint64 wanted = std::min<qint64>(size, buffer.size());
        const Result<qint64> got = file.readAt(offset, buffer.data(), wanted);
        if (!got)
            return tl::make_unexpected(got.error());
        if (*got == 0)
            break;
        sum.add(QByteArrayView(buffer).first(qsizetype(*got)));
        offset += *got;
        size -= *got;
    }
    return sum.result();
}

namespace {

constexpr qint64 sliceSize = 8 * 1024 * 1024; ///< some milliseconds of work

struct Slices
{
    QByteArray path;
    std::unique_ptr<LocalFile> file;
    Sha256 sum;
    qint64 offset = 0;
    qint64 size = 0;
    QByteArray buffer = QByteArray(1024 * 1024, Qt::Uninitialized);
    std::function<void(Result<QByteArray>)> done;
};

void nextSlice(QObject *context, const std::shared_ptr<Slices> &slices)
{
    for (qint64 left = sliceSize; left > 0; left -= slices->buffer.size()) {
        const qint64 wanted =
            std::min<qint64>(slices->buffer.size(), slices->size - slices->offset);
        const Result<qint64> got =
            slices->file->readAt(slices->offset, slices->buffer.data(), wanted);
        if (!got) {
            slices->done(tl::make_unexpected(got.error()));
            return;
        }
        slices->sum.add(QByteArrayView(slices->buffer).first(qsizetype(*got)));
        slices->offset += *got;
        if (*got < wanted || slices->offset == slices->size) {
            slices->done(slices->sum.result());
            return;
        }
    }
    QMetaObject::invokeMethod(
        context, [context, slices] { nextSlice(context, slices); }, Qt::QueuedConnection);
}

struct Pieces
{
    std::unique_ptr<LocalFile> file;
    qint64 size = 0;
    qint64 pieceSize = 0;
    QByteArrayList sums;
    std::function<void(Result<QByteArrayList>)> done;
};

void nextPiece(QObject *context, const std::shared_ptr<Pieces> &pieces)
{
    const qint64 offset = pieces->sums.size() * pieces->pieceSize;
    if (offset >= pieces->size) {
        pieces->done(pieces->sums);
        return;
    }
    const Result<QByteArray> sum =
        sha256Of(*pieces->file, offset, std::min(pieces->pieceSize, pieces->size - offset));
    if (!sum) {
        pieces->done(tl::make_unexpected(sum.error()));
        return;
    }
    pieces->sums.append(*sum);
    QMetaObject::invokeMethod(
        context, [context, pieces] { nextPiece(context, pieces); }, Qt::QueuedConnection);
}

} // namespace

void sha256InSlices(QObject *context, const QByteArray &path, qint64 size,
                    std::function<void(Result<QByteArray>)> done)
{
    auto slices = std::make_shared<Slices>();
    slices->path = path;
    slices->size = size;
    slices->done = std::move(done);
    QMetaObject::invokeMethod(
        context,
        [context, slices] {
            Result<std::unique_ptr<LocalFile>> file = openLocal(slices->path);
            if (!file) {
                slices->done(tl::make_unexpected(file.error()));
                return;
            }
            slices->file = std::move(*file);
            nextSlice(context, slices);
        },
        Qt::QueuedConnection);
}

void pieceSumsInSlices(QObject *context, const QByteArray &path, qint64 size, qint64 pieceSize,
                       std::function<void(Result<QByteArrayList>)> done)
{
    auto pieces = std::make_shared<Pieces>();
    pieces->size = size;
    pieces->pieceSize = pieceSize;
    pieces->done = std::move(done);
    QMetaObject::invokeMethod(
        context,
        [context, pieces, path] {
            Result<std::unique_ptr<LocalFile>> file = openLocal(path);
            if (!file) {
                pieces->done(tl::make_unexpected(file.error()));
                return;
            }
            pieces->file = std::move(*file);
            nextPiece(context, pieces);
        },
        Qt::QueuedConnection);
}

} // namespace core::transfer
