// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/fleet/JobWatch.h"
#include "ui/jobs/LogText.h"

#include <QWidget>

class QPlainTextEdit;
class QPushButton;

namespace ui {
class ElidedLabel;
}

namespace ui::jobs {

/// What a job prints, live from its last part on, or from the start in parts. What is shown is
/// bounded; the log itself stays on the instance. Goes on by itself after a lost connection.
class LogPane final : public QWidget
{
    Q_OBJECT

public:
    static constexpr int mostLines = 10000;
    /// With those of longer lines, which are broken, no more than mostLines.
    static constexpr int mostPartLines = 7000;
    static constexpr qint64 tailBytes = qint64(256) * 1024;
    static constexpr qint64 partBytes = qint64(4) * 1024 * 1024;

    explicit LogPane(QWidget *parent = nullptr);

    /// "" = none. \a watch outlives this or is taken off first.
    void setJob(core::fleet::JobWatch *watch, const core::jobs::JobId &id);
    /// The connection or the job is another.
    void refresh();

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();
    void clear();
    /// \a isPart: ends when a part is shown.
    void read(qint64 offset, bool isPart);
    void goOn();
    void take(const QByteArray &received);
    void show(const QByteArray &bytes);
    void onEnded(core::jobs::JobLog *log);
    void updateStatus();

    QPointer<core::fleet::JobWatch> m_watch;
    core::jobs::JobId m_id;
    QPointer<core::jobs::JobLog> m_log;
    std::optional<core::Error> m_error;
    LogText m_lines;
    qint64 m_from = 0;         ///< of what is shown
    qint64 m_offset = 0;       ///< the next byte
    int m_lineCount = 0;       ///< of a part
    bool m_isPart = false;     ///< stops when it is full
    bool m_isFull = false;     ///< that part is full: more by a button
    bool m_isComplete = false; ///< read to the job's end

    QPlainTextEdit *m_text;
    ElidedLabel *m_status;
    QPushButton *m_start;
    QPushButton *m_next;
    QPushButton *m_end;
};

} // namespace ui::jobs
