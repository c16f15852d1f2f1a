// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/StartPanel.h"

#include "core/base/ShellQuote.h"
#include "core/probe/SystemInfo.h"
#include "core/ssh/Exec.h"
#include "ui/common/Label.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QFontMetrics>
#include <QFormLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSpinBox>

#include <algorithm>

namespace ui::jobs {

using namespace std::chrono_literals;
using core::jobs::EndAction;
using core::jobs::JobSpec;

namespace {

constexpr int formWidth = 720;

QByteArrayList linesOf(const QPlainTextEdit *field)
{
    QByteArrayList lines;
    for (const QString &line : field->toPlainText().split(u'\n')) {
        if (!line.trimmed().isEmpty())
            lines.append(line.trimmed().toUtf8());
    }
    return lines;
}

} // namespace

StartPanel::StartPanel(QWidget *parent)
    : QWidget(parent)
    , m_id("ID")
    , m_command(makeText("jobCommand", 4))
    , m_name(new QLineEdit)
    , m_directory(new QLineEdit)
    , m_environment(new QComboBox)
    , m_variables(makeText("jobVariables", 2))
    , m_gpus(new QWidget)
    , m_gpuRow(new QHBoxLayout(m_gpus))
    , m_acceleration(new QCheckBox)
    , m_then(new QComboBox)
    , m_countdown(new QSpinBox)
    , m_fetch(makeText("jobFetch", 2))
    , m_thenWords(new Label(TextStyle::Caption, TextTone::Secondary))
    , m_preview(makeText("jobPreview", 6))
    , m_launch(new Label(TextStyle::Caption, TextTone::Secondary))
    , m_problem(new Label(TextStyle::Caption, TextTone::Warning))
    , m_start(new QPushButton)
    , m_cancel(new QPushButton)
{
    setObjectName(QStringLiteral("startJobPanel"));
    m_name->setObjectName(QStringLiteral("jobName"));
    m_directory->setObjectName(QStringLiteral("jobDirectory"));
    m_environment->setObjectName(QStringLiteral("jobEnvironment"));
    m_environment->setEditable(true);
    m_environment->setInsertPolicy(QComboBox::NoInsert);
    m_acceleration->setObjectName(QStringLiteral("jobAcceleration"));
    m_then->setObjectName(QStringLiteral("jobThen"));
    for (int i = 0; i < 3; ++i)
        m_then->addItem(QString());
    m_countdown->setObjectName(QStringLiteral("jobCountdown"));
    m_countdown->setRange(10, 3600);
    m_countdown->setSingleStep(30);
    m_countdown->setValue(60);
    m_preview->setReadOnly(true);
    m_launch->setObjectName(QStringLiteral("jobLaunch"));
    m_launch->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_problem->setObjectName(QStringLiteral("jobProblem"));
    m_gpuRow->setContentsMargins(0, 0, 0, 0);
    m_gpuRow->setSpacing(space::l);
    m_start->setObjectName(QStringLiteral("jobStart"));
    setButtonKind(m_start, ButtonKind::Primary);
    m_cancel->setObjectName(QStringLiteral("jobStartCancel"));
    for (QLabel *label : {static_cast<QLabel *>(m_thenWords), static_cast<QLabel *>(m_launch)})
        label->setWordWrap(true);
    build();
    for (QPlainTextEdit *field : {m_command, m_variables, m_fetch})
        connect(field, &QPlainTextEdit::textChanged, this, &StartPanel::update);
    for (QLineEdit *field : {m_name, m_directory})
        connect(field, &QLineEdit::textChanged, this, &StartPanel::update);
    connect(m_environment, &QComboBox::editTextChanged, this, &StartPanel::update);
    connect(m_acceleration, &QCheckBox::toggled, this, &StartPanel::update);
    connect(m_then, &QComboBox::currentIndexChanged, this, &StartPanel::update);
    connect(m_countdown, &QSpinBox::valueChanged, this, &StartPanel::update);
    connect(m_start, &QPushButton::clicked, this, [this] { Q_EMIT startRequested(spec()); });
    connect(m_cancel, &QPushButton::clicked, this, &StartPanel::left);
    retranslate();
}

QPlainTextEdit *StartPanel::makeText(const char *name, int rows)
{
    auto *field = new QPlainTextEdit;
    field->setObjectName(QLatin1StringView(name));
    field->setTabChangesFocus(true);
    field->setFont(textFont(TextStyle::Mono));
    const int line = QFontMetrics(field->font()).lineSpacing();
    field->setFixedHeight(line * rows + 2 * space::s + 2);
    return field;
}

void StartPanel::addRow(QFormLayout *form, Label *label, QWidget *field)
{
    label->setBuddy(field);
    form->addRow(label, field);
}

void StartPanel::addRow(QFormLayout *form, Label *label, QLayout *field, QWidget *buddy)
{
    label->setBuddy(buddy);
    form->addRow(label, field);
}

void StartPanel::build()
{
    const auto label = [this](const char *words) {
        auto *made = new Label(TextStyle::Body, TextTone::Secondary);
        m_labels.emplace_back(made, words);
        return made;
    };
    auto *inner = new QWidget;
    inner->setMaximumWidth(formWidth);
    auto *form = new QFormLayout(inner);
    form->setContentsMargins(0, 0, space::s, 0);
    form->setHorizontalSpacing(space::l);
    form->setVerticalSpacing(space::s);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->setRowWrapPolicy(QFormLayout::DontWrapRows);
    addRow(form, label(QT_TR_NOOP("Command")), m_command);
    addRow(form, label(QT_TR_NOOP("Directory")), m_directory);
    addRow(form, label(QT_TR_NOOP("Conda environment")), m_environment);
    addRow(form, label(QT_TR_NOOP("GPUs")), m_gpus);
    addRow(form, label(QT_TR_NOOP("Variables")), m_variables);
    form->addRow(QString(), m_acceleration);
    addRow(form, label(QT_TR_NOOP("Name")), m_name);
    addRow(form, label(QT_TR_NOOP("Fetch when done")), m_fetch);
    auto *then = new QHBoxLayout;
    then->setSpacing(space::s);
    then->addWidget(m_then, 1);
    then->addWidget(m_countdown);
    addRow(form, label(QT_TR_NOOP("When it has ended")), then, m_then);
    form->addRow(QString(), m_thenWords);
    addRow(form, label(QT_TR_NOOP("This runs")), m_preview);
    form->addRow(QString(), m_launch);
    auto *scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidget(inner);
    scroll->viewport()->setAutoFillBackground(false);
    inner->setAutoFillBackground(false);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(space::s);
    buttons->addWidget(m_start);
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_problem, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::m);
    layout->addWidget(scroll, 1);
    layout->addLayout(buttons);
}

