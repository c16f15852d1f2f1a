// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transfer/TarGet.h"

#include "core/base/ShellQuote.h"
#include "core/ssh/SessionEngine.h"
#include "core/transfer/Sha256.h"
#include "core/transfer/TarReader.h"

#include <QPointer>

#include <algorithm>

namespace core::transfer {

using namespace std::chrono_literals;

namespace {

constexpr qint64 largestStream = 16 * 1024 * 1024; ///< one stream: its window is the limit
constexpr qint64 smallestStream = 256 * 1024;
constexpr qsizetype longestGetWords = 64 * 1024;
constexpr qsizetype bytesOfNames = 32 * 1024; ///< written to tar at once

} // namespace

TarGet::TarGet(std::shared_ptr<TransferState> state, ssh::SessionEngine &engine, Packing packing,
               bool sums, QObject *parent)
    : QObject(parent)
    , m_state(std::move(state))
    , m_engine(engine)
    , m_packing(packing)
    , m_wantsSums(sums)
    , m_pause(this)
{
    m_pause.setSingleShot(true);
    m_pause.setInterval(20ms);
    connect(&m_pause, &QTimer::timeout, this, &TarGet::giveBack);
}

TarGet::~TarGet()
{
    if (m_reader)
        m_reader->stop();
    m_thread.reset();
    if (m_channel != 0)
        m_engine.abandonChannel(m_channel);
}

void TarGet::open()
{
    const QPointer<TarGet> self(this);
    ssh::ChannelEvents events;
    events.produce = [self] { return self ? self->produce() : QByteArray(); };
    events.received = [self](const QByteArray &bytes, bool isStderr) {
        if (self)
            self->onReceived(bytes, isStderr);
    };
    events.ended = [self](const ssh::ChannelEnd &end) {
        if (self)
            self->onEnded(end);
    };
    // -P: names with ".." stay as they are, so that they are known again.
    QByteArray command = "LC_ALL=C; export LC_ALL; " + m_mark.command() +
                         "cd / && tar -cPf - --format=gnu --hard-dereference --no-recursion ";
    if (m_state->request.links == Links::Follow)
        command += "-h ";
    command += "--null -T -";
    if (m_packing != Packing::None)
        command += " | " + packCommand(m_packing);
    // With a limit no more is under way than it lets in soon.
    const qint64 rate = m_state->limit.rate();
    const qint64 window =
        rate > 0 ? std::clamp(rate, smallestStream, largestStream) : largestStream;
    QMetaObject::invokeMethod(
        this,
        [this, command, window, events] {
            m_channel = m_engine.openBulkExec("exec /bin/sh -c " + shellQuote(command),
                                              quint32(window), events);
        },
        Qt::QueuedConnection);
}

void TarGet::start(std::vector<int> items)
{
    m_items = std::make_shared<const std::vector<int>>(std::move(items));
    m_arrived.resize(m_state->items.size());
    if (m_wantsSums)
        m_sums.resize(qsizetype(m_state->items.size()) * sha256Size);
    startReader();
    if (!m_early.isEmpty())
        m_reader->push(std::exchange(m_early, {}));
    if (m_channelEnded) {
        m_reader->finish();
        finishWhenBoth();
    } else {
        m_engine.wake();
    }
}

void TarGet::startReader()
{
    // The reader's calls come from its thread, which ends before this does.
    TarReader::Callbacks callbacks;
    callbacks.consumed = [this](qint64 bytes) {
        QMetaObject::invokeMethod(
            this,
            [this, bytes] {
                m_unacknowledged += bytes;
                giveBack();
            },
            Qt::QueuedConnection);
    };
    callbacks.fileEnded = [this](int item, const std::optional<Error> &error,
                                 const QByteArray &sum) {
        QMetaObject::invokeMethod(
            this, [this, item, error, sum] { onFile(item, error, sum); }, Qt::QueuedConnection);
    };
    callbacks.ended = [this] {
        QMetaObject::invokeMethod(
            this,
            [this] {
                m_readerEnded = true;
                finishWhenBoth();
            },
            Qt::QueuedConnection);
    };
    m_reader = std::make_shared<TarReader>(m_state, m_items, m_wantsSums, std::move(callbacks));
    m_thread = startWorkerThread(QStringLiteral("untar"));
    auto *inThread = new QObject;
    inThread->moveToThread(m_thread.get());
    connect(m_thread.get(), &QThread::finished, inThread, &QObject::deleteLater);
    QMetaObject::invokeMethod(
        inThread, [reader = m_reader] { reader->run(); }, Qt::QueuedConnection);
}

void TarGet::onReceived(const QByteArray &bytes, bool isStderr)
{
    const QByteArrayView own = m_mark.take(bytes, isStderr);
    if (isStderr) {
        m_engine.acknowledge(m_channel, bytes.size());
        if (m_words.size() < longestGetWords)
            m_words.append(own.data(), own.size());
        return;
    }
    m_engine.acknowledge(m_channel, bytes.size() - own.size());
    if (!m_reader)
        m_early.append(own);
    else if (own.size() == bytes.size())
        m_reader->push(bytes);
    else if (!own.isEmpty())
        m_reader->push(own.toByteArray());
}

/// The window opens again as far as the limit lets it.
void TarGet::giveBack()
{
    if (m_channel == 0 || m_unacknowledged == 0)
        return;
    if (!m_state->limit.take(m_unacknowledged)) {
        if (!m_pause.isActive())
            m_pause.start();
        return;
    }
    m_engine.acknowledge(m_channel, std::exchange(m_unacknowledged, 0));
}

/// The list of names is tar's standard input.
QByteArray TarGet::produce()
{
    QByteArray names;
    if (!m_items)
        return names;
    while (m_nextName < m_items->size() && names.size() < bytesOfNames)
        names += TarReader::nameOf(*m_state, (*m_items)[m_nextName++]) + '\0';
    if (m_nextName >= m_items->size())
        m_engine.sendEof(m_channel);
    return names;
}

QByteArray TarGet::sum(int item) const
{
    return m_wantsSums ? m_sums.mid(qsizetype(item) * sha256Size, sha256Size) : QByteArray();
}

void TarGet::onFile(int item, const std::optional<Error> &error, const QByteArray &sum)
{
    if (!error) {
        m_arrived[std::size_t(item)] = true;
        if (m_wantsSums)
            m_sums.replace(qsizetype(item) * sha256Size, sha256Size, sum);
    }
    Q_EMIT fileEnded(item, error);
}

void TarGet::onEnded(const ssh::ChannelEnd &end)
{
    m_channel = 0;
    m_channelEnded = true;
    m_lost = end.error;
    if (!m_mark.isSeen())
        m_words = m_mark.before();
    if (m_reader) {
        m_reader->finish();
        finishWhenBoth();
    }
}

void TarGet::finishWhenBoth()
{
    if (m_channelEnded && m_readerEnded)
        Q_EMIT finished(m_lost, m_words);
    else if (m_readerEnded && m_channel != 0)
        m_engine.cancelChannel(m_channel); // what still comes is nobody's
}

} // namespace core::transfer
