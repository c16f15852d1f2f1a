// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/keys/InstanceKeys.h"

#include "ui/common/EmptyState.h"
#include "ui/common/Format.h"
#include "ui/common/Icons.h"
#include "ui/common/Label.h"
#include "ui/common/Skeleton.h"
#include "ui/common/TableView.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QEvent>
#include <QHeaderView>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSortFilterProxyModel>
#include <QStackedWidget>
#include <QToolButton>

#include <algorithm>

namespace ui::keys {

using namespace std::chrono_literals;
using core::fleet::Instance;
using core::fleet::RemoteKeys;
using core::keys::AuthorizedKey;
using core::keys::KeyEntry;
using core::keys::PublicKey;
using core::profiles::AuthKind;

InstanceKeys::InstanceKeys(core::fleet::Fleet &fleet, QWidget *parent)
    : KeysPart("instanceKeysBanner", parent)
    , m_fleet(fleet)
    , m_model(new PublicKeyModel(this))
    , m_instances(new QComboBox)
    , m_instancesLabel(new Label(TextStyle::Body, TextTone::Secondary))
    , m_again(new QToolButton)
    , m_table(new TableView)
    , m_away(new EmptyState)
    , m_skeleton(new Skeleton(Skeleton::Shape::Lines))
    , m_blank(new QWidget)
    , m_stack(new QStackedWidget)
    , m_status(new ElidedLabel(TextStyle::Caption, TextTone::Hint))
{
    setObjectName(QStringLiteral("instanceKeys"));
    m_table->setObjectName(QStringLiteral("instanceKeysTable"));
    m_table->setSourceModel(m_model);
    m_table->sortByColumn(PublicKeyModel::Name, Qt::AscendingOrder);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_away->setObjectName(QStringLiteral("instanceKeysAway"));
    m_awayButton = m_away->addAction({});
    m_awayButton->setObjectName(QStringLiteral("instanceKeysAwayButton"));
    m_status->setObjectName(QStringLiteral("instanceKeysStatus"));
    m_status->setElideMode(Qt::ElideMiddle);
    for (QWidget *page : {static_cast<QWidget *>(m_table), static_cast<QWidget *>(m_away),
                          static_cast<QWidget *>(m_skeleton), m_blank})
        m_stack->addWidget(page);
    m_slow.setSingleShot(true);
    m_slow.setInterval(300ms);
    buildTools();
    auto *actions = new QHBoxLayout;
    actions->setSpacing(space::s);
    buildActions(actions);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::m);
    layout->addWidget(banner());
    layout->addWidget(m_stack, 1);
    layout->addWidget(m_status);
    layout->addLayout(actions);

    connect(&m_slow, &QTimer::timeout, this, &InstanceKeys::update);
    connect(m_awayButton, &QPushButton::clicked, this, [this] {
        if (isConnected())
            Q_EMIT installRequested(m_instance);
        else if (m_instance)
            Q_EMIT connectRequested(m_instance->id());
    });
    connect(banner(), &Banner::actionTriggered, this, &InstanceKeys::read);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &InstanceKeys::updateActions);
    connect(&m_fleet, &core::fleet::Fleet::added, this, &InstanceKeys::fillInstances);
    connect(&m_fleet, &core::fleet::Fleet::reordered, this, &InstanceKeys::fillInstances);
    // It is still in the list while this is told.
    connect(&m_fleet, &core::fleet::Fleet::aboutToRemove, this, &InstanceKeys::fillInstances,
            Qt::QueuedConnection);
    fillInstances();
    retranslate();
}

InstanceKeys::~InstanceKeys() = default;

