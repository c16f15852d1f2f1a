// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/SecretBytes.h"

#include <QObject>
#include <QTimer>

#include <chrono>

class QClipboard;

namespace core {
class Clock;
}

namespace ui {

/// Copies secrets: marked so that clipboard managers keep no copy (KDE's and GNOME's hint, Windows'
/// clipboard history and cloud, macOS' concealed type), and taken off the clipboard after 30 s, or
/// when this object ends, unless something else was copied meanwhile.
class SecretClipboard final : public QObject
{
    Q_OBJECT

public:
    static constexpr std::chrono::seconds lifetime{30};

    SecretClipboard(QClipboard &clipboard, const core::Clock &clock, QObject *parent = nullptr);
    ~SecretClipboard() override;

    void copy(const core::SecretBytes &secret);
    /// A copied secret is still there.
    [[nodiscard]] bool isHolding() const;

Q_SIGNALS:
    void copied();
    void cleared(); ///< by time; not when something else was copied

private:
    void lookAtClock();
    void forget();

    QClipboard &m_clipboard;
    const core::Clock &m_clock;
    core::SecretBytes m_secret;
    std::chrono::system_clock::time_point m_since;
    std::chrono::steady_clock::time_point m_steadySince;
    QTimer m_tick{this};
};

} // namespace ui
