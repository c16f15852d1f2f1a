// SPDX-License-Identifier: GPL-3.0-or-later
// Going about in the instance's directories.
#include "core/ssh/Sftp.h"
#include "core/transfer/FileNames.h"
#include "core/transfer/RemoteAction.h"
#include "core/transfer/RemoteListing.h"
#include "ui/files/FileModel.h"
#include "ui/files/FileTable.h"
#include "ui/files/FilesPage.h"
#include "ui/files/FolderModel.h"
#include "ui/files/FolderTree.h"
#include "ui/files/Places.h"

#include <QDir>
#include <QLineEdit>
#include <QScrollBar>

namespace ui::files {

using core::transfer::joinPath;
using core::transfer::parentPath;
using core::transfer::shownName;
using Type = core::ssh::RemoteEntry::Type;

namespace {

constexpr qsizetype mostHistory = 100;

/// Without "//", "." and "..", as a shell's cd takes them.
QByteArray plainPath(const QByteArray &path)
{
    // Latin-1 keeps every byte as it is.
    const QByteArray plain = QDir::cleanPath(QString::fromLatin1(path)).toLatin1();
    return plain.startsWith("/..") ? QByteArray("/") : plain;
}

} // namespace

/// Of one instance nothing is left for the next.
void FilesPage::forget()
{
    stopListing();
    endSearch();
    m_model->clear();
    m_tree->setSession(nullptr);
    m_tree->folders().clear();
    m_history.clear();
    m_forward.clear();
    m_home.clear();
    m_path.clear();
    m_counted.clear();
    m_selectAfter.clear();
    m_pathField->clear();
    m_filter->clear();
    m_refusal.reset();
    m_isLoaded = false;
    m_isImpatient = false;
    m_mayBeStale = false;
    m_patience.stop();
    m_reload.stop();
}

/// What is on its way is not waited for any more.
void FilesPage::stopListing()
{
    if (m_listing) {
        m_listing->disconnect(this);
        m_listing->cancel();
        m_listing->deleteLater();
    }
    m_listing = nullptr;
    if (m_resolving) {
        m_resolving->disconnect(this);
        m_resolving->deleteLater();
    }
    m_resolving = nullptr;
    m_wanted.clear();
    m_wantsReload = false;
    m_slow.stop();
}

/// The first directory: where the user was, else the data disk, else the home.
void FilesPage::enter()
{
    if (!session() || m_isLoaded || m_listing || m_resolving || m_refusal || !isVisible())
        return;
    const core::metrics::SamplePtr sample = m_instance->sample();
    if (m_path.isEmpty() && (!sample || sample->disks.empty()) && !m_isImpatient) {
        if (!m_patience.isActive())
            m_patience.start(); // which disk is for data will be known in a moment
        return;
    }
    if (m_home.isEmpty()) {
        askHome();
        return;
    }
    const QByteArray disk = m_places->dataDisk();
    list(!m_path.isEmpty() ? m_path : disk.isEmpty() ? m_home : disk, Going::Begin);
}

void FilesPage::askHome()
{
    core::transfer::RemoteAction *home = core::transfer::resolveRemote(*session(), {});
    m_resolving = home;
    m_slow.start();
    connect(home, &core::Operation::finished, this, [this, home] {
        home->deleteLater();
        m_resolving = nullptr;
        m_slow.stop();
        if (!home->isOk()) {
            refuse(*home->error());
            return;
        }
        m_home = home->bytes();
        m_places->setInstance(m_instance, m_home);
        enter();
    });
}

/// Nothing can be listed. It is not asked again by itself until there is another connection.
void FilesPage::refuse(const core::Error &error)
{
    m_refusal = error;
    m_slow.stop();
    updateAway();
    updateControls();
    updateStatus();
}

void FilesPage::go(const QByteArray &path)
{
    list(path.isEmpty() ? m_home : path, Going::Walk);
}

void FilesPage::goTyped()
{
    QByteArray typed = core::transfer::nameFromShown(m_pathField->text().trimmed());
    if (typed == "~" || typed.startsWith("~/"))
        typed = m_home + typed.sliced(1);
    else if (!typed.startsWith('/'))
        typed = joinPath(m_path, typed);
    list(plainPath(typed), Going::Typed);
    m_table->setFocus();
}

void FilesPage::refresh()
{
    m_tree->reread();
    reload();
}

void FilesPage::reload()
{
    if (!m_isLoaded) {
        m_refusal.reset();
        updateAway();
        enter();
    } else if (m_model->areResults()) {
        searchBelow(m_searched);
    } else if (m_listing) {
        m_wantsReload = true; // what is being read may be older than what is asked about
    } else if (session()) {
        list(m_path, Going::Stay);
    }
}

void FilesPage::goUp()
{
    if (m_model->areResults()) {
        list(m_path, Going::Stay);
        return;
    }
    if (m_path.isEmpty() || m_path == "/")
        return;
    const QByteArray from = core::transfer::lastName(m_path);
    list(parentPath(m_path), Going::Walk);
    m_selectAfter = {from};
}

void FilesPage::goBack()
{
    if (!m_history.isEmpty())
        list(m_history.constLast(), Going::Back);
}

void FilesPage::goForward()
{
    if (!m_forward.isEmpty())
        list(m_forward.constLast(), Going::Forward);
}

void FilesPage::list(const QByteArray &path, Going going)
{
    if (!sessionFor(origin()))
        return;
    stopListing();
    if (going != Going::Stay)
        m_selectAfter.clear();
    const QByteArray plain = core::transfer::withoutSlashes(path);
    m_wanted = plain;
    m_going = going;
    m_listing = core::transfer::listRemote(*session(), plain);
    connect(m_listing, &core::Operation::finished, this, &FilesPage::listed);
    connect(m_listing, &core::ssh::DirectoryListing::entriesAdded, this, [this] {
        if (!m_slow.isActive())
            showSoFar();
    });
    if (going == Going::Stay)
        m_mayBeStale = false; // what happens from now on counts again
    m_slow.start();
}

void FilesPage::listed()
{
    core::ssh::DirectoryListing *listing = m_listing;
    m_listing = nullptr;
    listing->deleteLater();
    m_slow.stop();
    if (!listing->error()) {
        takeListing(listing->entries());
    } else {
        const core::Error error = *listing->error();
        const QByteArray wanted = m_wanted;
        m_selectAfter.clear();
        m_pathField->setText(shownName(m_path));
        // The place where it was last may be gone: then from the start.
        if (m_isLoaded)
            tellError(origin(), error, [this, wanted, going = m_going] { list(wanted, going); });
        else if (wanted != m_home && error.code != core::ErrorCode::Unsupported)
            list(m_home, Going::Begin);
        else
            refuse(error);
    }
    updateStatus();
    if (std::exchange(m_wantsReload, false))
        reload();
}

void FilesPage::takeListing(const Entries &entries)
{
    // What is no directory gives itself alone, by the path that was asked for; no name in a
    // directory has a '/'.
    if (entries.size() == 1 && entries[0].name == m_wanted && m_wanted.startsWith('/') &&
        m_wanted != "/") {
        const QByteArray file = m_wanted;
        m_pathField->setText(shownName(m_path));
        if (m_going == Going::Walk && m_isLoaded) {
            view(file);
        } else {
            list(parentPath(file), m_going == Going::Begin ? Going::Begin : Going::Walk);
            m_selectAfter = {core::transfer::lastName(file)};
        }
        return;
    }
    // What is to be selected may only come with the next reading.
    const QByteArrayList selected = m_selectAfter;
    if (!m_wantsReload)
        m_selectAfter.clear();
    const bool isSame = arrive();
    m_model->setEntries(entries, isSame);
    m_tree->folders().setListing(m_path, entries);
    for (auto at = m_counted.cbegin(); at != m_counted.cend(); ++at)
        m_model->setMeasured(at.key(), at.value());
    if (!isSame || !selected.isEmpty())
        m_table->select(selected);
    updateEmpty();
}

/// Another directory is about to be shown.
void FilesPage::remember()
{
    if (!m_isLoaded)
        return;
    const auto append = [this](QByteArrayList &list) {
        list.append(m_path);
        if (list.size() > mostHistory)
            list.removeFirst();
    };
    switch (m_going) {
    case Going::Walk:
    case Going::Typed:
        append(m_history);
        m_forward.clear();
        break;
    case Going::Back:
        m_history.removeLast();
        append(m_forward);
        break;
    case Going::Forward:
        m_forward.removeLast();
        append(m_history);
        break;
    case Going::Stay:
    case Going::Begin: break;
    }
}

} // namespace ui::files
