// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/terminal/TerminalTab.h"

#include "core/ssh/Shell.h"
#include "ui/common/Banner.h"
#include "ui/common/Theme.h"
#include "ui/terminal/FindBar.h"
#include "ui/terminal/TerminalView.h"

#include <QApplication>
#include <QBoxLayout>
#include <QPushButton>

namespace ui::terminal {

using namespace std::chrono_literals;
using core::fleet::Instance;
using core::terminal::TerminalSurface;

namespace {

/// The window answers within 16 ms, so a flood gets about half of the time.
constexpr qint64 turnMs = 8;
constexpr qint64 pieceSize = 16 * 1024;
/// A program that asks without end and reads no answers gets none.
constexpr qint64 mostUnsentAnswers = 64 * 1024;
constexpr qint64 bellPauseMs = 500;
constexpr int shellNotFound = 127;
constexpr qsizetype shownLine = 160;

} // namespace

TerminalTab::TerminalTab(Instance &instance, const QString &kept, const QByteArray &command,
                         QWidget *parent)
    : QWidget(parent)
    , m_instance(&instance)
    , m_kept(kept)
    , m_command(command)
    , m_surface(24, 80)
    , m_view(new TerminalView(m_surface))
    , m_find(new FindBar(*m_view))
    , m_paste(new Banner)
    , m_strip(new Banner)
{
    m_paste->setObjectName(QStringLiteral("terminalPaste"));
    m_strip->setObjectName(QStringLiteral("terminalEnd"));
    // screen draws on the second screen, which keeps nothing of what scrolls by.
    m_surface.setAlternateAllowed(!isKept());
    auto *told = new QVBoxLayout;
    told->setContentsMargins(space::m, space::s, space::m, space::s);
    told->setSpacing(space::s);
    told->addWidget(m_paste);
    told->addWidget(m_strip);
    for (Banner *banner : {m_paste, m_strip})
        banner->hide();
    auto *strips = new QWidget;
    strips->setLayout(told);
    strips->hide();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_find);
    layout->addWidget(strips);
    layout->addWidget(m_view, 1);
    setFocusProxy(m_view);

    m_more.setSingleShot(true);
    m_more.setInterval(0);
    connect(&m_more, &QTimer::timeout, this, &TerminalTab::takeOutput);
    m_slow.setSingleShot(true);
    m_slow.setInterval(300ms);
    connect(&m_slow, &QTimer::timeout, this, &TerminalTab::updateStrip);
    connect(&m_surface, &TerminalSurface::output, this,
            [this](const QByteArray &bytes) { send(bytes, false); });
    connect(&m_surface, &TerminalSurface::replied, this,
            [this](const QByteArray &bytes) { send(bytes, true); });
    connect(&m_surface, &TerminalSurface::titleChanged, this, &TerminalTab::titleChanged);
    connect(&m_surface, &TerminalSurface::bellRang, this, &TerminalTab::onBell);
    connect(m_view, &TerminalView::resized, this, [this](int rows, int columns) {
        if (m_shell)
            m_shell->resize({rows, columns});
    });
    connect(m_view, &TerminalView::findRequested, this, &TerminalTab::openFind);
    connect(m_view, &TerminalView::linkActivated, this, &TerminalTab::linkActivated);
    connect(m_view, &TerminalView::linesPasted, this, &TerminalTab::showPasteQuestion);
    connect(&instance, &Instance::stateChanged, this, &TerminalTab::onInstanceState);
    onInstanceState();
}

TerminalTab::~TerminalTab()
{
    if (m_shell)
        m_shell->disconnect(this); // nothing is told any more
    delete m_shell;                // hangs up
}

void TerminalTab::openFind()
{
    m_find->open();
}

