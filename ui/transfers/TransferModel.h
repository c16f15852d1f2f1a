// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractListModel>

namespace core::fleet {
class TransferQueue;
struct QueuedTransfer;
} // namespace core::fleet

namespace ui::transfers {

/// The queue as a list: what runs and waits in its order, then what has ended.
class TransferModel final : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role { IdRole = Qt::UserRole + 1 };

    explicit TransferModel(core::fleet::TransferQueue &queue, QObject *parent = nullptr);

    [[nodiscard]] const core::fleet::QueuedTransfer *at(const QModelIndex &index) const;
    [[nodiscard]] QModelIndex indexOf(qint64 id) const;
    void retranslate();
    /// Only its copies; "" = all.
    void setInstance(const QString &id);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;
    [[nodiscard]] Qt::DropActions supportedDropActions() const override;
    bool moveRows(const QModelIndex &sourceParent, int row, int count,
                  const QModelIndex &destinationParent, int destination) override;

private:
    void reset();

    core::fleet::TransferQueue &m_queue;
    std::vector<qint64> m_ids;
    QString m_instance;
};

} // namespace ui::transfers
