// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/profiles/SshConfigBlock.h"

#include "core/profiles/SshConfigExport.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <QSaveFile>

// The block:
//   # >>> danlu HASH LINES (made by Danlu; put your own settings outside of it)
//   Host ...
//   # <<< danlu
// HASH is of the LINES lines between, so that a block that was edited is known.

namespace core::profiles {

namespace {

constexpr auto ownerOnly = QFileDevice::ReadOwner | QFileDevice::WriteOwner;
constexpr QByteArrayView endMark("# <<< danlu");
constexpr QLatin1StringView hostWord("Host ");
constexpr QLatin1StringView backupMark(".danlu-backup-");

/// A line with its end.
QByteArrayList linesOf(const QByteArray &text)
{
    QByteArrayList lines;
    qsizetype at = 0;
    while (at < text.size()) {
        const qsizetype newline = text.indexOf('\n', at);
        const qsizetype end = newline < 0 ? text.size() : newline + 1;
        lines.append(text.sliced(at, end - at));
        at = end;
    }
    return lines;
}

/// An editor that changes line ends or takes blanks off has not edited the block.
QByteArray hashOf(const QByteArrayList &lines)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (const QByteArray &line : lines) {
        qsizetype size = line.size();
        while (size > 0 && QByteArrayView(" \t\r\n").contains(line[size - 1]))
            --size;
        hash.addData(line.first(size) + '\n');
    }
    return hash.result().toHex().left(16);
}

struct Found
{
    QByteArrayList rest;  ///< all lines that are not the block's
    QByteArrayList kept;  ///< lines of an edited block
    QByteArrayList block; ///< as it stands there, marks included; of the first one
    bool isThere = false;
    bool isDamaged = false;
};

bool isEnd(const QByteArray &line)
{
    return line.trimmed() == endMark;
}

/// Takes every block out. What is not sure to be ours stays.
Found takeOut(const QByteArray &text)
{
    static const QRegularExpression beginForm(
        QStringLiteral("^# >>> danlu ([0-9a-f]{16}) ([0-9]{1,6})\\b"));
    Found found;
    const QByteArrayList lines = linesOf(text);
    for (qsizetype at = 0; at < lines.size(); ++at) {
        const auto begin = beginForm.match(QString::fromLatin1(lines[at]));
        if (!begin.hasMatch()) {
            if (isEnd(lines[at]))
                found.isDamaged = true; // without a beginning
            else
                found.rest.append(lines[at]);
            continue;
        }
        const QByteArray hash = begin.captured(1).toLatin1();
        const qsizetype count = begin.captured(2).toInt();
        const QByteArrayList said = lines.mid(at + 1, count);
        const bool whole = said.size() == count && hashOf(said) == hash;
        qsizetype end = at + 1;
        if (whole) {
            end += count;
        } else {
            while (end < lines.size() && !isEnd(lines[end]) &&
                   !beginForm.match(QString::fromLatin1(lines[end])).hasMatch())
                ++end;
            const bool closed = end < lines.size() && isEnd(lines[end]);
            // Without an end nobody knows where the block ended: then all is the user's.
            found.kept += lines.mid(at + 1, (closed ? end : at + 1) - at - 1);
            if (!closed)
                end = at + 1;
        }
        const bool closed = end < lines.size() && isEnd(lines[end]);
        if (!found.isThere)
            found.block = lines.mid(at, end + (closed ? 1 : 0) - at);
        found.isDamaged = found.isDamaged || !whole || !closed || found.isThere;
        found.isThere = true;
        at = closed ? end : end - 1;
    }
    return found;
}

QByteArrayList blockLines(const QStringList &config, const QByteArray &lineEnd)
{
    QByteArrayList body;
    for (const QString &line : config)
        body.append(line.toUtf8() + lineEnd);
    body.append("Host *" + lineEnd); // what follows is for all hosts again
    QByteArrayList lines{"# >>> danlu " + hashOf(body) + ' ' + QByteArray::number(body.size()) +
                         " (made by Danlu; put your own settings outside of it)" + lineEnd};
    lines += body;
    lines.append(endMark.toByteArray() + lineEnd);
    return lines;
}

QString configPath(const QString &given)
{
    return given.isEmpty() ? QDir::homePath() + QStringLiteral("/.ssh/config") : given;
}

struct Config
{
    QString path; ///< behind the link
    bool isLink = false;
    bool exists = false;
    QByteArray text;
};

Result<Config> readConfig(const QString &given)
{
    Config config;
    config.path = configPath(given);
    const QFileInfo info(config.path);
    config.isLink = info.isSymbolicLink();
    if (config.isLink) {
        const QString target = info.canonicalFilePath();
        if (target.isEmpty())
            return fail(ErrorCode::NotFound, Step::Profile,
                        QStringLiteral("%1 -> %2").arg(config.path, info.symLinkTarget()));
        config.path = target;
    }
    QFile file(config.path);
    config.exists = file.exists();
    if (!config.exists)
        return config;
    if (!file.open(QIODevice::ReadOnly))
        return fail(file.error() == QFileDevice::PermissionsError ? ErrorCode::PermissionDenied
                                                                  : ErrorCode::LocalIo,
                    Step::Profile, config.path + QStringLiteral(": ") + file.errorString());
    config.text = file.readAll();
    for (const char *mark : {"\xef\xbb\xbf", "\xff\xfe", "\xfe\xff"}) {
        if (config.text.startsWith(mark))
            return fail(ErrorCode::Unsupported, Step::Profile,
                        config.path + QStringLiteral(": begins with a byte order mark, which ssh "
                                                     "does not read"));
    }
    return config;
}

Result<> writeFile(const QString &path, const QByteArray &text, bool isNew)
{
    const QFileInfo info(path);
    const auto denied = [&](const QString &words) {
        const bool mayWrite =
            QFileInfo(info.path()).isWritable() && (!info.exists() || info.isWritable());
        return fail(mayWrite ? ErrorCode::LocalIo : ErrorCode::PermissionDenied, Step::Profile,
                    path + QStringLiteral(": ") + words);
    };
    if (!QFileInfo::exists(info.path())) {
        if (!QDir().mkpath(info.path()))
            return denied(QStringLiteral("its folder cannot be made"));
        QFile::setPermissions(info.path(), ownerOnly | QFileDevice::ExeOwner);
    }
    QSaveFile file(path); // keeps the mode of one that exists
    const bool written = file.open(QIODevice::WriteOnly) &&
                         (!isNew || file.setPermissions(ownerOnly)) &&
                         file.write(text) == text.size() && file.commit();
    return written ? Result<>() : denied(file.errorString());
}

/// \returns the copy's path.
Result<QString> backUp(const Config &config)
{
    const QString base = config.path + backupMark +
                         QDateTime::currentDateTime().toString(QStringLiteral("yyyyMMdd-HHmmss"));
    QString path = base;
    for (int n = 2; QFileInfo::exists(path); ++n)
        path = base + u'-' + QString::number(n);
    if (Result<> written = writeFile(path, config.text, true); !written)
        return tl::make_unexpected(written.error());
    QFile::setPermissions(path, QFile::permissions(config.path));
    return path;
}

QByteArray knownHosts(const std::vector<Profile> &profiles)
{
    QByteArray text = "# Made by Danlu; changes are lost. The names are those of HostKeyAlias.\n";
    for (const Profile &profile : profiles) {
        for (const TrustedKey &key : profile.trustedKeys) {
            if (!profile.id.isEmpty())
                text += hostKeyAlias(profile).toUtf8() + ' ' + key.type + ' ' +
                        key.blob.toBase64() + '\n';
        }
    }
    return text;
}

Result<SshConfigBlockReport> change(const SshConfigBlockPlace &place, const QStringList *lines)
{
    const Result<Config> config = readConfig(place.configFile);
    if (!config)
        return tl::make_unexpected(config.error());
    SshConfigBlockReport report;
    report.configFile = config->path;
    report.isLink = config->isLink;
    const qsizetype newline = config->text.indexOf('\n');
    const bool crlf = newline > 0 && config->text[newline - 1] == '\r';
    Found found = takeOut(config->text);
    QByteArrayList now = lines ? blockLines(*lines, crlf ? "\r\n" : "\n") : QByteArrayList();
    if (!found.kept.isEmpty() && !found.kept.back().endsWith('\n'))
        found.kept.back() += '\n';
    for (const QByteArray &line : std::as_const(found.kept))
        report.keptLines.append(QString::fromUtf8(line).trimmed());
    const QByteArray text = (now + found.kept + found.rest).join();
    if (text == config->text)
        return report;
    if (config->exists && (!found.isThere || found.isDamaged)) {
        const Result<QString> backup = backUp(*config);
        if (!backup)
            return tl::make_unexpected(backup.error());
        report.backup = *backup;
    }
    if (const Result<> written = writeFile(config->path, text, !config->exists); !written)
        return tl::make_unexpected(written.error());
    report.changed = true;
    return report;
}

} // namespace

