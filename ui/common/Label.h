// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/Theme.h"

#include <QLabel>

namespace ui {

/// A QLabel in one of the window's text styles and tones; plain text, never clickable.
class Label : public QLabel
{
    Q_OBJECT

public:
    explicit Label(TextStyle style, TextTone tone = TextTone::Primary, QWidget *parent = nullptr);
    Label(const QString &text, TextStyle style, TextTone tone = TextTone::Primary,
          QWidget *parent = nullptr);
    void setTone(TextTone tone);
};

/// One line that ends with "…" when there is no room, and then shows the whole text as tool tip.
class ElidedLabel : public QWidget
{
    Q_OBJECT
    Q_CLASSINFO("accessibleRole", "text")

public:
    explicit ElidedLabel(TextStyle style = TextStyle::Body, TextTone tone = TextTone::Primary,
                         QWidget *parent = nullptr);
    void setText(const QString &text);
    [[nodiscard]] const QString &text() const { return m_text; }
    void setElideMode(Qt::TextElideMode mode);
    void setAlignment(Qt::Alignment alignment);
    void setTone(TextTone tone);
    [[nodiscard]] bool isElided() const;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;

private:
    QString m_text;
    Qt::TextElideMode m_mode = Qt::ElideRight;
    Qt::Alignment m_alignment = Qt::AlignLeft;
    bool m_nameFollowsText = true;
};

} // namespace ui
