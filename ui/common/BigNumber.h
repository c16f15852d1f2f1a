// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace ui {

/// A figure to be read from across the room, its unit small beside it: "97 %", "18.3 / 24 GB".
/// Right-aligned by default, so that changing digits do not move what stands before it.
class BigNumber : public QWidget
{
    Q_OBJECT
    Q_CLASSINFO("accessibleRole", "text")

public:
    enum class Size { Large, Medium };
    explicit BigNumber(Size size = Size::Large, QWidget *parent = nullptr);

    void setSize(Size size);
    /// \a formatted as ui::format makes it: what follows the last unit space is set small.
    void setText(const QString &formatted);
    [[nodiscard]] const QString &text() const { return m_text; }
    /// Names the figure for screen readers: "GPU 0 utilisation".
    void setLabel(const QString &label);
    void setColour(const QColor &colour); ///< invalid = the text colour
    void setDimmed(bool dimmed);          ///< the figure is old
    void setAlignment(Qt::Alignment alignment);
    /// Keeps room for this text at least, so that the layout stays still while digits change.
    void setWidest(const QString &formatted);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    [[nodiscard]] QFont numberFont() const;
    [[nodiscard]] QFont unitFont() const;
    [[nodiscard]] int widthOf(const QString &text) const;

    Size m_size;
    QString m_text;
    QString m_label;
    QString m_widest;
    QColor m_colour;
    Qt::Alignment m_alignment = Qt::AlignRight;
    bool m_dimmed = false;
};

} // namespace ui
