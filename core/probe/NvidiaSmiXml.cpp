// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probe/NvidiaSmi.h"
#include "core/probe/Text.h"

#include <QRegularExpression>
#include <QXmlStreamReader>

#include <algorithm>

namespace core::probe {

namespace {

/// "&" and "<" that name and begin nothing, as drivers print them in the names of processes.
QString escaped(const QString &text)
{
    static const QRegularExpression entity(
        QStringLiteral("&(?!(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6});)"));
    QString clean = text;
    clean.replace(entity, QStringLiteral("&amp;"));
    return clean;
}

/// Names of processes may be any bytes, and nvidia-smi escapes nothing: what is no XML is made so.
QString cleanXml(QByteArrayView bytes)
{
    static const QRegularExpression leaf(
        QStringLiteral("^(\\s*<([A-Za-z_][A-Za-z0-9_.-]*)>)(.*)(</\\2>\\s*)$"));
    static const QRegularExpression tag(QStringLiteral("<(?![A-Za-z_/!?])"));
    QString text = QString::fromUtf8(bytes); // invalid UTF-8 becomes U+FFFD
    for (QChar &c : text) {
        if ((c < u' ' && c != u'\t' && c != u'\n' && c != u'\r') || c >= QChar(0xFFFE))
            c = QChar(0xFFFD);
    }
    QStringList lines = text.split(u'\n');
    for (QString &line : lines) {
        const bool hasEntity = line.contains(u'&');
        // Most lines are one element without a special character.
        if (!hasEntity && line.count(u'<') <= 2 && !line.contains(u"< "))
            continue;
        const auto match = leaf.match(line);
        if (match.hasMatch() && !match.capturedView(3).contains(u"</")) {
            QString inner = escaped(match.captured(3));
            inner.replace(u'<', QStringLiteral("&lt;"));
            line = match.captured(1) + inner + match.captured(4);
            continue;
        }
        line = escaped(line);
        line.replace(tag, QStringLiteral("&lt;"));
    }
    return lines.join(u'\n');
}

/// The document is deep but small; paths below <gpu> are enough to tell fields apart. Element names
/// by driver: nvsmi_device_v4 (352) to v13 (590 and later).
class XmlReader
{
public:
    explicit XmlReader(const QString &text)
        : m_whole(text)
        , m_xml(text)
    {
    }

    SmiReport read()
    {
        readOn();
        // What is no XML costs the GPU it stands in, not those behind it.
        constexpr int mostGaps = 64;
        const QString root = QStringLiteral("<nvidia_smi_log>");
        qsizetype begin = 0;
        qsizetype prefix = 0;
        for (int gap = 0; gap < mostGaps && m_xml.error() == QXmlStreamReader::NotWellFormedError;
             ++gap) {
            const qsizetype stopped = begin + m_xml.characterOffset() - prefix;
            finishGpu(true);
            m_damaged = true;
            begin = m_whole.indexOf(QStringLiteral("<gpu "), std::max(stopped, begin + 1));
            if (begin < 0)
                break;
            prefix = root.size();
            m_xml.clear();
            m_xml.addData(root + m_whole.mid(begin));
            m_path.clear();
            m_text.clear();
            readOn();
        }
        m_report.truncated = !m_closed || m_damaged;
        finishGpu(true); // cut in the middle: what was read of it
        return std::move(m_report);
    }

private:
    void readOn()
    {
        while (!m_xml.atEnd()) {
            switch (m_xml.readNext()) {
            case QXmlStreamReader::StartElement: start(); break;
            case QXmlStreamReader::EndElement: end(); break;
            case QXmlStreamReader::Characters:
                if (!m_text.isEmpty() || !m_xml.isWhitespace())
                    m_text += m_xml.text();
                break;
            default: break;
            }
        }
    }

    void start()
    {
        const QString name = m_xml.name().toString();
        m_text.clear();
        m_path.append(name);
        if (m_path.size() == 2 && name == u"gpu") {
            m_gpu.emplace();
            m_gpu->index = int(m_report.gpus.size());
            m_gpu->mig = false;
            const QString id = m_xml.attributes().value(QLatin1StringView("id")).toString();
            m_gpu->busId = text(id.toUtf8()); // on a Jetson it has none
        } else if (m_gpu && name == u"process_info") {
            m_process.emplace();
        } else if (m_gpu && name == u"mig_device") {
            m_mig.emplace();
        }
    }

