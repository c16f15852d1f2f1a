// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/fleet/Instance.h"
#include "core/fleet/Tunnels.h"

#include <QPointer>
#include <QWidget>

class QBoxLayout;
class QPushButton;
class QUrl;

namespace ui {
class Banner;
class Card;
class EmptyState;
class Label;
class TableView;
} // namespace ui

namespace ui::connections {

class ServiceCard;
class ServiceOpener;
struct ServiceWish;
class TunnelDialog;
class TunnelModel;

/// The Connections tab: web pages of the instance with one click, and its tunnels.
class ConnectionsPage final : public QWidget
{
    Q_OBJECT

public:
    explicit ConnectionsPage(QWidget *parent = nullptr);
    ~ConnectionsPage() override;

    /// May be null; follows the instance's destruction.
    void setInstance(core::fleet::Instance *instance);

protected:
    void changeEvent(QEvent *event) override;

private:
    QWidget *buildServices();
    QWidget *buildTunnels();
    void buildActions(QBoxLayout *actions);
    void retranslate();
    void updateLink();
    void updateTunnels();
    void updateTunnel(quint64 id);
    void updateActions();
    void updateProblem();
    [[nodiscard]] core::fleet::Tunnels *tunnels() const;
    /// The selected one; null = none.
    [[nodiscard]] const core::fleet::Tunnel *current() const;

    // Services
    void openService(ServiceCard *card, const ServiceWish &wish);
    void onServiceFailed(const core::Error &error);

    // TunnelActions.cpp
    void add();
    void edit();
    void openDialog(const core::fleet::Tunnel *tunnel);
    void save(TunnelDialog *dialog);
    void toggle();
    void remove();
    void openInBrowser();
    void browse(const QUrl &url);
    void copyAddress();
    void usePort(quint64 id, quint16 port);
    void report(const core::Error &error);

    QPointer<core::fleet::Instance> m_instance;
    TunnelModel *m_model;
    ServiceOpener *m_opener;
    ServiceCard *m_opening = nullptr; ///< whose click the opener works on
    Banner *m_notice;
    Banner *m_link;
    QPushButton *m_connect = nullptr;
    ServiceCard *m_jupyter = nullptr;
    ServiceCard *m_board = nullptr;
    ServiceCard *m_port6006 = nullptr;
    Card *m_card = nullptr;
    Banner *m_problem = nullptr;
    TableView *m_table = nullptr;
    EmptyState *m_empty = nullptr;
    QPushButton *m_new = nullptr;
    QPushButton *m_emptyNew = nullptr;
    QPushButton *m_browse = nullptr;
    QPushButton *m_copy = nullptr;
    QPushButton *m_copyCommand = nullptr;
    Label *m_command = nullptr; ///< what does the same by hand
    QPushButton *m_toggle = nullptr;
    QPushButton *m_edit = nullptr;
    QPushButton *m_delete = nullptr;
    QWidget *m_actions = nullptr;
    QString m_told; ///< the problem that is shown; its details may be unfolded
};

} // namespace ui::connections
