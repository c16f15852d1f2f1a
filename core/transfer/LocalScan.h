// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/transfer/TransferState.h"

#include <QObject>

#include <deque>
#include <functional>
#include <memory>

namespace core::transfer {

class LocalNames;
struct LocalInfo;

/// Walks the local sources and adds their items to the state, a slice at a time between other
/// events, so that neither a tree nor a directory of a million files holds up anybody.
class LocalScan final : public QObject
{
    Q_OBJECT

public:
    /// \a skipped: a path that is left out, and why. \a isOver: nobody wants the rest.
    LocalScan(TransferState &state,
              std::function<void(const QByteArray &path, const Error &why)> skipped,
              std::function<bool()> isOver, QObject *parent = nullptr);
    ~LocalScan() override;

    /// finished() follows, unless it is over before.
    void start();

Q_SIGNALS:
    void finished();

private:
    /// The directories on the way from the root, with all links followed: one that comes twice
    /// would never end.
    struct Way
    {
        QByteArray real;
        std::shared_ptr<const Way> above;
    };
    struct Directory
    {
        int source = 0;
        QByteArray path;
        std::shared_ptr<const Way> way; ///< null unless links are followed
    };

    void slice();
    void step();
    void add(const Directory &directory, const QByteArray &name);
    [[nodiscard]] bool addDirectory(const Directory &directory, const QByteArray &path,
                                    bool isLink);
    [[nodiscard]] std::optional<QByteArray> readLink(int source, const QByteArray &path);

    TransferState &m_state;
    std::function<void(const QByteArray &, const Error &)> m_skipped;
    std::function<bool()> m_isOver;
    std::deque<Directory> m_directories;
    Directory m_current;
    std::unique_ptr<LocalNames> m_open; ///< of m_current, while there are more
    std::vector<QByteArray> m_names;    ///< some of them, the next one last
};

} // namespace core::transfer
