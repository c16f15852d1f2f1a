// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/transfer/TransferState.h"

#include <QObject>

#include <deque>
#include <functional>

namespace core::transfer {

/// Walks the local sources and adds their items to the state, a slice at a time between other
/// events, so that a tree of a million files holds up nobody.
class LocalScan final : public QObject
{
    Q_OBJECT

public:
    /// \a skipped: a path that is left out, and why.
    LocalScan(TransferState &state,
              std::function<void(const QByteArray &path, const Error &why)> skipped,
              QObject *parent = nullptr);

    /// finished() follows.
    void start();

Q_SIGNALS:
    void finished();

private:
    void slice();
    void add(int source, const QByteArray &path);
    void readDirectory(int source, const QByteArray &path);

    struct Directory
    {
        int source = 0;
        QByteArray path;
    };

    TransferState &m_state;
    std::function<void(const QByteArray &, const Error &)> m_skipped;
    std::deque<Directory> m_directories;
};

} // namespace core::transfer
