// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/monitor/SystemSection.h"

#include "ui/common/Format.h"
#include "ui/common/Label.h"
#include "ui/common/ResponsiveGrid.h"
#include "ui/monitor/Facts.h"

#include <QBoxLayout>
#include <QEvent>

namespace ui::monitor {

SystemSection::SystemSection(QWidget *parent)
    : Card(parent)
{
    setObjectName(QStringLiteral("systemSection"));
    auto *grid = new ResponsiveGrid(190, 4);
    for (Row &row : m_rows) {
        row.name = new ElidedLabel(TextStyle::Caption, TextTone::Secondary);
        row.value = new ElidedLabel;
        auto *cell = new QWidget;
        auto *layout = new QVBoxLayout(cell);
        layout->setContentsMargins(0, 0, 0, 0);
        layout->setSpacing(2);
        layout->addWidget(row.name);
        layout->addWidget(row.value);
        grid->addWidget(cell);
    }
    retranslate();
    body()->addLayout(grid);
}

void SystemSection::setSample(const core::metrics::Sample &sample)
{
    const auto set = [this](Fact fact, const QString &value) {
        Row &row = m_rows[std::size_t(fact)];
        row.value->setText(value.isEmpty() ? format::absent() : value);
        row.value->setAccessibleName(row.name->text() + QStringLiteral(": ") + row.value->text());
    };
    set(Host, sample.host.hostname.value_or(QString()));
    set(System, sample.host.os.prettyName.value_or(sample.host.os.id.value_or(QString())));
    set(Kernel, sample.host.kernel.value_or(QString()));
    set(Driver, sample.driver.value_or(QString()));
    //: %1 is a CUDA version; the toolkit in the image may be older
    set(Cuda, sample.cuda ? tr("up to %1").arg(*sample.cuda) : QString());
    set(Uptime, format::duration(sample.host.uptimeSeconds));
    set(CpuSource, sourceWords(sample.cpu.source));
    set(MemorySource, sourceWords(sample.memory.source));
}

void SystemSection::retranslate()
{
    setTitle(tr("System"));
    const std::array<QString, FactCount> names{
        tr("Host name"),
        tr("Operating system"),
        tr("Kernel"),
        tr("NVIDIA driver"),
        //: The highest CUDA that the driver can run
        tr("CUDA (highest the driver can run)"),
        //: How long the container runs
        tr("Running for"),
        tr("CPU figures from"),
        tr("Memory figures from"),
    };
    for (std::size_t i = 0; i < names.size(); ++i)
        m_rows[i].name->setText(names[i]);
}

void SystemSection::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    Card::changeEvent(event);
}

} // namespace ui::monitor
