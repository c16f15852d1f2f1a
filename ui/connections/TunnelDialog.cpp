// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/connections/TunnelDialog.h"

#include "ui/common/Label.h"
#include "ui/connections/TunnelWords.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>

#include <algorithm>

namespace ui::connections {

using core::fleet::Tunnel;
using core::probe::PortForward;
using Kind = PortForward::Kind;

namespace {

constexpr int fieldWidth = 340;
constexpr quint16 usualTarget = 8888;
constexpr quint16 usualProxy = 1080;

QSpinBox *portField()
{
    auto *field = new QSpinBox;
    field->setRange(1, 65535);
    field->setGroupSeparatorShown(false);
    return field;
}

} // namespace

TunnelDialog::TunnelDialog(core::fleet::Tunnels &tunnels, const Tunnel *tunnel, QWidget *parent)
    : QDialog(parent)
    , m_tunnels(tunnels)
    , m_id(tunnel ? tunnel->id : 0)
    , m_before(tunnel ? tunnel->forward : PortForward())
    , m_form(new QFormLayout)
    , m_kind(new QComboBox)
    , m_name(new QLineEdit)
    , m_port(portField())
    , m_bind(new QComboBox)
    , m_host(new QLineEdit)
    , m_hostPort(portField())
    , m_words(new Label(TextStyle::Body, TextTone::Secondary))
    , m_problem(new Label(TextStyle::Caption, TextTone::Warning))
    , m_useFree(new QPushButton)
{
    setObjectName(QStringLiteral("tunnelDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tunnel ? tr("Change tunnel") : tr("New tunnel"));
    m_kind->addItem(tr("Local: a port of this computer leads to the instance"), int(Kind::Local));
    m_kind->addItem(tr("Remote: a port of the instance leads to this computer"), int(Kind::Remote));
    m_kind->addItem(tr("SOCKS proxy: programs here reach out from the instance"),
                    int(Kind::Dynamic));
    m_bind->setEditable(true);
    m_host->setText(QStringLiteral("localhost"));
    m_hostPort->setValue(usualTarget);
    m_name->setPlaceholderText(tr("Optional"));
    const auto add = [this](QWidget *field, const char *name) {
        field->setObjectName(QLatin1StringView(name));
        field->setMinimumWidth(fieldWidth);
        auto *label = new QLabel; // named in kindChanged()
        label->setBuddy(field);
        m_form->addRow(label, field);
    };
    add(m_kind, "tunnelKind");
    add(m_name, "tunnelName");
    add(m_host, "tunnelHost");
    add(m_hostPort, "tunnelHostPort");
    add(m_port, "tunnelPort");
    add(m_bind, "tunnelBind");
    m_form->setHorizontalSpacing(space::l);
    m_form->setVerticalSpacing(space::s);
    m_form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_words->setWordWrap(true);
    m_problem->setWordWrap(true);
    m_problem->setObjectName(QStringLiteral("tunnelProblem"));
    m_useFree->setObjectName(QStringLiteral("tunnelUseFree"));
    setButtonKind(m_useFree, ButtonKind::Link);
    auto *buttons = new QDialogButtonBox;
    buttons->addButton(tr("Cancel"), QDialogButtonBox::RejectRole);
    m_save = buttons->addButton(tunnel ? tr("Save") : tr("Add"), QDialogButtonBox::AcceptRole);
    m_save->setObjectName(QStringLiteral("tunnelSave"));
    setButtonKind(m_save, ButtonKind::Primary);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::xl, space::l, space::xl, space::l);
    layout->setSpacing(space::m);
    layout->addWidget(m_words);
    layout->addLayout(m_form);
    layout->addWidget(m_problem);
    layout->addWidget(m_useFree, 0, Qt::AlignLeft);
    layout->addWidget(buttons);

    if (tunnel) {
        m_portIsMine = false;
        m_kind->setCurrentIndex(m_kind->findData(int(m_before.kind)));
        m_name->setText(m_before.label);
        m_port->setValue(m_before.bindPort);
        if (m_before.hostPort != 0) {
            m_host->setText(m_before.host);
            m_hostPort->setValue(m_before.hostPort);
        }
    }
    kindChanged();
    if (!m_before.bindAddress.isEmpty())
        m_bind->setCurrentText(m_before.bindAddress);
    connect(m_kind, &QComboBox::currentIndexChanged, this, &TunnelDialog::kindChanged);
    connect(m_hostPort, &QSpinBox::valueChanged, this, &TunnelDialog::targetPortChanged);
    connect(m_port, &QSpinBox::valueChanged, this, [this] {
        m_portIsMine = false;
        check();
    });
    for (QLineEdit *field : {m_host, m_bind->lineEdit()})
        connect(field, &QLineEdit::textChanged, this, &TunnelDialog::check);
    connect(m_useFree, &QPushButton::clicked, this, [this] { m_port->setValue(m_free); });
    // The page closes it once the tunnel is saved.
    connect(buttons, &QDialogButtonBox::accepted, this, [this] {
        check();
        if (m_save->isEnabled())
            Q_EMIT saveRequested();
    });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

Kind TunnelDialog::kind() const
{
    return Kind(m_kind->currentData().toInt());
}

void TunnelDialog::kindChanged()
{
    const Kind now = kind();
    const QSignalBlocker quiet(m_bind);
    m_bind->clear();
    //: Which of its addresses a port listens on
    m_bind->addItem(now == Kind::Remote ? tr("The instance only (localhost)")
                                        : tr("This computer only (localhost)"));
    m_bind->addItem(QStringLiteral("0.0.0.0"));
    switch (now) {
    case Kind::Local:
        m_words->setText(tr("What listens on the instance shows up on this computer: Jupyter, "
                            "TensorBoard, a web page of your own."));
        break;
    case Kind::Remote:
        m_words->setText(tr("What listens on this computer, or what it can reach, shows up on "
                            "the instance: a proxy, a dataset server."));
        break;
    case Kind::Dynamic:
        m_words->setText(tr("Set it as SOCKS proxy in a browser or program. Names are looked up "
                            "by the instance."));
        break;
    }
    const auto name = [this](QWidget *field, const QString &text) {
        field->setAccessibleName(text);
        if (auto *label = qobject_cast<QLabel *>(m_form->labelForField(field)))
            label->setText(text);
    };
    name(m_kind, tr("Kind"));
    name(m_name, tr("Name"));
    name(m_host,
         now == Kind::Remote ? tr("Host, from this computer") : tr("Host, from the instance"));
    name(m_hostPort, tr("Its port"));
    name(m_port, now == Kind::Remote ? tr("Port on the instance") : tr("Port on this computer"));
    name(m_bind, tr("Reachable from"));
    for (QWidget *field : {static_cast<QWidget *>(m_host), static_cast<QWidget *>(m_hostPort)}) {
        field->setVisible(now != Kind::Dynamic);
        m_form->labelForField(field)->setVisible(now != Kind::Dynamic);
    }
    targetPortChanged();
}

/// The port here is the one there, where that is free.
void TunnelDialog::targetPortChanged()
{
    if (m_portIsMine) {
        const auto wish = kind() == Kind::Dynamic ? usualProxy : quint16(m_hostPort->value());
        const quint16 free = kind() == Kind::Remote ? wish : m_tunnels.freePort(wish);
        const QSignalBlocker quiet(m_port);
        m_port->setValue(free);
    }
    check();
}

PortForward TunnelDialog::forward() const
{
    PortForward forward;
    forward.kind = kind();
    forward.label = m_name->text().simplified();
    forward.bindPort = quint16(m_port->value());
    if (m_bind->currentText() != m_bind->itemText(0))
        forward.bindAddress = m_bind->currentText().trimmed();
    if (forward.kind != Kind::Dynamic) {
        forward.host = m_host->text().trimmed();
        forward.hostPort = quint16(m_hostPort->value());
    }
    forward.isOn = m_id == 0 || m_before.isOn;
    return forward;
}

QString TunnelDialog::problem()
{
    const PortForward wanted = forward();
    m_free = 0;
    if (wanted.kind != Kind::Dynamic &&
        (wanted.host.isEmpty() || wanted.host.contains(u' ') || wanted.host.contains(u'/')))
        return tr("A host is needed: a name or an address, without http:// and port.");
    for (const Tunnel &tunnel : m_tunnels.all()) {
        if (tunnel.id == m_id || !tunnel.forward.clashesWith(wanted))
            continue;
        if (wanted.kind != Kind::Remote)
            m_free = m_tunnels.freePort(wanted.bindPort);
        //: %1 is a port, %2 the name of a tunnel
        return tr("Port %1 belongs to the tunnel “%2” already.")
            .arg(wanted.bindPort)
            .arg(titleWords(tunnel.forward));
    }
    const bool isOwnPort =
        m_id != 0 && m_before.kind != Kind::Remote && m_before.bindPort == wanted.bindPort;
    if (wanted.kind == Kind::Remote || isOwnPort)
        return {};
    const quint16 free = m_tunnels.freePort(wanted.bindPort);
    if (free == wanted.bindPort)
        return {};
    m_free = free;
    return wanted.bindPort < 1024 ? tr("Ports below 1024 belong to the system on most computers.")
                                  : tr("Port %1 is in use on this computer.").arg(wanted.bindPort);
}

void TunnelDialog::check()
{
    setProblem(problem());
}

void TunnelDialog::setProblem(const QString &problem)
{
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
    m_useFree->setVisible(m_free != 0);
    //: Button: %1 is a port
    m_useFree->setText(tr("Use %1, which is free").arg(m_free));
    m_save->setEnabled(problem.isEmpty());
}

} // namespace ui::connections
