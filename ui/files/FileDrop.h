// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/files/FileDrag.h"

#include <QObject>
#include <QPoint>
#include <QRect>

class QDropEvent;
class QRubberBand;

namespace ui::files {

/// Takes files of this machine, and rows of the list, on a widget that stands for a directory or
/// several. A child of the widget.
class FileDrop final : public QObject
{
    Q_OBJECT

public:
    struct Place
    {
        QByteArray directory; ///< "" = nothing may be dropped here
        QRect box;            ///< of the widget, to be marked; null = none
        bool takesRows = true;
    };
    using PlaceAt = std::function<Place(const QPoint &position)>;

    FileDrop(QWidget *widget, PlaceAt placeAt);

Q_SIGNALS:
    void filesDropped(const QStringList &localPaths, const QByteArray &directory);
    void rowsDropped(const ui::files::DraggedRows &rows, const QByteArray &directory);
    /// "" = no longer.
    void hovered(const QByteArray &directory, bool areRows);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void follow(QDropEvent *event);
    void leave();

    PlaceAt m_placeAt;
    QRubberBand *m_band;
};

} // namespace ui::files
