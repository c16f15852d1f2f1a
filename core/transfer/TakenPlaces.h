// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayList>
#include <QString>

#include <memory>
#include <optional>

class QLockFile;

namespace core::transfer {

/// The names under which a copy writes, known to all programs of this user on this machine: parts
/// of two copies to one place would have one name. Free again when this goes or its program has
/// ended, however. Thread-safe; files in a directory of the temporary one.
class TakenPlaces
{
public:
    TakenPlaces();
    ~TakenPlaces();
    Q_DISABLE_COPY_MOVE(TakenPlaces)

    /// Takes all of \a places, or none. \a server: where they are; "" = this machine.
    /// \returns the one that another copy has. Where nothing can be written it is not known of any.
    [[nodiscard]] std::optional<QByteArray> take(const QByteArray &server,
                                                 const QByteArrayList &places);

private:
    QString m_list;
    std::unique_ptr<QLockFile> m_alive; ///< held as long as m_list is true
};

} // namespace core::transfer
