// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/Sample.h"
#include "ui/common/Card.h"

#include <array>

namespace ui {
class ElidedLabel;
}

namespace ui::monitor {

/// What the instance is made of: system, kernel, driver, CUDA, how long it runs, where figures come
/// from.
class SystemSection : public Card
{
    Q_OBJECT

public:
    explicit SystemSection(QWidget *parent = nullptr);

    void setSample(const core::metrics::Sample &sample);

protected:
    void changeEvent(QEvent *event) override;

private:
    enum Fact { Host, System, Kernel, Driver, Cuda, Uptime, CpuSource, MemorySource, FactCount };
    void retranslate();

    struct Row
    {
        ui::ElidedLabel *name = nullptr;
        ui::ElidedLabel *value = nullptr;
    };
    std::array<Row, FactCount> m_rows;
};

} // namespace ui::monitor
