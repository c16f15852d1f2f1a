// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transfer/TarGet.h"

#include "core/base/ShellQuote.h"
#include "core/ssh/SessionEngine.h"
#include "core/transfer/TarReader.h"

#include <QPointer>

namespace core::transfer {

namespace {

constexpr quint32 tarWindow = 16 * 1024 * 1024; ///< one stream: its window is the limit
constexpr qsizetype longestWords = 64 * 1024;
constexpr qsizetype namesAtOnce = 32 * 1024; ///< bytes

} // namespace

TarGet::TarGet(TransferState &state, ssh::SessionEngine &engine, bool zstd, bool sums,
               QObject *parent)
    : QObject(parent)
    , m_state(state)
    , m_engine(engine)
    , m_zstd(zstd)
    , m_wantsSums(sums)
{
}

TarGet::~TarGet()
{
    if (m_reader)
        m_reader->stop();
    m_thread.reset();
    if (m_channel != 0)
        m_engine.cancelChannel(m_channel);
}

void TarGet::start(const QByteArray &directory, std::vector<File> files)
{
    for (const File &file : files)
        m_names.push_back(file.name);
    const QPointer<TarGet> self(this);
    // The reader's calls come from its thread, which ends before this does.
    TarReader::Callbacks callbacks;
    callbacks.consumed = [this](qint64 bytes) {
        QMetaObject::invokeMethod(
            this, [this, bytes] { m_engine.acknowledge(m_channel, bytes); }, Qt::QueuedConnection);
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
    m_reader = std::make_shared<TarReader>(m_state.bytes, m_wantsSums, std::move(callbacks));
    m_reader->setFiles(files);
    m_thread = startWorkerThread(QStringLiteral("untar"));
    auto *inThread = new QObject;
    inThread->moveToThread(m_thread.get());
    connect(m_thread.get(), &QThread::finished, inThread, &QObject::deleteLater);
    QMetaObject::invokeMethod(
        inThread, [reader = m_reader] { reader->run(); }, Qt::QueuedConnection);

    ssh::ChannelEvents events;
    events.produce = [self] { return self ? self->produce() : QByteArray(); };
    events.received = [self](const QByteArray &bytes, bool isStderr) {
        if (!self)
            return;
        if (!isStderr) {
            self->m_reader->push(bytes);
            return;
        }
        self->m_engine.acknowledge(self->m_channel, bytes.size());
        if (self->m_words.size() < longestWords)
            self->m_words += bytes;
    };
    events.ended = [self](const ssh::ChannelEnd &end) {
        if (self)
            self->onEnded(end);
    };
    QByteArray command = "LC_ALL=C; export LC_ALL; cd -- " + shellQuote(directory) +
                         " && tar -cf - --format=gnu --hard-dereference --no-recursion --null -T -";
    if (m_zstd)
        command += " | zstd -1 -cq";
    QMetaObject::invokeMethod(
        this,
        [this, command, events] {
            m_channel =
                m_engine.openBulkExec("exec /bin/sh -c " + shellQuote(command), tarWindow, events);
        },
        Qt::QueuedConnection);
}

/// The list of names is tar's standard input.
QByteArray TarGet::produce()
{
    QByteArray names;
    while (m_nextName < m_names.size() && names.size() < namesAtOnce)
        names += m_names[m_nextName++] + '\0';
    if (m_nextName >= m_names.size())
        m_engine.sendEof(m_channel);
    return names;
}

void TarGet::onFile(int item, const std::optional<Error> &error, const QByteArray &sum)
{
    if (!error) {
        m_arrived.insert(item);
        if (m_wantsSums)
            m_sums.insert(item, sum);
    }
    Q_EMIT fileEnded(item, error);
}

void TarGet::onEnded(const ssh::ChannelEnd &end)
{
    m_channel = 0;
    m_channelEnded = true;
    m_lost = end.error;
    m_reader->finish();
    finishWhenBoth();
}

void TarGet::finishWhenBoth()
{
    if (m_channelEnded && m_readerEnded)
        Q_EMIT finished(m_lost, m_words);
    else if (m_readerEnded && m_channel != 0)
        m_engine.cancelChannel(m_channel); // what still comes is nobody's
}

} // namespace core::transfer
