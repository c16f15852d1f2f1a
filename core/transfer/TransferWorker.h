// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ssh/EngineWorker.h"
#include "core/transfer/Packing.h"
#include "core/transfer/RemoteFs.h"
#include "core/transfer/RemoteShell.h"
#include "core/transfer/TransferState.h"

#include <chrono>
#include <functional>
#include <memory>

namespace core::transfer {

class Verifier;

/// What the instance's PATH has.
struct RemoteTools
{
    bool shell = false;
    bool sftp = false;
    bool scp = false;
    bool tar = false;
    bool gnuTar = false;
    bool findPrintf = false; ///< find with -printf
    bool gzip = false;
    bool zstd = false;
    QByteArray sha256; ///< a command that prints a file's SHA-256 first on its line; "" = none
};

/// Runs \a each for 0 to \a count - 1, at most \a window at a time, then \a then. \a each is given
/// what to call when its one is done, at once or later.
void inWindow(QObject *context, qsizetype count, qsizetype window,
              std::function<void(qsizetype, std::function<void()>)> each,
              std::function<void()> then);

/// Runs \a each for 0 to \a count - 1 in slices of a few milliseconds, so that the thread's other
/// work goes on meanwhile, then \a then.
void inSlices(QObject *context, qsizetype count, std::function<void(qsizetype)> each,
              std::function<void()> then);

/// The one that leads a transfer on one connection: finds out what the instance has, plans, copies
/// what is small, gives what is large to the board. In the engine's thread. ended() comes once;
/// when it has an error of the connection, another worker goes on with the same state on a new one.
class TransferWorker : public ssh::EngineWorker
{
    Q_OBJECT

public:
    explicit TransferWorker(std::shared_ptr<TransferState> state);
    ~TransferWorker() override;

    void start(ssh::SessionEngine &engine) final;

Q_SIGNALS:
    void fileEnded(const core::transfer::FileOutcome &outcome);
    void ended(const std::optional<core::Error> &error);

protected:
    /// Files below this go one after another or in a tar stream, others over the board.
    static constexpr qint64 largeFile = 1024 * 1024;
    static constexpr int mostTries = Item::mostTries;
    /// How long a file that was just written is left alone before it is copied again.
    static constexpr std::chrono::milliseconds settleTime{1000};

    /// Before anything of the server is known: what can be found out here. Leads to prepared().
    virtual void prepare() = 0;
    /// The server's side is known, tools() only when a shell was needed.
    virtual void plan() = 0;
    /// What a part that an earlier copy left has that is right; none where that can't be told.
    virtual void findPieces(int number,
                            const std::function<void(const ChunkBoard::Pieces &)> &done) = 0;
    /// The size of a part; 0 = there is none.
    virtual void findPartSize(int number, const std::function<void(qint64)> &done) = 0;
    /// The board's file is complete, or failed.
    virtual void largeEnded(int item, int file, const std::optional<Error> &error) = 0;

    [[nodiscard]] TransferState &state() { return *m_state; }
    [[nodiscard]] const std::shared_ptr<TransferState> &sharedState() { return m_state; }
    [[nodiscard]] Item &item(int number) { return m_state->items[std::size_t(number)]; }
    [[nodiscard]] Source &source(const Item &of)
    {
        return m_state->sources[std::size_t(of.source)];
    }
    [[nodiscard]] ssh::SessionEngine &engine() { return *m_engine; }
    [[nodiscard]] ssh::SftpClient &sftp() { return *m_sftp; }
    /// The one by one way is scp, for files of any size.
    [[nodiscard]] bool usesScp() const;
    /// Large files go by scp where there is no SFTP, though others go by tar: they are gone on
    /// with.
    [[nodiscard]] bool goesOnByScp() const;
    /// Finds out what an earlier try by scp left of \a items, then \a then.
    void findKept(const std::vector<int> &items, std::function<void()> then);
    /// Its bytes, once.
    [[nodiscard]] qint64 takeKept(int number) { return m_kept.take(number); }
    /// A line where the server lacks what was asked for, and another way is taken.
    void tellReplaced(bool usesTar);
    /// When tar is used at all, files of any size go by it.
    [[nodiscard]] bool usesOnlyTar() const;
    [[nodiscard]] RemoteFs &fs() { return *m_fs; }
    [[nodiscard]] RemoteShell &shell() { return *m_shell; }
    [[nodiscard]] const RemoteTools &tools() const { return m_tools; }
    [[nodiscard]] Verifier &verifier() { return *m_verifier; }
    /// The absolute path of what the user named; "" = the home.
    [[nodiscard]] QByteArray absolute(const QByteArray &path) const;