Result<SshConfigBlockReport> installSshConfigBlock(const SshConfigBlockPlace &place,
                                                   const std::vector<Profile> &all)
{
    QStringList skipped;
    QString knownHostsFile = place.knownHostsFile;
    // ssh expands these in the path, older ones twice: there is no way to write them.
    if (knownHostsFile.contains(u'%') || knownHostsFile.contains(u'$') ||
        knownHostsFile.contains(u'"'))
        knownHostsFile.clear();
    const QStringList lines = sshConfigLines(all, knownHostsFile, skipped);
    if (!knownHostsFile.isEmpty()) {
        const QByteArray text = knownHosts(all);
        QFile file(knownHostsFile);
        const bool same = file.open(QIODevice::ReadOnly) && file.readAll() == text;
        file.close();
        if (!same) {
            if (const Result<> written = writeFile(knownHostsFile, text, true); !written)
                return tl::make_unexpected(written.error());
        }
    }
    Result<SshConfigBlockReport> report = change(place, &lines);
    if (!report)
        return report;
    report->skipped = skipped;
    for (const QString &line : lines) {
        if (line.startsWith(hostWord))
            report->names.append(line.sliced(hostWord.size()));
    }
    return report;
}

Result<SshConfigBlockReport> removeSshConfigBlock(const SshConfigBlockPlace &place)
{
    const Result<bool> isThere = hasSshConfigBlock(place.configFile);
    if (!isThere)
        return tl::make_unexpected(isThere.error());
    if (!*isThere) {
        SshConfigBlockReport nothing;
        nothing.configFile = configPath(place.configFile);
        return nothing;
    }
    Result<SshConfigBlockReport> report = change(place, nullptr);
    if (report && !place.knownHostsFile.isEmpty())
        QFile::remove(place.knownHostsFile);
    return report;
}

Result<bool> hasSshConfigBlock(const QString &configFile)
{
    const Result<Config> config = readConfig(configFile);
    if (!config)
        return tl::make_unexpected(config.error());
    return takeOut(config->text).isThere;
}

QString sshConfigBackup(const QString &configFile)
{
    const QFileInfo link(configPath(configFile));
    const QFileInfo file(link.isSymbolicLink() ? link.canonicalFilePath() : link.filePath());
    const QString start = file.fileName() + backupMark;
    QStringList names = file.dir().entryList(QDir::Files | QDir::Hidden, QDir::Name);
    names.removeIf([&](const QString &name) { return !name.startsWith(start); });
    // The date is in the name, so the last by name is the last.
    return names.isEmpty() ? QString() : file.dir().filePath(names.last());
}

} // namespace core::profiles
