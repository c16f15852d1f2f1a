// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/Icons.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace ui {

class IconView;

/// What a page shows when it has nothing to show: why, and what to do about it. Centred, narrow.
class EmptyState : public QWidget
{
    Q_OBJECT
    Q_CLASSINFO("accessibleRole", "group")

public:
    explicit EmptyState(QWidget *parent = nullptr);

    void set(const QIcon &sign, const QString &title, const QString &text);
    /// The primary button, below the words.
    QPushButton *addAction(const QString &text);
    /// For further content under the words (a field, chips).
    [[nodiscard]] QVBoxLayout *body() const { return m_body; }

private:
    IconView *m_sign;
    QLabel *m_title;
    QLabel *m_text;
    QVBoxLayout *m_body;
};

} // namespace ui