    void end()
    {
        const QString path = m_path.size() > 2 ? m_path.mid(2).join(u'/') : QString();
        const QByteArray value = m_text.trimmed().toUtf8();
        m_text.clear();
        if (m_path.size() == 2 && !m_gpu)
            global(m_path.last(), value);
        else if (m_gpu && m_process)
            process(path, value);
        else if (m_gpu && m_mig)
            mig(path, value);
        else if (m_gpu)
            gpu(path, value);
        if (m_path.size() == 2 && m_path.last() == u"gpu")
            finishGpu(false);
        if (m_path.size() == 1)
            m_closed = true;
        if (!m_path.isEmpty())
            m_path.removeLast();
    }

    void finishGpu(bool isPartial)
    {
        if (!m_gpu)
            return;
        if (isPartial)
            m_report.partialGpus.push_back(int(m_report.gpus.size()));
        if (m_process && m_process->pid)
            m_gpu->processes.push_back(*m_process);
        m_process.reset();
        m_mig.reset();
        settlePower();
        m_report.gpus.push_back(std::move(*m_gpu));
        m_gpu.reset();
        m_instantW.reset();
        m_averageW.reset();
    }

    /// From driver 570 on there is no power_draw any more: the instant figure is what it was.
    void settlePower()
    {
        if (!m_gpu->powerW)
            m_gpu->powerW = m_instantW ? m_instantW : m_averageW;
    }

    void global(const QString &name, const QByteArray &value)
    {
        if (isAbsent(value))
            return;
        if (name == u"driver_version")
            m_report.driver = decode(value);
        else if (name == u"cuda_version")
            m_report.cuda = decode(value);
        else if (name == u"attached_gpus") {
            if (const auto count = wholeNumber(value); count && *count < 1024)
                m_report.attachedGpus = int(*count);
        }
    }

    void gpu(const QString &path, const QByteArray &value)
    {
        GpuInfo &g = *m_gpu;
        if (path == u"product_name")
            g.name = text(value);
        else if (path == u"uuid")
            g.uuid = text(value);
        else if (path == u"mig_mode/current_mig")
            g.mig = migMode(value);
        else if (path == u"fan_speed")
            g.fanPercent = leadingNumber(value);
        else if (path == u"fb_memory_usage/total")
            g.memTotalMib = mebibytes(value);
        else if (path == u"fb_memory_usage/used")
            g.memUsedMib = mebibytes(value);
        else if (path == u"utilization/gpu_util")
            g.utilPercent = percentage(value);
        else if (path == u"temperature/gpu_temp")
            g.tempC = leadingNumber(value);
        else if (path == u"temperature/gpu_temp_slow_threshold")
            g.slowdownTempC = leadingNumber(value);
        else if (path == u"clocks/sm_clock")
            g.smClockMhz = leadingNumber(value);
        else if (path == u"max_clocks/sm_clock")
            g.smClockMaxMhz = leadingNumber(value);
        else if (path.startsWith(u"clocks_throttle_reasons/clocks_throttle_reason_") ||
                 path.startsWith(u"clocks_event_reasons/clocks_event_reason_")) // from 535 on
            throttle(path.section(QStringLiteral("_reason_"), 1), value);
        else if (path.startsWith(u"power_readings/") || path.startsWith(u"gpu_power_readings/"))
            power(path.section(u'/', 1), value);
    }

    void throttle(const QString &reason, const QByteArray &value)
    {
        if (isAbsent(value))
            return;
        ThrottleReasons reasons = m_gpu->throttle.value_or(ThrottleReasons());
        const bool active = value == "Active";
        if (reason == u"hw_thermal_slowdown" || reason == u"sw_thermal_slowdown")
            reasons.heat = reasons.heat || active;
        else if (reason == u"sw_power_cap")
            reasons.powerCap = active;
        else if (reason == u"hw_power_brake_slowdown")
            reasons.powerBrake = active;
        else if (reason == u"hw_slowdown")
            reasons.hardware = active;
        m_gpu->throttle = reasons;
    }

