// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/fleet/RemoteKeys.h"

#include "core/base/Logging.h"
#include "core/base/ShellQuote.h"
#include "core/ssh/Session.h"

#include <QPointer>
#include <QRandomGenerator>

#include <functional>

namespace core::fleet {

using namespace std::chrono_literals;
using keys::AuthorizedKey;

extern const char *const remoteKeysScript;

namespace {

/// Somebody else's change between reading and writing: read again, so many times.
constexpr int mostRewrites = 12;
/// Far more than any authorized_keys; the shell holds it in memory.
constexpr qint64 largestFile = 4 * 1024 * 1024;
constexpr qsizetype wordLength = 8000;

QByteArray randomWord()
{
    return "danlu-" + QByteArray::number(QRandomGenerator::system()->generate64(), 36);
}

/// In braces, so that a call cut off by a lost line is a syntax error instead of half a command.
QByteArray scriptFor(const QList<QByteArray> &call)
{
    return QByteArray(remoteKeysScript) + "{\n" + shellJoin(call) + "\n}\n";
}

/// Words for printf %b (POSIX, printf): every byte that is not plain as \0ooo.
QList<QByteArray> printfWords(const QByteArray &text)
{
    QList<QByteArray> words;
    QByteArray word;
    for (const char c : text) {
        const auto byte = quint8(c);
        if (byte >= 0x20 && byte < 0x7f && c != '\\' && c != '\'') {
            word += c;
        } else {
            word += "\\0";
            for (const int shift : {6, 3, 0})
                word += char('0' + ((byte >> shift) & 7));
        }
        if (word.size() >= wordLength)
            words.append(std::exchange(word, {}));
    }
    if (!word.isEmpty())
        words.append(word);
    return words;
}

/// What "MARK WORD TEXT" lines say; nothing when there is no such line.
std::optional<QByteArray> told(const QByteArray &output, const QByteArray &mark, const char *word)
{
    const QByteArray head = '\n' + mark + ' ' + word + ' ';
    const qsizetype at = output.indexOf(head);
    if (at < 0)
        return std::nullopt;
    const qsizetype begin = at + head.size();
    const qsizetype end = output.indexOf('\n', begin);
    return output.sliced(begin, (end < 0 ? output.size() : end) - begin);
}

QList<QByteArray> allTold(const QByteArray &output, const QByteArray &mark, const char *word)
{
    QList<QByteArray> texts;
    const QByteArray head = mark + ' ' + word + ' ';
    for (const QByteArray &line : output.split('\n')) {
        if (line.startsWith(head))
            texts.append(line.sliced(head.size()));
    }
    return texts;
}

/// "PATH: words", the system's in the C locale.
Error remoteError(const QByteArray &words)
{
    ErrorCode code = codeOfSystemWords(words);
    if (words.contains("Not a regular file") || words.contains("Not a directory"))
        code = ErrorCode::Unsupported;
    return {code, Step::Install, QString::fromUtf8(words).trimmed()};
}

Error noShell(const ssh::Exec &exec)
{
    const QByteArray words = exec.standardError().isEmpty() ? exec.standardOutput().left(200)
                                                            : exec.standardError().left(200);
    return {ErrorCode::Unsupported, Step::Exec,
            QStringLiteral("no shell there: ") + QString::fromUtf8(words).trimmed()};
}

ssh::Exec *runScript(ssh::Session &session, const QByteArray &script)
{
    ssh::ExecOptions options;
    options.input = script;
    options.timeout = 60s;
    options.maxCollect = largestFile + 64 * 1024;
    return session.exec("exec /bin/sh", options);
}

} // namespace

class RemoteKeys::Private
{
public:
    enum class Task { List, Install, Remove };

    void read();
    void readAgain();
    void onRead(const ssh::Exec &exec, const QByteArray &mark);
    void change(const QByteArray &text, const QByteArray &stamp);
    void onWritten(const ssh::Exec &exec, const QByteArray &mark, const QByteArray &text);
    void run(const QByteArray &mark, const QList<QByteArray> &call,
             std::function<void(const ssh::Exec &)> done);

