// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/env/Report.h"
#include "ui/common/Card.h"

#include <vector>

namespace ui {
class Label;
}

namespace ui::environment {

/// What there is beside the environments: system, driver, CUDA, what the shells find, mirrors and
/// caches.
class SystemCard final : public Card
{
    Q_OBJECT

public:
    explicit SystemCard(QWidget *parent = nullptr);

    void setReport(const core::env::Report &report);

protected:
    void changeEvent(QEvent *event) override;

private:
    void show();

    core::env::Report m_report;
    std::vector<std::pair<Label *, Label *>> m_rows;
    Label *m_hint;
};

} // namespace ui::environment
