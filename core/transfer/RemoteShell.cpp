// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transfer/RemoteShell.h"

#include "core/ssh/SessionEngine.h"

#include <QPointer>
#include <QRandomGenerator>

namespace core::transfer {

namespace {

constexpr quint32 shellWindow = 4 * 1024 * 1024;
constexpr qsizetype longestErrors = 16 * 1024;

} // namespace

RemoteShell::RemoteShell(ssh::SessionEngine &engine, QObject *parent)
    : QObject(parent)
    , m_engine(engine)
    , m_secret(QByteArray::number(QRandomGenerator::system()->generate64(), 36))
{
}

RemoteShell::~RemoteShell()
{
    m_commands.clear();
    if (m_channel != 0 && !std::exchange(m_error, Error{}))
        m_engine.cancelChannel(m_channel);
}

void RemoteShell::open(std::function<void(Result<>)> done)
{
    const QPointer<RemoteShell> self(this);
    ssh::ChannelEvents events;
    events.received = [self](const QByteArray &bytes, bool isStderr) {
        if (!self)
            return;
        self->m_engine.acknowledge(self->m_channel, bytes.size());
        if (!isStderr)
            self->take(bytes);
        else if (self->m_errors.size() < longestErrors)
            self->m_errors += bytes;
    };
    events.ended = [self](const ssh::ChannelEnd &end) {
        if (self)
            self->onEnded(end);
    };
    QMetaObject::invokeMethod(
        this,
        [this, events] {
            m_channel = m_engine.openBulkExec("exec /bin/sh", shellWindow, events);
            for (const QByteArray &text : std::exchange(m_early, {}))
                m_engine.write(m_channel, text);
        },
        Qt::QueuedConnection);
    run("unset CDPATH; LC_ALL=C; export LC_ALL",
        [done = std::move(done)](const Result<Output> &ran) {
            if (ran && ran->exitCode == 0)
                done({});
            else
                done(tl::make_unexpected(ran ? Error{ErrorCode::Unsupported, Step::Transfer,
                                                     QStringLiteral("no shell there")}
                                             : ran.error()));
        });
}

void RemoteShell::run(const QByteArray &command, Done done)
{
    runRecords(command, {}, std::move(done));
}

void RemoteShell::runRecords(const QByteArray &command, std::function<void(QByteArrayView)> records,
                             Done done)
{
    if (m_error) {
        QMetaObject::invokeMethod(
            this, [this, done = std::move(done)] { done(tl::make_unexpected(*m_error)); },
            Qt::QueuedConnection);
        return;
    }
    const QByteArray mark = m_secret + '.' + QByteArray::number(m_nextMark++);
    m_commands.push_back({'\n' + mark + ' ', std::move(records), std::move(done)});
    const QByteArray text =
        "{ " + command + "\n} </dev/null\nprintf '\\n%s %d\\n' " + mark + " $?\n";
    if (m_channel != 0)
        m_engine.write(m_channel, text);
    else
        m_early.push_back(text);
}

void RemoteShell::take(const QByteArray &bytes)
{
    m_text += bytes;
    const QPointer<RemoteShell> self(this);
    while (self && !m_commands.empty()) {
        const QByteArray &mark = m_commands.front().mark;
        const qsizetype at = m_text.indexOf(mark, m_searched);
        const qsizetype end = at < 0 ? -1 : m_text.indexOf('\n', at + mark.size());
        if (end < 0) {
            m_searched = std::max<qsizetype>(0, (at < 0 ? m_text.size() : at) - mark.size());
            const qsizetype whole = at < 0 ? m_text.lastIndexOf('\0') + 1 : 0;
            if (m_commands.front().records && whole > 0) {
                m_commands.front().records(QByteArrayView(m_text).first(whole));
                if (self) {
                    m_text.remove(0, whole);
                    m_searched = 0;
                }
            }
            return;
        }
        if (m_commands.front().records) {
            m_commands.front().records(QByteArrayView(m_text).first(at));
            if (!self)
                return;
        }
        Output output;
        if (!m_commands.front().records)
            output.text = m_text.left(at);
        output.exitCode = m_text.sliced(at + mark.size(), end - at - mark.size()).toInt();
        output.errors = std::exchange(m_errors, {});
        m_text.remove(0, end + 1);
        m_searched = 0;
        const Command command = std::move(m_commands.front());
        m_commands.pop_front();
        command.done(std::move(output));
    }
}

void RemoteShell::onEnded(const ssh::ChannelEnd &end)
{
    m_channel = 0;
    fail(end.error && end.error->code != ErrorCode::ChannelRefused
             ? *end.error
             : Error{ErrorCode::Unsupported, Step::Transfer,
                     QStringLiteral("no shell there: ") +
                         QString::fromUtf8(m_errors.isEmpty() ? m_text.left(200) : m_errors)});
}

void RemoteShell::fail(const Error &error)
{
    if (m_error)
        return;
    m_error = error;
    const QPointer<RemoteShell> self(this);
    for (const Command &command : std::exchange(m_commands, {})) {
        if (!self)
            return;
        command.done(tl::make_unexpected(error));
    }
}

} // namespace core::transfer
