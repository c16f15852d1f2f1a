// SPDX-License-Identifier: GPL-3.0-or-later
// FolderModel's own, for its two files.
#pragma once

#include "core/ssh/Session.h"
#include "core/transfer/FileNames.h"
#include "ui/files/FolderModel.h"

#include <QTimer>

namespace ui::files {

/// One directory that is being read. Going away ends it.
struct FolderModel::Reading : QObject
{
    explicit Reading(core::ssh::DirectoryListing *started)
        : listing(started)
        , slow(this)
    {
        slow.setSingleShot(true);
        slow.setInterval(std::chrono::milliseconds(300));
    }

    ~Reading() override
    {
        if (!listing)
            return;
        listing->cancel();
        listing->deleteLater();
    }

    Q_DISABLE_COPY_MOVE(Reading)

    QPointer<core::ssh::DirectoryListing> listing; ///< the session's, which may take it along
    QTimer slow;
    Nodes found;
    std::size_t seen = 0;
    bool isAskedAgain = false;
};

struct FolderModel::Node
{
    enum class State { Unread, Known, Failed };

    Node(const QByteArray &plain, Kind what, const QCollator &collator)
        : name(plain)
        , shown(core::transfer::shownName(plain))
        , key(collator.sortKey(shown))
        , kind(what)
    {
    }

    QByteArray name; ///< "/" for the uppermost
    QString shown;
    QCollatorSortKey key;
    Kind kind;
    std::optional<QByteArray> link;   ///< where a link points
    std::optional<core::Error> error; ///< of a note; absent = it is being read
    Node *parent = nullptr;
    int row = 0;
    int wantedRow = -1; ///< only in setRows()
    State state = State::Unread;
    Nodes all; ///< in their order, hidden ones too
    std::vector<Node *> rows;
    std::unique_ptr<Node> note; ///< the first row, if there is one
    std::unique_ptr<Reading> reading;
};

} // namespace ui::files
