// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Result.h"
#include "core/ssh/SftpPacket.h"

#include <QHash>
#include <QObject>

#include <deque>
#include <functional>
#include <vector>

namespace core::ssh {

class SessionEngine;
struct ChannelEnd;

/// SFTP version 3 (draft-ietf-secsh-filexfer-02) and OpenSSH's extensions to it over one channel.
/// Unlike libssh2's own, any number of requests of any kind may be on their way: that is what makes
/// small files quick on a slow line. Lives in the engine's thread. Every callback comes exactly
/// once, in the engine's thread, never from inside the call that asked; after the channel's end
/// with its error. Paths are the server's bytes.
class SftpClient final : public QObject
{
    Q_OBJECT

public:
    template <typename T = void>
    using Done = std::function<void(Result<T>)>;

    struct Space
    {
        quint64 availableBytes = 0; ///< for this user
        quint64 totalFiles = 0;     ///< inodes; 0 = the file system does not count them
        quint64 availableFiles = 0;
        bool isReadOnly = false;
        QByteArray fileSystem; ///< equal for two paths on one; no other meaning
    };
    enum OpenFlag : quint32 { Read = 1, Write = 2, Create = 8, Truncate = 16, Exclusive = 32 };

    /// \a window: see SessionEngine::openSubsystem().
    SftpClient(SessionEngine &engine, quint32 window, QObject *parent = nullptr);
    ~SftpClient() override;

    /// Opens the subsystem. Unsupported: there is none, or it is drowned in the shell's greetings.
    void open(Done<> done);
    /// Ends the channel once the requests on their way are answered.
    void close();

    void realpath(const QByteArray &path, Done<QByteArray> done);
    void stat(const QByteArray &path, Done<SftpAttributes> done);
    void lstat(const QByteArray &path, Done<SftpAttributes> done);
    void setstat(const QByteArray &path, const SftpAttributes &attributes, Done<> done);
    void mkdir(const QByteArray &path, Done<> done);
    void rmdir(const QByteArray &path, Done<> done);
    void remove(const QByteArray &path, Done<> done);
    /// Replaces what has the new name, at once where the server can.
    void rename(const QByteArray &from, const QByteArray &to, Done<> done);
    /// Never replaces: fails with RemoteFailed when something has the new name, as it does when the
    /// new name is on another file system.
    void renameNew(const QByteArray &from, const QByteArray &to, Done<> done);
    void readlink(const QByteArray &path, Done<QByteArray> done);
    /// Makes \a path a link to \a target.
    void symlink(const QByteArray &target, const QByteArray &path, Done<> done);
    /// Unsupported where the server has no statvfs@openssh.com, or the file system no size.
    void space(const QByteArray &path, Done<Space> done);

    void opendir(const QByteArray &path, Done<QByteArray> done);
    /// The next names, "." and ".." among them; none = the end.
    void readdir(const QByteArray &handle, Done<std::vector<RemoteEntry>> done);

    /// \a flags: of OpenFlag. \returns a handle.
    void openFile(const QByteArray &path, quint32 flags, std::optional<quint32> mode,
                  Done<QByteArray> done);
    void closeHandle(const QByteArray &handle, Done<> done);
    void fstat(const QByteArray &handle, Done<SftpAttributes> done);
    void fsetstat(const QByteArray &handle, const SftpAttributes &attributes, Done<> done);
    /// Up to \a size bytes, valid during the callback; empty = the end of the file.
    void read(const QByteArray &handle, quint64 offset, quint32 size, Done<QByteArrayView> done);
    /// \a fill writes \a size bytes to the place it is given, at once; if it returns false nothing
    /// is sent and \a done is not called.
    void write(const QByteArray &handle, quint64 offset, qsizetype size,
               const std::function<bool(char *to)> &fill, Done<> done);

    /// Asked when everything queued has left and more could: time to read() and write() on.
    void setRefill(std::function<void()> refill) { m_refill = std::move(refill); }
    /// Called once when the channel ends by itself, after all that waited for an answer.
    void setOnLost(std::function<void(const Error &)> lost) { m_lost = std::move(lost); }
    /// refill has something again.
    void wake();
    /// Bytes that one read() or write() may carry here.
    [[nodiscard]] qsizetype dataSize() const { return m_dataSize; }
    /// Files that may be open together.
    [[nodiscard]] qsizetype maxHandles() const { return m_maxHandles; }
    [[nodiscard]] const std::optional<Error> &error() const { return m_error; }

private:
    /// What to do with the answer: its type and body, or the channel's error.
    using Answer = std::function<void(const Error *lost, SftpType type, SftpReader &body)>;

    quint32 request(SftpType type, const std::function<void(SftpWriter &)> &write, Answer answer);
    void send(QByteArray packet);
    [[nodiscard]] QByteArray produce();
    void take(const QByteArray &bytes);
    void takePacket(QByteArrayView packet);
    void giveUpOpening();
    void takeVersion(SftpReader &body);
    void askLimits();
    void fail(const Error &error);
    void onEnded(const ChannelEnd &end);
    [[nodiscard]] Answer statusAnswer(const QByteArray &path, const char *tried, Done<> done);
    /// \a parse: takes the value from an answer of type \a wanted; nothing = it makes no sense.
    template <typename T>
    [[nodiscard]] Answer valueAnswer(const QByteArray &path, const char *tried, SftpType wanted,
                                     std::optional<T> (*parse)(SftpReader &), Done<T> done);
    [[nodiscard]] Answer attributesAnswer(const QByteArray &path, const char *tried,
                                          Done<SftpAttributes> done);
    [[nodiscard]] Answer handleAnswer(const QByteArray &path, const char *tried,
                                      Done<QByteArray> done);
    [[nodiscard]] Answer nameAnswer(const QByteArray &path, const char *tried,
                                    Done<QByteArray> done);
    static Error protocolError(const QByteArray &path);
    /// \a tried: the request, where \a path does not say it.
    static Error statusError(SftpReader &body, const QByteArray &path, const char *tried = nullptr);

    static constexpr quint32 firstId = 1;

    SessionEngine &m_engine;
    const quint32 m_window;
    quint64 m_channel = 0;
    quint32 m_nextId = firstId;
    bool m_isOpen = false;
    bool m_closing = false;
    std::optional<Error> m_error;
    Done<> m_opened;
    std::function<void()> m_refill;
    std::function<void(const Error &)> m_lost;
    std::deque<QByteArray> m_queue;
    QByteArray m_received;
    QHash<quint32, Answer> m_pending;
    QByteArrayList m_extensions;
    qsizetype m_dataSize = 32 * 1024; ///< what every server must take
    qsizetype m_maxHandles = 64;
};

} // namespace core::ssh
