// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/transfer/SmallPut.h"
#include "core/transfer/TransferWorker.h"

#include <QSet>

namespace core::transfer {

class LocalScan;
class TarPut;

/// Leads an upload.
class PutWorker final : public TransferWorker
{
    Q_OBJECT

public:
    using TransferWorker::TransferWorker;

protected:
    void prepare() override;
    void plan() override;
    void largeEnded(int item, int file, const std::optional<Error> &error) override;

private:
    // Where to (PutWorker.cpp)
    void findTarget();
    void makeDirectory(const QByteArray &path, std::function<void(Result<>)> done);
    void placeSources(const QByteArray &target, bool into);
    void scan();
    void scanned();
    [[nodiscard]] bool hasManySmall() const;
    void spaceIsKnown();
    void checkSpace();
    void judgeSources();
    void judgeSource(int number, const std::function<void()> &done);
    void stage();
    void makeDirectories();
    void makeDirectories(const std::vector<int> &directories);
    void judgeExisting();
    void judge(int number, const ssh::SftpAttributes &there);
    [[nodiscard]] bool usesTar() const;
    [[nodiscard]] QByteArray remotePath(const Item &of) const;
    [[nodiscard]] QByteArray localPath(const Item &of) const;
    void failBelow(const QByteArray &directory, const Error &error);

    // Copying (PutCopy.cpp)
    void copy();
    void copyLarge();
    void startLarge(int number, const std::function<void()> &done);
    void createPart(int number, const ChunkBoard::Pieces &pieces,
                    const std::function<void()> &done);
    void finishLarge(int number, int file);
    void renameLarge(int number);
    void endLarge(int number, int file, bool changed, const std::optional<Error> &error);
    void copyAgain(int number);
    void copySmall();
    void smallEnded(int number, bool changed, const std::optional<Error> &error);
    void copyTar();
    void tarEnded(const std::optional<Error> &lost, int exitCode, const QByteArray &words);
    void checkTar(const std::optional<Error> &why);
    void verifyTar(const std::vector<int> &arrived);
    [[nodiscard]] QByteArray tarName(const Item &of);
    void moveFromTar(const std::vector<int> &arrived);
    void tarDone();
    void nameFullDisk(const QByteArray &path, const Error &error,
                      std::function<void(const Error &)> then);
    void partEnded();

    // The end (PutFinish.cpp)
    void makeLinks();
    void makeLink(int number, bool mayReplace, const std::function<void()> &done);
    void replaceLink(int number, const Error &why, const std::function<void()> &done);
    void setDirectoryTimes();
    void nameStaged();

    QByteArray m_target;
    std::vector<int> m_small; ///< items for SmallPut
    std::vector<int> m_tar;   ///< items for the tar stream
    std::vector<int> m_large;
    std::size_t m_nextSmall = 0;
    std::size_t m_nextTar = 0;
    SmallPut *m_smallPut = nullptr;
    TarPut *m_tarPut = nullptr;
    QByteArray m_tarDirectory;
    int m_parts = 0; ///< ways of copying that run
    int m_largeLeft = 0;
    bool m_hasSpace = false;
    bool m_isJudged = false;
};

} // namespace core::transfer
