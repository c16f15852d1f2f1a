// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/environment/SystemCard.h"

#include "ui/common/Format.h"
#include "ui/common/Label.h"
#include "ui/environment/EnvironmentWords.h"

#include <QBoxLayout>
#include <QEvent>
#include <QGridLayout>

namespace ui::environment {

using core::env::Report;
using core::env::ShellView;
using core::env::Tool;

namespace {

constexpr int rowCount = 8;

QString toolText(const std::optional<Tool> &tool)
{
    if (!tool)
        return format::absent();
    return QString::fromUtf8(tool->path) + u' ' + tool->version.value_or(QString());
}

std::optional<Tool> pythonOf(const ShellView &shell)
{
    return shell.python ? shell.python : shell.python3;
}

QString cacheText(const Report &report, const std::optional<core::env::Setting> &setting)
{
    if (setting && report.dataDisk && setting->value.startsWith(*report.dataDisk))
        //: Where a cache is
        return Words::tr("data disk");
    return mirrorText(setting);
}

} // namespace

SystemCard::SystemCard(QWidget *parent)
    : Card(parent)
    , m_hint(new Label(TextStyle::Caption, TextTone::Secondary))
{
    setObjectName(QStringLiteral("environmentSystem"));
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(space::l);
    grid->setVerticalSpacing(space::s);
    for (int i = 0; i < rowCount; ++i) {
        auto *label = new Label(TextStyle::Body, TextTone::Secondary);
        auto *value = new Label(TextStyle::Body);
        value->setTextInteractionFlags(Qt::TextSelectableByMouse);
        value->setWordWrap(true);
        value->setObjectName(QStringLiteral("environmentValue%1").arg(i));
        const int column = i % 2 * 2;
        grid->addWidget(label, i / 2, column, Qt::AlignTop);
        grid->addWidget(value, i / 2, column + 1, Qt::AlignTop);
        grid->setColumnStretch(column + 1, 1);
        m_rows.emplace_back(label, value);
    }
    m_hint->setObjectName(QStringLiteral("environmentHint"));
    m_hint->setWordWrap(true);
    body()->addLayout(grid);
    body()->addWidget(m_hint);
    show();
}

void SystemCard::setReport(const Report &report)
{
    m_report = report;
    show();
}

void SystemCard::changeEvent(QEvent *event)
{
    Card::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        show();
}

void SystemCard::show()
{
    const Report &report = m_report;
    const ShellView shell = report.shell() ? *report.shell() : ShellView();
    const QString none = format::absent();
    const auto set = [this](std::size_t row, const QString &label, const QString &value) {
        m_rows[row].first->setText(label);
        m_rows[row].second->setText(value);
        m_rows[row].second->setAccessibleName(label + QStringLiteral(": ") + value);
    };
    set(0, tr("System"), (report.os ? report.os->prettyName : std::nullopt).value_or(none));
    QString driver = (report.smi ? report.smi->driver : std::nullopt).value_or(none);
    if (report.smi && report.smi->cuda)
        //: %1 is the driver's version, %2 the newest CUDA that it can run
        driver = tr("%1, CUDA up to %2").arg(driver, *report.smi->cuda);
    set(1, tr("Driver"), driver);
    set(2, QStringLiteral("Python"), toolText(pythonOf(shell)));
    set(3, tr("CUDA toolkit"),
        report.toolkit ? report.toolkit->version + u' ' + QString::fromUtf8(report.toolkit->path)
                       : none);
    set(4, QStringLiteral("pip"), toolText(shell.pip));
    QString conda = none;
    if (const core::env::CondaBase *base = report.conda())
        conda = QString::fromUtf8(base->path) + u' ' + base->version.value_or(QString());
    set(5, QStringLiteral("conda"), conda);
    const core::env::Settings &now = report.settings;
    //: What pip, conda and Hugging Face are set to: mirrors, or where their caches are
    const QString three = tr("pip: %1, conda: %2, Hugging Face: %3");
    set(6, tr("Mirrors"),
        three.arg(mirrorText(now.pipIndex), mirrorText(now.condaChannel),
                  now.hfEndpoint ? QString::fromUtf8(now.hfEndpoint->value)
                                 : mirrorText(std::nullopt)));
    set(7, tr("Caches"),
        three.arg(cacheText(report, now.pipCache), cacheText(report, now.condaPkgs),
                  cacheText(report, now.hfHome)));
    QStringList hints;
    const auto scripts = report.login ? pythonOf(*report.login) : std::nullopt;
    if (report.interactive && report.login && pythonOf(*report.interactive) != scripts)
        hints += tr("This is what a terminal finds. Scripts and jobs without an environment find: "
                    "%1")
                     .arg(toolText(scripts));
    const auto python = pythonOf(shell);
    if (shell.pipPython && python && python->version &&
        !(*python->version + u'.').startsWith(*shell.pipPython + u'.'))
        hints += tr("pip installs for Python %1, which is not the one that python starts. \"python "
                    "-m pip\" is always the right one.")
                     .arg(*shell.pipPython);
    m_hint->setText(hints.join(u'\n'));
    m_hint->setVisible(!hints.isEmpty());
}

} // namespace ui::environment
