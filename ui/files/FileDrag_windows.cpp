// SPDX-License-Identifier: GPL-3.0-or-later
// Promises on Windows. Explorer takes either files that exist or, as virtual files, streams with a
// list of all names made in advance: a folder's tree would have to be read before the drop, and the
// bytes would pass by the queue. So an empty file is dragged; where it appears is where the rows
// were dropped. Watching the drives for its name takes no privilege; it is removed at once.
#include "ui/files/FileDrag.h"

#include <QCoreApplication>
#include <QDir>
#include <QDrag>
#include <QFile>
#include <QPixmap>
#include <QTemporaryDir>
#include <QTimer>
#include <QUrl>
#include <QUuid>
#include <QWidget>
#include <QWinEventNotifier>

#include <array>
#include <vector>

#include <windows.h>

namespace ui::files {

using namespace std::chrono_literals;

namespace {

constexpr auto patience = 30s; ///< Explorer may ask the user before it copies

/// Tells each new path on a drive.
class DriveWatch final : public QObject
{
public:
    DriveWatch(const QString &root, std::function<void(const QString &path)> added)
        : m_root(root)
        , m_added(std::move(added))
        , m_drive(CreateFileW(reinterpret_cast<LPCWSTR>(root.utf16()), FILE_LIST_DIRECTORY,
                              FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, nullptr,
                              OPEN_EXISTING, FILE_FLAG_BACKUP_SEMANTICS | FILE_FLAG_OVERLAPPED,
                              nullptr))
    {
        if (m_drive == INVALID_HANDLE_VALUE)
            return;
        m_io.hEvent = CreateEventW(nullptr, FALSE, FALSE, nullptr);
        auto *notifier = new QWinEventNotifier(m_io.hEvent, this);
        connect(notifier, &QWinEventNotifier::activated, this, [this] { read(); });
        listen();
    }

    ~DriveWatch() override
    {
        if (m_drive == INVALID_HANDLE_VALUE)
            return;
        delete findChild<QWinEventNotifier *>(); // before its event goes
        if (m_isListening) {
            // The system writes into the buffer until it says that it is done.
            DWORD size = 0;
            CancelIoEx(m_drive, &m_io);
            GetOverlappedResult(m_drive, &m_io, &size, TRUE);
        }
        CloseHandle(m_drive);
        CloseHandle(m_io.hEvent);
    }

private:
    void listen()
    {
        m_isListening =
            ReadDirectoryChangesW(m_drive, m_buffer.data(), DWORD(sizeof m_buffer), TRUE,
                                  FILE_NOTIFY_CHANGE_FILE_NAME, nullptr, &m_io, nullptr) != 0;
    }

    void read()
    {
        DWORD size = 0;
        m_isListening = false;
        if (!GetOverlappedResult(m_drive, &m_io, &size, FALSE))
            return;
        QStringList paths;
        const auto *bytes = reinterpret_cast<const char *>(m_buffer.data());
        for (DWORD at = 0; size > 0;) { // size 0: more happened than the buffer holds
            const auto *one = reinterpret_cast<const FILE_NOTIFY_INFORMATION *>(bytes + at);
            if (one->Action == FILE_ACTION_ADDED || one->Action == FILE_ACTION_RENAMED_NEW_NAME)
                paths.append(m_root +
                             QString::fromWCharArray(
                                 one->FileName, qsizetype(one->FileNameLength / sizeof(wchar_t))));
            if (one->NextEntryOffset == 0)
                break;
            at += one->NextEntryOffset;
        }
        listen();
        for (const QString &path : paths)
            m_added(path);
    }

    const QString m_root;
    std::function<void(const QString &)> m_added;
    HANDLE m_drive;
    OVERLAPPED m_io{};
    bool m_isListening = false;
    std::array<DWORD, 16 * 1024> m_buffer{}; // DWORDs: aligned as the system wants it
};

/// Waits for the empty file to appear somewhere.
class Promise final : public QObject
{
public:
    explicit Promise(std::function<void(const QString &)> keep)
        : QObject(QCoreApplication::instance())
        , m_keep(std::move(keep))
        , m_name(QStringLiteral(".danlu-drop-") + QUuid::createUuid().toString(QUuid::Id128))
    {
        QFile file(path());
        if (!file.open(QIODevice::WriteOnly))
            return;
        for (const QFileInfo &drive : QDir::drives()) {
            const QString root = QDir::toNativeSeparators(drive.absolutePath());
            const UINT type = GetDriveTypeW(reinterpret_cast<LPCWSTR>(root.utf16()));
            if (type == DRIVE_FIXED || type == DRIVE_REMOVABLE) // others may take seconds to answer
                m_watches.push_back(std::make_unique<DriveWatch>(
                    root, [this](const QString &added) { look(added); }));
        }
    }

    [[nodiscard]] QString path() const { return m_dir.filePath(m_name); }

    /// The button was released.
    void dropped(bool isTaken)
    {
        if (isTaken)
            QTimer::singleShot(patience, this, &QObject::deleteLater);
        else
            deleteLater();
    }

private:
    void look(const QString &added)
    {
        const QFileInfo file(QDir::fromNativeSeparators(added));
        if (file.fileName() != m_name || !m_keep ||
            file.absolutePath() == QFileInfo(path()).absolutePath())
            return;
        // Explorer has the file open for a moment yet.
        QTimer::singleShot(1s, this, [this, copy = file.absoluteFilePath()] {
            QFile::remove(copy);
            deleteLater();
        });
        std::exchange(m_keep, {})(QDir::toNativeSeparators(file.absolutePath()));
    }

    std::function<void(const QString &)> m_keep;
    QTemporaryDir m_dir;
    const QString m_name;
    std::vector<std::unique_ptr<DriveWatch>> m_watches;
};

} // namespace

void dragFiles(QWidget *source, std::unique_ptr<QMimeData> rows, const QPixmap &picture,
               const QString &, std::function<void(const QString &folder)> keep)
{
    auto *promise = new Promise(std::move(keep));
    rows->setUrls({QUrl::fromLocalFile(promise->path())});
    auto *drag = new QDrag(source);
    drag->setMimeData(rows.release());
    drag->setPixmap(picture);
    const Qt::DropAction taken = drag->exec(Qt::CopyAction | Qt::MoveAction, Qt::CopyAction);
    promise->dropped(taken != Qt::IgnoreAction && !drag->target()); // a target here is our own
}

} // namespace ui::files
