// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/MainWindow.h"

#include "ui/common/Theme.h"
#include "ui/instances/InstanceList.h"
#include "ui/keys/KeyOffer.h"
#include "ui/keys/KeysPage.h"

#include <QBoxLayout>
#include <QStackedWidget>

namespace ui::shell {

using core::fleet::Instance;

QLayout *MainWindow::buildKeyOffer()
{
    m_keyOffer = new keys::KeyOffer(m_services.core, m_keyWorker);
    connect(m_keyOffer, &keys::KeyOffer::keysChanged, this, [this] {
        if (m_keys && m_keys->isVisible())
            m_keys->refresh();
    });
    auto *layout = new QVBoxLayout;
    layout->setContentsMargins(space::l, space::m, space::l, 0);
    layout->addWidget(m_keyOffer);
    return layout;
}

void MainWindow::showKeys()
{
    if (!m_keys) {
        m_keys = new keys::KeysPage(m_services.fleet, m_services.core, m_keyWorker);
        m_pages->addWidget(m_keys);
        // How far it is shows on the instance's page.
        connect(
            m_keys, &keys::KeysPage::installRequested, this,
            [this](Instance *instance, const QString &path, const core::SecretBytes &passphrase) {
                m_list->select(instance);
                showInstance(instance);
                m_keyOffer->install(instance, path, passphrase);
            });
    }
    showPlace(m_keys, m_keysButton);
}

} // namespace ui::shell
