// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/AccessibleRoles.h"

#include <QAccessibleWidget>
#include <QMetaClassInfo>
#include <QWidget>

namespace ui {

namespace {

/// A widget without inner parts: what is below it (the viewport of a chart) is no element of its
/// own.
class Leaf final : public QAccessibleWidget
{
public:
    Leaf(QWidget *widget, QAccessible::Role role)
        : QAccessibleWidget(widget, role)
    {
    }
    [[nodiscard]] int childCount() const override { return 0; }
    [[nodiscard]] QAccessibleInterface *child(int) const override { return nullptr; }
    [[nodiscard]] int indexOfChild(const QAccessibleInterface *) const override { return -1; }
};

QAccessibleInterface *makeInterface(const QString &, QObject *object)
{
    if (!object || !object->isWidgetType())
        return nullptr;
    const QMetaObject *meta = object->metaObject();
    const int index = meta->indexOfClassInfo("accessibleRole");
    if (index < 0)
        return nullptr;
    auto *widget = static_cast<QWidget *>(object);
    const QLatin1StringView role(meta->classInfo(index).value());
    if (role == QLatin1StringView("group"))
        return new QAccessibleWidget(widget, QAccessible::Grouping);
    if (role == QLatin1StringView("chart"))
        return new Leaf(widget, QAccessible::Chart);
    if (role == QLatin1StringView("graphic"))
        return new Leaf(widget, QAccessible::Graphic);
    if (role == QLatin1StringView("indicator"))
        return new Leaf(widget, QAccessible::Indicator);
    return new Leaf(widget, QAccessible::StaticText);
}

} // namespace

void installAccessibleRoles()
{
    QAccessible::installFactory(makeInterface);
}

} // namespace ui
