// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ssh/Sftp.h"

#include <QAbstractItemModel>
#include <QCollator>
#include <QPointer>

#include <memory>
#include <vector>

namespace core::ssh {
class Session;
}

namespace ui::files {

/// The instance's directories from "/" on, read one by one: when a view asks for what is below one,
/// or when the way to the current path leads through it. Files are left out. Links that lead to a
/// directory, or nobody knows where, are shown as links and may be opened, but below a link further
/// ones have no children: so a link to a directory above it ends. What can't be read has a row
/// below it that tells why. Lives in the GUI thread; changes are single rows, never resets but in
/// clear().
class FolderModel final : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum class Kind { Folder, Link, Note };

    explicit FolderModel(QObject *parent = nullptr);
    ~FolderModel() override;

    /// Whose directories; null = not connected: what is known stays, and nothing is read.
    void setSession(core::ssh::Session *session);
    /// Only "/" is left, unread.
    void clear();
    /// Names that start with a dot. Those on the way to the current path are shown always.
    void setHiddenShown(bool shown);
    /// The path that is shown beside the tree, absolute; what leads there is read.
    void setCurrentPath(const QByteArray &path);
    /// The current path, or while it is not known, or not shown, the nearest above it.
    [[nodiscard]] QModelIndex current() const;
    /// What somebody else has read at \a path, completely.
    void setListing(const QByteArray &path, const std::vector<core::ssh::RemoteEntry> &entries);
    /// Reads \a path again if what is below it was known.
    void reread(const QByteArray &path);
    /// Reads it whether it was known or not; what is known stays until the answer is there.
    void read(const QModelIndex &index);
    /// Reads it unless it is being read.
    void refresh(const QModelIndex &index);

    /// "" for a note.
    [[nodiscard]] QByteArray path(const QModelIndex &index) const;
    [[nodiscard]] Kind kind(const QModelIndex &index) const;
    /// The known row for \a path; invalid = none.
    [[nodiscard]] QModelIndex find(const QByteArray &path) const;

    [[nodiscard]] QModelIndex index(int row, int column,
                                    const QModelIndex &parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex &child) const override;
    using QObject::parent;
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] bool hasChildren(const QModelIndex &parent = {}) const override;
    [[nodiscard]] bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;

Q_SIGNALS:
    /// current() may be another row, or has a row at all only now.
    void currentMoved();

private:
    struct Node;
    struct Reading;
    using Nodes = std::vector<std::unique_ptr<Node>>;

    [[nodiscard]] static Node *node(const QModelIndex &index);
    [[nodiscard]] QModelIndex indexOf(const Node *node) const;
    [[nodiscard]] static QByteArray pathOf(const Node *node);
    /// The node at \a path, or the last on the way to it that is known.
    [[nodiscard]] Node *nearest(const QByteArray &path) const;
    [[nodiscard]] bool isShown(const Node *node) const;
    [[nodiscard]] static bool mayHaveChildren(const Node *node);
    void addFolders(const std::vector<core::ssh::RemoteEntry> &entries, std::size_t from,
                    Nodes &to) const;
    void start(Node *node);
    void stopAll(Node *node);
    void ended(Node *node);
    void take(Node *node, Nodes folders, const std::optional<core::Error> &error);
    void setNote(Node *node, std::unique_ptr<Node> note);
    void show(Node *node);
    void setRows(Node *node, const std::vector<Node *> &wanted);
    void followPath();
    void tellCurrent();

    QCollator m_collator;
    QPointer<core::ssh::Session> m_session;
    std::unique_ptr<Node> m_root; ///< the row "/"
    QByteArray m_current;
    QByteArray m_told;   ///< where current() was when it was last told
    QByteArray m_sought; ///< the current path for which a known directory was read again
    Nodes m_given;       ///< what setListing() told of the current path before it was known
    bool m_isGiven = false;
    bool m_showsHidden = false;
};

} // namespace ui::files
