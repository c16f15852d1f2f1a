// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/ChartPanel.h"

#include "ui/charts/TimeChart.h"
#include "ui/common/BigNumber.h"
#include "ui/common/Label.h"

#include <QBoxLayout>

namespace ui::charts {

ChartPanel::ChartPanel(ChartGroup &group, Size size, QWidget *parent)
    : QWidget(parent)
    , m_title(new ElidedLabel(size == Size::Full ? TextStyle::Strong : TextStyle::Caption,
                              size == Size::Full ? TextTone::Primary : TextTone::Secondary))
    , m_note(new ElidedLabel(TextStyle::Caption, TextTone::Secondary))
    , m_value(new BigNumber(size == Size::Full ? BigNumber::Size::Large : BigNumber::Size::Medium))
    , m_chart(new TimeChart(group))
{
    m_note->hide();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::xs);
    if (size == Size::Full) {
        m_head = new QHBoxLayout;
        m_head->setSpacing(space::m);
        // Cards side by side begin their charts at one height, whatever the size of their figures.
        m_head->addStrut(QFontMetrics(textFont(TextStyle::Display)).height());
        m_head->addWidget(m_title, 1, Qt::AlignVCenter);
        m_head->addWidget(m_value, 0, Qt::AlignVCenter);
        layout->addLayout(m_head);
        layout->addWidget(m_note);
    } else {
        m_chart->setCompact(true);
        m_value->setAlignment(Qt::AlignLeft);
        layout->setSpacing(1);
        layout->addWidget(m_title);
        layout->addWidget(m_value);
        layout->addWidget(m_note);
    }
    layout->addWidget(m_chart, 1);
}

void ChartPanel::setTitle(const QString &title, const QString &spoken)
{
    const QString name = spoken.isEmpty() ? title : spoken;
    m_title->setText(title);
    m_name = name;
    m_value->setLabel(name);
    if (m_second)
        m_second->setLabel(name);
    //: A chart, for screen readers: "GPU 0 power, chart"
    m_chart->setAccessibleName(tr("%1, chart").arg(name));
}

void ChartPanel::setNote(const QString &note, bool warning)
{
    m_note->setText(note);
    m_note->setTone(warning ? TextTone::Warning : TextTone::Secondary);
    m_note->setVisible(!note.isEmpty());
}

void ChartPanel::setValue(const QString &formatted)
{
    m_value->setText(formatted);
}

void ChartPanel::setSecondValue(const QString &formatted)
{
    if (!m_second && m_head) {
        m_value->setSize(BigNumber::Size::Medium);
        m_second = new BigNumber(BigNumber::Size::Medium);
        m_second->setLabel(m_name);
        m_head->addWidget(m_second, 0, Qt::AlignVCenter);
    }
    if (m_second)
        m_second->setText(formatted);
}

void ChartPanel::setWidestValue(const QString &formatted)
{
    m_value->setWidest(formatted);
}

void ChartPanel::setStale(bool stale)
{
    m_value->setDimmed(stale);
    if (m_second)
        m_second->setDimmed(stale);
}

QString ChartPanel::value() const
{
    return m_value->text();
}

} // namespace ui::charts
