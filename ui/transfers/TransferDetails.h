// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/history/TransferRecord.h"
#include "ui/common/Describe.h"

#include <QWidget>

class QListWidget;
class QPlainTextEdit;
class QPushButton;

namespace core::fleet {
class TransferQueue;
struct QueuedTransfer;
} // namespace core::fleet

namespace ui {
class Banner;
}

namespace ui::transfers {

/// What is to be said of one copy beside its row: why it waits, what went wrong with buttons that
/// mend it, and the files that were not simply copied.
class TransferDetails final : public QWidget
{
    Q_OBJECT

public:
    explicit TransferDetails(core::fleet::TransferQueue &queue, QWidget *parent = nullptr);

    /// Null: nothing. Cheap when nothing to be said has changed.
    void setTransfer(const core::fleet::QueuedTransfer *transfer);
    /// Says it anew, in another language.
    void retranslate();

Q_SIGNALS:
    /// Connects it, and lets the user answer what it asks.
    void connectRequested(const QString &instanceId);
    /// Anything but trying again.
    void actionRequested(const QString &instanceId, ui::ErrorAction action);

private:
    /// All that the words and the buttons hang on.
    struct Key
    {
        qint64 id = 0;
        core::history::TransferStatus status = core::history::TransferStatus::Queued;
        std::optional<core::Error> error;
        qint64 outcomes = 0;
        bool waits = false;
        bool isGone = false;
        bool isAgain = false;
        bool isLent = false;
        bool hasOthers = false; ///< copies of its instance that have not ended

        bool operator==(const Key &) const = default;
    };

    void build(const core::fleet::QueuedTransfer &transfer);
    void tellWaiting(const core::fleet::QueuedTransfer &transfer);
    void tellFailed(const core::fleet::QueuedTransfer &transfer);
    void tellPartly(const core::fleet::QueuedTransfer &transfer);
    void tellCancelled(const core::fleet::QueuedTransfer &transfer);
    void tellOutcomes(const core::fleet::QueuedTransfer &transfer);
    void choose();
    void offerRemoval(const core::fleet::QueuedTransfer &transfer);
    void removeUnfinished(qint64 id);
    QPushButton *addButton(const QString &text, const char *name);
    void addRetry(const QString &text, const char *name, qint64 id,
                  std::optional<core::transfer::Overwrite> how = {});

    core::fleet::TransferQueue &m_queue;
    Banner *m_banner;
    QPlainTextEdit *m_outcomes;
    QListWidget *m_choices;
    std::optional<Key> m_shown;
};

} // namespace ui::transfers
