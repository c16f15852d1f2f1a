// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/instances/ShareDialog.h"

#include "ui/common/Icons.h"
#include "ui/common/Label.h"
#include "ui/common/Theme.h"

#include <QBoxLayout>
#include <QDialogButtonBox>
#include <QDir>
#include <QFileDialog>
#include <QListWidget>
#include <QPushButton>

namespace ui::instances {

using core::profiles::Profile;

ShareDialog::ShareDialog(const std::vector<Profile> &profiles, const QStringList &chosen,
                         QWidget *parent)
    : QDialog(parent)
    , m_list(new QListWidget)
{
    setObjectName(QStringLiteral("shareDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Export instances"));
    auto *words = new Label(tr("Names, addresses, users, prices and host keys go along. Passwords, "
                               "passphrases, keys and notes never do."),
                            TextStyle::Body, TextTone::Secondary);
    words->setWordWrap(true);
    m_list->setObjectName(QStringLiteral("shareList"));
    m_list->setAccessibleName(tr("Instances to export"));
    m_list->setMinimumHeight(200);
    for (const Profile &profile : profiles) {
        auto *item = new QListWidgetItem(profile.name, m_list);
        item->setToolTip(
            QStringLiteral("%1@%2:%3").arg(profile.user, profile.host).arg(profile.port));
        item->setData(Qt::UserRole, profile.id);
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
        item->setCheckState(chosen.contains(profile.id) ? Qt::Checked : Qt::Unchecked);
    }
    auto *ticks = new QHBoxLayout;
    ticks->setSpacing(space::m);
    const auto addTick = [&](const QString &text, const char *name, bool ticked) {
        auto *button = new QPushButton(text);
        button->setObjectName(QLatin1StringView(name));
        button->setAutoDefault(false);
        setButtonKind(button, ButtonKind::Link);
        ticks->addWidget(button);
        connect(button, &QPushButton::clicked, this, [this, ticked] { tickAll(ticked); });
    };
    addTick(tr("All"), "shareAll", true);
    addTick(tr("None"), "shareNone", false);
    ticks->addStretch(1);

    auto *buttons = new QDialogButtonBox;
    buttons->addButton(tr("Cancel"), QDialogButtonBox::RejectRole);
    m_copy = buttons->addButton(tr("Copy as text"), QDialogButtonBox::ActionRole);
    m_copy->setObjectName(QStringLiteral("shareCopy"));
    m_copy->setIcon(icon(Icon::Copy, IconTone::Secondary));
    m_save = buttons->addButton(tr("Save as a file…"), QDialogButtonBox::ActionRole);
    m_save->setObjectName(QStringLiteral("shareSave"));
    m_save->setDefault(true);
    setButtonKind(m_save, ButtonKind::Primary);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::xl, space::xl, space::xl, space::l);
    layout->setSpacing(space::m);
    layout->addWidget(words);
    layout->addWidget(m_list, 1);
    layout->addLayout(ticks);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_copy, &QPushButton::clicked, this, [this] {
        Q_EMIT copyRequested(this->chosen());
        accept();
    });
    connect(m_save, &QPushButton::clicked, this, &ShareDialog::chooseFile);
    connect(m_list, &QListWidget::itemChanged, this, &ShareDialog::update);
    update();
    resize(440, sizeHint().height());
}

void ShareDialog::tickAll(bool ticked)
{
    for (int row = 0; row < m_list->count(); ++row)
        m_list->item(row)->setCheckState(ticked ? Qt::Checked : Qt::Unchecked);
}

QStringList ShareDialog::chosen() const
{
    QStringList ids;
    for (int row = 0; row < m_list->count(); ++row) {
        if (m_list->item(row)->checkState() == Qt::Checked)
            ids += m_list->item(row)->data(Qt::UserRole).toString();
    }
    return ids;
}

void ShareDialog::update()
{
    const bool any = !chosen().isEmpty();
    m_copy->setEnabled(any);
    m_save->setEnabled(any);
}

void ShareDialog::chooseFile()
{
    auto *dialog = new QFileDialog(this, tr("Export instances"), QDir::homePath());
    dialog->setObjectName(QStringLiteral("shareFileDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("json"));
    dialog->setNameFilters({tr("Danlu's instances (*.json)")});
    dialog->selectFile(QStringLiteral("danlu-instances.json"));
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        Q_EMIT saveRequested(chosen(), path);
        accept();
    });
    dialog->open();
}

} // namespace ui::instances
