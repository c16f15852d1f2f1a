// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/Card.h"

class QLabel;
class QLineEdit;
class QPushButton;

namespace ui {
class ElidedLabel;
class Label;
} // namespace ui

namespace ui::connections {

/// One web page of the instance that opens with one click, and the command that was run for it.
class ServiceCard final : public Card
{
    Q_OBJECT

public:
    /// \a name: of the objects in it, "jupyter" gives "jupyterOpen" and so on.
    explicit ServiceCard(const char *name, QWidget *parent = nullptr);

    void setWords(const QString &title, const QString &words, const QString &button);
    /// A field for a folder, before the button.
    void addFolder(const QString &folder);
    void setFolderWords(const QString &name);
    [[nodiscard]] QString folder() const;
    void setFolder(const QString &folder);
    /// The command, as it is run; "" = none yet.
    void setCommand(const QString &command);
    /// While it is busy the button cancels.
    void setBusy(bool busy);
    void setUsable(bool usable);

Q_SIGNALS:
    void openRequested();
    void cancelRequested();

private:
    void update();

    QString m_name;
    QString m_open;
    Label *m_words;
    Label *m_command;
    QPushButton *m_copy;
    QLineEdit *m_folder = nullptr;
    QLabel *m_folderName = nullptr;
    QPushButton *m_button;
    bool m_isBusy = false;
    bool m_isUsable = false;
};

} // namespace ui::connections
