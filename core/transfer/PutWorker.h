// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/transfer/AskedAhead.h"
#include "core/transfer/FileCopies.h"
#include "core/transfer/Packing.h"
#include "core/transfer/TransferWorker.h"

#include <chrono>

namespace core::transfer {

class ItemIndex;
class LocalScan;
struct FoundFile;
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
    void findPartSize(int number, const std::function<void(qint64)> &done) override;
    void findPieces(int number,
                    const std::function<void(const ChunkBoard::Pieces &)> &done) override;

private:
    // Where to (PutWorker.cpp)
    void findTarget();
    void lookAhead(const QByteArray &target);
    void askSpaceAhead(const QByteArray &path);
    [[nodiscard]] static QByteArray nameOf(const Source &one);
    void makeDirectory(const QByteArray &path, std::function<void(Result<>)> done);
    void placeSources(const QByteArray &target, bool into);
    void scan();
    void scanned();
    [[nodiscard]] bool hasManySmall() const;
    void askSpace();
    void askSpaceOf(const QByteArray &path,
                    const std::function<void(const std::optional<ssh::SftpClient::Space> &)> &done);
    void weighSpace();
    [[nodiscard]] std::optional<Error> judgeDisks();
    void makePlaces();
    void makeDirectories();
    void makeLevel(const std::shared_ptr<std::vector<std::vector<int>>> &levels, std::size_t level);
    void makeRemoteDirectory(int number, const std::function<void()> &done);
    [[nodiscard]] bool usesTar() const;
    [[nodiscard]] QByteArray remotePath(const Item &of) const;
    [[nodiscard]] QByteArray partOf(const Item &of) const;
    [[nodiscard]] QByteArray localPath(const Item &of) const;

    // What is there already (PutJudge.cpp)
    void judgeSources();
    void judgeSource(int number, const std::function<void()> &done);
    void look(const QByteArray &path,
              const std::function<void(const Result<ssh::SftpAttributes> &)> &done);
    void judgeExisting(std::function<void()> then);
    void judgeFile(int number, const std::function<void()> &done);
    void judge(int number, const ssh::SftpAttributes &there);
    void compareSame();
    void compare(int number, const QByteArray &path, std::function<void(bool)> done);

    // Places beside the final ones (PutStage.cpp)
    void stage();
    void markElsewhere(const QByteArray &target, const QByteArray &mounts);
    void askStaged();
    void takeStaged(int number, const QByteArray &path, const FoundFile &file,
                    QByteArrayList &others);
    void removeStaged(const QByteArrayList &names, const std::function<void()> &then);
    void makeStagedDirectories();
    void makeStagedDirectory(int number, const std::function<void()> &done);
    [[nodiscard]] QByteArray marker() const;

    // Copying (PutCopy.cpp)
    void copy();
    void copyLarge();
    void startLarge(int number, const std::function<void()> &done);
    void createPart(int number, const ChunkBoard::Pieces &pieces,
                    const std::function<void()> &done);
    void finishLarge(int number, int file);
    void verifyLarge(int number, int file);
    void renameLarge(int number);
    void setTimesAndName(const QByteArray &path, qint64 mtime, quint32 mode,
                         const std::function<void()> &name);
    void endLarge(int number, int file, bool changed, const std::optional<Error> &error);
    /// The source is another file now. \returns whether it is tried again.
    [[nodiscard]] bool adopt(int number, bool isPossible);
    void copyAgain(int number);
    void copySmall(bool tar);
    void smallEnded(int number, bool changed, const std::optional<Error> &error);
    void openTar();
    void copyTar();
    [[nodiscard]] Packing tarPacking();
    void tarEnded(const std::optional<Error> &lost, int exitCode, const QByteArray &words);
    [[nodiscard]] QByteArray checkCommand();
    void takeChecked(QByteArrayView records);
    void checkTar(const std::optional<Error> &why);
    void verifyTar(const std::vector<int> &arrived);
    [[nodiscard]] QByteArray tarName(const Item &of);
    void moveFromTar(const std::vector<int> &arrived);
    void moveOne(int number, const std::function<void()> &done);
    void sendOneByOne();
    void startSmall();
    void tarDone();
    void nameDisk(const QByteArray &path, const Error &error,
                  std::function<void(const Error &)> then);
    void partEnded();

    // The end (PutFinish.cpp)
    void makeLinks();
    void makeLink(int number, bool mayReplace, const std::function<void()> &done);
    void replaceLink(int number, const Error &why, const std::function<void()> &done);
    void setDirectoryTimes();
    void nameStaged();
    void nameStaged(int source, const std::function<void()> &done);
    void keepStaged(const Source &staged);

    static constexpr qint64 stageFiles = 2; ///< the place beside the final one, and its mark
    static constexpr qsizetype longestCommand = 60 * 1024; ///< bytes of shell text
    static constexpr qsizetype asksAtOnce = 256;

    /// A name that looks as if it need not be copied; with checksums it is compared first.
    struct Same
    {
        int item = 0;
        bool isOurs = false; ///< from an earlier try and in its stage, not somebody's file
    };

    QByteArray m_target;
    QByteArray m_merge; ///< the directory below m_target for what goes into directories that exist
    std::vector<Same> m_same;
    std::vector<int> m_arrived; ///< items that wait in m_merge since an earlier connection
    std::vector<int> m_small;   ///< items that go one by one
    std::vector<int> m_tar;     ///< items for the tar stream
    std::vector<int> m_large;
    std::size_t m_nextSmall = 0;
    std::size_t m_nextTar = 0;
    FilePut *m_filePut = nullptr;
    std::vector<int> m_roots; ///< of each source, its own item; -1 = none
    TarPut *m_tarPut = nullptr;
    enum class There : quint8 { Nothing, Other, Whole };
    std::vector<There> m_isThere; ///< of each item: what the tar stream has brought
    std::shared_ptr<const ItemIndex> m_tarIndex;
    QByteArray m_tarProtocol;
    int m_parts = 0; ///< ways of copying that run
    int m_largeLeft = 0;
    AskedAhead<ssh::SftpAttributes> m_placesAhead;
    AskedAhead<ssh::SftpClient::Space> m_spaceAhead;
    std::optional<ssh::SftpClient::Space> m_space; ///< none: the server can't tell
    /// Of each source, where it goes into a directory that is there.
    std::vector<std::optional<ssh::SftpClient::Space>> m_spaces;
    bool m_isSpaceKnown = false;
    bool m_isPlaced = false;
    bool m_isJudged = false;
    std::optional<ErrorCode> m_full; ///< how the disk was found full
    std::chrono::steady_clock::time_point m_fullSince;
};

} // namespace core::transfer