void StartPanel::retranslate()
{
    for (const auto &[label, words] : m_labels) {
        label->setText(tr(words));
        if (label->buddy())
            label->buddy()->setAccessibleName(label->text());
    }
    m_command->setPlaceholderText(QStringLiteral("python train.py --epochs 90"));
    m_directory->setPlaceholderText(tr("The home folder"));
    m_environment->lineEdit()->setPlaceholderText(tr("None: as in a fresh terminal"));
    m_variables->setPlaceholderText(QStringLiteral("WANDB_MODE=offline"));
    m_name->setPlaceholderText(tr("The command's first line"));
    m_fetch->setPlaceholderText(tr("best.pt, one file, folder or pattern a line"));
    m_acceleration->setText(tr("Academic acceleration (source /etc/network_turbo)"));
    m_acceleration->setAccessibleName(m_acceleration->text());
    m_then->setItemText(0, tr("Nothing more happens"));
    m_then->setItemText(1, tr("The instance powers itself off"));
    m_then->setItemText(2, tr("The instance powers itself off if it succeeded"));
    //: After a number in a field: a countdown
    m_countdown->setSuffix(tr(" s countdown"));
    m_countdown->setAccessibleName(tr("Countdown in seconds"));
    m_start->setText(tr("Start the job"));
    m_start->setAccessibleName(m_start->text());
    m_cancel->setText(tr("Cancel"));
    m_cancel->setAccessibleName(m_cancel->text());
    update();
}

