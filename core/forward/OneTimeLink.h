// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Result.h"

#include <QByteArray>
#include <QObject>
#include <QTcpServer>
#include <QTimer>
#include <QUrl>

#include <chrono>

namespace core::forward {

/// Gives a web page's address to the browser without its secret part showing on a command line,
/// where every user of the machine can read it: the browser is started with url(), which answers
/// once, with a redirect to the page. Over loopback; ends with the first use or when it gets old.
class OneTimeLink final : public QObject
{
    Q_OBJECT

public:
    /// \a target: http or https.
    explicit OneTimeLink(QUrl target, QObject *parent = nullptr);
    ~OneTimeLink() override;

    /// Starts to listen. LocalIo where no port can be had.
    [[nodiscard]] Result<QUrl> listen(std::chrono::milliseconds lifetime = std::chrono::minutes(1));

Q_SIGNALS:
    /// Used, or too old. Once; nothing listens any more.
    void finished(bool wasUsed);

private:
    void takeConnection();
    void readRequest(QTcpSocket *socket);
    void end(bool wasUsed);

    QUrl m_target;
    QByteArray m_path; ///< nobody guesses it
    QTcpServer m_server;
    QTimer m_lifetime;
    bool m_hasEnded = false;
};

} // namespace core::forward
