// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include <array>

class QCheckBox;
class QLineEdit;
class QPushButton;

namespace ui::files {

/// Read, write and execute for owner, group and others; the octal number beside it.
class PermissionsDialog final : public QDialog
{
    Q_OBJECT

public:
    /// \a mode: permission bits, 07777. \a isLink: they are of what the link leads to.
    PermissionsDialog(const QString &name, quint32 mode, bool isLink, QWidget *parent = nullptr);

    [[nodiscard]] quint32 mode() const;

private:
    void build(const QString &name, bool isLink);
    void showMode(quint32 mode);
    void takeOctal(const QString &text);

    std::array<QCheckBox *, 9> m_boxes{};
    QLineEdit *m_octal;
    QPushButton *m_apply = nullptr;
    quint32 m_special = 0; ///< setuid, setgid, sticky: kept
};

} // namespace ui::files
