// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/SshConfigCard.h"

#include "core/fleet/SshConfigKeeper.h"
#include "ui/common/Banner.h"
#include "ui/common/Label.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QDir>
#include <QEvent>
#include <QLocale>
#include <QPushButton>
#include <QSignalBlocker>

namespace ui::settings {

namespace {

constexpr int mostNames = 12;

/// As people write it.
QString shortPath(const QString &path)
{
    const QString home = QDir::homePath() + u'/';
    return QDir::toNativeSeparators(
        path.startsWith(home) ? QStringLiteral("~/") + path.sliced(home.size()) : path);
}

void showText(Label *label, const QString &text)
{
    label->setText(text);
    label->setVisible(!text.isEmpty());
}

} // namespace

SshConfigCard::SshConfigCard(core::fleet::SshConfigKeeper &keeper, QWidget *parent)
    : Card(parent)
    , m_keeper(keeper)
    , m_heading(new Label(TextStyle::Title))
    , m_on(new QCheckBox)
    , m_words(new Label(TextStyle::Body, TextTone::Secondary))
    , m_namesWords(new Label(TextStyle::Body))
    , m_names(new Label(TextStyle::Mono))
    , m_left(new Label(TextStyle::Body, TextTone::Warning))
    , m_backup(new Label(TextStyle::Caption, TextTone::Hint))
    , m_banner(new Banner)
{
    setObjectName(QStringLiteral("sshConfigCard"));
    m_on->setObjectName(QStringLiteral("sshConfigOn"));
    m_names->setObjectName(QStringLiteral("sshConfigNames"));
    m_left->setObjectName(QStringLiteral("sshConfigLeft"));
    m_backup->setObjectName(QStringLiteral("sshConfigBackup"));
    m_banner->setObjectName(QStringLiteral("sshConfigBanner"));
    for (Label *label : {m_words, m_namesWords, m_names, m_left, m_backup})
        label->setWordWrap(true);
    for (Label *label : {m_names, m_backup})
        label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    for (QWidget *part : std::initializer_list<QWidget *>{m_heading, m_on, m_words, m_banner,
                                                          m_namesWords, m_names, m_left, m_backup})
        body()->addWidget(part);
    connect(m_on, &QCheckBox::toggled, &m_keeper, &core::fleet::SshConfigKeeper::setOn);
    connect(&m_keeper, &core::fleet::SshConfigKeeper::changed, this, &SshConfigCard::update);
    update();
}

void SshConfigCard::changeEvent(QEvent *event)
{
    Card::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        update();
}

void SshConfigCard::update()
{
    m_heading->setText(tr("Instances in other programs"));
    m_on->setText(tr("List my instances in ~/.ssh/config"));
    m_on->setAccessibleName(m_on->text());
    m_words->setText(tr("VS Code (Remote-SSH), scp, rsync and ssh in a terminal then know them by "
                        "name. Danlu writes a marked block, keeps it up to date and leaves the "
                        "rest of the file as it is. No password is in it."));
    {
        const QSignalBlocker quiet(m_on);
        m_on->setChecked(m_keeper.isOn());
    }
    const auto &report = m_keeper.report();
    const bool isWritten = m_keeper.isOn() && !m_keeper.isBusy() && !report.configFile.isEmpty();
    QStringList commands;
    for (const QString &name : report.names.mid(0, mostNames))
        commands += QStringLiteral("ssh ") + name;
    if (report.names.size() > mostNames)
        commands += tr("and %n more", nullptr, int(report.names.size()) - mostNames);
    // What was there stays to be seen while it is written anew.
    const bool shows = m_keeper.isOn() && !report.configFile.isEmpty();
    showText(
        m_namesWords,
        !shows ? QString()
        : report.names.isEmpty()
            ? tr("There is no instance yet.")
            : tr("Type this in a terminal, or choose the name in VS Code (Remote-SSH: Connect to "
                 "Host):"));
    showText(m_names, shows ? commands.join(u'\n') : QString());
    QStringList left;
    QStringList skipped;
    for (const QString &line : report.skipped)
        skipped += line.left(line.lastIndexOf(QStringLiteral(": "))); // without the reason
    if (shows && !skipped.isEmpty())
        left += tr("Left out, because the file can't hold some of their characters: %1")
                    .arg(QLocale().createSeparatedList(skipped));
    if (isWritten && !report.keptLines.isEmpty())
        left += tr("These lines were written into the block by hand. They were kept and stand "
                   "below it now: %1")
                    .arg(report.keptLines.join(QStringLiteral(" | ")));
    showText(m_left, left.join(u'\n'));
    QStringList files;
    if (shows)
        files +=
            report.isLink
                ? tr("Written to %1, where ~/.ssh/config leads.").arg(shortPath(report.configFile))
                : tr("Written to %1.").arg(shortPath(report.configFile));
    if (!m_keeper.backup().isEmpty())
        files += tr("The file as it was before: %1").arg(shortPath(m_keeper.backup()));
    showText(m_backup, files.join(u' '));
    updateBanner();
}

void SshConfigCard::updateBanner()
{
    m_banner->hide();
    if (const auto &error = m_keeper.error()) {
        showError(*error);
        m_banner->show();
    } else if (m_keeper.wasTakenOut()) {
        m_banner->clearActions();
        m_banner->setTechnical({});
        m_banner->setMessage(
            Banner::Kind::Info, tr("The block was taken out of ~/.ssh/config by hand"),
            tr("So it was switched off here. Switch it on to have it written again."));
        m_banner->show();
    }
}

void SshConfigCard::showError(const core::Error &error)
{
    Description words = describe(error);
    words.title = tr("~/.ssh/config could not be written");
    switch (error.code) {
    case core::ErrorCode::PermissionDenied:
        words.why = tr("The file or its folder belongs to another user, or is read-only.");
        words.advice = tr("Make it writable, then try again. Nothing was changed.");
        break;
    case core::ErrorCode::NotFound:
        words.why = tr("It is a link to a file that is not there.");
        words.advice = tr("Mend or remove the link, then try again. Nothing was changed.");
        break;
    case core::ErrorCode::Unsupported:
        words.why = tr("It begins with a byte order mark, which ssh itself does not read.");
        words.advice = tr("Save it as UTF-8 without one, then try again. Nothing was changed.");
        break;
    default:
        words.why = tr("This computer reported a problem with the file.");
        words.advice = tr("Check that the disk is not full, then try again. Nothing was changed.");
        break;
    }
    m_banner->setError(withoutActions(words));
    QPushButton *again = m_banner->addAction(tr("Try again"));
    again->setObjectName(QStringLiteral("sshConfigAgain"));
    connect(again, &QPushButton::clicked, &m_keeper, &core::fleet::SshConfigKeeper::tryAgain);
}

} // namespace ui::settings
