// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/ChartGroup.h"

#include <QPointer>
#include <QWidget>

namespace core::fleet {
class Instance;
}

namespace ui::monitor {

class MonitorView;

/// Live figures of one instance.
class MonitorPage : public QWidget
{
    Q_OBJECT

public:
    explicit MonitorPage(QWidget *parent = nullptr);

    /// May be null; follows the instance's destruction.
    void setInstance(core::fleet::Instance *instance);
    [[nodiscard]] core::fleet::Instance *instance() const;

    /// The span that charts show, to be remembered between runs.
    [[nodiscard]] charts::ChartGroup::Span span() const;
    void setSpan(charts::ChartGroup::Span span);

Q_SIGNALS:
    void spanChanged();

private:
    void updateLink();
    void updateSample();

    QPointer<core::fleet::Instance> m_instance;
    MonitorView *m_view;
};

} // namespace ui::monitor
