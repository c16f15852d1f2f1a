// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/Banner.h"

#include <QPointer>
#include <QTimer>

namespace ui::files {

class EditedFiles;
class RemoteEditor;

/// The strip of the Files tab that tells about the edited files of an instance: the one that needs
/// an answer most, else the one that something happened to last.
class EditBanner final : public Banner
{
    Q_OBJECT

public:
    explicit EditBanner(EditedFiles &files, QWidget *parent = nullptr);

    /// "" = of none.
    void setInstance(const QString &id);
    void retranslate();

Q_SIGNALS:
    /// A button of it was used, or it was closed: the keys go back to the list.
    void answered();

private:
    void refresh();
    void show(RemoteEditor &editor);
    void showOpen(const RemoteEditor &editor, const QString &name);
    void showConflict(RemoteEditor &editor, const QString &name);
    void showUnsent(RemoteEditor &editor, const QString &name);
    void showFailure(RemoteEditor &editor, const QString &name);
    void showWait(RemoteEditor &editor, const QString &text);
    void add(RemoteEditor &editor, const QString &text, const char *name,
             const std::function<void()> &act);

    EditedFiles &m_files;
    QString m_instance;
    QPointer<RemoteEditor> m_shown;
    QPointer<RemoteEditor> m_latest;
    QPointer<RemoteEditor> m_closed; ///< not told again until something happens to it
    QPointer<RemoteEditor> m_waiting;
    QTimer m_slow; ///< what takes longer says so
};

} // namespace ui::files
