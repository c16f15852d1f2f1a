// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/monitor/DiskRow.h"

#include "ui/common/Format.h"
#include "ui/common/Label.h"
#include "ui/common/Theme.h"
#include "ui/common/UsageBar.h"
#include "ui/monitor/Facts.h"

#include <QGridLayout>
#include <QPushButton>

namespace ui::monitor {

namespace {

// Bytes run out while a checkpoint is written, files all at once: warn about these later.
constexpr double bytesWarn = 0.85;
constexpr double bytesBad = 0.95;
constexpr double filesWarn = 0.90;
constexpr double filesBad = 0.97;

} // namespace

DiskRow::DiskRow(QWidget *parent)
    : QWidget(parent)
    , m_role(new ElidedLabel(TextStyle::Strong))
    , m_mount(new ElidedLabel(TextStyle::Caption, TextTone::Secondary))
    , m_fate(new ElidedLabel(TextStyle::Caption, TextTone::Secondary))
    , m_space(new QPushButton)
    , m_bytes{new ElidedLabel, new UsageBar}
    , m_files{new ElidedLabel, new UsageBar}
{
    m_mount->setElideMode(Qt::ElideMiddle);
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, space::xs, 0, space::xs);
    grid->setHorizontalSpacing(space::xl);
    grid->setVerticalSpacing(space::xs);
    grid->addWidget(m_role, 0, 0);
    grid->addWidget(m_mount, 1, 0, Qt::AlignTop);
    grid->addWidget(m_bytes.words, 0, 1);
    grid->addWidget(m_bytes.bar, 1, 1);
    grid->addWidget(m_files.words, 0, 2);
    grid->addWidget(m_files.bar, 1, 2);
    m_space->setObjectName(QStringLiteral("diskSpace"));
    setButtonKind(m_space, ButtonKind::Link);
    grid->addWidget(m_space, 2, 0, Qt::AlignLeft);
    grid->addWidget(m_fate, 2, 1, 1, 2);
    connect(m_space, &QPushButton::clicked, this, [this] { Q_EMIT spaceRequested(m_mountPoint); });
    // Equal in all rows whatever their words, so that bars stand under each other.
    for (int column = 0; column < 3; ++column) {
        grid->setColumnMinimumWidth(column, 120);
        grid->setColumnStretch(column, column == 1 ? 5 : 4);
    }
    for (QWidget *widget :
         std::initializer_list<QWidget *>{m_role, m_mount, m_fate, m_bytes.words, m_files.words})
        widget->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
}

void DiskRow::setMeasure(const Measure &measure, const QString &words, std::optional<double> part,
                         double warn, double bad)
{
    QString text = words;
    if (part) {
        //: How full a disk is: "12.1 / 30 GB (40 %)"
        text = (*part >= bad ? tr("%1 (%2, almost full)") : tr("%1 (%2)"))
                   .arg(words, format::percent(*part * 100));
    }
    measure.words->setText(text);
    measure.words->setTone(part && *part >= bad ? TextTone::Warning : TextTone::Primary);
    measure.bar->setLimits(warn, bad);
    measure.bar->setPart(part);
    measure.bar->setAccessibleName(text);
}

void DiskRow::setDisk(const core::probe::DiskInfo &disk, bool autodl, bool stale)
{
    setAccessibleName(roleName(disk.role) + QStringLiteral(", ") + disk.mount);
    m_role->setText(roleName(disk.role));
    m_mount->setText(disk.mount);
    m_mountPoint = disk.mount;
    m_space->setText(tr("What takes the room?"));
    m_space->setAccessibleName(tr("What takes the room on %1?").arg(disk.mount));
    // What the provider shares with everybody is not the user's to tidy, and too large to count.
    m_space->setVisible(disk.role != core::probe::DiskRole::Public);
    m_space->setEnabled(!stale);
    QStringList about{disk.mount};
    if (disk.source)
        about << *disk.source;
    if (disk.fstype)
        about << *disk.fstype;
    m_mount->setToolTip(about.join(u'\n'));

    setMeasure(m_bytes, format::bytesOf(asDouble(disk.usedBytes), asDouble(disk.totalBytes)),
               partOf(asDouble(disk.usedBytes), asDouble(disk.totalBytes)), bytesWarn, bytesBad);
    const bool countsFiles = disk.inodesTotal && *disk.inodesTotal > 0;
    const QString files =
        //: Files on a disk and how many it can hold: "580 / 200 k files"
        tr("%1 / %2 files")
            .arg(format::shortCount(disk.inodesUsed), format::shortCount(disk.inodesTotal));
    setMeasure(m_files, files, partOf(asDouble(disk.inodesUsed), asDouble(disk.inodesTotal)),
               filesWarn, filesBad);
    m_files.words->setToolTip(
        tr("%1 / %2 files").arg(format::count(disk.inodesUsed), format::count(disk.inodesTotal)));
    m_files.words->setVisible(countsFiles);
    m_files.bar->setVisible(countsFiles);
    m_bytes.bar->setDimmed(stale);
    m_files.bar->setDimmed(stale);
    const QString fate = diskFate(disk.role, autodl);
    m_fate->setText(fate);
    m_fate->setVisible(!fate.isEmpty());
}

} // namespace ui::monitor
