// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/SecretClipboard.h"

#include "core/base/Clock.h"

#include <QClipboard>
#include <QMimeData>

namespace ui {

using namespace std::chrono_literals;

SecretClipboard::SecretClipboard(QClipboard &clipboard, const core::Clock &clock, QObject *parent)
    : QObject(parent)
    , m_clipboard(clipboard)
    , m_clock(clock)
{
    m_tick.setInterval(500ms);
    connect(&m_tick, &QTimer::timeout, this, &SecretClipboard::lookAtClock);
    connect(&m_clipboard, &QClipboard::dataChanged, this, [this] {
        if (!m_secret.isEmpty() && !isHolding())
            forget(); // something else was copied
    });
}

SecretClipboard::~SecretClipboard()
{
    if (isHolding())
        m_clipboard.clear();
}

void SecretClipboard::copy(const core::SecretBytes &secret)
{
    auto *data = new QMimeData;
    data->setText(QString::fromUtf8(secret.view()));
    // Each platform's word for "keep no copy": KDE's Klipper and others on Unix, the history and
    // the cloud clipboard of Windows, nspasteboard.org for macOS.
    data->setData(QStringLiteral("x-kde-passwordManagerHint"), "secret");
    data->setData(QStringLiteral("application/x-qt-windows-mime;value=\""
                                 "ExcludeClipboardContentFromMonitorProcessing\""),
                  "1");
    data->setData(QStringLiteral("application/x-nspasteboard-concealed-type"), "1");
    m_secret = secret;
    m_since = m_clock.now();
    m_steadySince = m_clock.steadyNow();
    m_clipboard.setMimeData(data);
    m_tick.start();
    Q_EMIT copied();
}

bool SecretClipboard::isHolding() const
{
    if (m_secret.isEmpty())
        return false;
    QString text = m_clipboard.text();
    return core::SecretBytes::takeFrom(text) == m_secret;
}

/// Either clock will do: the steady one stands still while the machine sleeps, the other may be
/// set.
void SecretClipboard::lookAtClock()
{
    if (m_clock.now() - m_since < lifetime && m_clock.steadyNow() - m_steadySince < lifetime)
        return;
    const bool holding = isHolding();
    forget();
    if (!holding)
        return;
    m_clipboard.clear();
    Q_EMIT cleared();
}

void SecretClipboard::forget()
{
    m_tick.stop();
    m_secret.clear();
}

} // namespace ui
