// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/Banner.h"

#include "core/base/Redact.h"
#include "ui/common/IconView.h"
#include "ui/common/Label.h"
#include "ui/common/StylePaint.h"

#include <QClipboard>
#include <QGridLayout>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QPushButton>
#include <QToolButton>

namespace ui {

namespace {

QColor colourOf(Banner::Kind kind, const Tokens &t)
{
    switch (kind) {
    case Banner::Kind::Info: return t.net;
    case Banner::Kind::Good: return t.good;
    case Banner::Kind::Warning: return t.warn;
    case Banner::Kind::Error: return t.bad;
    }
    return t.net;
}

QIcon signOf(Banner::Kind kind)
{
    switch (kind) {
    case Banner::Kind::Info: return icon(Icon::Info, IconTone::Secondary);
    case Banner::Kind::Good: return icon(Icon::Ok, IconTone::Good);
    case Banner::Kind::Warning: return icon(Icon::Warning, IconTone::Warn);
    case Banner::Kind::Error: return icon(Icon::Error, IconTone::Bad);
    }
    return {};
}

QLabel *wrappedLabel(TextStyle style, TextTone tone, QWidget *parent)
{
    auto *label = new Label(style, tone, parent);
    label->setWordWrap(true);
    label->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    label->hide();
    return label;
}

QPushButton *plainButton(QWidget *parent)
{
    auto *button = new QPushButton(parent);
    setButtonKind(button, ButtonKind::Link);
    button->hide();
    return button;
}

} // namespace

Banner::Banner(QWidget *parent)
    : QWidget(parent)
    , m_sign(new IconView(18, this))
    , m_text(wrappedLabel(TextStyle::Strong, TextTone::Primary, this))
    , m_details(wrappedLabel(TextStyle::Body, TextTone::Secondary, this))
    , m_technical(wrappedLabel(TextStyle::Mono, TextTone::Secondary, this))
    , m_detailsButton(plainButton(this))
    , m_copyButton(plainButton(this))
    , m_close(new QToolButton(this))
    , m_actions(new QHBoxLayout)
{
    m_technical->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_detailsButton->setCheckable(true);
    m_detailsButton->setObjectName(QStringLiteral("bannerDetails"));
    m_copyButton->setObjectName(QStringLiteral("bannerCopy"));
    m_close->setObjectName(QStringLiteral("bannerClose"));
    m_close->setIcon(icon(Icon::Close, IconTone::Secondary));
    m_close->hide();

    m_actions->setSpacing(space::m);
    m_actions->addWidget(m_detailsButton);
    m_actions->addWidget(m_copyButton);
    m_actions->addStretch();

    auto *words = new QVBoxLayout;
    words->setSpacing(space::xs);
    words->addWidget(m_text);
    words->addWidget(m_details);
    words->addWidget(m_technical);
    words->addLayout(m_actions);

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(space::l, space::m, space::m, space::m);
    layout->setSpacing(space::m);
    layout->addWidget(m_sign, 0, Qt::AlignTop);
    layout->addLayout(words, 1);
    layout->addWidget(m_close, 0, Qt::AlignTop);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);

    connect(m_detailsButton, &QPushButton::toggled, this, &Banner::showTechnical);
    connect(m_copyButton, &QPushButton::clicked, this, [this] {
        // It is pasted into chats and bug reports.
        QGuiApplication::clipboard()->setText(
            core::redacted(m_text->text() + u'\n' + m_technical->text()));
    });
    connect(m_close, &QToolButton::clicked, this, &Banner::closed);
    retranslate();
}

void Banner::setMessage(Kind kind, const QString &text, const QString &details)
{
    m_kind = kind;
    m_text->setText(text);
    m_text->setVisible(!text.isEmpty());
    m_details->setText(details);
    m_details->setVisible(!details.isEmpty());
    setAccessibleName(text);
    setAccessibleDescription(details);
    m_sign->set(signOf(kind));
    update();
}

void Banner::setError(const Description &description)
{
    clearActions();
    setMessage(Kind::Error, description.title, description.why + u'\n' + description.advice);
    const auto add = [this](const QString &label, ErrorAction action) {
        if (label.isEmpty())
            return;
        connect(addAction(label), &QPushButton::clicked, this,
                [this, action] { Q_EMIT actionTriggered(action); });
    };
    add(description.button, description.action);
    add(description.otherButton, description.otherAction);
    setTechnical(description.technical);
}

void Banner::setTechnical(const QString &text)
{
    m_technical->setText(text);
    m_detailsButton->setVisible(!text.isEmpty());
    m_detailsButton->setChecked(false);
    showTechnical(false);
}

QPushButton *Banner::addAction(const QString &text)
{
    auto *button = new QPushButton(text, this);
    m_actions->insertWidget(int(m_actionButtons.size()), button);
    m_actionButtons << button;
    button->show();
    return button;
}

void Banner::clearActions()
{
    // Later: the caller may be the slot of one of them.
    for (QPushButton *button : std::as_const(m_actionButtons)) {
        m_actions->removeWidget(button);
        button->hide();
        button->deleteLater();
    }
    m_actionButtons.clear();
}

void Banner::setClosable(bool closable)
{
    m_close->setVisible(closable);
}

QString Banner::text() const
{
    return m_text->text();
}

void Banner::showTechnical(bool shown)
{
    m_technical->setVisible(shown && !m_technical->text().isEmpty());
    m_copyButton->setVisible(m_technical->isVisibleTo(this));
}

void Banner::retranslate()
{
    m_detailsButton->setText(tr("Details"));
    m_copyButton->setText(tr("Copy"));
    m_copyButton->setAccessibleName(tr("Copy the technical details"));
    m_close->setToolTip(tr("Dismiss"));
    m_close->setAccessibleName(tr("Dismiss this message"));
}

void Banner::paintEvent(QPaintEvent *)
{
    const Tokens &t = tokens(this);
    const QColor colour = colourOf(m_kind, t);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paint::box(&painter, rect(), cardRadius, paint::mix(colour, t.surface, 0.08F),
               paint::mix(colour, t.surface, 0.45F));
}

void Banner::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void Banner::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && m_close->isVisible())
        Q_EMIT closed();
    else
        QWidget::keyPressEvent(event);
}

} // namespace ui
