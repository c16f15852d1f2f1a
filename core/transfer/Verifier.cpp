// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transfer/Verifier.h"

#include "core/base/ShellQuote.h"
#include "core/ssh/SftpClient.h"
#include "core/transfer/FileNames.h"
#include "core/transfer/RateLimit.h"
#include "core/transfer/RemoteFs.h"
#include "core/transfer/Sha256.h"

#include <algorithm>
#include <map>

namespace core::transfer {

using namespace std::chrono_literals;

namespace {

constexpr std::size_t sumsAtOnce = 64;
constexpr qsizetype mostReads = 64;              ///< files that are read back together
constexpr qsizetype otherHandles = 64;           ///< of files that are copied meanwhile
constexpr qint64 mostOnTheWay = 8 * 1024 * 1024; ///< bytes asked for, of all of them
constexpr qint64 mostOfOne = 2 * 1024 * 1024;

} // namespace

struct Verifier::ReadBack
{
    QByteArray path;
    Done done;
    std::optional<qint64> size; ///< as Wanted's
    QByteArray handle;
    Sha256 sum;
    qint64 asked = 0;
    qint64 hashed = 0;
    qint64 onTheWay = 0;
    std::map<qint64, QByteArray> early; ///< a server may answer in another order
    bool isAtEnd = false;
    bool isEnded = false;
};

QByteArrayList parseSums(const QByteArray &output)
{
    QByteArrayList sums;
    for (QByteArray line : output.split('\n')) {
        if (line.isEmpty())
            continue;
        if (line.startsWith('\\')) // GNU: the name that follows is escaped
            line.remove(0, 1);
        const QByteArray sum = QByteArray::fromHex(line.left(64));
        sums.append(sum.size() == 32 ? sum : QByteArray());
    }
    return sums;
}

Verifier::Verifier(RemoteShell &shell, QObject *parent)
    : QObject(parent)
    , m_shell(shell)
    , m_pause(this)
{
    m_pause.setSingleShot(true);
    m_pause.setInterval(20ms);
    connect(&m_pause, &QTimer::timeout, this, [this] {
        const auto reading = m_reading;
        for (const auto &file : reading)
            readOn(file);
    });
}

void Verifier::setSftp(ssh::SftpClient &sftp, RateLimit &limit)
{
    m_sftp = &sftp;
    m_limit = &limit;
}

void Verifier::sum(const QByteArray &path, Done done)
{
    m_wanted.push_back({path, std::move(done), {}});
    runNext();
}

void Verifier::sumOfFirst(const QByteArray &path, qint64 size, Done done)
{
    m_wanted.push_back({path, std::move(done), size});
    runNext();
}

void Verifier::runNext()
{
    if (m_command.isEmpty() && m_sftp) {
        const qsizetype most =
            std::clamp<qsizetype>(m_sftp->maxHandles() - otherHandles, 4, mostReads);
        while (qsizetype(m_reading.size()) < most && !m_wanted.empty())
            readBack();
    } else if (!m_isRunning && !m_wanted.empty()) {
        runBatch();
    }
}

void Verifier::runBatch()
{
    m_isRunning = true;
    auto batch = std::make_shared<std::vector<Wanted>>();
    QByteArray command;
    while (!m_wanted.empty() && batch->size() < sumsAtOnce) {
        // Each has a line of its own, whatever happens to it; its name stays out of the output.
        const Wanted &next = m_wanted.front();
        const QByteArray sum =
            next.size ? "{ head -c " + QByteArray::number(*next.size) + " | " + m_command + "; }"
                      : m_command;
        command += sum + " <" + shellQuote(next.path) + " || echo -\n";
        batch->push_back(std::move(m_wanted.front()));
        m_wanted.pop_front();
    }
    m_shell.run(command, [this, batch](const Result<RemoteShell::Output> &ran) {
        m_isRunning = false;
        const QByteArrayList sums = ran ? parseSums(ran->text) : QByteArrayList();
        for (std::size_t i = 0; i < batch->size(); ++i) {
            const Wanted &one = (*batch)[i];
            const QByteArray sum = sums.value(qsizetype(i));
            if (!ran)
                one.done(tl::make_unexpected(ran.error()));
            else if (sum.isEmpty())
                one.done(tl::make_unexpected(toolError(one.path, ran->errors)));
            else
                one.done(sum);
        }
        runNext();
    });
}

void Verifier::readBack()
{
    auto file = std::make_shared<ReadBack>();
    file->path = std::move(m_wanted.front().path);
    file->done = std::move(m_wanted.front().done);
    file->size = m_wanted.front().size;
    m_wanted.pop_front();
    m_reading.push_back(file);
    m_sftp->openFile(file->path, ssh::SftpClient::Read, {},
                     [this, file](const Result<QByteArray> &handle) {
                         if (!handle) {
                             endRead(file, handle.error());
                             return;
                         }
                         file->handle = *handle;
                         readOn(file);
                     });
}

/// Asks for more, up to the answer that says that there is none, or to as much as is wanted.
void Verifier::readOn(const std::shared_ptr<ReadBack> &file)
{
    if (file->handle.isEmpty() || file->isEnded)
        return;
    qint64 onTheWay = 0;
    for (const auto &one : m_reading)
        onTheWay += one->onTheWay;
    // Each may have one, else none would go on; a small file needs no more.
    const qint64 most = file->hashed == 0 ? 1 : mostOfOne;
    while (!file->isAtEnd &&
           (file->onTheWay == 0 || (file->onTheWay < most && onTheWay < mostOnTheWay))) {
        const qint64 size = file->size
                                ? std::min<qint64>(m_sftp->dataSize(), *file->size - file->asked)
                                : m_sftp->dataSize();
        if (size == 0) {
            file->isAtEnd = true;
            break;
        }
        if (!m_limit->take(size)) {
            if (!m_pause.isActive())
                m_pause.start();
            return;
        }
        const qint64 offset = std::exchange(file->asked, file->asked + size);
        file->onTheWay += size;
        onTheWay += size;
        m_sftp->read(file->handle, quint64(offset), quint32(size),
                     [this, file, offset, size](const Result<QByteArrayView> &data) {
                         takeData(file, offset, size, data);
                     });
    }
    if (file->isAtEnd && file->onTheWay == 0)
        endRead(file, file->early.empty()
                          ? std::nullopt
                          : std::optional<Error>(
                                Error{ErrorCode::RemoteFailed, Step::Transfer,
                                      shownName(file->path) +
                                          QStringLiteral(": it changed while it was read")}));
}

void Verifier::takeData(const std::shared_ptr<ReadBack> &file, qint64 offset, qint64 size,
                        const Result<QByteArrayView> &data)
{
    file->onTheWay -= size;
    if (file->isEnded)
        return;
    if (!data || data->size() > size) {
        endRead(file, data ? Error{ErrorCode::RemoteFailed, Step::Transfer,
                                   shownName(file->path) +
                                       QStringLiteral(": the server gives more than was asked for")}
                           : data.error());
        return;
    }
    if (data->isEmpty())
        file->isAtEnd = true;
    else
        file->early.emplace(offset, data->toByteArray());
    for (auto next = file->early.find(file->hashed); next != file->early.end();
         next = file->early.find(file->hashed)) {
        file->sum.add(next->second);
        file->hashed += next->second.size();
        file->early.erase(next);
    }
    // The server gave less than asked for: the rest comes in pieces of its own.
    const qint64 got = data->size();
    if (got > 0 && got < size) {
        file->onTheWay += size - got;
        m_sftp->read(file->handle, quint64(offset + got), quint32(size - got),
                     [this, file, offset, got, size](const Result<QByteArrayView> &rest) {
                         takeData(file, offset + got, size - got, rest);
                     });
    }
    readOn(file);
}

void Verifier::endRead(const std::shared_ptr<ReadBack> &file, const std::optional<Error> &error)
{
    file->isEnded = true;
    std::erase(m_reading, file);
    if (!file->handle.isEmpty())
        m_sftp->closeHandle(file->handle, [](const Result<> &) {});
    if (error)
        file->done(tl::make_unexpected(*error));
    else
        file->done(file->sum.result());
    runNext();
}

void Verifier::pieceSums(const QByteArray &path, qint64 fileSize, qint64 size,
                         std::function<void(Result<QByteArrayList>)> done)
{
    const qint64 count = (fileSize + size - 1) / size;
    if (m_command.isEmpty() || count == 0) {
        QMetaObject::invokeMethod(
            this,
            [done = std::move(done)] {
                done(core::fail(ErrorCode::Unsupported, Step::Transfer,
                                QStringLiteral("nothing on the server computes SHA-256")));
            },
            Qt::QueuedConnection);
        return;
    }
    const QByteArray command =
        "i=0; while [ $i -lt " + QByteArray::number(count) + " ]; do dd if=" + shellQuote(path) +
        " bs=" + QByteArray::number(size) + " skip=$i count=1 2>/dev/null | " + m_command +
        " || echo -; i=$((i+1)); done";
    m_shell.run(command,
                [path, count, done = std::move(done)](const Result<RemoteShell::Output> &ran) {
                    if (!ran) {
                        done(tl::make_unexpected(ran.error()));
                        return;
                    }
                    const QByteArrayList sums = parseSums(ran->text);
                    if (sums.size() == count)
                        done(sums);
                    else
                        done(tl::make_unexpected(toolError(path, ran->errors)));
                });
}

} // namespace core::transfer
