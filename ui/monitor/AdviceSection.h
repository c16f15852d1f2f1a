// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/advice/Finding.h"

#include <QWidget>

#include <map>

class QPushButton;
class QVBoxLayout;

namespace ui {
class Banner;
}

namespace ui::monitor {

/// What is wrong with how the instance is used, one strip each, the longest first: evidence, reason
/// and what to do. Takes no room while there is nothing to say, and not the charts' room when there
/// is much.
class AdviceSection : public QWidget
{
    Q_OBJECT

public:
    explicit AdviceSection(QWidget *parent = nullptr);

    void setFindings(const std::vector<core::advice::Finding> &findings);

Q_SIGNALS:
    /// The user has seen enough of it, on this instance.
    void silenceRequested(const QString &key);
    /// What takes the room on this disk?
    void spaceRequested(const QString &mount);
    /// Can it be stopped now?
    void safetyRequested();

protected:
    void changeEvent(QEvent *event) override;

private:
    struct Strip
    {
        Banner *banner = nullptr;
        core::advice::Finding finding;
    };
    void fill(Strip &strip);
    void showStrips();

    QVBoxLayout *m_column;
    QPushButton *m_more;
    std::map<QString, Strip> m_strips; ///< by the finding's key
    bool m_showsAll = false;
};

} // namespace ui::monitor
