// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transfer/TarPut.h"

#include "core/base/ShellQuote.h"
#include "core/ssh/SessionEngine.h"
#include "core/transfer/Sha256.h"

#include <QPointer>

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>

namespace core::transfer {

using namespace std::chrono_literals;

namespace {

constexpr qsizetype pieceSize = 128 * 1024;
constexpr qsizetype longestPutWords = 16 * 1024;
constexpr quint32 tarAnswerWindow = 4 * 1024 * 1024;
constexpr char checkedRecord[] = "checked"; ///< a record that no path is in

la_ssize_t onArchiveBytes(archive *, void *out, const void *bytes, size_t size)
{
    static_cast<QByteArray *>(out)->append(static_cast<const char *>(bytes), qsizetype(size));
    return la_ssize_t(size);
}

} // namespace

TarPut::TarPut(TransferState &state, ssh::SessionEngine &engine, Packing packing, bool sums,
               QObject *parent)
    : QObject(parent)
    , m_state(state)
    , m_engine(engine)
    , m_packing(packing)
    , m_wantsSums(sums)
    , m_counted(state.items.size())
    , m_pause(this)
{
    m_pause.setSingleShot(true);
    m_pause.setInterval(20ms);
    connect(&m_pause, &QTimer::timeout, this, [this] { m_engine.wake(); });
}

TarPut::~TarPut()
{
    if (m_archive)
        archive_write_free(m_archive);
    if (m_channel != 0)
        m_engine.abandonChannel(m_channel);
}

void TarPut::open(const QByteArray &directory)
{
    const QPointer<TarPut> self(this);
    ssh::ChannelEvents events;
    events.produce = [self] { return self ? self->produce() : QByteArray(); };
    events.received = [self](const QByteArray &bytes, bool isStderr) {
        if (!self)
            return;
        self->m_engine.acknowledge(self->m_channel, bytes.size());
        const QByteArrayView own = self->m_mark.take(bytes, isStderr);
        if (!isStderr)
            self->takeRecords(own);
        else if (self->m_words.size() < longestPutWords)
            self->m_words.append(own.data(), own.size());
    };
    events.ended = [self](const ssh::ChannelEnd &end) {
        if (self)
            self->onEnded(end);
    };
    // -o: as the user who unpacks; -p: the modes as they are. The check is the first line: its
    // words are not known yet.
    QByteArray command = "tar -xop -f - -C " + shellQuote(directory);
    if (m_packing != Packing::None)
        command.prepend(unpackCommand(m_packing) + " | ");
    command = "LC_ALL=C; export LC_ALL; " + m_mark.command() + "n='\n'; IFS= read -r c; " +
              command + "; r=$?; cd -- " + shellQuote(directory) + " && eval \"$c\" && printf '" +
              checkedRecord + "\\0'; exit $r";
    QMetaObject::invokeMethod(
        this,
        [this, command, events] {
            m_channel = m_engine.openBulkExec("exec /bin/sh -c " + shellQuote(command),
                                              tarAnswerWindow, events);
        },
        Qt::QueuedConnection);
}

void TarPut::start(std::function<std::optional<File>()> next, const QByteArray &check,
                   std::function<void(QByteArrayView)> found)
{
    m_next = std::move(next);
    m_found = std::move(found);
    // A line: newlines, which are in quoted words only, are $n.
    m_check = QByteArray(check).replace('\n', "'\"$n\"'") + '\n';
    if (m_wantsSums)
        m_sums.resize(qsizetype(m_state.items.size()) * sha256Size);
    if (!openArchive()) {
        m_words = archive_error_string(m_archive);
        m_end.emplace();
    }
    if (m_end) {
        m_isAtEnd = true;
        QMetaObject::invokeMethod(this, &TarPut::finish, Qt::QueuedConnection);
        return;
    }
    m_engine.wake();
}

void TarPut::finish()
{
    if (!std::exchange(m_isFinished, true))
        Q_EMIT finished(m_end->error, m_end->exitCode.value_or(-1), m_words);
}

void TarPut::takeRecords(QByteArrayView bytes)
{
    m_records.append(bytes);
    const qsizetype whole = m_records.lastIndexOf('\0') + 1;
    QByteArrayView records = QByteArrayView(m_records).first(whole);
    const QByteArrayView last = QByteArrayView(checkedRecord, sizeof checkedRecord); // with its NUL
    if (records.endsWith(last)) {
        m_isChecked = true;
        records.chop(last.size());
    }
    if (m_found && !records.isEmpty())
        m_found(records);
    m_records.remove(0, whole);
}

bool TarPut::openArchive()
{
    m_archive = archive_write_new();
    // libarchive writes a time before 1970 into GNU's headers as 0; pax has it as text.
    const bool needsPax =
        std::any_of(m_state.items.begin(), m_state.items.end(), [](const Item &one) {
            return one.type == Item::Type::File && one.state == Item::State::Pending &&
                   one.mtime < 0;
        });
    // Names are bytes: in GNU's format anyway, in pax when it says so.
    const bool hasFormat =
        needsPax ? archive_write_set_format_pax_restricted(m_archive) == ARCHIVE_OK &&
                       archive_write_set_format_option(m_archive, nullptr, "hdrcharset",
                                                       "BINARY") == ARCHIVE_OK
                 : archive_write_set_format_gnutar(m_archive) == ARCHIVE_OK;
    archive_write_set_bytes_per_block(m_archive, 64 * 1024);
    archive_write_set_bytes_in_last_block(m_archive, 1);
    return hasFormat && addPacking(m_archive, m_packing) &&
           archive_write_open(m_archive, &m_out, nullptr, &onArchiveBytes, nullptr) == ARCHIVE_OK;
}

QByteArray TarPut::sum(int item) const
{
    return m_wantsSums ? m_sums.mid(qsizetype(item) * sha256Size, sha256Size) : QByteArray();
}

qint64 TarPut::counted(int item) const
{
    if (m_counted[std::size_t(item)])
        return m_state.items[std::size_t(item)].size;
    return m_open && m_file.item == item ? m_offset : 0;
}

QByteArray TarPut::produce()
{
    if (m_isAtEnd || !m_next)
        return {};
    if (!m_check.isEmpty())
        return std::exchange(m_check, {});
    if (!m_state.limit.take(0)) {
        if (!m_pause.isActive())
            m_pause.start();
        return {};
    }
    while (m_out.size() < pieceSize && !m_isAtEnd)
        step();
    m_state.limit.charge(m_out.size());
    if (m_isAtEnd)
        m_engine.sendEof(m_channel); // after what is given back here
    return std::exchange(m_out, {});
}

void TarPut::step()
{
    if (!m_open) {
        openNext();
        return;
    }
    const qint64 size = std::min<qint64>(pieceSize, m_info.size - m_offset);
    if (size <= 0) {
        closeFile();
        return;
    }
    m_buffer.resize(pieceSize);
    qint64 got = 0;
    if (!m_isShort) {
        const Result<qint64> read = m_open->readAt(m_offset, m_buffer.data(), size);
        got = read.value_or(0);
        if (!read)
            m_bad.insert(m_file.item, read.error());
        m_isShort = got < size;
    }
    // The header promised so many bytes.
    std::fill(m_buffer.begin() + got, m_buffer.begin() + size, '\0');
    archive_write_data(m_archive, m_buffer.constData(), size_t(size));
    if (m_sum)
        m_sum->add(QByteArrayView(m_buffer).first(qsizetype(size)));
    m_offset += size;
    m_state.bytes += size;
}

void TarPut::openNext()
{
    const std::optional<File> next = m_next();
    if (!next) {
        archive_write_close(m_archive);
        m_isAtEnd = true;
        return;
    }
    m_file = *next;
    const Item &item = m_state.items[std::size_t(m_file.item)];
    Result<std::unique_ptr<LocalFile>> file = openLocal(m_file.local);
    const Result<LocalInfo> info =
        file ? (*file)->info() : Result<LocalInfo>(tl::make_unexpected(file.error()));
    if (!info) {
        m_bad.insert(m_file.item, info.error());
        return;
    }
    if (info->size != item.size || info->mtime != item.mtime || info->type != Item::Type::File) {
        m_bad.insert(m_file.item, std::nullopt);
        return;
    }
    m_open = std::move(*file);
    m_info = *info;
    m_offset = 0;
    m_isShort = false;
    m_sum = m_wantsSums ? std::make_unique<Sha256>() : nullptr;
    archive_entry *entry = archive_entry_new();
    archive_entry_copy_pathname(entry, m_file.name.constData());
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, mode_t(m_info.mode));
    archive_entry_set_size(entry, m_info.size);
    archive_entry_set_mtime(entry, time_t(m_info.mtime), 0);
    if (archive_write_header(m_archive, entry) < ARCHIVE_WARN) {
        m_bad.insert(m_file.item, Error{ErrorCode::Internal, Step::Transfer,
                                        QString::fromUtf8(archive_error_string(m_archive))});
        m_open.reset();
    }
    archive_entry_free(entry);
}

void TarPut::closeFile()
{
    archive_write_finish_entry(m_archive);
    const Result<LocalInfo> now = m_open->info();
    if (!now || m_isShort || now->size != m_info.size || now->mtime != m_info.mtime ||
        now->mtimeNs != m_info.mtimeNs) {
        if (!m_bad.contains(m_file.item))
            m_bad.insert(m_file.item, std::nullopt);
        m_state.bytes -= m_info.size;
    } else {
        m_counted[std::size_t(m_file.item)] = true;
        m_state.setSent(m_state.items[std::size_t(m_file.item)], true);
        if (m_sum)
            m_sums.replace(qsizetype(m_file.item) * sha256Size, sha256Size, m_sum->result());
    }
    m_open.reset();
}

void TarPut::onEnded(const ssh::ChannelEnd &end)
{
    m_channel = 0;
    if (!m_mark.isSeen())
        m_words = m_mark.before();
    m_end = end;
    if (m_next)
        finish();
}

} // namespace core::transfer
