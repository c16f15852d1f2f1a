// SPDX-License-Identifier: GPL-3.0-or-later
// The local side of an edited file: what lies in Danlu's folder, and when it was saved.
#include "core/fleet/Instance.h"
#include "core/transfer/FileNames.h"
#include "core/transfer/RemoteAction.h"
#include "core/transfer/Transfer.h"
#include "ui/files/Background.h"
#include "ui/files/RemoteEditor.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

namespace ui::files {

using namespace std::chrono_literals;
using core::Error;
using core::ErrorCode;
using core::Step;

namespace {

constexpr auto settleTime = 400ms;
constexpr auto keepTime = std::chrono::hours(24 * 7); ///< of what both sides have
constexpr int mostUnread = 25;
constexpr auto onlyMine = QFileDevice::ReadOwner | QFileDevice::WriteOwner;

/// SHA-256; nothing when the file can't be read.
QByteArray sumOf(const QString &path)
{
    QFile file(path);
    QCryptographicHash hash(QCryptographicHash::Sha256);
    if (!file.open(QIODevice::ReadOnly) || !hash.addData(&file))
        return {};
    return hash.result();
}

/// The same for each instance and path, so that what was left is found again.
QString stemOf(const RemoteEditor::Key &key)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(key.instance.toUtf8() + '\0' + key.path);
    return QString::fromLatin1(hash.result().toHex().left(24));
}

bool makePrivateFolder(const QString &path)
{
    return QDir().mkpath(path) && QFile::setPermissions(path, onlyMine | QFileDevice::ExeOwner);
}

} // namespace

RemoteEditor::RemoteEditor(Key key, const QString &folder, Background &background, QObject *parent)
    : QObject(parent)
    , m_key(std::move(key))
    , m_folder(folder)
    , m_stem(stemOf(m_key))
    , m_background(background)
    , m_lock(place(".lock"))
    , m_target(m_key.path)
{
    m_settle.setSingleShot(true);
    m_settle.setInterval(settleTime);
    m_lock.setStaleLockTime(0); // its owner may run for days
    connect(&m_settle, &QTimer::timeout, this, &RemoteEditor::onSaved);
    // The folder too: editors replace the file by another one.
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, &m_settle, qOverload<>(&QTimer::start));
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, &m_settle,
            qOverload<>(&QTimer::start));
    if (!makePrivateFolder(m_folder) || !m_lock.tryLock(0) || !makePrivateFolder(place("")))
        m_error = Error{ErrorCode::LocalIo, Step::Transfer, place("")};
    if (m_error)
        m_state = State::Failed;
}

RemoteEditor::~RemoteEditor()
{
    if (m_action)
        m_action->disconnect(this);
    // An empty folder is worth nothing to anybody; one that is not stays.
    if (!QFile::exists(place(".json")) && m_lock.isLocked())
        QDir().rmdir(place(""));
}

QString RemoteEditor::place(const char *ending) const
{
    return QDir(m_folder).filePath(m_stem + QLatin1StringView(ending));
}

QString RemoteEditor::localPath() const
{
    const QByteArray name = core::transfer::lastName(m_key.path);
    const bool forWindows = core::transfer::hasWindowsNames();
    return QDir(place("")).filePath(
        QFile::decodeName(core::transfer::escapedLocalName(name, forWindows).value_or(name)));
}

bool RemoteEditor::hasLocalFile() const
{
    return QFile::exists(localPath());
}

/// A name beside the local file, for a version that is kept.
QString RemoteEditor::side(const char *word) const
{
    const QFileInfo local(localPath());
    const QString suffix = local.suffix().isEmpty() ? QString() : u'.' + local.suffix();
    return local.dir().filePath(
        local.completeBaseName() + u'.' + QLatin1StringView(word) + u'-' +
        QDateTime::currentDateTime().toString(QStringLiteral("yyyyMMdd-HHmmss-zzz")) + suffix);
}

void RemoteEditor::save() const
{
    QSaveFile file(place(".json"));
    if (!file.open(QIODevice::WriteOnly))
        return;
    file.setPermissions(onlyMine);
    const auto text = [](const QByteArray &bytes) { return QString::fromLatin1(bytes.toBase64()); };
    QJsonObject told{{QStringLiteral("version"), 1},
                     {QStringLiteral("instance"), m_key.instance},
                     {QStringLiteral("path"), text(m_key.path)},
                     {QStringLiteral("target"), text(m_target)},
                     {QStringLiteral("sent"), text(m_sent)},
                     {QStringLiteral("size"), double(m_remote.size)},
                     {QStringLiteral("mtime"), double(m_remote.mtime)}};
    if (m_remote.mode)
        told[QStringLiteral("mode")] = int(*m_remote.mode);
    file.write(QJsonDocument(told).toJson());
    file.commit();
}

