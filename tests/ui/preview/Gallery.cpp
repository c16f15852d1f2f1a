// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/preview/Gallery.h"

#include "ui/common/Banner.h"
#include "ui/common/BigNumber.h"
#include "ui/common/Card.h"
#include "ui/common/Chip.h"
#include "ui/common/EmptyState.h"
#include "ui/common/Format.h"
#include "ui/common/IconView.h"
#include "ui/common/Label.h"
#include "ui/common/Skeleton.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QRadioButton>
#include <QSpinBox>
#include <QTabBar>
#include <QTableWidget>
#include <QToolButton>

namespace preview {

using namespace ui;

namespace {

QWidget *buttons()
{
    auto *card = new Card;
    card->setTitle(QStringLiteral("Buttons"));
    auto *row = new QHBoxLayout;
    const auto add = [&](const QString &text, ButtonKind kind, bool enabled = true) {
        auto *button = new QPushButton(text);
        setButtonKind(button, kind);
        button->setEnabled(enabled);
        row->addWidget(button);
    };
    add(QStringLiteral("Connect"), ButtonKind::Primary);
    add(QStringLiteral("Cancel"), ButtonKind::Secondary);
    add(QStringLiteral("Delete instance"), ButtonKind::Destructive);
    add(QStringLiteral("Details"), ButtonKind::Plain);
    add(QStringLiteral("Disabled"), ButtonKind::Primary, false);
    auto *withIcon =
        new QPushButton(icon(Icon::Add, IconTone::OnAccent), QStringLiteral("Paste or add…"));
    setButtonKind(withIcon, ButtonKind::Primary);
    row->addWidget(withIcon);
    for (Icon name : {Icon::Play, Icon::Pause, Icon::Gear, Icon::Refresh}) {
        auto *tool = new QToolButton;
        tool->setIcon(icon(name));
        tool->setCheckable(true);
        tool->setChecked(name == Icon::Pause);
        row->addWidget(tool);
    }
    row->addStretch();
    card->body()->addLayout(row);
    return card;
}

QWidget *fields()
{
    auto *card = new Card;
    card->setTitle(QStringLiteral("Fields"));
    auto *form = new QFormLayout;
    auto *line = new QLineEdit(QStringLiteral("connect.westb.seetacloud.com"));
    auto *hint = new QLineEdit;
    hint->setPlaceholderText(QStringLiteral("ssh -p 35394 root@region-1.autodl.com"));
    auto *combo = new QComboBox;
    combo->addItems({QStringLiteral("Password"), QStringLiteral("Key file")});
    auto *spin = new QSpinBox;
    spin->setRange(1, 65535);
    spin->setValue(35394);
    auto *text = new QPlainTextEdit(QStringLiteral("ssh -p 35394 root@region-1.autodl.com\n"));
    text->setFixedHeight(56);
    auto *check = new QCheckBox(QStringLiteral("Remember the password"));
    check->setChecked(true);
    auto *off = new QCheckBox(QStringLiteral("Off"));
    auto *radio = new QRadioButton(QStringLiteral("Follow the system"));
    radio->setChecked(true);
    auto *checks = new QHBoxLayout;
    for (QWidget *w : std::initializer_list<QWidget *>{check, off, radio,
                                                       new QRadioButton(QStringLiteral("Dark"))})
        checks->addWidget(w);
    checks->addStretch();
    auto *progress = new QProgressBar;
    progress->setValue(62);
    progress->setTextVisible(false);
    form->addRow(QStringLiteral("Host"), line);
    form->addRow(QStringLiteral("Command"), hint);
    form->addRow(QStringLiteral("Sign in with"), combo);
    form->addRow(QStringLiteral("Port"), spin);
    form->addRow(QStringLiteral("Text"), text);
    form->addRow(QString(), checks);
    form->addRow(QStringLiteral("Progress"), progress);
    card->body()->addLayout(form);
    return card;
}

QWidget *table()
{
    auto *table = new QTableWidget(4, 3);
    table->setHorizontalHeaderLabels(
        {QStringLiteral("PID"), QStringLiteral("Memory"), QStringLiteral("Command")});
    for (int row = 0; row < 4; ++row) {
        table->setItem(row, 0, new QTableWidgetItem(QString::number(1200 + row * 371)));
        table->setItem(row, 1, new QTableWidgetItem(format::bytes(1.7e9 * (row + 1))));
        table->setItem(row, 2, new QTableWidgetItem(QStringLiteral("python train.py")));
    }
    table->setFrameShape(QFrame::NoFrame);
    table->setShowGrid(false);
    table->selectRow(1);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setFixedHeight(150);
    auto *card = new Card;
    card->setTitle(QStringLiteral("Table"));
    card->body()->addWidget(table);
    return card;
}

QWidget *states()
{
    auto *card = new Card;
    card->setTitle(QStringLiteral("States"));
    auto *row = new QHBoxLayout;
    const auto add = [&](const QString &text, Chip::Tone tone, Icon sign) {
        auto *chip = new Chip;
        chip->set(text, tone, sign);
        row->addWidget(chip);
    };
    add(QStringLiteral("Running 3 h 12 m"), Chip::Tone::Good, Icon::Ok);
    add(QStringLiteral("No-GPU mode, ¥0.1/h"), Chip::Tone::Warn, Icon::Info);
    add(QStringLiteral("Failed"), Chip::Tone::Bad, Icon::Error);
    add(QStringLiteral("RTX 4090 ×2"), Chip::Tone::Neutral, Icon::Gpu);
    add(QStringLiteral("Connecting"), Chip::Tone::Accent, Icon::Refresh);
    row->addStretch();
    for (const QString &text :
         {format::percent(97), format::bytesOf(18.3e9, 24e9), format::watts(402)}) {
        auto *number = new BigNumber;
        number->setText(text);
        row->addWidget(number);
    }
    card->body()->addLayout(row);
    auto *elided = new ElidedLabel;
    elided->setText(QStringLiteral("A long line that does not fit: ") + QString(300, u'x'));
    card->body()->addWidget(elided);
    auto *icons = new QHBoxLayout;
    for (int i = 0; i <= int(Icon::Warning); ++i) {
        auto *view = new IconView(16);
        view->set(icon(Icon(i)));
        icons->addWidget(view);
    }
    icons->addStretch();
    card->body()->addLayout(icons);
    return card;
}

QWidget *menu()
{
    auto *menu = new QMenu;
    menu->setWindowFlags(Qt::Widget); // shown in the page instead of over it
    menu->addAction(icon(Icon::Edit), QStringLiteral("Rename"))->setShortcut(Qt::Key_F2);
    menu->addAction(icon(Icon::Copy), QStringLiteral("Copy login command"))
        ->setShortcut(QKeySequence::Copy);
    QAction *checked = menu->addAction(QStringLiteral("Connect at start"));
    checked->setCheckable(true);
    checked->setChecked(true);
    menu->addSeparator();
    menu->addAction(icon(Icon::Trash), QStringLiteral("Delete"))->setEnabled(false);
    menu->addMenu(QStringLiteral("More"))->addAction(QStringLiteral("x"));
    menu->setActiveAction(menu->actions().at(1));
    return menu;
}

QWidget *banners()
{
    auto *box = new QWidget;
    auto *layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    auto *error = new Banner;
    error->setError(describe({core::ErrorCode::AuthRejected, core::Step::Auth,
                              QStringLiteral("Permission denied (publickey,password).")},
                             {}));
    auto *warning = new Banner;
    warning->setMessage(
        Banner::Kind::Warning,
        QStringLiteral("GPU 1 has been at 0 % for 6 min while python holds 18 GB."));
    warning->setClosable(true);
    layout->addWidget(error);
    layout->addWidget(warning);
    return box;
}

} // namespace

QWidget *makeGallery()
{
    auto *page = new QWidget;
    auto *layout = new QVBoxLayout(page);
    auto *tabs = new QTabBar;
    for (const char *name : {"Monitor", "Files", "Jobs", "Terminal"})
        tabs->addTab(QString::fromLatin1(name));
    layout->addWidget(tabs);
    layout->addWidget(banners());
    layout->addWidget(buttons());
    layout->addWidget(states());
    auto *two = new QHBoxLayout;
    two->addWidget(fields());
    auto *right = new QVBoxLayout;
    right->addWidget(table());
    right->addWidget(menu(), 0, Qt::AlignLeft);
    right->addWidget(new Skeleton(Skeleton::Shape::Chart), 1);
    two->addLayout(right);
    layout->addLayout(two);
    auto *empty = new EmptyState;
    empty->set(appIcon(), QStringLiteral("No instance yet"),
               QStringLiteral("Paste the login command from your provider's console."));
    empty->addAction(QStringLiteral("Paste"));
    layout->addWidget(empty);
    page->resize(1100, 1100);
    return page;
}

} // namespace preview
