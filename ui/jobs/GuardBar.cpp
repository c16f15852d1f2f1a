// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/GuardBar.h"

#include "ui/common/Label.h"
#include "ui/jobs/JobWords.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QEvent>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QToolButton>

namespace ui::jobs {

using core::jobs::GuardSpec;

namespace {

constexpr double bytesInKb = 1024; // as ui/common/Format counts

int wholeKb(double bytes)
{
    return qRound(bytes / bytesInKb);
}

} // namespace

GuardBar::GuardBar(QWidget *parent)
    : QWidget(parent)
    , m_switch(new QCheckBox)
    , m_minutes(new QSpinBox)
    , m_show(new QToolButton)
    , m_limits(new QWidget(this))
    , m_limitsWords(new Label(TextStyle::Body, TextTone::Secondary))
    , m_defaults(new QToolButton)
{
    m_switch->setObjectName(QStringLiteral("idleGuard"));
    m_minutes->setObjectName(QStringLiteral("idleMinutes"));
    m_minutes->setRange(5, 24 * 60);
    m_minutes->setSingleStep(5);
    m_show->setObjectName(QStringLiteral("idleLimitsShow"));
    m_show->setIcon(icon(Icon::Gear, IconTone::Secondary));
    m_show->setCheckable(true);
    m_show->setFocusPolicy(Qt::StrongFocus);
    m_limits->setObjectName(QStringLiteral("idleLimits"));
    m_limits->hide();
    m_defaults->setObjectName(QStringLiteral("idleDefaults"));
    m_defaults->setFocusPolicy(Qt::StrongFocus);
    auto *bar = new QHBoxLayout(this);
    bar->setContentsMargins(0, 0, 0, 0);
    bar->setSpacing(space::s);
    for (QWidget *one : {static_cast<QWidget *>(m_switch), static_cast<QWidget *>(m_minutes),
                         static_cast<QWidget *>(m_show)})
        bar->addWidget(one);
    auto *row = new QHBoxLayout(m_limits);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::s);
    row->addStretch(1);
    row->addWidget(m_limitsWords);
    m_gpu = addLimit("idleGpu", 100, 1);
    m_cpu = addLimit("idleCpu", 9900, 5);
    m_disk = addLimit("idleDisk", 99'999, 100);
    m_network = addLimit("idleNetwork", 99'999, 10);
    row->addWidget(m_defaults);
    fill(GuardSpec());
    connect(m_switch, &QCheckBox::toggled, this, &GuardBar::switched);
    connect(m_show, &QToolButton::toggled, m_limits, &QWidget::setVisible);
    connect(m_defaults, &QToolButton::clicked, this, [this] {
        GuardSpec spec;
        spec.idleFor = std::chrono::minutes(m_minutes->value());
        fill(spec);
    });
    retranslate();
}

QSpinBox *GuardBar::addLimit(const char *name, int most, int step)
{
    auto *field = new QSpinBox;
    field->setObjectName(QLatin1StringView(name));
    field->setRange(1, most); // 0 could never be met
    field->setSingleStep(step);
    m_limits->layout()->addWidget(field);
    return field;
}

void GuardBar::fill(const GuardSpec &spec)
{
    m_minutes->setValue(int(spec.idleFor.count()));
    m_gpu->setValue(qRound(spec.gpuPercent));
    m_cpu->setValue(qRound(spec.cpuPercent));
    m_disk->setValue(wholeKb(spec.diskBytesPerS));
    m_network->setValue(wholeKb(spec.netBytesPerS));
}

GuardSpec GuardBar::spec() const
{
    GuardSpec spec;
    spec.idleFor = std::chrono::minutes(m_minutes->value());
    spec.gpuPercent = m_gpu->value();
    spec.cpuPercent = m_cpu->value();
    spec.diskBytesPerS = m_disk->value() * bytesInKb;
    spec.netBytesPerS = m_network->value() * bytesInKb;
    return spec;
}

void GuardBar::setSpec(const GuardSpec &spec)
{
    if (!m_switch->isChecked())
        fill(spec);
}

void GuardBar::setState(const std::optional<GuardSpec> &armed, bool canSwitch)
{
    const QSignalBlocker quiet(m_switch);
    m_switch->setChecked(armed.has_value());
    m_switch->setEnabled(canSwitch);
    for (QWidget *field : {static_cast<QWidget *>(m_minutes), static_cast<QWidget *>(m_gpu),
                           static_cast<QWidget *>(m_cpu), static_cast<QWidget *>(m_disk),
                           static_cast<QWidget *>(m_network), static_cast<QWidget *>(m_defaults)})
        field->setEnabled(canSwitch && !armed);
    if (armed)
        fill(*armed);
}

void GuardBar::retranslate()
{
    m_switch->setText(tr("Power off when idle for"));
    m_switch->setAccessibleName(m_switch->text());
    m_switch->setToolTip(tr("Idle is what stays below all limits for so long. What can't be read "
                            "counts as busy. The instance watches itself, also when Danlu is "
                            "closed.") +
                         u'\n' + runsText(GuardSpec().powerOff));
    m_minutes->setAccessibleName(tr("Minutes without work"));
    //: After a number in a field
    m_minutes->setSuffix(tr(" min"));
    m_show->setAccessibleName(tr("What counts as idle"));
    m_show->setToolTip(m_show->accessibleName());
    m_limitsWords->setText(tr("Idle is below:"));
    const auto name = [](QSpinBox *field, const QString &words, const QString &tip) {
        field->setAccessibleName(words);
        field->setToolTip(words + u'\n' + tip);
    };
    name(m_gpu, tr("GPU limit in percent"), tr("Of the busiest GPU."));
    name(m_cpu, tr("CPU limit in percent of one core"),
         tr("100 % is one core in full use. Danlu's charts take some percent themselves."));
    name(m_disk, tr("Disk limit in KB/s"), tr("Read and written together."));
    name(m_network, tr("Network limit in KB/s"),
         tr("Both ways together. A download that is slower than this does not keep the instance "
            "on; Danlu itself takes up to 30 KB/s."));
    //: Before a number in a field: a limit
    m_gpu->setPrefix(tr("GPU "));
    m_gpu->setSuffix(QStringLiteral(" %"));
    //: Before a number in a field: a limit
    m_cpu->setPrefix(tr("CPU "));
    m_cpu->setSuffix(QStringLiteral(" %"));
    //: Before a number in a field: a limit
    m_disk->setPrefix(tr("Disk "));
    m_disk->setSuffix(QStringLiteral(" KB/s"));
    //: Before a number in a field: a limit
    m_network->setPrefix(tr("Network "));
    m_network->setSuffix(QStringLiteral(" KB/s"));
    m_defaults->setText(tr("Usual limits"));
    m_defaults->setAccessibleName(m_defaults->text());
}

void GuardBar::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace ui::jobs
