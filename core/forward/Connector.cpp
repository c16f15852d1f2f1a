// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/forward/Connector.h"

#include "core/forward/NativeSocket.h"

#include <QHostInfo>

#include <chrono>
#include <utility>

namespace core::forward {

using namespace std::chrono_literals;

namespace {

constexpr auto patience = 20s; ///< with each address
constexpr auto grace = 200ms;

} // namespace

Connector::Connector(const QString &host, quint16 port, QObject *parent)
    : QObject(parent)
    , m_port(port)
{
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, [this] {
        // After a sleep the answer may be here and only not looked at yet.
        if (!std::exchange(m_isLate, true)) {
            m_deadline.start(grace);
            return;
        }
        m_words = QStringLiteral("timed out");
        giveUp();
        tryNext();
    });
    const QHostAddress address(host);
    if (!address.isNull()) {
        m_addresses = {address};
        QMetaObject::invokeMethod(this, &Connector::tryNext, Qt::QueuedConnection);
        return;
    }
    m_lookup = QHostInfo::lookupHost(host, this, [this](const QHostInfo &info) {
        m_lookup = -1;
        m_addresses = info.addresses();
        m_words = info.errorString();
        tryNext();
    });
}

Connector::~Connector()
{
    if (m_lookup >= 0)
        QHostInfo::abortHostLookup(m_lookup);
    giveUp();
}

void Connector::giveUp()
{
    ++m_attempt;
    m_deadline.stop();
    m_writable.reset();
    m_exception.reset();
    if (m_socket >= 0)
        native::close(m_socket, false);
    m_socket = -1;
}

void Connector::tryNext()
{
    while (!m_addresses.isEmpty()) {
        const native::Attempt attempt = native::startConnecting(m_addresses.takeFirst(), m_port);
        if (attempt.socket < 0) {
            m_words = attempt.problem;
            continue;
        }
        m_socket = attempt.socket;
        m_writable = std::make_unique<QSocketNotifier>(m_socket, QSocketNotifier::Write);
        m_exception = std::make_unique<QSocketNotifier>(m_socket, QSocketNotifier::Exception);
        for (QSocketNotifier *notifier : {m_writable.get(), m_exception.get()})
            connect(
                notifier, &QSocketNotifier::activated, this,
                [this, mine = m_attempt] {
                    if (mine == m_attempt)
                        onAnswer();
                },
                Qt::QueuedConnection); // it is deleted there
        m_isLate = false;
        m_deadline.start(patience);
        return;
    }
    Q_EMIT failed(m_words);
}

void Connector::onAnswer()
{
    const QString problem = native::connectProblem(m_socket);
    if (!problem.isEmpty()) {
        m_words = problem;
        giveUp();
        tryNext();
        return;
    }
    const qintptr descriptor = std::exchange(m_socket, -1);
    giveUp();
    Q_EMIT connected(descriptor);
}

} // namespace core::forward