void StartPanel::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void StartPanel::begin(core::fleet::Instance *instance)
{
    if (instance != m_instance) {
        if (m_instance)
            disconnect(m_instance, nullptr, this, nullptr);
        m_instance = instance;
        m_directory->clear();
        if (instance)
            connect(instance, &core::fleet::Instance::sampleArrived, this, [this] {
                if (m_gpuBoxes.empty())
                    refresh(); // the first one
            });
    }
    if (m_directory->text().isEmpty() && instance && instance->sample()) {
        for (const core::probe::DiskInfo &disk : instance->sample()->disks) {
            if (disk.role == core::probe::DiskRole::Data)
                m_directory->setText(disk.mount);
        }
    }
    showGpus();
    askEnvironments();
    update();
    m_command->setFocus();
}

void StartPanel::refresh()
{
    showGpus();
    update();
}

/// One box each, where there is something to choose.
void StartPanel::showGpus()
{
    const auto sample = m_instance ? m_instance->sample() : nullptr;
    const std::size_t count = sample ? sample->gpus.size() : 0;
    if (count != m_gpuBoxes.size()) {
        for (QCheckBox *box : m_gpuBoxes)
            delete box;
        m_gpuBoxes.clear();
        while (QLayoutItem *item = m_gpuRow->takeAt(0))
            delete item;
        for (std::size_t i = 0; i < count; ++i) {
            auto *box = new QCheckBox(QString::number(i));
            box->setObjectName(QStringLiteral("jobGpu%1").arg(i));
            box->setChecked(true);
            connect(box, &QCheckBox::toggled, this, &StartPanel::update);
            m_gpuRow->addWidget(box);
            m_gpuBoxes.push_back(box);
        }
        m_gpuRow->addStretch(1);
    }
    for (std::size_t i = 0; i < m_gpuBoxes.size(); ++i)
        m_gpuBoxes[i]->setAccessibleName(tr("GPU %1").arg(i));
    const bool any = count > 1;
    m_gpus->setVisible(any);
    for (const auto &[label, words] : m_labels) {
        if (label->buddy() == m_gpus)
            label->setVisible(any);
    }
}

/// The names that conda knows, once for an instance.
void StartPanel::askEnvironments()
{
    if (!m_instance || !m_instance->session() || m_environmentsOf == m_instance->id())
        return;
    m_environmentsOf = m_instance->id();
    core::ssh::ExecOptions options;
    options.timeout = 20s;
    m_condaBase.clear();
    core::ssh::Exec *exec = m_instance->session()->exec(
        "exec bash -lc " +
            core::shellQuote(core::jobs::condaPathText("conda") + "; conda env list 2>/dev/null"),
        options);
    connect(exec, &core::Operation::finished, this, [this, exec, id = m_environmentsOf] {
        exec->deleteLater();
        if (id != m_environmentsOf)
            return;
        const auto list = core::probe::parseCondaEnvs(exec->standardOutput());
        const QString typed = m_environment->currentText();
        m_environment->clear();
        m_environment->addItem(QString());
        if (list) {
            for (const core::probe::CondaEnv &one : list->envs) {
                m_environment->addItem(one.name.isEmpty() ? one.path : one.name);
                if (one.name == u"base" && m_condaBase.isEmpty())
                    m_condaBase = one.path.toUtf8();
            }
        }
        m_environment->setCurrentText(typed);
        update();
    });
}

void StartPanel::setSpec(const JobSpec &spec)
{
    m_command->setPlainText(QString::fromUtf8(spec.command));
    m_name->setText(QString::fromUtf8(spec.name));
    m_directory->setText(QString::fromUtf8(spec.directory));
    m_environment->setCurrentText(QString::fromUtf8(spec.condaEnvironment));
    if (!spec.condaBase.isEmpty())
        m_condaBase = spec.condaBase;
    QStringList variables;
    for (const core::jobs::JobVariable &one : spec.variables)
        variables.append(QString::fromUtf8(one.name + '=' + one.value));
    m_variables->setPlainText(variables.join(u'\n'));
    m_acceleration->setChecked(spec.acceleration);
    for (std::size_t i = 0; i < m_gpuBoxes.size(); ++i)
        m_gpuBoxes[i]->setChecked(!spec.gpus || spec.gpus->contains(QByteArray::number(int(i))));
    m_fetch->setPlainText(QString::fromUtf8(spec.fetch.join('\n')));
    // Not the end action: a power-off is never carried over unasked.
    m_then->setCurrentIndex(0);
    update();
}

