// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keys/KeyFolder.h"

#include "core/keys/KeyDisk.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QSet>

#include <algorithm>

namespace core::keys {

namespace {

constexpr int maxNames = 2000;
constexpr qint64 maxListedSize = 64 * 1024;
constexpr qint64 maxPublicSize = 64 * 1024;
/// Some text may stand before the first line of a PEM key.
constexpr qint64 headSize = 4096;

std::optional<PublicKey> readPublicFile(const QString &path)
{
    const QFileInfo info(path);
    QFile file(path);
    if (!info.isFile() || info.size() > maxPublicSize || !file.open(QIODevice::ReadOnly))
        return std::nullopt;
    const Result<PublicKey> key = parsePublicKey(file.read(maxPublicSize));
    return key ? std::optional(*key) : std::nullopt;
}

bool looksLikeKey(QByteArrayView head)
{
    return head.startsWith("PuTTY-User-Key-File-") ||
           (head.contains("-----BEGIN ") && head.contains("PRIVATE KEY-----"));
}

/// The .pub tells what the file does not: the key of an encrypted PEM, the comment of an encrypted
/// OpenSSH key. A .pub of another key tells nothing.
void completeFromPublicFile(KeyEntry &entry)
{
    const std::optional<PublicKey> beside = readPublicFile(publicPathOf(entry.path));
    if (!beside)
        return;
    if (!entry.publicKey || entry.publicKey->isSameKey(*beside)) {
        if (!entry.publicKey || entry.publicKey->comment.isEmpty())
            entry.publicKey = beside;
    }
}

KeyEntry problemEntry(KeyEntry entry, KeyProblem problem, const QString &detail)
{
    entry.problem = problem;
    entry.problemDetail = detail;
    return entry;
}

/// Nothing for what is no key.
std::optional<KeyEntry> entryOf(const QFileInfo &info)
{
    // isFile() follows links and is false for pipes, sockets and devices.
    if (!info.isFile() || info.size() > maxListedSize || info.size() == 0)
        return std::nullopt;
    KeyEntry entry;
    entry.path = QDir::cleanPath(info.absoluteFilePath());
    entry.hasPublicFile = QFileInfo(publicPathOf(entry.path)).isFile();
    entry.modified = info.lastModified().toUTC();
    QFile file(entry.path);
    if (!file.open(QIODevice::ReadOnly | QIODevice::Unbuffered)) {
        // Its name alone must tell that it is a key.
        if (!entry.hasPublicFile && !info.fileName().startsWith(QStringLiteral("id_")))
            return std::nullopt;
        completeFromPublicFile(entry);
        return problemEntry(std::move(entry), KeyProblem::Unreadable, file.errorString());
    }
    QByteArray bytes = file.read(maxListedSize);
    SecretBytes content = SecretBytes::takeFrom(bytes);
    if (!looksLikeKey(content.view().first(std::min<qsizetype>(headSize, content.size()))))
        return std::nullopt;
    Result<KeyFile> key = inspectKey(std::move(content));
    if (!key) {
        const bool isOther = refusalOf(KeyType::Dsa) == key.error().detail ||
                             refusalOf(KeyType::SkEd25519) == key.error().detail;
        completeFromPublicFile(entry);
        return problemEntry(std::move(entry),
                            isOther ? KeyProblem::Unsupported : KeyProblem::Broken,
                            key.error().detail);
    }
    entry.format = key->format;
    entry.encrypted = key->encrypted;
    entry.publicKey = std::move(key->publicKey);
    completeFromPublicFile(entry);
    if (isOpenToOthers(entry.path))
        entry.problem = KeyProblem::TooOpen;
    return entry;
}

tl::unexpected<Error> isThere(const QString &path)
{
    return fail(ErrorCode::Usage, Step::Key, path + QStringLiteral(": is there already"));
}

/// Also for a link to nowhere.
bool nameIsTaken(const QString &path)
{
    const QFileInfo info(path);
    return info.exists() || info.isSymLink();
}

} // namespace

QString defaultKeyFolder()
{
    return QDir::homePath() + QStringLiteral("/.ssh");
}

QByteArray defaultKeyComment(QDate today)
{
    return "danlu-" + today.toString(Qt::ISODate).toLatin1();
}

QString publicPathOf(const QString &path)
{
    return path + QStringLiteral(".pub");
}

QString expandKeyPath(const QString &path)
{
    if (path.startsWith(u"~/") || path.startsWith(u"~\\"))
        return QDir::cleanPath(QDir::homePath() + u'/' + path.mid(2));
    return QDir::cleanPath(QFileInfo(path).absoluteFilePath());
}

bool keyPathIsTaken(const QString &path)
{
    const QString expanded = expandKeyPath(path);
    return nameIsTaken(expanded) || nameIsTaken(publicPathOf(expanded));
}

QString freeKeyPath(const QString &folder, const QString &name)
{
    const QDir directory(expandKeyPath(folder));
    for (int n = 1;; ++n) {
        QString path = directory.filePath(n == 1 ? name : QStringLiteral("%1-%2").arg(name).arg(n));
        if (!keyPathIsTaken(path))
            return path;
    }
}

std::vector<KeyEntry> listKeys(const QStringList &folders, const QStringList &files)
{
    QStringList paths;
    for (const QString &folder : folders) {
        QDirIterator names(expandKeyPath(folder), QDir::Files | QDir::Hidden | QDir::System);
        for (int count = 0; names.hasNext() && count < maxNames; ++count)
            paths.append(names.next());
    }
    for (const QString &file : files)
        paths.append(expandKeyPath(file));
    paths.sort();
    paths.removeDuplicates();
    std::vector<KeyEntry> entries;
    for (const QString &path : paths) {
        if (std::optional<KeyEntry> entry = entryOf(QFileInfo(path)))
            entries.push_back(std::move(*entry));
    }
    return entries;
}

Result<KeyEntry> keyEntry(const QString &path)
{
    const QString expanded = expandKeyPath(path);
    const QFileInfo info(expanded);
    if (!info.isFile())
        return fail(ErrorCode::NotFound, Step::Key, path);
    if (std::optional<KeyEntry> entry = entryOf(info))
        return std::move(*entry);
    const Result<KeyFile> file = readKeyFile(expanded); // which says what it is instead
    return fail(ErrorCode::KeyUnusable, Step::Key,
                file ? path + QStringLiteral(": too large") : file.error().detail);
}

Result<PublicKey> publicKeyOf(const QString &path, const SecretBytes &passphrase,
                              const CancelFlag &cancel)
{
    const Result<KeyEntry> entry = keyEntry(path);
    if (!entry)
        return tl::make_unexpected(entry.error());
    if (entry->publicKey)
        return *entry->publicKey;
    const Result<KeyFile> file = readKeyFile(path);
    if (!file)
        return tl::make_unexpected(file.error());
    const Result<PrivateKey> key = unlockKey(*file, passphrase, cancel);
    if (!key)
        return tl::make_unexpected(withPath(key.error(), path));
    return key->publicKey;
}

Result<PublicKey> readPublicKeyFile(const QString &path)
{
    const QString expanded = expandKeyPath(path);
    const QFileInfo info(expanded);
    if (!info.isFile())
        return fail(ErrorCode::NotFound, Step::Key, path);
    QFile file(expanded);
    if (!file.open(QIODevice::ReadOnly))
        return fail(file.error() == QFileDevice::PermissionsError ? ErrorCode::PermissionDenied
                                                                  : ErrorCode::LocalIo,
                    Step::Key, path + QStringLiteral(": ") + file.errorString());
    if (info.size() > maxPublicSize)
        return fail(ErrorCode::Parse, Step::Key, path + QStringLiteral(": too large"));
    Result<PublicKey> key = parsePublicKey(file.read(maxPublicSize));
    if (!key)
        return tl::make_unexpected(withPath(key.error(), path));
    return key;
}

Result<KeyEntry> saveNewKey(const PrivateKey &key, const QString &path,
                            const SecretBytes &passphrase, const CancelFlag &cancel)
{
    const QString expanded = expandKeyPath(path);
    const QString publicPath = publicPathOf(expanded);
    for (const QString &each : {expanded, publicPath}) {
        if (nameIsTaken(each))
            return isThere(each);
    }
    const Result<SecretBytes> text = toOpenSsh(key, passphrase, 16, cancel);
    if (!text)
        return tl::make_unexpected(text.error());
    Result<> saved = makePrivateFolder(QFileInfo(expanded).absolutePath());
    if (saved)
        saved = createFile(expanded, text->view(), Access::UserOnly);
    if (!saved)
        return tl::make_unexpected(saved.error());
    saved = createFile(publicPath, key.publicKey.line() + '\n', Access::Everyone);
    if (!saved) {
        QFile::remove(expanded);
        return tl::make_unexpected(saved.error());
    }
    return keyEntry(expanded);
}

Result<KeyEntry> changePassphrase(const QString &path, const SecretBytes &passphrase,
                                  const SecretBytes &newPassphrase, const CancelFlag &cancel)
{
    const Result<KeyFile> file = readKeyFile(path);
    if (!file)
        return tl::make_unexpected(file.error());
    Result<PrivateKey> key = unlockKey(*file, passphrase, cancel);
    if (!key)
        return tl::make_unexpected(withPath(key.error(), path));
    const QString expanded = expandKeyPath(path);
    if (key->publicKey.comment.isEmpty()) { // PEM has none; its .pub may
        const std::optional<PublicKey> beside = readPublicFile(publicPathOf(expanded));
        if (beside && beside->isSameKey(key->publicKey))
            key->publicKey.comment = beside->comment;
    }
    const Result<SecretBytes> text = toOpenSsh(*key, newPassphrase, 16, cancel);
    if (!text)
        return tl::make_unexpected(text.error());
    if (const Result<> replaced = replaceFile(expanded, text->view()); !replaced)
        return tl::make_unexpected(replaced.error());
    return keyEntry(expanded);
}

Result<KeyEntry> importKey(const QString &source, const SecretBytes &passphrase,
                           const QString &path, const SecretBytes &newPassphrase,
                           const QByteArray &comment, const CancelFlag &cancel)
{
    const Result<KeyFile> file = readKeyFile(source);
    if (!file)
        return tl::make_unexpected(file.error());
    Result<PrivateKey> key = unlockKey(*file, passphrase, cancel);
    if (!key)
        return tl::make_unexpected(withPath(key.error(), source));
    if (!comment.isEmpty())
        key->publicKey.comment = cleanComment(comment);
    return saveNewKey(*key, path, newPassphrase, cancel);
}

Result<> exportPublicKey(const PublicKey &key, const QString &path)
{
    const QString expanded = expandKeyPath(path);
    if (nameIsTaken(expanded))
        return isThere(expanded);
    return createFile(expanded, key.line() + '\n', Access::Everyone);
}

Result<> removeKey(const QString &path)
{
    const QString expanded = expandKeyPath(path);
    QFile file(expanded);
    if (!nameIsTaken(expanded))
        return fail(ErrorCode::NotFound, Step::Key, path);
    if (!file.remove())
        return fail(file.error() == QFileDevice::PermissionsError ? ErrorCode::PermissionDenied
                                                                  : ErrorCode::LocalIo,
                    Step::Key, path + QStringLiteral(": ") + file.errorString());
    QFile publicFile(publicPathOf(expanded));
    if (nameIsTaken(publicFile.fileName()) && !publicFile.remove())
        return fail(ErrorCode::LocalIo, Step::Key,
                    publicFile.fileName() + QStringLiteral(": ") + publicFile.errorString());
    return {};
}

Result<> restrictKey(const QString &path)
{
    return makePrivate(expandKeyPath(path));
}

} // namespace core::keys
