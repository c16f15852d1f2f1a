// SPDX-License-Identifier: GPL-3.0-or-later
// The cards of the page and their words.
#include "ui/common/Card.h"
#include "ui/common/Icons.h"
#include "ui/common/Label.h"
#include "ui/common/TableView.h"
#include "ui/environment/EnvironmentPage.h"
#include "ui/environment/PackageModel.h"
#include "ui/environment/SystemCard.h"

#include <QBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QToolButton>

namespace ui::environment {

namespace {

constexpr int environmentRows = 8;
constexpr int packageRows = 12;

} // namespace

QWidget *EnvironmentPage::buildTools()
{
    auto *tools = new QWidget;
    auto *layout = new QHBoxLayout(tools);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::m);
    m_time->setObjectName(QStringLiteral("environmentTime"));
    m_refresh->setObjectName(QStringLiteral("environmentRefresh"));
    m_refresh->setIcon(icon(Icon::Refresh, IconTone::Secondary));
    m_refresh->setAutoRaise(true);
    m_setUp->setObjectName(QStringLiteral("environmentSetUp"));
    m_setUp->setIcon(icon(Icon::Gear, IconTone::Secondary));
    m_setUp->setMenu(m_setUpMenu);
    m_setUpMenu->setObjectName(QStringLiteral("environmentSetUpMenu"));
    layout->addStretch(1);
    layout->addWidget(m_time);
    layout->addWidget(m_refresh);
    layout->addWidget(m_setUp);
    return tools;
}

QWidget *EnvironmentPage::buildEnvironments()
{
    m_table->setObjectName(QStringLiteral("environmentTable"));
    m_table->setSourceModel(m_model);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setVisibleRows(environmentRows);
    int section = 0;
    for (const int width : {240, 90, 150, 80, 100})
        m_table->horizontalHeader()->resizeSection(section++, width);
    m_table->horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder); // base stays first
    m_table->proxy()->sort(-1);
    m_reason->setObjectName(QStringLiteral("environmentReason"));
    m_reason->setWordWrap(true);
    m_noConda->setObjectName(QStringLiteral("environmentNoConda"));
    m_noConda->setWordWrap(true);
    m_noConda->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(space::s);
    const std::pair<QPushButton *, const char *> all[] = {
        {m_new, "environmentNew"},         {m_clone, "environmentClone"},
        {m_install, "environmentInstall"}, {m_remove, "environmentRemove"},
        {m_measure, "environmentMeasure"}, {m_fix, "environmentFix"}};
    for (const auto &[button, name] : all)
        button->setObjectName(QLatin1StringView(name));
    for (QPushButton *button : {m_new, m_clone, m_install, m_remove})
        buttons->addWidget(button);
    buttons->addStretch(1);
    buttons->addWidget(m_measure);
    setButtonKind(m_new, ButtonKind::Primary);
    setButtonKind(m_remove, ButtonKind::Destructive);
    setButtonKind(m_measure, ButtonKind::Plain);
    auto *why = new QHBoxLayout;
    why->setSpacing(space::m);
    why->addWidget(m_reason, 1);
    why->addWidget(m_fix);
    m_environmentsCard->body()->addWidget(m_noConda);
    m_environmentsCard->body()->addWidget(m_table);
    m_environmentsCard->body()->addLayout(why);
    m_environmentsCard->body()->addLayout(buttons);
    return m_environmentsCard;
}

QWidget *EnvironmentPage::buildPackages()
{
    m_packageTable->setObjectName(QStringLiteral("environmentPackages"));
    m_packageTable->setSourceModel(m_packages);
    m_packageTable->sortByColumn(PackageModel::Name, Qt::AscendingOrder);
    m_packageTable->setVisibleRows(packageRows);
    m_packageTable->proxy()->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_packageTable->proxy()->setFilterKeyColumn(PackageModel::Name);
    m_packageTable->horizontalHeader()->resizeSection(0, 280);
    m_packageTable->horizontalHeader()->resizeSection(1, 180);
    m_filter->setObjectName(QStringLiteral("environmentFilter"));
    m_filter->setClearButtonEnabled(true);
    m_filter->setMinimumWidth(160);
    m_filter->addAction(icon(Icon::Search, IconTone::Hint), QLineEdit::LeadingPosition);
    m_count->setObjectName(QStringLiteral("environmentCount"));
    m_packagesCard->addToTitle(m_count);
    m_packagesCard->addToTitle(m_filter);
    m_packagesCard->body()->addWidget(m_packageTable);
    return m_packagesCard;
}

void EnvironmentPage::retranslate()
{
    setAccessibleName(tr("Environment"));
    m_refresh->setToolTip(tr("Look again"));
    m_refresh->setAccessibleName(m_refresh->toolTip());
    //: A button with a menu: mirrors, caches, conda init, apt
    m_setUp->setText(tr("Set up"));
    m_setUp->setAccessibleName(m_setUp->text());
    m_system->setTitle(tr("System"));
    m_environmentsCard->setTitle(tr("Environments"));
    m_table->setAccessibleName(tr("Environments"));
    m_new->setText(tr("New…"));
    m_clone->setText(tr("Clone…"));
    m_install->setText(tr("Install packages…"));
    m_remove->setText(tr("Remove…"));
    m_fix->setText(tr("Install one that works…"));
    for (QPushButton *button : {m_new, m_clone, m_install, m_remove, m_fix})
        button->setAccessibleName(button->text());
    m_noConda->setText(
        tr("There is no conda here. Images of PyTorch have it; or install Miniconda in a terminal: "
           "get Miniconda3-latest-Linux-x86_64.sh from a mirror and run \"bash "
           "Miniconda3-latest-Linux-x86_64.sh -b -p ~/miniconda3\"."));
    m_packageTable->setAccessibleName(tr("Packages"));
    m_filter->setPlaceholderText(tr("Filter"));
    m_filter->setAccessibleName(tr("Filter the packages"));
    m_model->retranslate();
    m_packages->retranslate();
    showState();
    showSelected();
}

} // namespace ui::environment
