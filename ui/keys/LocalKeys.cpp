// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/keys/LocalKeys.h"

#include "core/secrets/SecretStore.h"
#include "ui/common/EmptyState.h"
#include "ui/common/Icons.h"
#include "ui/common/TableView.h"
#include "ui/common/Theme.h"
#include "ui/keys/KeyDialogs.h"
#include "ui/keys/KeyModel.h"

#include <QBoxLayout>
#include <QDir>
#include <QEvent>
#include <QFileInfo>
#include <QHeaderView>
#include <QMenu>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QStackedWidget>

namespace ui::keys {

using core::SecretBytes;
using core::fleet::Instance;
using core::keys::KeyEntry;
using core::keys::KeyProblem;
using core::secrets::SecretKind;

LocalKeys::LocalKeys(core::fleet::Fleet &fleet, Instance::Services services,
                     core::keys::KeyWorker &worker, QWidget *parent)
    : KeysPart("keysBanner", parent)
    , m_fleet(fleet)
    , m_services(services)
    , m_worker(worker)
    , m_model(new KeyModel(this))
    , m_table(new TableView)
    , m_stack(new QStackedWidget)
    , m_empty(new EmptyState)
{
    setObjectName(QStringLiteral("localKeys"));
    m_table->setObjectName(QStringLiteral("keysTable"));
    m_table->setSourceModel(m_model);
    m_table->sortByColumn(KeyModel::Name, Qt::AscendingOrder);
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setContextMenuPolicy(Qt::DefaultContextMenu);
    m_emptyNew = m_empty->addAction({});
    m_emptyNew->setObjectName(QStringLiteral("emptyNewKey"));
    connect(m_emptyNew, &QPushButton::clicked, this, &LocalKeys::makeUsual);
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_empty);

    buildTools();
    auto *actions = new QHBoxLayout;
    actions->setSpacing(space::s);
    buildActions(actions);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::m);
    layout->addWidget(banner());
    layout->addWidget(m_stack, 1);
    layout->addLayout(actions);

    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &LocalKeys::updateActions);
    connect(&m_fleet, &core::fleet::Fleet::added, this, &LocalKeys::updateUsers);
    connect(&m_fleet, &core::fleet::Fleet::reordered, this, &LocalKeys::updateUsers);
    retranslate();
    updateActions();
}

LocalKeys::~LocalKeys() = default;

void LocalKeys::buildTools()
{
    auto *row = new QHBoxLayout(tools());
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::s);
    m_new = new QPushButton;
    m_new->setObjectName(QStringLiteral("newKey"));
    m_new->setIcon(icon(Icon::Add, IconTone::OnAccent));
    setButtonKind(m_new, ButtonKind::Primary);
    m_other = new QPushButton;
    m_other->setObjectName(QStringLiteral("otherKey"));
    m_import = new QPushButton;
    m_import->setObjectName(QStringLiteral("importKey"));
    row->addStretch(1);
    row->addWidget(m_import);
    row->addWidget(m_other);
    row->addWidget(m_new);
    connect(m_new, &QPushButton::clicked, this, &LocalKeys::makeUsual);
    connect(m_other, &QPushButton::clicked, this, &LocalKeys::askNew);
    connect(m_import, &QPushButton::clicked, this, &LocalKeys::askImport);
}

void LocalKeys::buildActions(QBoxLayout *actions)
{
    const auto add = [&](const char *name, Icon sign) {
        auto *button = new QPushButton;
        button->setObjectName(QLatin1StringView(name));
        button->setIcon(icon(sign, IconTone::Secondary));
        actions->addWidget(button);
        return button;
    };
    m_copy = add("copyPublicKey", Icon::Copy);
    m_install = add("installKey", Icon::Server);
    m_passphrase = add("changePassphrase", Icon::Lock);
    m_export = add("exportPublicKey", Icon::Download);
    m_restrict = add("restrictKey", Icon::Shield);
    actions->addStretch(1);
    m_delete = add("deleteKey", Icon::Trash);
    setButtonKind(m_delete, ButtonKind::Destructive);
    m_installMenu = new QMenu(this);
    m_installMenu->setObjectName(QStringLiteral("installMenu"));
    m_install->setMenu(m_installMenu);
    connect(m_installMenu, &QMenu::aboutToShow, this, &LocalKeys::fillInstallMenu);
    connect(m_copy, &QPushButton::clicked, this, &LocalKeys::copyPublic);
    connect(m_passphrase, &QPushButton::clicked, this, &LocalKeys::askPassphrase);
    connect(m_export, &QPushButton::clicked, this, &LocalKeys::exportPublic);
    connect(m_restrict, &QPushButton::clicked, this, &LocalKeys::restrict);
    connect(m_delete, &QPushButton::clicked, this, &LocalKeys::askDelete);
}

void LocalKeys::retranslate()
{
    setAccessibleName(tr("Keys of this computer"));
    m_table->setAccessibleName(tr("Keys of this computer"));
    const auto name = [](QPushButton *button, const QString &text) {
        button->setText(text);
        button->setAccessibleName(text);
    };
    name(m_new, tr("New key"));
    name(m_other, tr("Another kind…"));
    name(m_import, tr("Import…"));
    name(m_copy, tr("Copy public key"));
    name(m_install, tr("Install on"));
    name(m_passphrase, tr("Passphrase…"));
    name(m_export, tr("Export public key…"));
    name(m_restrict, tr("Make it private"));
    name(m_delete, tr("Delete…"));
    m_empty->set(icon(Icon::Key, IconTone::Accent), tr("No keys yet"),
                 tr("With a key you sign in without a password. One click makes one."));
    name(m_emptyNew, tr("New key"));
    m_model->retranslate();
}