void TerminalTab::start()
{
    core::ssh::Session *session = m_instance ? m_instance->session() : nullptr;
    if (!session)
        return;
    m_wantsAgain = false;
    m_hasFinished = false;
    m_error.reset();
    m_exitCode.reset();
    m_exitSignal.clear();
    // A new shell begins below what the old one left.
    if (m_state == State::Ended || m_state == State::Lost)
        m_surface.feed("\x1B[?1049l\x1B[!p\x1B[?1000l\x1B[?1004l\x1B[?2004l\r\n");
    m_shell = session->shell({m_surface.rows(), m_surface.columns()}, m_command);
    connect(m_shell, &core::ssh::Shell::started, this, [this] { setState(State::Running); });
    connect(m_shell, &core::ssh::Shell::readyRead, this, &TerminalTab::takeOutput);
    connect(m_shell, &core::Operation::finished, this, &TerminalTab::onFinished);
    m_slow.start();
    setState(State::Starting);
}

/// Some milliseconds of what has come; while there is more, the line is not read any further.
void TerminalTab::takeOutput()
{
    if (!m_shell)
        return;
    QElapsedTimer turn;
    turn.start();
    while (m_shell && m_shell->bytesAvailable() > 0 && turn.elapsed() < turnMs)
        m_surface.feed(m_shell->read(pieceSize));
    if (!m_shell)
        return;
    if (m_shell->bytesAvailable() > 0)
        m_more.start();
    else if (m_hasFinished)
        onFinished();
}

void TerminalTab::onFinished()
{
    m_hasFinished = true;
    if (!m_shell || m_shell->bytesAvailable() > 0) {
        takeOutput();
        return;
    }
    core::ssh::Shell *shell = m_shell;
    m_shell = nullptr;
    m_error = shell->error();
    if (m_error && m_error->code == core::ErrorCode::Disconnected && m_instance &&
        m_instance->state() == core::fleet::Instance::State::Disconnected)
        m_error->code = core::ErrorCode::Cancelled; // the user has disconnected
    m_exitCode = shell->exitCode();
    m_exitSignal = shell->exitSignal();
    shell->deleteLater();
    setState(m_error ? State::Lost : State::Ended);
    m_wantsAgain = m_error && isKept() && m_error->code != core::ErrorCode::ChannelRefused;
    onInstanceState();
}

void TerminalTab::onInstanceState()
{
    const bool isThere = m_instance && m_instance->session();
    if (isThere && (m_state == State::Waiting || m_wantsAgain) && !m_shell)
        start();
    else
        updateStrip();
}

void TerminalTab::send(const QByteArray &bytes, bool mayBeDropped)
{
    if (m_shell && !(mayBeDropped && m_shell->unsentBytes() > mostUnsentAnswers))
        m_shell->write(bytes);
}

void TerminalTab::setState(State state)
{
    if (m_state == state)
        return;
    m_state = state;
    updateStrip();
    Q_EMIT stateChanged();
}

