// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/fleet/Tunnels.h"

#include <QDialog>
#include <QPointer>

class QComboBox;
class QFormLayout;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace ui {
class Label;
}

namespace ui::connections {

/// What a tunnel is to be: kind, ports, hosts. Says at once what can't be, and offers a free port.
class TunnelDialog final : public QDialog
{
    Q_OBJECT

public:
    /// \a tunnel: to be changed; null = a new one.
    TunnelDialog(core::fleet::Tunnels &tunnels, const core::fleet::Tunnel *tunnel,
                 QWidget *parent = nullptr);

    [[nodiscard]] core::probe::PortForward forward() const;
    /// Of the tunnel to be changed; 0 = a new one.
    [[nodiscard]] quint64 id() const { return m_id; }
    /// What saving said.
    void setProblem(const QString &problem);

Q_SIGNALS:
    /// It can be: the dialog is closed by whoever saves it.
    void saveRequested();

private:
    void kindChanged();
    void targetPortChanged();
    void check();
    [[nodiscard]] core::probe::PortForward::Kind kind() const;
    /// "" = nothing.
    [[nodiscard]] QString problem();

    core::fleet::Tunnels &m_tunnels;
    const quint64 m_id;
    const core::probe::PortForward m_before;
    QFormLayout *m_form;
    QComboBox *m_kind;
    QLineEdit *m_name;
    QSpinBox *m_port;
    QComboBox *m_bind;
    QLineEdit *m_host;
    QSpinBox *m_hostPort;
    Label *m_words;
    Label *m_problem;
    QPushButton *m_useFree;
    QPushButton *m_save;
    quint16 m_free = 0;
    bool m_portIsMine = true; ///< proposed, follows the target's
};

} // namespace ui::connections
