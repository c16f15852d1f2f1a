// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/Notifier.h"

#include <QHash>
#include <QObject>

#include <chrono>
#include <functional>

class QTimer;

namespace core::fleet {
class Fleet;
class Instance;
} // namespace core::fleet

namespace ui::shell {

/// Tells when a connected instance is lost and when it is back. A loss that mends itself at once is
/// not told, nor is what the user did.
class ConnectionNotices final : public QObject
{
    Q_OBJECT

public:
    /// \a open: shows the instance. \a patience: how long a loss may last untold.
    ConnectionNotices(core::fleet::Fleet &fleet, Notifier &notifier,
                      std::function<void(const QString &id)> open,
                      std::chrono::milliseconds patience, QObject *parent = nullptr);

private:
    struct Watch
    {
        bool wasConnected = false;
        bool isTold = false;
        QTimer *timer = nullptr;
    };

    void follow(core::fleet::Instance *instance);
    void look(core::fleet::Instance &instance);
    void tellLost(core::fleet::Instance &instance);
    void tellBack(core::fleet::Instance &instance);

    Notifier &m_notifier;
    std::function<void(const QString &id)> m_open;
    std::chrono::milliseconds m_patience;
    QHash<QString, Watch> m_watches; ///< by the instance's id
};

} // namespace ui::shell