std::unique_ptr<RemoteEditor> RemoteEditor::load(const QString &folder, const QString &stem,
                                                 Background &background)
{
    QFile file(QDir(folder).filePath(stem + QStringLiteral(".json")));
    if (!file.open(QIODevice::ReadOnly))
        return nullptr;
    const QJsonObject told = QJsonDocument::fromJson(file.readAll()).object();
    const auto bytes = [&told](const char *name) {
        return QByteArray::fromBase64(told.value(QLatin1StringView(name)).toString().toLatin1());
    };
    const Key key{told.value(QStringLiteral("instance")).toString(), bytes("path")};
    if (key.instance.isEmpty() || key.path.isEmpty() || stemOf(key) != stem)
        return nullptr;
    auto editor = std::make_unique<RemoteEditor>(key, folder, background);
    if (editor->m_error)
        return nullptr;
    editor->m_target = bytes("target");
    editor->m_sent = bytes("sent");
    editor->m_remote.size = qint64(told.value(QStringLiteral("size")).toDouble(-1));
    editor->m_remote.mtime = qint64(told.value(QStringLiteral("mtime")).toDouble(-1));
    if (told.contains(QStringLiteral("mode")))
        editor->m_remote.mode = quint32(told.value(QStringLiteral("mode")).toInt());
    editor->m_state = State::Open;
    RemoteEditor *self = editor.get();
    background.run(self, [self, path = self->localPath()]() -> Background::Then {
        return [self, sum = sumOf(path)] {
            if (sum.isEmpty()) {
                QFile::remove(self->place(".json"));
                Q_EMIT self->gone();
                return;
            }
            const QDateTime since = QFileInfo(self->place(".json")).lastModified();
            if (sum == self->m_sent && since.secsTo(QDateTime::currentDateTime()) >
                                           std::chrono::seconds(keepTime).count()) {
                self->discard();
                return;
            }
            self->watch();
            if (sum != self->m_sent && self->m_state == State::Open)
                self->set(State::Unsent);
        };
    });
    return editor;
}

/// Into its place, unless what is here was saved meanwhile.
void RemoteEditor::takeFetched()
{
    const auto job = [local = localPath(), fetched = place(".fetched"),
                      sent = m_sent]() -> std::pair<QByteArray, bool> {
        const QByteArray sum = sumOf(fetched);
        const QByteArray here = sumOf(local);
        if (sum.isEmpty() || (!here.isEmpty() && here != sent && here != sum))
            return {sum, false};
        // Writable whatever it is there: the mode is kept apart.
        QFile::setPermissions(fetched, onlyMine);
        QFile::remove(local);
        return {sum, QFile::rename(fetched, local)};
    };
    m_isCopying = true;
    m_background.run(this, [this, job]() -> Background::Then {
        const auto [sum, isPlaced] = job();
        return [this, sum = sum, isPlaced = isPlaced] {
            m_isCopying = false;
            if (isPlaced) {
                m_sent = sum;
                save();
                watch();
                openLocally();
            } else if (hasLocalFile()) {
                m_remote.size = -1; // whatever is there, it is not what this one began with
                set(State::Conflict);
            } else {
                fail({ErrorCode::LocalIo, Step::Transfer, localPath()});
            }
        };
    });
}

/// The instance's version was fetched: it is kept, and mine goes.
void RemoteEditor::keepTheirs()
{
    m_keptCopy = side("instance");
    if (QFile::rename(place(".fetched"), m_keptCopy))
        upload();
    else
        fail({ErrorCode::LocalIo, Step::Transfer, m_keptCopy});
}

void RemoteEditor::takeTheirs()
{
    const QString kept = side("mine");
    if (!QFile::rename(localPath(), kept)) {
        fail({ErrorCode::LocalIo, Step::Transfer, localPath()});
        return;
    }
    m_keptCopy = kept;
    open();
}

void RemoteEditor::openLocally()
{
    m_hasNoProgram = false;
    m_wasOpened = true;
    m_uploadedAt.reset();
    const QPointer<RemoteEditor> self(this);
    m_opener(localPath(), [self](bool started) {
        if (!self)
            return;
        self->m_hasNoProgram = !started;
        // What waits for an answer still does.
        if (self->m_state == State::Fetching)
            self->set(State::Open);
        else
            Q_EMIT self->changed();
    });
}

void RemoteEditor::watch()
{
    m_watcher.addPaths({localPath(), place("")});
}

/// Something was written here. What is to be sent is copied first, so that it can't change on its
/// way.
void RemoteEditor::onSaved()
{
    if (hasWork()) {
        m_again = true;
        return;
    }
    if (!m_watcher.files().contains(localPath()) && QFile::exists(localPath()))
        m_watcher.addPath(localPath());
    m_isCopying = true;
    m_background.run(this,
                     [this, local = localPath(), copy = place(".sending")]() -> Background::Then {
                         QFile::remove(copy);
                         QByteArray sum;
                         if (QFile::copy(local, copy)) {
                             QFile::setPermissions(copy, onlyMine);
                             sum = sumOf(copy);
                         }
                         return [this, sum] { onSnapshot(sum); };
                     });
}

void RemoteEditor::onSnapshot(const QByteArray &sum)
{
    m_isCopying = false;
    if (std::exchange(m_again, false))
        m_settle.start();
    if (sum.isEmpty()) {
        // Its editor may still have it locked.
        if (hasLocalFile() && ++m_unread < mostUnread)
            m_settle.start();
        else if (m_state == State::Sending || hasLocalFile())
            fail({ErrorCode::LocalIo, Step::Transfer, localPath()});
        return;
    }
    m_unread = 0;
    if (sum == m_sent && !m_isMine) {
        QFile::remove(place(".sending"));
        if (m_state != State::Open)
            set(State::Open); // it was changed back
        return;
    }
    m_sending = sum;
    // One that waits for an answer goes on waiting; the answer sends what is here then.
    if (m_state == State::Open || m_state == State::Sending || m_state == State::Waiting ||
        m_state == State::Failed)
        check();
}

void RemoteEditor::discard()
{
    m_transfer.reset();
    if (m_action) {
        m_action->disconnect(this);
        m_action->cancel();
    }
    const QStringList watched = m_watcher.files() + m_watcher.directories();
    if (!watched.isEmpty())
        m_watcher.removePaths(watched);
    for (const char *ending : {".json", ".sending", ".fetched"})
        QFile::remove(place(ending));
    QFile::remove(localPath());
    Q_EMIT gone();
}

} // namespace ui::files
