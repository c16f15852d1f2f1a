// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/Clock.h"
#include "core/base/Logging.h"
#include "core/metrics/SampleBuilder.h"
#include "core/metrics/Sampler.h"
#include "core/probe/Text.h"

namespace core::metrics {

namespace {

constexpr QByteArrayView mark("@danlu: ");
/// A line without an end is noise of somebody else's, not ours: ours are below 4096 bytes.
constexpr qsizetype longestLine = 1024 * 1024;
constexpr qsizetype longestDocument = 16 * 1024 * 1024;

} // namespace

struct SampleAssembler::Private
{
    struct Document
    {
        QByteArray id;
        QByteArrayList lines;
        qsizetype bytes = 0;
        bool damaged = false;
    };

    const Clock &clock;
    SampleBuilder builder;
    QByteArray buffer;
    QHash<QByteArray, Document> open; ///< by kind: one of a kind at a time
    int lost = 0;
    std::vector<SamplePtr> ready;

    explicit Private(const Clock &c)
        : clock(c)
    {
    }

    [[nodiscard]] double seconds() const
    {
        return std::chrono::duration<double>(clock.steadyNow().time_since_epoch()).count();
    }

    void line(QByteArrayView text);
    void piece(const QByteArray &kind, const QByteArray &id, QByteArrayView text);
    void end(const QByteArray &kind, const QByteArray &id, qint64 count);
    void document(const QByteArray &kind, const QByteArrayList &lines);
};

void SampleAssembler::Private::line(QByteArrayView text)
{
    // Noise without a newline may stand in front.
    const qsizetype start = text.indexOf(mark);
    if (start < 0)
        return;
    text = text.sliced(start + mark.size());
    const qsizetype first = text.indexOf(' ');
    const qsizetype second = first < 0 ? -1 : text.indexOf(' ', first + 1);
    if (second < 0) {
        ++lost;
        return;
    }
    const QByteArray kind = text.first(first).toByteArray();
    const QByteArray id = text.sliced(first + 1, second - first - 1).toByteArray();
    const QByteArrayView rest = text.sliced(second + 1);
    if (kind.endsWith('.')) {
        const auto count = probe::wholeNumber(rest);
        if (count)
            end(kind.chopped(1), id, *count);
        else
            ++lost;
        return;
    }
    const qsizetype third = rest.indexOf(' ');
    const auto length = third < 0 ? std::nullopt : probe::wholeNumber(rest.first(third));
    const QByteArrayView payload = third < 0 ? QByteArrayView() : rest.sliced(third + 1);
    if (!length || payload.size() != *length) {
        ++lost; // torn: its document will miss a line and be dropped
        if (auto it = open.find(kind); it != open.end())
            it->damaged = true;
        return;
    }
    piece(kind, id, payload);
}

void SampleAssembler::Private::piece(const QByteArray &kind, const QByteArray &id,
                                     QByteArrayView text)
{
    if (kind == "g") {
        builder.takeGpuRow(text, id == "1", seconds());
        return;
    }
    if (kind == "e") {
        builder.takeSmiError(text, seconds());
        return;
    }
    Document &document = open[kind];
    if (document.id != id) {
        if (!document.id.isEmpty())
            ++lost; // its end never came
        document = {};
        document.id = id;
    }
    document.bytes += text.size();
    if (document.bytes > longestDocument)
        document.damaged = true;
    else
        document.lines.append(text.toByteArray());
}

void SampleAssembler::Private::end(const QByteArray &kind, const QByteArray &id, qint64 count)
{
    const Document document = open.take(kind);
    const bool empty = count == 0 && document.id.isEmpty();
    if (document.damaged || document.lines.size() != count || (!empty && document.id != id)) {
        ++lost;
        qCDebug(lcSampler) << "document" << kind << id << "is incomplete";
        return;
    }
    if (!empty)
        this->document(kind, document.lines);
}

void SampleAssembler::Private::document(const QByteArray &kind, const QByteArrayList &lines)
{
    if (kind == "h")
        builder.takeHost(lines);
    else if (kind == "x")
        builder.takeGpuReport(lines.join('\n'), seconds());
    else if (kind == "d")
        builder.takeDisks(lines.join('\n'));
    else if (kind == "i")
        builder.takeInodes(lines.join('\n'));
    else if (kind == "p")
        builder.takeProcesses(lines);
    else if (kind == "c")
        builder.takeCommands(lines);
    else if (kind == "f")
        ready.push_back(
            std::make_shared<const Sample>(builder.takeFast(lines, seconds(), clock.now())));
}

SampleAssembler::SampleAssembler(const Clock &clock)
    : d(std::make_unique<Private>(clock))
{
}

SampleAssembler::~SampleAssembler() = default;

std::vector<SamplePtr> SampleAssembler::feed(QByteArrayView bytes)
{
    d->buffer.append(bytes);
    qsizetype from = 0;
    for (qsizetype at = d->buffer.indexOf('\n'); at >= 0; at = d->buffer.indexOf('\n', from)) {
        d->line(QByteArrayView(d->buffer).sliced(from, at - from));
        from = at + 1;
    }
    d->buffer.remove(0, from);
    if (d->buffer.size() > longestLine) {
        d->buffer.clear();
        ++d->lost;
    }
    return std::exchange(d->ready, {});
}

int SampleAssembler::lostFrames() const
{
    return d->lost;
}

void SampleAssembler::reset()
{
    d->buffer.clear();
    d->open.clear();
    d->builder.resetRates();
}

} // namespace core::metrics
