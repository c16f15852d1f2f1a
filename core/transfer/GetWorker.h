// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/transfer/FileCopies.h"
#include "core/transfer/Packing.h"
#include "core/transfer/TransferWorker.h"

#include <QSet>

namespace core::transfer {

class TarGet;

/// Leads a download.
class GetWorker final : public TransferWorker
{
    Q_OBJECT

public:
    using TransferWorker::TransferWorker;

protected:
    void prepare() override;
    void plan() override;
    void largeEnded(int item, int file, const std::optional<Error> &error) override;
    void findPartSize(int number, const std::function<void(qint64)> &done) override;
    void findPieces(int number,
                    const std::function<void(const ChunkBoard::Pieces &)> &done) override;

private:
    // What and where to (GetWorker.cpp)
    void findSource(std::size_t number);
    void lookAtSource(std::size_t number);
    void scanned();
    void scanSource(std::size_t number);
    [[nodiscard]] bool hasManySmall() const;
    void placeSources();
    void refuseClashes();
    void judgeSources();
    void judgeExisting();
    void judge(int number);
    void compareSame();
    void checkSpace();
    void makeDirectories();
    void makeDirectory(int number);
    [[nodiscard]] bool usesTar() const;
    [[nodiscard]] QByteArray remotePath(const Item &of) const;
    [[nodiscard]] QByteArray localPath(const Item &of) const;
    [[nodiscard]] QByteArray partOf(const Item &of) const;

    // Copying (GetCopy.cpp)
    void copy();
    void copyLarge();
    void startLarge(int number, const std::function<void()> &done);
    void createPart(int number, const ChunkBoard::Pieces &pieces);
    void finishLarge(int number, int file);
    void verifyLarge(int number, int file);
    void explainLarge(int number, int file);
    void endLarge(int number, int file, const std::optional<ssh::SftpAttributes> &changed,
                  const std::optional<Error> &error);
    void copyAgain(int number);
    void copySmall();
    void startSmall();
    void smallEnded(int number, const std::optional<ssh::SftpAttributes> &changed,
                    const std::optional<Error> &error);
    void partEnded();
    [[nodiscard]] bool adopt(int number, const ssh::SftpAttributes &now);

    // The tar stream (GetTar.cpp)
    void tryPacking();
    void openTar(Packing packing);
    void copyTar();
    void tarEnded(const std::optional<Error> &lost, const QByteArray &words);
    void checkTar(const QByteArray &words);
    void verifyTar();
    void explainTar(int number, const std::function<void()> &done);
    [[nodiscard]] Result<> nameFromTar(int number);
    void dropFromTar(int number);

    // The end (GetCopy.cpp)
    void makeLinks();
    void makeLink(int number);
    void setDirectoryTimes();

    QByteArray m_directory;  ///< that everything goes into
    std::vector<int> m_same; ///< here already by their size and time
    std::vector<int> m_small;
    std::vector<int> m_tar;
    std::vector<int> m_large;
    std::size_t m_nextSmall = 0;
    FileGet *m_fileGet = nullptr;
    TarGet *m_tarGet = nullptr;
    bool m_isCopyingTar = false; ///< m_tar is known
    QSet<int> m_again;           ///< files of the tar stream that are taken once more
    int m_parts = 0;
    int m_largeLeft = 0;
};

} // namespace core::transfer
