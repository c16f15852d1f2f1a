// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transfer/RemoteShell.h"

#include "core/ssh/SessionEngine.h"

#include <QPointer>
#include <QRandomGenerator>
#include <QTimer>

#include <algorithm>

namespace core::transfer {

namespace {

constexpr quint32 shellWindow = 4 * 1024 * 1024;
constexpr qsizetype longestErrors = 32 * 1024;

/// Its beginning and its end say most.
QByteArray shortened(const QByteArray &errors)
{
    if (errors.size() <= longestErrors)
        return errors;
    return errors.first(longestErrors / 2) + "\n[...]\n" + errors.last(longestErrors / 2);
}

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
    events.started = [self] {
        if (self)
            QTimer::singleShot(shellPatience, self, &RemoteShell::giveUpOpening);
    };
    events.received = [self](const QByteArray &bytes, bool isStderr) {
        if (!self)
            return;
        self->m_engine.acknowledge(self->m_channel, bytes.size());
        (isStderr ? self->m_errors : self->m_text).bytes += bytes;
        self->take();
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
        [this, done = std::move(done)](const Result<Output> &ran) {
            m_isOpen = ran.has_value();
            if (ran && ran->exitCode == 0)
                done({});
            else
                done(tl::make_unexpected(ran ? Error{ErrorCode::Unsupported, Step::Transfer,
                                                     QStringLiteral("no shell there")}
                                             : ran.error()));
        });
}

void RemoteShell::giveUpOpening()
{
    if (m_isOpen || m_error)
        return;
    m_engine.abandonChannel(std::exchange(m_channel, 0));
    fail({ErrorCode::Unsupported, Step::Transfer,
          QStringLiteral(
              "no shell there: it said nothing for 15 s; a start-up file may ask something")});
}

void RemoteShell::run(const QByteArray &command, Done done)
{
    runRecords(command, {}, {}, std::move(done));
}

void RemoteShell::runRecords(const QByteArray &command, Pieces records, Pieces errorLines,
                             Done done)
{
    if (m_error) {
        QMetaObject::invokeMethod(
            this, [this, done = std::move(done)] { done(tl::make_unexpected(*m_error)); },
            Qt::QueuedConnection);
        return;
    }
    const QByteArray mark = m_secret + '.' + QByteArray::number(m_nextMark++);
    m_commands.push_back(
        {mark, std::move(records), std::move(errorLines), std::move(done), {}, false, false});
    // A mark on both streams: they come on their own, one ahead of the other.
    const QByteArray text = "{ " + command + "\n} </dev/null\nr=$?; printf '\\n%s\\n' " + mark +
                            " >&2; printf '\\n%s %d\\n' " + mark + " $r\n";
    if (m_channel != 0)
        m_engine.write(m_channel, text);
    else
        m_early.push_back(text);
}

void RemoteShell::take()
{
    const QPointer<RemoteShell> self(this);
    while (self && !m_commands.empty()) {
        Command &command = m_commands.front();
        if (!command.hasText)
            takeText(command);
        if (!self || m_commands.empty())
            return;
        if (!command.hasErrors)
            takeErrors(command);
        if (!self || m_commands.empty() || !command.hasText || !command.hasErrors)
            return;
        Command ended = std::move(command);
        m_commands.pop_front();
        ended.done(std::move(ended.output));
    }
}

void RemoteShell::takeText(Command &command)
{
    QByteArray &bytes = m_text.bytes;
    const QByteArray mark = '\n' + command.mark + ' ';
    const qsizetype at = bytes.indexOf(mark, m_text.searched);
    const qsizetype end = at < 0 ? -1 : bytes.indexOf('\n', at + mark.size());
    const QPointer<RemoteShell> self(this);
    if (end < 0) {
        m_text.searched = std::max<qsizetype>(0, at < 0 ? bytes.size() - mark.size() : at);
        const qsizetype whole = at < 0 ? bytes.lastIndexOf('\0') + 1 : 0;
        if (!command.records || whole == 0)
            return;
        command.records(QByteArrayView(bytes).first(whole));
        if (self) {
            bytes.remove(0, whole);
            m_text.searched = 0;
        }
        return;
    }
    command.hasText = true;
    command.output.exitCode = bytes.sliced(at + mark.size(), end - at - mark.size()).toInt();
    if (command.records)
        command.records(QByteArrayView(bytes).first(at));
    else
        command.output.text = bytes.left(at);
    if (!self)
        return;
    bytes.remove(0, end + 1);
    m_text.searched = 0;
}

void RemoteShell::takeErrors(Command &command)
{
    QByteArray &bytes = m_errors.bytes;
    const QByteArray mark = '\n' + command.mark + '\n';
    const qsizetype at = bytes.indexOf(mark, m_errors.searched);
    // The mark's own newline may be the last one here.
    const qsizetype end = at < 0 ? bytes.lastIndexOf('\n') : at;
    const QPointer<RemoteShell> self(this);
    if (command.errorLines && end > 0) {
        command.errorLines(QByteArrayView(bytes).first(end));
        if (!self)
            return;
    }
    if (at >= 0) {
        command.hasErrors = true;
        if (!command.errorLines)
            command.output.errors = shortened(bytes.left(at));
        bytes.remove(0, at + mark.size());
        m_errors.searched = 0;
        return;
    }
    if (command.errorLines && end > 0)
        bytes.remove(0, end);
    else if (bytes.size() > 4 * longestErrors)
        bytes = shortened(bytes); // keeps what may be the beginning of the mark
    m_errors.searched = std::max<qsizetype>(0, bytes.size() - mark.size());
}

void RemoteShell::onEnded(const ssh::ChannelEnd &end)
{
    m_channel = 0;
    fail(end.error && end.error->code != ErrorCode::ChannelRefused
             ? *end.error
             : Error{ErrorCode::Unsupported, Step::Transfer,
                     QStringLiteral("no shell there: ") +
                         QString::fromUtf8(m_errors.bytes.trimmed().isEmpty()
                                               ? m_text.bytes.left(200)
                                               : m_errors.bytes.left(2000))});
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
