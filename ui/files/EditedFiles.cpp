// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/files/EditedFiles.h"

#include "core/fleet/Instance.h"

#include <QDir>

#include <algorithm>

namespace ui::files {

EditedFiles::EditedFiles(Background &background, QObject *parent)
    : QObject(parent)
    , m_background(background)
{
}

EditedFiles::~EditedFiles() = default;

void EditedFiles::setFolder(const QString &folder)
{
    if (m_folder == folder)
        return;
    m_folder = folder;
    m_editors.clear();
    const QDir dir(folder);
    for (const QFileInfo &file : dir.entryInfoList({QStringLiteral("*.json")}, QDir::Files)) {
        if (auto editor = RemoteEditor::load(folder, file.completeBaseName(), m_background))
            take(std::move(editor));
    }
}

void EditedFiles::setOpener(RemoteEditor::Opener opener)
{
    m_opener = std::move(opener);
    for (const auto &editor : m_editors)
        editor->setOpener(m_opener);
}

void EditedFiles::take(std::unique_ptr<RemoteEditor> editor)
{
    RemoteEditor *one = editor.get();
    one->setOpener(m_opener);
    connect(one, &RemoteEditor::changed, this, [this, one] { Q_EMIT changed(one); });
    connect(one, &RemoteEditor::uploaded, this,
            [this, one] { Q_EMIT uploaded(one->key().instance, one->key().path); });
    connect(one, &RemoteEditor::gone, this, [this, one] {
        const auto at = std::find_if(m_editors.begin(), m_editors.end(),
                                     [one](const auto &other) { return other.get() == one; });
        if (at == m_editors.end())
            return;
        at->release()->deleteLater(); // it is what calls
        m_editors.erase(at);
        Q_EMIT removed();
    });
    m_editors.push_back(std::move(editor));
}

void EditedFiles::attach(core::fleet::Instance &instance)
{
    for (RemoteEditor *editor : of(instance.id()))
        editor->setInstance(&instance);
}

void EditedFiles::edit(core::fleet::Instance &instance, const QByteArray &path)
{
    const RemoteEditor::Key key{instance.id(), path};
    auto at = std::find_if(m_editors.begin(), m_editors.end(),
                           [&key](const auto &editor) { return editor->key() == key; });
    if (at == m_editors.end()) {
        take(std::make_unique<RemoteEditor>(key, m_folder, m_background));
        at = m_editors.end() - 1;
    }
    RemoteEditor *editor = at->get();
    editor->setInstance(&instance);
    editor->open();
}

std::vector<RemoteEditor *> EditedFiles::of(const QString &instanceId) const
{
    std::vector<RemoteEditor *> found;
    for (const auto &editor : m_editors) {
        if (editor->key().instance == instanceId)
            found.push_back(editor.get());
    }
    return found;
}

} // namespace ui::files