void InstanceKeys::buildTools()
{
    m_instances->setObjectName(QStringLiteral("keysInstance"));
    m_instances->setMinimumWidth(200);
    m_instancesLabel->setBuddy(m_instances);
    m_again->setObjectName(QStringLiteral("instanceKeysAgain"));
    m_again->setIcon(icon(Icon::Refresh, IconTone::Secondary));
    m_again->setFocusPolicy(Qt::StrongFocus);
    auto *row = new QHBoxLayout(tools());
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::s);
    row->addStretch(1);
    row->addWidget(m_instancesLabel);
    row->addWidget(m_instances);
    row->addWidget(m_again);
    connect(m_instances, &QComboBox::currentIndexChanged, this,
            [this] { showInstance(m_fleet.byId(m_instances->currentData().toString())); });
    connect(m_again, &QToolButton::clicked, this, &InstanceKeys::read);
}

void InstanceKeys::buildActions(QBoxLayout *actions)
{
    m_copy = new QPushButton;
    m_copy->setObjectName(QStringLiteral("copyInstanceKey"));
    m_copy->setIcon(icon(Icon::Copy, IconTone::Secondary));
    m_remove = new QPushButton;
    m_remove->setObjectName(QStringLiteral("removeInstanceKey"));
    m_remove->setIcon(icon(Icon::Trash, IconTone::Secondary));
    setButtonKind(m_remove, ButtonKind::Destructive);
    actions->addWidget(m_copy);
    actions->addStretch(1);
    actions->addWidget(m_remove);
    connect(m_copy, &QPushButton::clicked, this, &InstanceKeys::copyKey);
    connect(m_remove, &QPushButton::clicked, this, &InstanceKeys::askRemove);
}

void InstanceKeys::retranslate()
{
    setAccessibleName(tr("Keys that an instance accepts"));
    m_table->setAccessibleName(tr("Keys that the instance accepts"));
    m_instancesLabel->setText(tr("Instance"));
    m_instances->setAccessibleName(tr("Instance"));
    m_again->setAccessibleName(tr("Read again"));
    m_again->setToolTip(tr("Read again"));
    const auto name = [](QPushButton *button, const QString &text) {
        button->setText(text);
        button->setAccessibleName(text);
    };
    name(m_copy, tr("Copy public key"));
    name(m_remove, tr("Remove from the instance…"));
    m_model->retranslate();
    update();
}

void InstanceKeys::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

bool InstanceKeys::isConnected() const
{
    return m_instance && m_instance->session();
}

bool InstanceKeys::isThroughAgent() const
{
    if (!m_instance)
        return false;
    const auto &profile = m_instance->profile();
    return profile.auth == AuthKind::Agent ||
           (profile.auth == AuthKind::Key && profile.identityFile.isEmpty());
}

QString InstanceKeys::name() const
{
    return m_instance ? m_instance->profile().name : QString();
}

void InstanceKeys::fillInstances()
{
    {
        const QSignalBlocker quiet(m_instances);
        m_instances->clear();
        for (const Instance *instance : m_fleet.instances()) {
            m_instances->addItem(QString(), instance->id());
            for (auto signal : {&Instance::stateChanged, &Instance::profileChanged})
                connect(instance, signal, this, &InstanceKeys::onStateChanged,
                        Qt::UniqueConnection);
        }
        nameInstances();
    }
    m_instances->setEnabled(m_instances->count() > 0);
    setInstance(m_instance && m_fleet.byId(m_instance->id()) ? m_instance.data() : nullptr);
}

void InstanceKeys::nameInstances()
{
    for (int i = 0; i < m_instances->count(); ++i) {
        const Instance *instance = m_fleet.byId(m_instances->itemData(i).toString());
        if (!instance)
            continue;
        const bool on = instance->state() == Instance::State::Connected;
        m_instances->setItemText(i, instance->profile().name);
        m_instances->setItemIcon(i, on ? icon(Icon::Ok, IconTone::Good)
                                       : icon(Icon::Unplug, IconTone::Hint));
    }
}

void InstanceKeys::setInstance(Instance *instance)
{
    const auto &all = m_fleet.instances();
    if (!instance) {
        const auto connected = std::find_if(all.begin(), all.end(), [](const Instance *one) {
            return one->state() == Instance::State::Connected;
        });
        instance = connected != all.end() ? *connected : all.empty() ? nullptr : all.front();
    }
    showInstance(instance);
}

