// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/LogPane.h"

#include "ui/common/Describe.h"
#include "ui/common/Format.h"
#include "ui/common/Label.h"

#include <QBoxLayout>
#include <QEvent>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QTextBlock>

#include <algorithm>

namespace ui::jobs {

using core::jobs::JobInfo;
using core::jobs::JobLog;
using core::jobs::JobState;

LogPane::LogPane(QWidget *parent)
    : QWidget(parent)
    , m_text(new QPlainTextEdit)
    , m_status(new ElidedLabel(TextStyle::Caption, TextTone::Secondary))
    , m_start(new QPushButton)
    , m_next(new QPushButton)
    , m_end(new QPushButton)
{
    setObjectName(QStringLiteral("logPane"));
    m_text->setObjectName(QStringLiteral("jobLog"));
    m_text->setReadOnly(true);
    m_text->setUndoRedoEnabled(false);
    m_text->setMaximumBlockCount(mostLines);
    m_text->setFont(textFont(TextStyle::Mono));
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_status->setObjectName(QStringLiteral("jobLogStatus"));
    m_start->setObjectName(QStringLiteral("logFromStart"));
    m_next->setObjectName(QStringLiteral("logNextPart"));
    m_end->setObjectName(QStringLiteral("logToEnd"));
    auto *row = new QHBoxLayout;
    row->setSpacing(space::s);
    row->addWidget(m_status, 1);
    for (QPushButton *button : {m_start, m_next, m_end}) {
        setButtonKind(button, ButtonKind::Link);
        row->addWidget(button);
    }
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::xs);
    layout->addLayout(row);
    layout->addWidget(m_text, 1);
    connect(m_start, &QPushButton::clicked, this, [this] { read(0, true); });
    connect(m_next, &QPushButton::clicked, this, [this] { read(m_offset, true); });
    connect(m_end, &QPushButton::clicked, this, [this] {
        const JobInfo *job = m_watch ? m_watch->find(m_id) : nullptr;
        read(job ? std::max<qint64>(0, job->logBytes - tailBytes) : m_offset, false);
    });
    retranslate();
    updateStatus();
}

void LogPane::retranslate()
{
    m_text->setAccessibleName(tr("Log of the job"));
    const auto name = [](QPushButton *button, const QString &text) {
        button->setText(text);
        button->setAccessibleName(text);
    };
    name(m_start, tr("From the start"));
    name(m_next, tr("Next part"));
    name(m_end, tr("To the end"));
}

void LogPane::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        updateStatus();
    }
}

void LogPane::setJob(core::fleet::JobWatch *watch, const core::jobs::JobId &id)
{
    if (watch == m_watch && id == m_id)
        return;
    m_watch = watch;
    m_id = id;
    clear();
    const JobInfo *job = watch && !id.isEmpty() ? watch->find(id) : nullptr;
    if (job)
        read(std::max<qint64>(0, job->logBytes - tailBytes), false);
    updateStatus();
}

void LogPane::clear()
{
    delete m_log;
    m_error.reset();
    m_lines = LogText();
    m_text->clear();
    m_lineCount = 0;
    m_isPart = m_isFull = m_isComplete = false;
}

void LogPane::read(qint64 offset, bool isPart)
{
    clear();
    m_from = m_offset = offset;
    m_isPart = isPart;
    if (offset > 0 && !isPart)
        m_lines.skipFirst();
    goOn();
}

void LogPane::goOn()
{
    core::ssh::Session *session = m_watch ? m_watch->instance().session() : nullptr;
    if (!session || m_log || m_isComplete || m_isFull || m_id.isEmpty()) {
        updateStatus();
        return;
    }
    m_log = core::jobs::readJobLog(*session, m_id, m_offset, true);
    connect(m_log, &JobLog::received, this, &LogPane::take);
    connect(m_log, &core::Operation::finished, this, [this, log = m_log.data()] { onEnded(log); });
    updateStatus();
}

void LogPane::take(const QByteArray &received)
{
    if (!m_log)
        return;
    QByteArray bytes = received;
    if (m_isPart) {
        // No more than fits: its first lines must stay.
        qsizetype end = 0;
        for (; m_lineCount < mostPartLines; ++m_lineCount) {
            const qsizetype next = bytes.indexOf('\n', end);
            if (next < 0)
                break;
            end = next + 1;
        }
        if (m_lineCount >= mostPartLines)
            bytes.truncate(end);
    }
    m_offset = m_log->offset() - (received.size() - bytes.size());
    m_isFull = m_isPart && (m_lineCount >= mostPartLines || m_offset - m_from >= partBytes);
    if (m_isFull) {
        disconnect(m_log, nullptr, this, nullptr);
        m_log->deleteLater(); // its signal is on the stack
        m_log->cancel();
        m_log.clear();
    }
    show(bytes);
    updateStatus();
}

void LogPane::show(const QByteArray &bytes)
{
    QScrollBar *bar = m_text->verticalScrollBar();
    // Somebody who reads further up is left there. A part is read from its top.
    const bool follows = !m_isPart && bar->value() >= bar->maximum();
    const QStringList lines = m_lines.feed(bytes);
    QTextCursor cursor(m_text->document());
    cursor.movePosition(QTextCursor::End);
    cursor.movePosition(QTextCursor::StartOfBlock, QTextCursor::KeepAnchor);
    QString text;
    for (const QString &line : lines)
        text += line + u'\n';
    cursor.insertText(text + m_lines.current());
    if (follows)
        bar->setValue(bar->maximum());
}

void LogPane::onEnded(JobLog *log)
{
    log->deleteLater();
    if (log != m_log)
        return;
    m_log.clear();
    m_isComplete = log->isOk();
    m_error = log->error();
    if (m_error && core::mayComeBack(*m_error))
        m_error.reset(); // refresh() goes on
    updateStatus();
}

void LogPane::refresh()
{
    if (!m_error)
        goOn();
    else
        updateStatus();
}

void LogPane::updateStatus()
{
    const JobInfo *job = m_watch && !m_id.isEmpty() ? m_watch->find(m_id) : nullptr;
    const qint64 size = job ? std::max(job->logBytes, m_offset) : m_offset;
    m_start->setVisible(job && m_from > 0);
    m_next->setVisible(m_isFull);
    m_end->setVisible(m_isPart && (m_isFull || m_log));
    QString text;
    if (!job) {
        m_status->setText({});
        return;
    }
    if (m_error)
        text = describe(*m_error).title;
    else if (m_isFull)
        //: Of a log: %1 and %2 are sizes; %3 of the whole
        text = tr("%1 to %2 of %3")
                   .arg(format::bytes(double(m_from)), format::bytes(double(m_offset)),
                        format::bytes(double(size)));
    else if (m_isComplete || job->state == JobState::Ended)
        text = size == 0 ? tr("It printed nothing")
                         : tr("Whole log: %1").arg(format::bytes(double(size)));
    else if (m_log)
        text = tr("Live: %1").arg(format::bytes(double(size)));
    else
        text = tr("Not connected. It goes on here when the connection is back.");
    if (m_from > 0 && !m_isFull && !m_error)
        text += QStringLiteral(" · ") +
                tr("The first %1 are left out here").arg(format::bytes(double(m_from)));
    if (!job->logIsWhole)
        text += QStringLiteral(" · ") + tr("The disk was full at times: lines are missing");
    m_status->setText(text);
}

} // namespace ui::jobs
