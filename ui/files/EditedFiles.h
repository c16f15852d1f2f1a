// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/files/Background.h"
#include "ui/files/RemoteEditor.h"

#include <vector>

namespace ui::files {

/// All remote files that are edited here, of whatever instance: also those whose instance is not
/// shown, and those that an earlier run of the program left unsent. GUI thread.
class EditedFiles final : public QObject
{
    Q_OBJECT

public:
    explicit EditedFiles(Background &background, QObject *parent = nullptr);
    ~EditedFiles() override;

    /// Where the local copies are; takes up what was left there.
    void setFolder(const QString &folder);
    void setOpener(RemoteEditor::Opener opener);
    /// Of \a instance; from now on its files come from it and go to it.
    void attach(core::fleet::Instance &instance);
    void edit(core::fleet::Instance &instance, const QByteArray &path);
    [[nodiscard]] std::vector<RemoteEditor *> of(const QString &instanceId) const;

Q_SIGNALS:
    void changed(ui::files::RemoteEditor *editor);
    void uploaded(const QString &instanceId, const QByteArray &path);
    /// One of them is no more.
    void removed();

private:
    void take(std::unique_ptr<RemoteEditor> editor);

    Background &m_background;
    QString m_folder;
    RemoteEditor::Opener m_opener;
    std::vector<std::unique_ptr<RemoteEditor>> m_editors;
};

} // namespace ui::files