void InstanceKeys::showInstance(Instance *instance)
{
    const QSignalBlocker quiet(m_instances);
    m_instances->setCurrentIndex(instance ? m_instances->findData(instance->id()) : -1);
    if (instance == m_instance) {
        update();
        return;
    }
    m_instance = instance;
    m_wasConnected = isConnected();
    m_isRead = false;
    m_keys.clear();
    delete m_reading; // of the other one
    m_slow.stop();
    banner()->hide();
    updateRows();
    Q_EMIT instanceChanged(instance);
    if (isVisible())
        read();
    update();
}

void InstanceKeys::onStateChanged()
{
    nameInstances();
    const bool connected = isConnected();
    if (connected && !m_wasConnected && isVisible())
        read();
    m_wasConnected = connected;
    updateRows(); // the way of signing in may be another
    update();
}

void InstanceKeys::setOwnKeys(const std::vector<KeyEntry> &keys)
{
    m_own = keys;
    updateRows();
}

void InstanceKeys::setAgentKeys(const std::vector<PublicKey> &keys)
{
    m_agent = keys;
    updateRows();
}

void InstanceKeys::refresh()
{
    read();
}

void InstanceKeys::read()
{
    if (!isConnected() || m_reading) {
        update();
        return;
    }
    m_reading = RemoteKeys::list(*m_instance->session(), this);
    connect(m_reading, &core::Operation::finished, this, [this, list = m_reading.data()] {
        list->deleteLater();
        m_reading.clear();
        m_slow.stop();
        if (list->isOk()) {
            banner()->hide();
            take(*list);
        } else {
            showFailure(*list->error());
        }
        update();
    });
    m_slow.start();
    update();
}

void InstanceKeys::take(const RemoteKeys &keys)
{
    m_isRead = true;
    m_keys = keys.keys();
    m_place = QString::fromUtf8(keys.path());
    if (!keys.linkTarget().isEmpty())
        m_place += QStringLiteral(" → ") + QString::fromUtf8(keys.linkTarget());
    m_readAt = std::chrono::system_clock::now();
    updateRows();
}

void InstanceKeys::showFailure(const core::Error &error)
{
    ErrorContext context;
    context.instance = name();
    Description words = describe(error, context);
    if (error.code == core::ErrorCode::Cancelled) {
        banner()->hide();
        return;
    }
    if (error.code == core::ErrorCode::PermissionDenied)
        words.advice = tr("Make the file writable on the instance, or change its keys in the "
                          "provider's console.");
    // Reading again is what can be done here, and shows what holds now.
    words.action = ErrorAction::Retry;
    words.button = tr("Read again");
    words.otherAction = ErrorAction::None;
    words.otherButton.clear();
    banner()->setError(words);
    banner()->show();
}

void InstanceKeys::update()
{
    if (m_isRead && !m_keys.empty()) {
        m_stack->setCurrentWidget(m_table);
    } else if (m_isRead || !isConnected()) {
        updateAway();
        m_stack->setCurrentWidget(m_away);
    } else if (m_reading && !m_slow.isActive()) {
        m_stack->setCurrentWidget(m_skeleton);
    } else {
        m_stack->setCurrentWidget(m_blank);
    }
    updateStatus();
    updateActions();
}

/// The page where there is nothing to be listed.
void InstanceKeys::updateAway()
{
    m_awayButton->setVisible(m_instance && !m_instance->isBusy());
    m_awayButton->setText(tr("Connect"));
    if (!m_instance) {
        m_away->set(icon(Icon::Server, IconTone::Hint), tr("No instance yet"),
                    tr("Paste a login command on the left. Then this page shows which keys the "
                       "instance accepts."));
    } else if (isConnected()) {
        m_away->set(icon(Icon::Key, IconTone::Accent), tr("%1 accepts no key yet").arg(name()),
                    tr("Only its password signs in. One click puts a key there and uses it from "
                       "then on."));
        m_awayButton->setText(tr("Use a key"));
    } else if (m_instance->isBusy()) {
        m_away->set(icon(Icon::Server, IconTone::Hint), tr("Connecting to %1…").arg(name()),
                    tr("Its keys are shown when it is connected."));
    } else {
        m_away->set(icon(Icon::Unplug, IconTone::Hint), tr("%1 is not connected").arg(name()),
                    tr("The keys that it accepts are read from the instance itself."));
    }
    m_awayButton->setAccessibleName(m_awayButton->text());
}

