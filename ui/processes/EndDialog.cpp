// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/processes/EndDialog.h"

#include "ui/common/Label.h"
#include "ui/common/Theme.h"
#include "ui/processes/ProcessTableModel.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QDialogButtonBox>
#include <QPushButton>

#include <algorithm>

namespace ui::processes {

using core::probe::ProcessTable;
using core::probe::TableProcess;

namespace {

constexpr int dialogWidth = 480;
constexpr std::size_t mostNames = 6;
constexpr std::size_t mostNumbers = 12;

} // namespace

QString processWords(const ProcessTable &table, const std::vector<qint64> &pids)
{
    if (pids.size() != 1)
        return EndDialog::tr("%n processes", nullptr, int(pids.size()));
    const TableProcess *process = table.find(pids.front());
    //: A program's name and its PID: "python (4242)"
    return EndDialog::tr("%1 (%2)").arg(process ? process->name : QString()).arg(pids.front());
}

EndDialog::EndDialog(ProcessTable table, std::vector<qint64> pids, QWidget *parent)
    : QDialog(parent)
    , m_table(std::move(table))
    , m_pids(std::move(pids))
    , m_tree(new QCheckBox)
    , m_danger(new Label(TextStyle::Body, TextTone::Warning))
    , m_sure(new QCheckBox(tr("End them all the same")))
    , m_command(new Label(TextStyle::Mono, TextTone::Secondary))
{
    for (const qint64 pid : m_pids) {
        for (const qint64 below : core::probe::descendants(m_table, pid)) {
            const auto has = [below](const std::vector<qint64> &all) {
                return std::find(all.begin(), all.end(), below) != all.end();
            };
            if (!has(m_pids) && !has(m_below))
                m_below.push_back(below);
        }
    }
    build();
    showChoice();
}

void EndDialog::build()
{
    setObjectName(QStringLiteral("endDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("End processes"));
    //: %1 is "python (4242)" or "3 processes"
    auto *title = new Label(tr("End %1?").arg(processWords(m_table, m_pids)), TextStyle::Title);
    title->setWordWrap(true);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::xl, space::l, space::xl, space::l);
    layout->setSpacing(space::m);
    layout->addWidget(title);
    for (std::size_t i = 0; i < std::min(m_pids.size(), mostNames); ++i) {
        if (const TableProcess *process = m_table.find(m_pids[i])) {
            auto *line = new ElidedLabel(TextStyle::Mono, TextTone::Secondary);
            line->setText(QStringLiteral("%1  %2").arg(process->pid).arg(commandWords(*process)));
            layout->addWidget(line);
        }
    }
    if (m_pids.size() > mostNames)
        layout->addWidget(new Label(tr("… and %n more", nullptr, int(m_pids.size() - mostNames)),
                                    TextStyle::Body, TextTone::Secondary));
    m_tree->setObjectName(QStringLiteral("endTree"));
    m_tree->setText(tr("Also what they started (%n processes)", nullptr, int(m_below.size())));
    m_tree->setAccessibleName(m_tree->text());
    m_tree->setVisible(!m_below.empty());
    m_tree->setChecked(!m_below.empty());
    m_danger->setObjectName(QStringLiteral("endDanger"));
    m_danger->setWordWrap(true);
    m_sure->setObjectName(QStringLiteral("endSure"));
    m_sure->setAccessibleName(m_sure->text());
    m_command->setObjectName(QStringLiteral("endCommand"));
    m_command->setWordWrap(true);
    m_command->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto *words =
        new Label(tr("They are asked to end and get five seconds to save. Killed at once, "
                     "what is not saved is lost."),
                  TextStyle::Body, TextTone::Secondary);
    words->setWordWrap(true);
    auto *buttons = new QDialogButtonBox;
    buttons->addButton(tr("Cancel"), QDialogButtonBox::RejectRole)->setDefault(true);
    m_kill = buttons->addButton(tr("Kill at once"), QDialogButtonBox::ActionRole);
    m_kill->setObjectName(QStringLiteral("endKill"));
    m_end = buttons->addButton(tr("Ask to end"), QDialogButtonBox::ActionRole);
    m_end->setObjectName(QStringLiteral("endTerm"));
    for (QPushButton *button : {m_kill, m_end})
        setButtonKind(button, ButtonKind::Destructive);
    for (QWidget *part :
         std::initializer_list<QWidget *>{m_tree, m_danger, m_sure, words, m_command})
        layout->addWidget(part);
    layout->addWidget(buttons);
    setMinimumWidth(dialogWidth);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    for (QCheckBox *box : {m_tree, m_sure})
        connect(box, &QCheckBox::toggled, this, &EndDialog::showChoice);
    const auto confirm = [this](bool kills) {
        Q_EMIT confirmed(kills, m_tree->isChecked());
        accept();
    };
    connect(m_end, &QPushButton::clicked, this, [confirm] { confirm(false); });
    connect(m_kill, &QPushButton::clicked, this, [confirm] { confirm(true); });
}

std::vector<qint64> EndDialog::chosen() const
{
    std::vector<qint64> all = m_pids;
    if (m_tree->isChecked())
        all.insert(all.end(), m_below.begin(), m_below.end());
    return all;
}

QStringList EndDialog::dangers(const std::vector<qint64> &pids) const
{
    bool isInit = false;
    bool isDanlu = false;
    bool isSshd = false;
    for (const qint64 pid : pids) {
        const TableProcess *process = m_table.find(pid);
        isInit = isInit || pid == 1;
        isDanlu = isDanlu || (process && process->isDanlu);
        isSshd = isSshd || (process && process->isSshd && !process->isDanlu);
    }
    QStringList words;
    if (isInit)
        words += tr("Process 1 is among them: with it the instance itself ends.");
    if (isDanlu)
        words += tr("Danlu's own connection or its monitor is among them: the figures stop until "
                    "it has connected again.");
    if (isSshd)
        words += tr("An sshd is among them: whoever is signed in through it is thrown out, and "
                    "without the main one nobody, Danlu neither, can sign in any more.");
    return words;
}

void EndDialog::showChoice()
{
    const std::vector<qint64> all = chosen();
    const QStringList words = dangers(all);
    m_danger->setText(words.join(u'\n'));
    m_danger->setVisible(!words.isEmpty());
    m_sure->setVisible(!words.isEmpty());
    for (QPushButton *button : {m_end, m_kill})
        button->setEnabled(words.isEmpty() || m_sure->isChecked());
    QStringList numbers;
    for (std::size_t i = 0; i < std::min(all.size(), mostNumbers); ++i)
        numbers += QString::number(all[i]);
    if (all.size() > mostNumbers)
        numbers += QStringLiteral("…");
    // What each of the two buttons does.
    const QString ask = QStringLiteral("kill -TERM ") + numbers.join(u' ');
    const QString kill = QStringLiteral("kill -KILL ") + numbers.join(u' ');
    m_command->setText(
        QStringLiteral("%1: %2\n%3: %4").arg(m_end->text(), ask, m_kill->text(), kill));
    m_end->setToolTip(ask);
    m_kill->setToolTip(kill);
}

} // namespace ui::processes
