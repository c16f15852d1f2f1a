// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QHBoxLayout;
class QVBoxLayout;

namespace ui {

class ElidedLabel;

/// A rounded surface with an optional title row. Content goes into body(); small things that belong
/// to the title (a figure, a chip, a button) into addToTitle(), which keeps to the right.
class Card : public QWidget
{
    Q_OBJECT
    Q_CLASSINFO("accessibleRole", "group")

public:
    explicit Card(QWidget *parent = nullptr);

    void setTitle(const QString &title);
    [[nodiscard]] QString title() const;
    /// Secondary words after the title: "RTX 4090".
    void setSubtitle(const QString &subtitle);
    void addToTitle(QWidget *widget);
    [[nodiscard]] QVBoxLayout *body() const { return m_body; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void ensureTitleRow();

    QVBoxLayout *m_body;
    QWidget *m_titleRow = nullptr;
    QHBoxLayout *m_titleLayout = nullptr;
    ElidedLabel *m_title = nullptr;
    ElidedLabel *m_subtitle = nullptr;
};

} // namespace ui
