// SPDX-License-Identifier: GPL-3.0-or-later
// What can be done to tunnels on the Connections tab.
#include "core/forward/OneTimeLink.h"
#include "ui/common/Banner.h"
#include "ui/connections/ConnectionsPage.h"
#include "ui/connections/TunnelDialog.h"
#include "ui/connections/TunnelWords.h"
#include "ui/models/ProfileErrors.h"

#include <QClipboard>
#include <QDesktopServices>
#include <QGuiApplication>
#include <QPushButton>

namespace ui::connections {

using core::Error;
using core::Result;
using core::fleet::Tunnel;
using core::fleet::Tunnels;
using core::probe::PortForward;

void ConnectionsPage::add()
{
    openDialog(nullptr);
}

void ConnectionsPage::edit()
{
    if (const Tunnel *tunnel = current())
        openDialog(tunnel);
}

void ConnectionsPage::openDialog(const Tunnel *tunnel)
{
    if (!m_instance)
        return;
    auto *dialog = new TunnelDialog(m_instance->tunnels(), tunnel, this);
    // It looks at the instance's tunnels.
    connect(m_instance, &QObject::destroyed, dialog, [dialog] { delete dialog; });
    connect(dialog, &TunnelDialog::saveRequested, this, [this, dialog] { save(dialog); });
    dialog->open();
}

void ConnectionsPage::save(TunnelDialog *dialog)
{
    Tunnels *all = tunnels();
    if (!all)
        return;
    const PortForward forward = dialog->forward();
    Result<> saved;
    if (dialog->id() != 0)
        saved = all->change(dialog->id(), forward);
    else
        saved = all->add(forward).map([](quint64) {});
    if (saved)
        dialog->close();
    else
        dialog->setProblem(describe(saved.error(), errorContext(m_instance->profile())).title);
}

void ConnectionsPage::toggle()
{
    const Tunnel *tunnel = current();
    if (!tunnel)
        return;
    const Result<> done = tunnels()->setOn(tunnel->id, !tunnel->forward.isOn);
    if (!done)
        report(done.error());
}

void ConnectionsPage::usePort(quint64 id, quint16 port)
{
    Tunnels *all = tunnels();
    const Tunnel *tunnel = all ? all->find(id) : nullptr;
    if (!tunnel)
        return;
    PortForward forward = tunnel->forward;
    forward.bindPort = port;
    const Result<> done = all->change(id, forward);
    if (!done)
        report(done.error());
}

/// At once, and can be undone.
void ConnectionsPage::remove()
{
    const Tunnel *tunnel = current();
    if (!tunnel)
        return;
    const PortForward forward = tunnel->forward;
    const Result<> done = tunnels()->remove(tunnel->id);
    if (!done) {
        report(done.error());
        return;
    }
    m_notice->clearActions();
    m_notice->setTechnical({});
    //: %1 is the name of a tunnel
    m_notice->setMessage(Banner::Kind::Info,
                         tr("The tunnel “%1” was deleted").arg(titleWords(forward)));
    QPushButton *undo = m_notice->addAction(tr("Put it back"));
    undo->setObjectName(QStringLiteral("undoDeleteTunnel"));
    connect(undo, &QPushButton::clicked, this, [this, forward, of = m_instance] {
        m_notice->hide();
        if (!of)
            return;
        const Result<quint64> added = of->tunnels().add(forward);
        if (!added)
            report(added.error());
    });
    m_notice->show();
}

void ConnectionsPage::openInBrowser()
{
    if (const Tunnel *tunnel = current())
        browse(addressOf(tunnel->forward));
}

void ConnectionsPage::browse(const QUrl &url)
{
    QUrl given = url;
    if (url.hasQuery()) { // a token: the browser's command line is for everybody to read
        auto *link = new core::forward::OneTimeLink(url, this);
        connect(link, &core::forward::OneTimeLink::finished, link, &QObject::deleteLater);
        const Result<QUrl> address = link->listen();
        if (!address) {
            delete link;
            report(address.error());
            return;
        }
        given = *address;
    }
    if (QDesktopServices::openUrl(given))
        return;
    m_notice->clearActions();
    m_notice->setTechnical({});
    // Without the token, which belongs to nobody's screen.
    //: %1 is the address of a web page
    m_notice->setMessage(Banner::Kind::Warning, tr("No browser could be opened"),
                         tr("The page is at %1").arg(url.toString(QUrl::RemoveQuery)));
    m_notice->show();
}

void ConnectionsPage::copyAddress()
{
    if (const Tunnel *tunnel = current())
        QGuiApplication::clipboard()->setText(copiedAddress(tunnel->forward));
}

void ConnectionsPage::report(const Error &error)
{
    m_notice->clearActions();
    const ErrorContext context = m_instance ? errorContext(m_instance->profile()) : ErrorContext();
    // What failed is tried again with the button that was clicked.
    m_notice->setError(withoutActions(describe(error, context)));
    m_notice->show();
}

} // namespace ui::connections
