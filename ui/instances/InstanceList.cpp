// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/instances/InstanceList.h"

#include "core/fleet/Fleet.h"
#include "core/fleet/SpendingWatch.h"
#include "ui/common/Theme.h"
#include "ui/instances/InstanceDelegate.h"
#include "ui/models/InstanceListModel.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QMenu>
#include <QPointer>

namespace ui::instances {

using core::fleet::Instance;

InstanceList::InstanceList(core::fleet::Fleet &fleet, QWidget *parent)
    : QListView(parent)
    , m_model(new models::InstanceListModel(fleet, this))
    , m_delegate(new InstanceDelegate(this))
{
    setObjectName(QStringLiteral("instanceList"));
    setAccessibleName(tr("Instances"));
    setModel(m_model);
    setItemDelegate(m_delegate);
    setFrameShape(QFrame::NoFrame);
    setMouseTracking(true);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setEditTriggers(EditKeyPressed);
    setDragDropMode(InternalMove);
    setDefaultDropAction(Qt::MoveAction);
    connect(m_model, &models::InstanceListModel::renameRequested, this,
            &InstanceList::renameRequested);
    connect(m_model, &models::InstanceListModel::moveRequested, this, &InstanceList::moveRequested);
    connect(this, &QListView::doubleClicked, this, [this](const QModelIndex &index) {
        if (Instance *instance = m_model->at(index))
            instance->connectNow();
    });
}

Instance *InstanceList::current() const
{
    return m_model->at(currentIndex());
}

void InstanceList::setSpending(const core::fleet::SpendingWatch &spending)
{
    m_delegate->setSpending(&spending);
    connect(&spending, &core::fleet::SpendingWatch::changed, this, [this] {
        scheduleDelayedItemsLayout(); // a price makes a row higher
        viewport()->update();
    });
}

Instance *InstanceList::instanceAt(const QPoint &position) const
{
    return m_model->at(indexAt(position));
}

void InstanceList::select(const Instance *instance)
{
    setCurrentIndex(m_model->indexOf(instance));
}

void InstanceList::currentChanged(const QModelIndex &now, const QModelIndex &previous)
{
    QListView::currentChanged(now, previous);
    Q_EMIT currentInstanceChanged(m_model->at(now));
}

void InstanceList::copyLogin(const Instance &instance) const
{
    const auto &profile = instance.profile();
    QString command =
        QStringLiteral("ssh -p %1 %2@%3").arg(profile.port).arg(profile.user, profile.host);
    if (!profile.jump.isEmpty())
        command += QStringLiteral(" -J ") + profile.jump;
    QGuiApplication::clipboard()->setText(command);
}

void InstanceList::contextMenuEvent(QContextMenuEvent *event)
{
    const QPoint at = event->reason() == QContextMenuEvent::Keyboard
                          ? visualRect(currentIndex()).center()
                          : event->pos();
    const QPointer<Instance> instance = m_model->at(indexAt(at)); // may go while the menu is open
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (instance) {
        if (instance->state() == Instance::State::Disconnected ||
            instance->state() == Instance::State::Failed)
            menu->addAction(tr("Connect"), instance.data(), &Instance::connectNow);
        else
            menu->addAction(tr("Disconnect"), instance.data(), &Instance::disconnectNow);
        menu->addSeparator();
        menu->addAction(tr("Rename"), QKeySequence(Qt::Key_F2), this,
                        [this] { edit(currentIndex()); });
        menu->addAction(tr("Edit…"), this, [this, instance] {
            if (instance)
                Q_EMIT editRequested(instance);
        });
        menu->addAction(tr("Copy login command"), this, [this, instance] {
            if (instance)
                copyLogin(*instance);
        });
        if (instance->profile().auth == core::profiles::AuthKind::Password) {
            menu->addAction(tr("Copy password"), this,
                            [this, instance] {
                                if (instance)
                                    Q_EMIT copyPasswordRequested(instance);
                            })
                ->setObjectName(QStringLiteral("copyPassword"));
        }
        menu->addAction(tr("Copy for sharing"), this,
                        [this, instance] {
                            if (instance)
                                Q_EMIT shareRequested(instance);
                        })
            ->setObjectName(QStringLiteral("copyForSharing"));
        menu->addAction(tr("Export…"), this,
                        [this, instance] {
                            if (instance)
                                Q_EMIT exportRequested(instance);
                        })
            ->setObjectName(QStringLiteral("exportInstances"));
        menu->addSeparator();
        menu->addAction(tr("Remove…"), QKeySequence(Qt::Key_Delete), this, [this, instance] {
            if (instance)
                Q_EMIT removeRequested(instance);
        });
    } else {
        menu->addAction(tr("Paste login command"), QKeySequence::Paste, this,
                        &InstanceList::pasteRequested);
        QAction *exportAll = menu->addAction(tr("Export instances…"), this,
                                             [this] { Q_EMIT exportRequested(nullptr); });
        exportAll->setObjectName(QStringLiteral("exportInstances"));
        exportAll->setEnabled(m_model->rowCount() > 0);
    }
    menu->popup(viewport()->mapToGlobal(at));
}

void InstanceList::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Paste)) {
        Q_EMIT pasteRequested();
    } else if (event->matches(QKeySequence::Delete) && current()) {
        Q_EMIT removeRequested(current());
    } else if (event->matches(QKeySequence::Copy) && current()) {
        copyLogin(*current());
    } else if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && current() &&
               state() != EditingState) {
        current()->connectNow();
    } else {
        QListView::keyPressEvent(event);
    }
}

} // namespace ui::instances
