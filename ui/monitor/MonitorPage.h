// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/ChartGroup.h"

#include <QPointer>
#include <QWidget>

namespace core::fleet {
class AdviceWatch;
class Instance;
} // namespace core::fleet

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

    /// Whose findings are shown; outlives this.
    void setAdvice(const core::fleet::AdviceWatch *advice);

    /// The span that charts show, to be remembered between runs.
    [[nodiscard]] charts::ChartGroup::Span span() const;
    void setSpan(charts::ChartGroup::Span span);

Q_SIGNALS:
    void spanChanged();
    /// "Not again" for a finding of the instance shown.
    void silenceRequested(core::fleet::Instance *instance, const QString &key);
    /// What takes the room on this disk of the instance shown?
    void spaceRequested(core::fleet::Instance *instance, const QString &mount);
    /// Somebody wants to know whether the instance shown can be stopped.
    void safetyRequested();

private:
    void updateLink();
    void updateSample();
    void updateFindings();

    QPointer<core::fleet::Instance> m_instance;
    const core::fleet::AdviceWatch *m_advice = nullptr;
    MonitorView *m_view;
};

} // namespace ui::monitor