/// Says why there is no shell, and offers the way to one.
void TerminalTab::updateStrip()
{
    const bool isConnecting = m_instance && m_instance->isBusy();
    QString text;
    QString details;
    QString button;
    auto kind = Banner::Kind::Info;
    switch (m_state) {
    case State::Running: break;
    case State::Waiting:
        text = isConnecting ? tr("Waiting for the connection…") : tr("Not connected");
        button = isConnecting ? QString() : tr("Connect");
        break;
    case State::Starting:
        if (!m_slow.isActive())
            text = tr("Opening the terminal…");
        break;
    case State::Ended:
        button = isKept() ? tr("Open it again") : tr("New shell");
        if (isKept() && m_exitCode == shellNotFound) {
            kind = Banner::Kind::Warning;
            text = tr("Neither screen nor tmux is installed on this instance");
            details = tr("A terminal that is kept needs one of them: “apt-get install screen”.");
        } else if (!m_exitSignal.isEmpty()) {
            text = tr("The shell was ended by the signal %1").arg(m_exitSignal);
        } else if (m_exitCode.value_or(0) != 0) {
            text = tr("The shell has ended with exit code %1").arg(*m_exitCode);
        } else {
            text = isKept() ? tr("Detached, or ended") : tr("The shell has ended");
            if (isKept())
                details = tr("If “%1” still runs, it is attached to again.").arg(m_kept);
        }
        break;
    case State::Lost:
        kind = Banner::Kind::Warning;
        if (m_error && m_error->code == core::ErrorCode::ChannelRefused) {
            const Description words = describe(*m_error);
            text = words.title;
            details = words.advice;
        } else if (isKept()) {
            text = m_error && m_error->code == core::ErrorCode::Cancelled
                       ? tr("Disconnected")
                       : tr("The connection was lost");
            details = tr("What runs here goes on, and is attached to again with the connection.");
        } else {
            text = m_error && m_error->code == core::ErrorCode::Cancelled
                       ? tr("Disconnected, and this shell has ended with it")
                       : tr("The connection was lost, and this shell with it");
            details = tr("A terminal that is kept on the instance would have gone on.");
        }
        if (!isKept() || !isConnecting)
            button = tr("Reconnect");
        break;
    }
    if (text.isEmpty()) {
        m_strip->hide();
        m_strip->parentWidget()->setVisible(m_paste->isVisibleTo(m_strip->parentWidget()));
        return;
    }
    m_strip->clearActions();
    m_strip->setMessage(kind, text, details);
    if (!button.isEmpty()) {
        m_again = m_strip->addAction(button);
        m_again->setObjectName(QStringLiteral("terminalAgain"));
        m_again->setEnabled(!m_wantsAgain || !isConnecting);
        connect(m_again, &QPushButton::clicked, this, [this] {
            m_wantsAgain = true;
            if (m_instance && !m_instance->session())
                m_instance->connectNow();
            onInstanceState();
            m_view->setFocus();
        });
    }
    m_strip->show();
    m_strip->parentWidget()->show();
}

void TerminalTab::showPasteQuestion(const QString &text)
{
    m_toPaste = text;
    QString shown = text.trimmed();
    shown.replace(QStringLiteral("\r\n"), QStringLiteral("\n")).replace(u'\r', u'\n');
    const auto lines = int(shown.count(u'\n')) + 1;
    const QString first = shown.section(u'\n', 0, 0).simplified();
    m_paste->clearActions();
    m_paste->setMessage(Banner::Kind::Warning,
                        tr("Paste %n lines? Each may run as soon as it arrives.", nullptr, lines),
                        first.size() > shownLine ? first.left(shownLine) + u'…' : first);
    QPushButton *yes = m_paste->addAction(tr("Paste"));
    yes->setObjectName(QStringLiteral("terminalPasteYes"));
    connect(yes, &QPushButton::clicked, this, [this] {
        const QString toPaste = m_toPaste;
        hidePasteQuestion();
        m_view->pasteText(toPaste);
    });
    QPushButton *joined = m_paste->addAction(tr("Paste as one line"));
    joined->setObjectName(QStringLiteral("terminalPasteJoined"));
    connect(joined, &QPushButton::clicked, this, [this] {
        const QString toPaste = m_toPaste.simplified();
        hidePasteQuestion();
        m_view->pasteText(toPaste);
    });
    QPushButton *no = m_paste->addAction(tr("Don't paste"));
    no->setObjectName(QStringLiteral("terminalPasteNo"));
    connect(no, &QPushButton::clicked, this, &TerminalTab::hidePasteQuestion);
    m_paste->show();
    m_paste->parentWidget()->show();
    // Not the answer that runs something.
    no->setFocus(Qt::OtherFocusReason);
}

void TerminalTab::hidePasteQuestion()
{
    m_toPaste.clear();
    m_paste->hide();
    m_paste->parentWidget()->setVisible(m_strip->isVisibleTo(m_strip->parentWidget()));
    m_view->setFocus(Qt::OtherFocusReason);
}

void TerminalTab::onBell()
{
    if (m_sinceBell.isValid() && !m_sinceBell.hasExpired(bellPauseMs))
        return;
    m_sinceBell.start();
    Q_EMIT bellRang();
}

void TerminalTab::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        updateStrip();
}

} // namespace ui::terminal