    /// \a needsShell: a copy like this will ask for one.
    void prepared(bool needsShell);
    /// tools() is whole when \a then is called.
    void requireShell(std::function<void()> then);
    /// It will perhaps be required: it is opened, and nobody waits for it.
    void startShell();

    /// A step failed that everything hangs on.
    void stop(const std::optional<Error> &error);
    [[nodiscard]] bool isStopped() const { return m_stopped; }
    /// Ends the transfer when the connection is at fault; else false, and it is the item's error.
    [[nodiscard]] bool stopIfLost(const Error &error);

    /// Where an item belongs in the end.
    [[nodiscard]] QByteArray finalPath(const Item &of) const;
    /// Makes the sources' places this copy's own, then \a then. What another copy has, after a
    /// moment, is refused.
    void takePlaces(std::function<void()> then);
    /// Items whose part would have the name of another item get another part. After the sources'
    /// places are known.
    void markTakenParts();
    /// Fails what is at or below a directory of a source; "" = all of it.
    void failBelow(int source, const QByteArray &directory, const Error &error);
    /// What would be written, of all that is still to be copied.
    struct Need
    {
        qint64 bytes = 0;
        qint64 files = 0; ///< and folders
    };
    [[nodiscard]] Need need(const std::function<bool(const Item &)> &isMeant) const;
    /// DiskFull or NoSpaceInodes when it does not fit. \a availableFiles -1 = not counted.
    [[nodiscard]] std::optional<Error> judgeSpace(const QByteArray &directory, const Need &needed,
                                                  qint64 availableBytes,
                                                  qint64 availableFiles) const;

    /// Null where nothing can tell what the server's files hold.
    [[nodiscard]] Verifier *verifierOrNull();
    void succeed(int number);
    void fail(int number, const Error &error);
    void skip(int number, const QString &why);
    void tell(const QByteArray &path, FileOutcome::Result result,
              const std::optional<Error> &error = {});
    /// Path as the user would name it.
    [[nodiscard]] QByteArray shownPath(const Item &of) const;

    enum class Choice { Copy, Skip, Identical, Refuse };
    /// What the request says of a name that is taken.
    [[nodiscard]] Choice choose(const Item &of, qint64 size, qint64 mtime) const;
    /// Overwrite::Ask: fails it for a name that is taken.
    void refuse(int number);
    /// What an earlier copy left may be used.
    [[nodiscard]] bool resumes() const { return m_state->request.resume || m_state->wasCut; }
    /// Perhaps before it is known that SFTP is there.
    void startRunner();

    /// How much of how many files is tried before a tar stream is packed.
    static constexpr qsizetype sampleSize = 16 * 1024;
    static constexpr std::size_t mostSamples = 16;
    /// The best way of packing that both ends have and that the line is slow enough for.
    [[nodiscard]] Packing possiblePacking() const;
    /// Of what is to go by tar, the sample's sizes yet unknown. \a samples: the items to take it
    /// from.
    [[nodiscard]] PackingTrial packingTrial(std::vector<int> &samples) const;
    [[nodiscard]] static QByteArray tarProtocol(Packing packing);
    /// Which pieces agree, of two files that share \a common bytes; the target gets \a size.
    /// A line where none does: it was another file.
    [[nodiscard]] ChunkBoard::Pieces samePieces(int number, const QByteArrayList &ours,
                                                const QByteArrayList &theirs, qint64 common);

private:
    void ready();
    void begin();
    void takeTools(const QByteArrayList &lines);
    [[nodiscard]] bool needsHome() const;
    void takePlaces(std::function<void()> then, int tries);

    std::shared_ptr<TransferState> m_state;
    ssh::SessionEngine *m_engine = nullptr;
    ssh::SftpClient *m_sftp = nullptr;
    RemoteShell *m_shell = nullptr;
    Verifier *m_verifier = nullptr;
    std::unique_ptr<RemoteFs> m_fs;
    RemoteTools m_tools;
    QByteArray m_home;
    QHash<int, qint64> m_kept; ///< of items, from their beginnings on; bytes
    std::vector<std::function<void()>> m_waitForShell;
    bool m_isPrepared = false;
    bool m_isSftpKnown = false;
    bool m_isShellKnown = false;
    bool m_isShellStarted = false;
    bool m_isBegun = false;
    bool m_stopped = false;
    bool m_hasRunner = false;
};

} // namespace core::transfer
