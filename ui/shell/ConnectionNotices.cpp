// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/ConnectionNotices.h"

#include "core/fleet/Fleet.h"
#include "ui/common/Describe.h"

#include <QTimer>

namespace ui::shell {

using core::fleet::Instance;
using State = Instance::State;

namespace {

/// That it is back takes the place of that it was lost.
QString topicOf(const QString &id)
{
    return QStringLiteral("connection ") + id;
}

} // namespace

ConnectionNotices::ConnectionNotices(core::fleet::Fleet &fleet, Notifier &notifier,
                                     std::function<void(const QString &id)> open,
                                     std::chrono::milliseconds patience, QObject *parent)
    : QObject(parent)
    , m_notifier(notifier)
    , m_open(std::move(open))
    , m_patience(patience)
{
    for (Instance *instance : fleet.instances())
        follow(instance);
    connect(&fleet, &core::fleet::Fleet::added, this, &ConnectionNotices::follow);
    connect(&fleet, &core::fleet::Fleet::aboutToRemove, this, [this](Instance *instance) {
        instance->disconnect(this);
        delete m_watches.take(instance->id()).timer;
    });
}

void ConnectionNotices::follow(Instance *instance)
{
    Watch watch;
    watch.wasConnected = instance->state() == State::Connected;
    watch.timer = new QTimer(this);
    watch.timer->setSingleShot(true);
    connect(watch.timer, &QTimer::timeout, instance, [this, instance] { tellLost(*instance); });
    m_watches.insert(instance->id(), watch);
    connect(instance, &Instance::stateChanged, this, [this, instance] { look(*instance); });
}

void ConnectionNotices::look(Instance &instance)
{
    Watch &watch = m_watches[instance.id()];
    switch (instance.state()) {
    case State::Connected:
        watch.timer->stop();
        if (std::exchange(watch.isTold, false))
            tellBack(instance);
        watch.wasConnected = true;
        break;
    case State::Disconnected: // on purpose
        watch.timer->stop();
        watch.wasConnected = watch.isTold = false;
        break;
    case State::Failed:
        // No further try comes: there is nothing to wait for.
        watch.timer->stop();
        if (watch.wasConnected && !watch.isTold)
            tellLost(instance);
        watch.wasConnected = false;
        break;
    default:
        if (watch.wasConnected && !watch.isTold && !watch.timer->isActive())
            watch.timer->start(m_patience);
        break;
    }
}

void ConnectionNotices::tellLost(Instance &instance)
{
    m_watches[instance.id()].isTold = true;
    const QString id = instance.id();
    const bool goesOn = instance.state() != State::Failed;
    const QString why = instance.lastError() ? describe(*instance.lastError()).title : QString();
    const QString next = goesOn ? tr("Danlu goes on trying to connect.") : QString();
    QStringList words{why, next};
    words.removeAll(QString());
    //: %1 is the instance's name
    m_notifier.notify({Notification::Kind::Warning,
                       tr("%1 is disconnected").arg(instance.profile().name), words.join(u'\n'),
                       [open = m_open, id] { open(id); }, topicOf(id)});
}

void ConnectionNotices::tellBack(Instance &instance)
{
    const QString id = instance.id();
    //: %1 is the instance's name
    m_notifier.notify({Notification::Kind::Good,
                       tr("%1 is connected again").arg(instance.profile().name),
                       {},
                       [open = m_open, id] { open(id); },
                       topicOf(id)});
}

} // namespace ui::shell
