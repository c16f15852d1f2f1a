// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/danlu-cli/Connection.h"
#include "core/transfer/Transfer.h"

#include <QElapsedTimer>
#include <QObject>

namespace cli {

/// "put LOCAL... TARGET:PATH" and "get TARGET:PATH... LOCAL". done() gives the program's exit code,
/// once.
class CopyCommand final : public QObject
{
    Q_OBJECT

public:
    CopyCommand(core::transfer::Direction direction, const Arguments &arguments, Services &services,
                QObject *parent = nullptr);
    void start();
    void cancel();

Q_SIGNALS:
    void done(int exitCode);

private:
    [[nodiscard]] core::Result<> prepare();
    void run();
    void makeTransfer();
    void printOutcome(const core::transfer::FileOutcome &outcome);
    void printProgress();
    void clearStatus();
    /// Whether a person can be asked about names that are taken.
    [[nodiscard]] bool asksOnTerminal() const;
    /// True when another run has been started.
    [[nodiscard]] bool askAboutTaken();
    void finished();
    void finish(int exitCode);

    Arguments m_arguments; ///< with the paths taken off the target
    core::transfer::TransferRequest m_request;
    std::optional<core::Error> m_usage;
    Connection m_connection;
    core::transfer::Transfer *m_transfer = nullptr;
    QElapsedTimer m_clock;
    std::vector<core::transfer::FileOutcome> m_taken; ///< not asked about yet
    bool m_hasStatus = false;                         ///< an unfinished line stands on the terminal
    bool m_ended = false;
};

/// "10M" is 10,000,000 bytes a second; K, M, G, and KiB, MiB, GiB.
[[nodiscard]] core::Result<qint64> parseRate(const QString &text);

} // namespace cli
