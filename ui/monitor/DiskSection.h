// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/probe/SystemInfo.h"
#include "ui/common/Card.h"

namespace ui::monitor {

class DiskRow;

/// The disks that matter to a person: how full in bytes and in files, what they are for and what
/// happens to what lies on them.
class DiskSection : public Card
{
    Q_OBJECT

public:
    explicit DiskSection(QWidget *parent = nullptr);

    void setDisks(const std::vector<core::probe::DiskInfo> &disks, bool autodl, bool stale);

Q_SIGNALS:
    void spaceRequested(const QString &mount);

protected:
    void changeEvent(QEvent *event) override;

private:
    std::vector<DiskRow *> m_rows;
    std::vector<core::probe::DiskInfo> m_disks;
    bool m_autodl = false;
    bool m_stale = false;
    bool m_known = false;
};

} // namespace ui::monitor
