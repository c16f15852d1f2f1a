// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/danlu-cli/Arguments.h"
#include "app/danlu-cli/Services.h"
#include "core/cost/CostReport.h"

#include <QJsonObject>
#include <QObject>

namespace cli {

/// "cost report [TARGET] [--since DATE]": what ran how long, and what that came to.
class CostCommand final : public QObject
{
    Q_OBJECT

public:
    CostCommand(const Arguments &arguments, Services &services, QObject *parent = nullptr);
    void start();
    void cancel();

Q_SIGNALS:
    void done(int exitCode);

private:
    struct Report
    {
        core::cost::Totals today;
        core::cost::Totals week;
        core::cost::Totals month;
        core::cost::Period period; ///< of what follows
        core::cost::CostReport since;
        core::cost::TimeMs now = 0;
    };
    [[nodiscard]] core::Result<Report> report() const;
    [[nodiscard]] core::Result<QString>
    instanceOf(const std::vector<core::cost::RunSlice> &slices) const;
    [[nodiscard]] QJsonObject lineJson(const core::cost::CostReport::Line &line,
                                       core::cost::TimeMs now) const;
    void printReport(const Report &report) const;
    void printText(const Report &report) const;

    const Arguments &m_arguments;
    Services &m_services;
};

} // namespace cli