void LocalKeys::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void LocalKeys::refresh()
{
    refreshAndSelect({});
}

/// The folder's keys, and those that instances use from elsewhere.
void LocalKeys::refreshAndSelect(const QString &select)
{
    if (m_listing)
        m_listing->deleteLater();
    QStringList files;
    for (const Instance *instance : m_fleet.instances()) {
        if (!instance->profile().identityFile.isEmpty())
            files.append(core::keys::expandKeyPath(instance->profile().identityFile));
    }
    m_listing = m_worker.list({core::keys::defaultKeyFolder()}, files, this);
    connect(m_listing, &core::Operation::finished, this, [this, select, list = m_listing.data()] {
        list->deleteLater();
        if (!list->isOk()) {
            showError(*list->error(), keyContext(core::keys::defaultKeyFolder()));
            return;
        }
        const KeyEntry *before = current();
        const QString wanted = !select.isEmpty() ? select : before ? before->path : QString();
        m_model->setKeys(list->takeValue());
        Q_EMIT listed();
        updateUsers();
        m_stack->setCurrentWidget(m_model->keys().empty() ? static_cast<QWidget *>(m_empty)
                                                          : m_table);
        for (int column = 0; column < KeyModel::Fingerprint; ++column)
            m_table->resizeColumnToContents(column);
        const int row = std::max(0, m_model->rowOf(wanted));
        if (!m_model->keys().empty())
            m_table->selectRow(m_table->proxy()->mapFromSource(m_model->index(row, 0)).row());
        updateActions();
    });
}

void LocalKeys::updateUsers()
{
    QHash<QString, QStringList> users;
    for (const Instance *instance : m_fleet.instances()) {
        const core::profiles::Profile &profile = instance->profile();
        if (profile.auth == core::profiles::AuthKind::Key)
            users[core::keys::expandKeyPath(profile.identityFile)].append(profile.name);
    }
    m_model->setUsers(users);
}

void LocalKeys::setUses(const QHash<QString, QDateTime> &uses)
{
    m_model->setUses(uses);
}

const std::vector<KeyEntry> &LocalKeys::keys() const
{
    return m_model->keys();
}

const KeyEntry *LocalKeys::current() const
{
    const QModelIndexList rows = m_table->selectionModel()->selectedRows();
    if (rows.isEmpty())
        return nullptr;
    const int row = m_table->proxy()->mapToSource(rows.first()).row();
    return row < int(m_model->keys().size()) ? &m_model->keys()[std::size_t(row)] : nullptr;
}

void LocalKeys::updateActions()
{
    const KeyEntry *key = current();
    const bool idle = !isBusy();
    const bool works = key && key->publicKey &&
                       (key->problem == KeyProblem::None || key->problem == KeyProblem::TooOpen);
    m_copy->setEnabled(key && key->publicKey);
    m_install->setEnabled(works);
    m_passphrase->setEnabled(works && idle);
    m_export->setEnabled(key && key->publicKey);
    m_restrict->setVisible(key && key->problem == KeyProblem::TooOpen);
    m_delete->setEnabled(key && idle);
    for (QPushButton *button : {m_new, m_other, m_import, m_emptyNew})
        button->setEnabled(idle);
    // The empty page has a button of its own for it: one primary button a page.
    for (QPushButton *button : {m_new, m_copy, m_install, m_passphrase, m_export, m_delete})
        button->setVisible(!m_model->keys().empty());
}

void LocalKeys::makeUsual()
{
    make(core::keys::usualKey(QDate::currentDate()), false);
}

void LocalKeys::askNew()
{
    auto *dialog = new NewKeyDialog(m_worker, this);
    connect(dialog, &QDialog::accepted, this,
            [this, dialog] { make(dialog->takeKey(), dialog->remembers()); });
    dialog->open();
}

void LocalKeys::make(const core::keys::NewKey &key, bool remember)
{
    tell(Banner::Kind::Info, tr("Making the key…"));
    core::keys::KeyOperation *operation = m_worker.generate(key, this);
    QPushButton *cancel = banner()->addAction(tr("Cancel"));
    connect(cancel, &QPushButton::clicked, operation, &core::Operation::cancel);
    follow(operation, keyContext(key.path.isEmpty() ? core::keys::defaultKeyFolder() : key.path),
           [this, passphrase =
                      remember ? key.passphrase : SecretBytes()](core::keys::KeyOperation *made) {
               const KeyEntry &entry = made->value();
               if (!passphrase.isEmpty()) {
                   core::Operation *keep = m_services.secrets.write(
                       {SecretKind::KeyPassphrase, entry.path}, passphrase, this);
                   connect(keep, &core::Operation::finished, this, [this, keep, entry] {
                       keep->deleteLater();
                       if (!keep->isOk())
                           showError(*keep->error(), keyContext(entry.path));
                   });
               }
               tell(Banner::Kind::Good, tr("Made %1").arg(QFileInfo(entry.path).fileName()),
                    tr("Install it on a connected instance, or copy its public key for your "
                       "provider's console."));
               refreshAndSelect(entry.path);
           });
}

} // namespace ui::keys
