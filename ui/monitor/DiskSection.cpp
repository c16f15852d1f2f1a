// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/monitor/DiskSection.h"

#include "ui/common/Label.h"
#include "ui/monitor/DiskRow.h"

#include <QBoxLayout>
#include <QEvent>

#include <algorithm>

namespace ui::monitor {

DiskSection::DiskSection(QWidget *parent)
    : Card(parent)
{
    setObjectName(QStringLiteral("diskSection"));
    setTitle(tr("Disks"));
}

void DiskSection::setDisks(const std::vector<core::probe::DiskInfo> &disks, bool autodl, bool stale)
{
    if (m_known && disks == m_disks && autodl == m_autodl && stale == m_stale)
        return;
    m_known = true;
    m_disks = disks;
    m_autodl = autodl;
    m_stale = stale;
    std::vector<core::probe::DiskInfo> shown;
    std::copy_if(disks.begin(), disks.end(), std::back_inserter(shown), core::probe::isRealDisk);
    std::stable_sort(shown.begin(), shown.end(),
                     [](const auto &a, const auto &b) { return a.role < b.role; });
    while (m_rows.size() < shown.size()) {
        auto *row = new DiskRow(this);
        connect(row, &DiskRow::spaceRequested, this, &DiskSection::spaceRequested);
        body()->addWidget(row);
        m_rows.push_back(row);
    }
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        m_rows[i]->setVisible(i < shown.size());
        if (i < shown.size())
            m_rows[i]->setDisk(shown[i], autodl, stale);
    }
    setVisible(!shown.empty());
}

void DiskSection::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange) {
        setTitle(tr("Disks"));
        if (std::exchange(m_known, false))
            setDisks(std::vector<core::probe::DiskInfo>(m_disks), m_autodl, m_stale);
    }
    Card::changeEvent(event);
}

} // namespace ui::monitor
