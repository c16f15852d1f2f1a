// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/jobs/JobSpec.h"

#include <QDialog>

#include <functional>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;

namespace ui {
class Label;
}

namespace ui::environment {

/// Asks what an action needs to know, shows the very command that will run while it is typed, and
/// starts it.
class ActionDialog final : public QDialog
{
    Q_OBJECT

public:
    using Maker = std::function<core::Result<core::jobs::JobSpec>()>;

    ActionDialog(const QString &title, const QString &startText, QWidget *parent = nullptr);

    /// A sentence under the title.
    void setWords(const QString &words);
    /// Above the command; the label is the field's accessible name.
    QLineEdit *addLine(const QString &label, const char *name, const QString &placeholder = {});
    QComboBox *addChoice(const QString &label, const char *name, const QStringList &choices);
    /// What can't be undone is done by a button that says so.
    void setDestructive();
    /// Asked whenever a field changes, and once more by the button. \a isEmpty of the first field
    /// shows no complaint: it is seen.
    void setMaker(Maker maker);

Q_SIGNALS:
    void startRequested(const core::jobs::JobSpec &spec);

private:
    void update();

    QFormLayout *m_form;
    Label *m_words;
    QPlainTextEdit *m_command;
    Label *m_problem;
    QPushButton *m_start;
    QPushButton *m_cancel;
    QList<QLineEdit *> m_lines;
    Maker m_maker;
};

} // namespace ui::environment
