// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/files/EditBanner.h"

#include "core/transfer/FileNames.h"
#include "ui/common/Format.h"
#include "ui/common/Theme.h"
#include "ui/files/EditedFiles.h"

#include <QDir>
#include <QPushButton>

namespace ui::files {

using namespace std::chrono_literals;
using State = RemoteEditor::State;

namespace {

/// How much an answer is needed; 0 = not at all.
int urgency(const RemoteEditor &editor)
{
    switch (editor.state()) {
    case State::AsksSize: return 5;
    case State::Conflict: return 4;
    case State::Failed: return 3;
    case State::Unsent: return 2;
    case State::Waiting: return 1;
    case State::Fetching:
    case State::Sending:
    case State::Open: break;
    }
    return 0;
}

bool isWaiting(const RemoteEditor &editor)
{
    return editor.state() == State::Fetching || editor.state() == State::Sending;
}

} // namespace

EditBanner::EditBanner(EditedFiles &files, QWidget *parent)
    : Banner(parent)
    , m_files(files)
{
    setObjectName(QStringLiteral("editBanner"));
    setClosable(true);
    hide();
    m_slow.setSingleShot(true);
    m_slow.setInterval(300ms);
    connect(&m_slow, &QTimer::timeout, this, &EditBanner::refresh);
    connect(&files, &EditedFiles::changed, this, [this](RemoteEditor *editor) {
        if (editor->key().instance != m_instance)
            return;
        m_latest = editor;
        if (m_closed == editor)
            m_closed = nullptr;
        if (!isWaiting(*editor)) {
            m_waiting = nullptr;
        } else if (m_waiting != editor) {
            m_waiting = editor;
            m_slow.start();
        }
        refresh();
    });
    connect(&files, &EditedFiles::removed, this, &EditBanner::refresh);
    connect(this, &Banner::closed, this, [this] {
        m_closed = m_shown;
        // Nothing of it is here yet: closing the question is an answer.
        if (m_closed && urgency(*m_closed) > 0 && !m_closed->hasLocalFile())
            m_closed->discard();
        refresh();
        Q_EMIT answered();
    });
}

void EditBanner::setInstance(const QString &id)
{
    m_instance = id;
    m_latest = nullptr;
    m_closed = nullptr;
    refresh();
}

void EditBanner::retranslate()
{
    refresh();
}

void EditBanner::refresh()
{
    RemoteEditor *most = nullptr;
    RemoteEditor *latest = nullptr; // one that is about to go is no longer among them
    for (RemoteEditor *editor : m_files.of(m_instance)) {
        if (editor == m_latest && editor != m_closed)
            latest = editor;
        if (editor != m_closed && urgency(*editor) > 0 &&
            (!most || urgency(*editor) > urgency(*most)))
            most = editor;
    }
    if (!most)
        most = latest;
    if (most && isWaiting(*most) && m_slow.isActive())
        return; // what is told stays until then
    m_shown = most;
    if (most)
        show(*most);
    else
        hide();
}

void EditBanner::show(RemoteEditor &editor)
{
    const QString name = core::transfer::shownName(core::transfer::lastName(editor.key().path));
    clearActions();
    setTechnical({});
    setVisible(true);
    switch (editor.state()) {
    case State::Fetching: showWait(editor, tr("Fetching %1…").arg(name)); break;
    case State::Sending: showWait(editor, tr("Uploading %1…").arg(name)); break;
    case State::AsksSize:
        setMessage(
            Kind::Warning, tr("%1 has %2").arg(name, format::bytes(double(editor.size()))),
            tr("It is fetched whole before it opens, and sent whole each time you save it."));
        add(editor, tr("Open it all the same"), "editFetch", [&editor] { editor.fetch(); });
        add(editor, tr("Don't open"), "editDiscard", [&editor] { editor.discard(); });
        break;
    case State::Open: showOpen(editor, name); break;
    case State::Waiting:
        setMessage(Kind::Warning, tr("%1 is saved here and waits for the connection").arg(name),
                   tr("It is uploaded as soon as the instance is connected."));
        break;
    case State::Unsent: showUnsent(editor, name); break;
    case State::Conflict: showConflict(editor, name); break;
    case State::Failed: showFailure(editor, name); break;
    }
}

void EditBanner::showWait(RemoteEditor &editor, const QString &text)
{
    setMessage(Kind::Info, text);
    add(editor, tr("Cancel"), "editCancel", [&editor] { editor.cancel(); });
}

void EditBanner::showOpen(const RemoteEditor &editor, const QString &name)
{
    const QString local = QDir::toNativeSeparators(editor.localPath());
    if (editor.hasNoProgram()) {
        setMessage(Kind::Warning, tr("No text editor was found for %1").arg(name),
                   tr("Choose one in Settings. The file is %1: each time it is saved there, it is "
                      "uploaded.")
                       .arg(local));
        return;
    }
    QString kept;
    if (!editor.keptCopy().isEmpty())
        kept =
            tr("The other version is kept in %1.").arg(QDir::toNativeSeparators(editor.keptCopy()));
    if (editor.uploadedAt())
        setMessage(Kind::Good,
                   tr("%1 was uploaded at %2").arg(name, format::clock(*editor.uploadedAt())),
                   kept);
    else if (editor.wasOpened())
        setMessage(Kind::Info, tr("%1 is open in your editor").arg(name),
                   kept.isEmpty() ? tr("Each time you save it there, it is uploaded.") : kept);
    else
        hide();
}

void EditBanner::showUnsent(RemoteEditor &editor, const QString &name)
{
    setMessage(Kind::Warning, tr("%1 was saved here, but not uploaded").arg(name),
               tr("Your version is kept in %1.").arg(QDir::toNativeSeparators(editor.localPath())));
    add(editor, tr("Upload"), "editSend", [&editor] { editor.send(); });
    add(editor, tr("Open"), "editOpen", [&editor] { editor.open(); });
    add(editor, tr("Delete my version"), "editDiscard", [&editor] { editor.discard(); });
}

void EditBanner::showConflict(RemoteEditor &editor, const QString &name)
{
    setMessage(Kind::Warning, tr("%1 has changed on the instance since you opened it").arg(name),
               tr("Whichever you take, the other one is kept on this computer."));
    add(editor, tr("Overwrite with mine"), "editOverwrite", [&editor] { editor.overwrite(); });
    add(editor, tr("Take the instance's"), "editTakeTheirs", [&editor] { editor.takeTheirs(); });
}

void EditBanner::showFailure(RemoteEditor &editor, const QString &name)
{
    if (editor.isNoFile()) {
        setMessage(Kind::Warning, tr("%1 is not a file that can be edited").arg(name),
                   tr("It is a folder, a pipe, a device or a socket."));
        return;
    }
    ErrorContext context;
    context.path = core::transfer::shownName(editor.key().path);
    const Description words = describe(*editor.error(), context);
    const bool isHere = editor.hasLocalFile();
    const QString what =
        isHere ? tr("%1 was not uploaded").arg(name) : tr("%1 could not be opened").arg(name);
    QString details = words.title + u'\n' + words.advice;
    if (isHere)
        details +=
            u'\n' +
            tr("Your version is kept in %1.").arg(QDir::toNativeSeparators(editor.localPath()));
    setMessage(Kind::Error, what, details);
    setTechnical(words.technical);
    add(editor, tr("Try again"), "editRetry", [&editor] { editor.retry(); });
    if (isHere)
        add(editor, tr("Delete my version"), "editDiscard", [&editor] { editor.discard(); });
}

/// \a act runs only while the editor is there: the connection's context is the editor.
void EditBanner::add(RemoteEditor &editor, const QString &text, const char *name,
                     const std::function<void()> &act)
{
    QPushButton *button = addAction(text);
    button->setObjectName(QLatin1StringView(name));
    connect(button, &QPushButton::clicked, &editor, act);
    connect(button, &QPushButton::clicked, this, &EditBanner::answered);
}

} // namespace ui::files
