// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSplitter>

namespace ui::catalog {

/// Two things beside each other, or one below the other where there is no room for that.
class SideBySide final : public QSplitter
{
    Q_OBJECT

public:
    /// \a share: of the first, in percent.
    SideBySide(QWidget *first, QWidget *second, int share, QWidget *parent = nullptr);

protected:
    QSplitterHandle *createHandle() override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void share();

    int m_share;
};

} // namespace ui::catalog
