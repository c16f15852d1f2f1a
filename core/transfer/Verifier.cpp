// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transfer/Verifier.h"

#include "core/base/ShellQuote.h"
#include "core/transfer/RemoteFs.h"

#include <algorithm>

namespace core::transfer {

namespace {

constexpr std::size_t filesAtOnce = 64;

} // namespace

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
{
}

void Verifier::sum(const QByteArray &path, Done done)
{
    m_wanted.push_back({path, std::move(done)});
    runNext();
}

void Verifier::runNext()
{
    if (m_isRunning || m_wanted.empty())
        return;
    m_isRunning = true;
    auto batch = std::make_shared<std::vector<Wanted>>();
    QByteArray command;
    while (!m_wanted.empty() && batch->size() < filesAtOnce) {
        // Each has a line of its own, whatever happens to it; its name stays out of the output.
        command += m_command + " <" + shellQuote(m_wanted.front().path) + " || echo -\n";
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
