// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLocalServer>
#include <QLockFile>
#include <QObject>

namespace danlu {

/// One Danlu for a configuration folder: two would copy the same queue twice. Others that are
/// started ask the first one to come to the front.
class SingleInstance final : public QObject
{
    Q_OBJECT

public:
    /// \a directory: the configuration folder; made when it is not there.
    explicit SingleInstance(const QString &directory, QObject *parent = nullptr);

    /// False also when the folder can't be written to.
    [[nodiscard]] bool isFirst() const { return m_isFirst; }
    /// Asks the first one. \returns whether it has heard. Waits up to a second; before the event
    /// loop only.
    [[nodiscard]] bool raiseFirst() const;

Q_SIGNALS:
    void raiseAsked();

private:
    QLockFile m_lock;
    QString m_name; ///< of the socket or pipe
    QLocalServer m_server;
    bool m_isFirst = false;
};

} // namespace danlu
