// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/fleet/Instance.h"
#include "core/jobs/JobBackend.h"
#include "core/jobs/JobSpec.h"

#include <QPointer>
#include <QWidget>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QHBoxLayout;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QSpinBox;

namespace ui {
class Label;
}

namespace ui::jobs {

/// What is asked before a job begins, and the very text that will run.
class StartPanel final : public QWidget
{
    Q_OBJECT

public:
    explicit StartPanel(QWidget *parent = nullptr);

    /// For \a instance; what was typed stays.
    void begin(core::fleet::Instance *instance);
    /// As an earlier job was.
    void setSpec(const core::jobs::JobSpec &spec);
    [[nodiscard]] core::jobs::JobSpec spec() const;
    /// The connection may be another, or more be known of the instance.
    void refresh();
    /// While the job is being started.
    void setBusy(bool busy);
    /// Nothing typed is worth keeping any more.
    void clear();

Q_SIGNALS:
    void startRequested(const core::jobs::JobSpec &spec);
    void left();

protected:
    void changeEvent(QEvent *event) override;

private:
    QPlainTextEdit *makeText(const char *name, int rows);
    void build();
    void addRow(QFormLayout *form, Label *label, QWidget *field);
    void addRow(QFormLayout *form, Label *label, QLayout *field, QWidget *buddy);
    void retranslate();
    void showGpus();
    void askEnvironments();
    void update();
    [[nodiscard]] QString problem() const;

    QPointer<core::fleet::Instance> m_instance;
    QString m_environmentsOf; ///< whose environments are listed
    QByteArray m_condaBase;   ///< theirs, or the earlier job's; "" = not known
    bool m_busy = false;
    core::jobs::JobId m_id; ///< the one shown; a started job gets its own

    QPlainTextEdit *m_command;
    QLineEdit *m_name;
    QLineEdit *m_directory;
    QComboBox *m_environment;
    QPlainTextEdit *m_variables;
    QWidget *m_gpus;
    QHBoxLayout *m_gpuRow;
    std::vector<QCheckBox *> m_gpuBoxes;
    QCheckBox *m_acceleration;
    QComboBox *m_then;
    QSpinBox *m_countdown;
    QPlainTextEdit *m_fetch;
    Label *m_thenWords;
    QPlainTextEdit *m_preview;
    Label *m_launch;
    Label *m_problem;
    QPushButton *m_start;
    QPushButton *m_cancel;
    std::vector<std::pair<Label *, const char *>> m_labels; ///< with their words
};

} // namespace ui::jobs