JobSpec StartPanel::spec() const
{
    JobSpec spec;
    spec.command = m_command->toPlainText().toUtf8();
    spec.name = m_name->text().trimmed().toUtf8();
    spec.directory = m_directory->text().trimmed().toUtf8();
    spec.condaEnvironment = m_environment->currentText().trimmed().toUtf8();
    if (!spec.condaEnvironment.isEmpty())
        spec.condaBase = m_condaBase;
    spec.acceleration = m_acceleration->isChecked();
    QByteArrayList gpus;
    for (std::size_t i = 0; i < m_gpuBoxes.size(); ++i) {
        if (m_gpuBoxes[i]->isChecked())
            gpus.append(QByteArray::number(int(i)));
    }
    if (gpus.size() < qsizetype(m_gpuBoxes.size()))
        spec.gpus = gpus;
    for (const QByteArray &line : linesOf(m_variables)) {
        const qsizetype equals = line.indexOf('=');
        spec.variables.push_back(
            {line.left(equals).trimmed(), equals < 0 ? QByteArray() : line.mid(equals + 1)});
    }
    spec.fetch = linesOf(m_fetch);
    spec.then.kind = m_then->currentIndex() == 1   ? EndAction::Kind::PowerOff
                     : m_then->currentIndex() == 2 ? EndAction::Kind::PowerOffIfOk
                                                   : EndAction::Kind::None;
    spec.then.countdown = std::chrono::seconds(m_countdown->value());
    return spec;
}

QString StartPanel::problem() const
{
    for (const QByteArray &line : linesOf(m_variables)) {
        if (!line.contains('='))
            return tr("A variable is NAME=VALUE: %1").arg(QString::fromUtf8(line));
    }
    const auto checked = core::jobs::checkJob(spec());
    if (checked)
        return {};
    const QString &what = checked.error().detail;
    if (what == u"command")
        return {}; // it is seen
    if (what == u"variable")
        return tr("A variable's name has letters, digits and _ only.");
    if (what == u"too long")
        return tr("That is too long: put it into a file on the instance and run that.");
    return tr("That can't run: %1").arg(what);
}

void StartPanel::update()
{
    const JobSpec now = spec();
    const bool powersOff = now.then.kind != EndAction::Kind::None;
    m_countdown->setVisible(powersOff);
    // Else the power-off may come before Danlu has seen the end and put it back.
    m_countdown->setMinimum(now.fetch.isEmpty() ? 10 : 60);
    m_thenWords->setVisible(powersOff);
    m_thenWords->setText(tr("The instance does it itself, also when this computer is off. It is "
                            "shown with its countdown and can be cancelled until then. Fetched "
                            "files come first when Danlu is connected."));
    const QString text = QString::fromUtf8(core::jobs::jobText(now));
    if (text != m_preview->toPlainText())
        m_preview->setPlainText(text);
    const auto backends = core::jobs::standardBackends();
    //: %1 is a command of the shell
    m_launch->setText(tr("It runs by itself in screen, or tmux or nohup where that is missing: %1")
                          .arg(QString::fromUtf8(backends.front()->launchText(m_id))));
    const QString wrong = problem();
    m_problem->setText(wrong);
    m_start->setEnabled(!m_busy && m_instance && m_instance->session() &&
                        core::jobs::checkJob(now) && wrong.isEmpty());
}

void StartPanel::setBusy(bool busy)
{
    m_busy = busy;
    m_start->setText(busy ? tr("Starting…") : tr("Start the job"));
    update();
}

void StartPanel::clear()
{
    m_command->clear();
    m_name->clear();
    m_fetch->clear();
    m_then->setCurrentIndex(0);
}

} // namespace ui::jobs