void InstanceKeys::updateStatus()
{
    m_status->setVisible(m_isRead);
    if (!m_isRead)
        return;
    const auto &profile = m_instance->profile();
    //: %1 is user@host, %2 a path, %3 a time
    const QString where =
        tr("%1, %2, as of %3")
            .arg(profile.user + u'@' + profile.host, m_place, format::clock(m_readAt));
    m_status->setText(isConnected() ? where : tr("Not connected: as it was last. %1").arg(where));
}

void InstanceKeys::updateRows()
{
    const int before = currentRow(); // of the model, which may be older than m_keys
    const std::optional<PublicKey> selected =
        before < 0 ? std::nullopt
                   : std::optional<PublicKey>(m_model->rows()[std::size_t(before)].key);
    std::vector<PublicKeyRow> rows;
    bool hasOptions = false;
    for (const AuthorizedKey &key : m_keys) {
        rows.push_back(rowOf(key));
        hasOptions = hasOptions || !key.options.isEmpty();
    }
    if (rows == m_model->rows())
        return;
    m_model->setRows(std::move(rows));
    m_table->setColumnHidden(PublicKeyModel::Options, !hasOptions);
    for (int column = 0; column < PublicKeyModel::Options; ++column)
        m_table->resizeColumnToContents(column);
    for (int row = 0; row < m_table->proxy()->rowCount(); ++row) {
        const int source = m_table->proxy()->mapToSource(m_table->proxy()->index(row, 0)).row();
        if (row == 0 || (selected && m_model->rows()[std::size_t(source)].key.isSameKey(*selected)))
            m_table->selectRow(row);
    }
    updateActions();
}

PublicKeyRow::Use InstanceKeys::useOf(const PublicKey &key, const QString &ours) const
{
    using Use = PublicKeyRow::Use;
    if (!m_instance)
        return Use::None;
    const auto &profile = m_instance->profile();
    const bool inAgent = std::any_of(m_agent.begin(), m_agent.end(),
                                     [&](const PublicKey &held) { return held.isSameKey(key); });
    switch (profile.auth) {
    case AuthKind::Password: return Use::None;
    case AuthKind::Agent: return inAgent ? Use::MaySign : Use::None;
    case AuthKind::Key: break;
    }
    if (!profile.identityFile.isEmpty())
        return ours == core::keys::expandKeyPath(profile.identityFile) ? Use::Signs : Use::None;
    // The agent, then the usual files.
    const QString folder = core::keys::defaultKeyFolder();
    const bool isUsual = ours == folder + QStringLiteral("/id_ed25519") ||
                         ours == folder + QStringLiteral("/id_ecdsa") ||
                         ours == folder + QStringLiteral("/id_rsa");
    return inAgent || isUsual ? Use::MaySign : Use::None;
}

int InstanceKeys::currentRow() const
{
    const QModelIndexList rows = m_table->selectionModel()->selectedRows();
    return rows.isEmpty() ? -1 : m_table->proxy()->mapToSource(rows.first()).row();
}

const AuthorizedKey *InstanceKeys::current() const
{
    const int row = currentRow();
    return row >= 0 && row < int(m_keys.size()) ? &m_keys[std::size_t(row)] : nullptr;
}

void InstanceKeys::updateActions()
{
    const bool any = m_stack->currentWidget() == m_table;
    m_copy->setVisible(any);
    m_remove->setVisible(any);
    m_copy->setEnabled(current());
    m_remove->setEnabled(current() && isConnected() && !isBusy());
    m_again->setEnabled(isConnected() && !m_reading);
}

} // namespace ui::keys