    RemoteKeys *q = nullptr;
    QPointer<ssh::Session> session;
    QPointer<ssh::Exec> exec;
    Task task = Task::List;
    AuthorizedKey key;
    int tries = 0;
    std::vector<AuthorizedKey> keys;
    bool changed = false;
    QByteArray path;
    QByteArray link;
};

RemoteKeys::RemoteKeys(QObject *parent)
    : Operation(parent)
    , d(std::make_unique<Private>())
{
    d->q = this;
}

RemoteKeys::~RemoteKeys()
{
    if (d->exec)
        d->exec->deleteLater(); // it is the session's child
}

RemoteKeys *RemoteKeys::list(ssh::Session &session, QObject *parent)
{
    auto *operation = new RemoteKeys(parent);
    operation->d->session = &session;
    operation->d->read();
    return operation;
}

RemoteKeys *RemoteKeys::install(ssh::Session &session, const AuthorizedKey &key, QObject *parent)
{
    auto *operation = new RemoteKeys(parent);
    operation->d->session = &session;
    operation->d->task = Private::Task::Install;
    operation->d->key = key;
    operation->d->read();
    return operation;
}

RemoteKeys *RemoteKeys::remove(ssh::Session &session, const AuthorizedKey &key, QObject *parent)
{
    auto *operation = new RemoteKeys(parent);
    operation->d->session = &session;
    operation->d->task = Private::Task::Remove;
    operation->d->key = key;
    operation->d->read();
    return operation;
}

const std::vector<AuthorizedKey> &RemoteKeys::keys() const
{
    return d->keys;
}

bool RemoteKeys::changed() const
{
    return d->changed;
}

QByteArray RemoteKeys::path() const
{
    return d->path;
}

QByteArray RemoteKeys::linkTarget() const
{
    return d->link;
}

void RemoteKeys::doCancel()
{
    if (d->exec)
        d->exec->cancel(); // the old file stays whole, or the new one is already in its place
    failWith({ErrorCode::Cancelled, Step::Install, {}});
}

void RemoteKeys::Private::run(const QByteArray &mark, const QList<QByteArray> &call,
                              std::function<void(const ssh::Exec &)> done)
{
    if (!session) {
        q->failWith({ErrorCode::Disconnected, Step::Install, {}});
        return;
    }
    QList<QByteArray> marked = call;
    marked.insert(1, mark);
    ssh::Exec *running = runScript(*session, scriptFor(marked));
    exec = running;
    connect(running, &QObject::destroyed, q, [this] {
        if (!exec)
            q->failWith({ErrorCode::Disconnected, Step::Install, {}}); // ignored when it has ended
    });
    connect(running, &Operation::finished, q, [this, running, mark, done = std::move(done)] {
        running->deleteLater();
        exec = nullptr;
        if (running->error()) {
            q->failWith(*running->error());
            return;
        }
        if (const auto words = told(running->standardOutput(), mark, "path"))
            path = *words;
        if (const auto words = told(running->standardOutput(), mark, "link"))
            link = *words;
        if (const auto words = told(running->standardOutput(), mark, "failed"))
            q->failWith(remoteError(*words));
        else
            done(*running);
    });
}

void RemoteKeys::Private::read()
{
    const QByteArray mark = randomWord();
    run(mark, {"read_keys"}, [this, mark](const ssh::Exec &ended) { onRead(ended, mark); });
}

/// Somebody else has changed the file.
void RemoteKeys::Private::readAgain()
{
    if (++tries < mostRewrites)
        read();
    else
        q->failWith({ErrorCode::RemoteFailed, Step::Install,
                     QString::fromUtf8(path + ": it changes all the time")});
}

void RemoteKeys::Private::onRead(const ssh::Exec &ended, const QByteArray &mark)
{
    const QByteArray &output = ended.standardOutput();
    const QByteArray head = '\n' + mark + " data \n";
    const qsizetype begin = output.indexOf(head);
    const qsizetype end = output.lastIndexOf('\n' + mark + " stamp ");
    const auto before = told(output, mark, "stamp");
    const auto after = told(output, mark, "again");
    if (begin < 0 || end < begin || !before || !after) {
        q->failWith(noShell(ended));
        return;
    }
    if (*before != *after) {
        readAgain();
        return;
    }
    const QByteArray text = output.sliced(begin + head.size(), end - begin - head.size());
    keys = keys::parseAuthorizedKeys(text);
    const bool there = std::any_of(keys.cbegin(), keys.cend(),
                                   [this](const AuthorizedKey &one) { return one.isSameKey(key); });
    if (task == Task::Install && !there)
        change(keys::withAuthorizedKey(text, key), *before);
    else if (task == Task::Remove && there)
        change(keys::withoutAuthorizedKey(text, key), *before);
    else
        q->succeed();
}

void RemoteKeys::Private::change(const QByteArray &text, const QByteArray &stamp)
{
    if (text.size() > largestFile) {
        q->failWith({ErrorCode::Unsupported, Step::Install,
                     QString::fromUtf8(path + ": the file is too large")});
        return;
    }
    const QByteArray mark = randomWord();
    const QList<QByteArray> call{"write_keys", '.' + randomWord(), stamp,
                                 QByteArray::number(text.size())};
    run(mark, call + printfWords(text),
        [this, mark, text](const ssh::Exec &ended) { onWritten(ended, mark, text); });
}

void RemoteKeys::Private::onWritten(const ssh::Exec &ended, const QByteArray &mark,
                                    const QByteArray &text)
{
    const QByteArray &output = ended.standardOutput();
    if (told(output, mark, "written")) {
        changed = true;
        keys = keys::parseAuthorizedKeys(text);
        q->succeed();
    } else if (told(output, mark, "changed")) {
        readAgain();
    } else {
        q->failWith(noShell(ended));
    }
}

FindKeyObstacles::FindKeyObstacles(ssh::Session &session, QObject *parent)
    : Operation(parent)
{
    const QByteArray mark = randomWord();
    ssh::Exec *running = runScript(session, scriptFor({"find_obstacles", mark}));
    m_exec = running;
    connect(running, &Operation::finished, this, [this, running, mark] {
        running->deleteLater();
        if (running->error())
            failWith(*running->error());
        else if (!told(running->standardOutput(), mark, "end"))
            failWith(noShell(*running));
        else
            read(running->standardOutput(), mark);
    });
    connect(running, &QObject::destroyed, this, [this] {
        failWith({ErrorCode::Disconnected, Step::Install, {}});
    });
}

void FindKeyObstacles::doCancel()
{
    if (m_exec)
        m_exec->cancel();
    failWith({ErrorCode::Cancelled, Step::Install, {}});
}

void FindKeyObstacles::read(const QByteArray &output, const QByteArray &mark)
{
    using Kind = KeyObstacle::Kind;
    const QList<QByteArray> user = told(output, mark, "user").value_or(QByteArray()).split(' ');
    const QByteArray home = told(output, mark, "home").value_or(QByteArray());
    bool strict = true;
    QByteArrayList seen; // the first value counts (sshd_config(5))
    for (const QByteArray &line : allTold(output, mark, "sshd")) {
        QByteArray words = line.simplified();
        words.replace('=', ' ');
        const QByteArray keyword = words.left(words.indexOf(' ')).toLower();
        const QByteArray value = words.mid(words.indexOf(' ') + 1).trimmed();
        if (keyword == "match")
            break; // whom it is for only sshd knows
        if (seen.contains(keyword))
            continue;
        seen.append(keyword);
        if (keyword == "strictmodes")
            strict = value.toLower() != "no";
        else if (keyword == "pubkeyauthentication" && value.toLower() == "no")
            m_obstacles.push_back({Kind::KeysSwitchedOff, line.trimmed()});
        else if (keyword == "authenticationmethods" && value.toLower() != "any" &&
                 !value.split(' ').contains("publickey"))
            m_obstacles.push_back({Kind::MoreIsAsked, line.trimmed()});
        else if (keyword == "authorizedkeysfile" && !namesUsualFile(value, home, user.value(1)))
            m_obstacles.push_back({Kind::FileElsewhere, line.trimmed()});
    }
    if (strict)
        readModes(allTold(output, mark, "mode"), user.value(0));
    succeed();
}

bool FindKeyObstacles::namesUsualFile(const QByteArray &value, const QByteArray &home,
                                      const QByteArray &user)
{
    for (QByteArray file : value.split(' ')) {
        file.replace('"', "").replace("%h", home).replace("%u", user).replace("%%", "%");
        if (!file.startsWith('/'))
            file.prepend(home + '/');
        if (file == home + "/.ssh/authorized_keys")
            return true;
    }
    return false;
}

/// Lines of "ls -Lnd": home, .ssh and authorized_keys, as far as they are there.
void FindKeyObstacles::readModes(const QList<QByteArray> &lines, const QByteArray &userId)
{
    using Kind = KeyObstacle::Kind;
    for (const QByteArray &line : lines) {
        const QList<QByteArray> words = line.simplified().split(' ');
        const qsizetype slash = line.indexOf('/');
        if (words.size() < 9 || words[0].size() < 10 || slash < 0)
            continue;
        const QByteArray path = line.sliced(slash);
        const bool writable = words[0][5] == 'w' || words[0][8] == 'w';
        if (writable) {
            const Kind kind = path.endsWith("/.ssh/authorized_keys") ? Kind::FileWritable
                              : path.endsWith("/.ssh")               ? Kind::FolderWritable
                                                                     : Kind::HomeWritable;
            m_obstacles.push_back({kind, path});
        }
        if (words[2] != "0" && words[2] != userId)
            m_obstacles.push_back({Kind::ForeignOwner, path});
    }
}

} // namespace core::fleet