    void power(const QString &name, const QByteArray &value)
    {
        GpuInfo &g = *m_gpu;
        if (name == u"power_draw")
            g.powerW = leadingNumber(value);
        else if (name == u"instant_power_draw")
            m_instantW = leadingNumber(value);
        else if (name == u"average_power_draw")
            m_averageW = leadingNumber(value);
        else if (name == u"power_limit" || name == u"current_power_limit") {
            if (const auto limit = leadingNumber(value))
                g.powerLimitW = limit;
        } else if (name == u"default_power_limit")
            g.powerLimitDefaultW = leadingNumber(value);
    }

    void process(const QString &path, const QByteArray &value)
    {
        const QString name = path.section(u'/', -1);
        if (name == u"pid")
            m_process->pid = wholeNumber(value);
        else if (name == u"type")
            m_process->type = text(value);
        else if (name == u"process_name")
            m_process->name = text(value);
        else if (name == u"used_memory")
            m_process->usedMib = mebibytes(value);
        else if (name == u"process_info") {
            if (m_process->pid)
                m_gpu->processes.push_back(*m_process);
            m_process.reset();
        }
    }

    void mig(const QString &path, const QByteArray &value)
    {
        const QString below = path.section(u'/', 2);
        if (below == u"index")
            m_mig->index = small(value);
        else if (below == u"gpu_instance_id")
            m_mig->gpuInstanceId = small(value);
        else if (below == u"compute_instance_id")
            m_mig->computeInstanceId = small(value);
        else if (below == u"fb_memory_usage/total")
            m_mig->memTotalMib = mebibytes(value);
        else if (below == u"fb_memory_usage/used")
            m_mig->memUsedMib = mebibytes(value);
        else if (below.isEmpty() && path.endsWith(u"mig_device")) {
            m_gpu->migDevices.push_back(*m_mig);
            m_mig.reset();
        }
    }

    static std::optional<QString> text(const QByteArray &value)
    {
        if (isAbsent(value))
            return std::nullopt;
        return decode(value);
    }

    static std::optional<int> small(const QByteArray &value)
    {
        const auto number = wholeNumber(value);
        if (!number || *number > 100000)
            return std::nullopt;
        return int(*number);
    }

    const QString m_whole;
    QXmlStreamReader m_xml;
    bool m_damaged = false;
    SmiReport m_report;
    QStringList m_path;
    QString m_text;
    std::optional<GpuInfo> m_gpu;
    std::optional<GpuProcess> m_process;
    std::optional<MigDevice> m_mig;
    std::optional<double> m_instantW;
    std::optional<double> m_averageW;
    bool m_closed = false;
};

} // namespace

tl::expected<SmiReport, SmiError> parseNvidiaSmiXml(QByteArrayView text)
{
    // Banners of noisy shells may stand in front, warnings ("infoROM is corrupted") behind; of the
    // documents of "-l" the last whole one counts.
    constexpr QByteArrayView closing("</nvidia_smi_log>");
    qsizetype start = -1;
    if (const qsizetype end = text.lastIndexOf(closing); end >= 0) {
        text = text.first(end + closing.size());
        start = text.lastIndexOf("<?xml");
    } else {
        start = text.indexOf("<?xml");
    }
    if (start < 0)
        start = text.indexOf("<nvidia_smi_log");
    if (start < 0) {
        if (auto error = recogniseSmiError(text))
            return tl::make_unexpected(*error);
        return tl::make_unexpected(
            SmiError{SmiFailure::Unreadable, decode(text).simplified().left(300)});
    }
    SmiReport report = XmlReader(cleanXml(text.sliced(start))).read();
    if (report.gpus.empty() && !report.driver) {
        if (auto error = recogniseSmiError(text); error && error->failure != SmiFailure::Empty)
            return tl::make_unexpected(*error);
        return tl::make_unexpected(SmiError{SmiFailure::Unreadable, QStringLiteral("cut off")});
    }
    // A driver that lost its only card still writes a document with a message in it.
    if (report.gpus.empty()) {
        if (auto error = recogniseSmiError(text.sliced(start)))
            return tl::make_unexpected(*error);
        if (report.attachedGpus == 0)
            return tl::make_unexpected(SmiError{SmiFailure::NoDevices, {}});
    }
    return report;
}

} // namespace core::probe
