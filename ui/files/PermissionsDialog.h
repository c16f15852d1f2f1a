// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include <array>

class QCheckBox;
class QLineEdit;

namespace ui::files {

/// Read, write and execute for owner, group and others; the octal number beside it.
class PermissionsDialog final : public QDialog
{
    Q_OBJECT

public:
    /// \a mode: permission bits, 07777.
    PermissionsDialog(const QString &name, quint32 mode, QWidget *parent = nullptr);

    [[nodiscard]] quint32 mode() const;

private:
    void showMode(quint32 mode);

    std::array<QCheckBox *, 9> m_boxes{};
    QLineEdit *m_octal;
    quint32 m_special = 0; ///< setuid, setgid, sticky: kept
};

} // namespace ui::files
