// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/Theme.h"

#include "ui/common/AccessibleRoles.h"
#include "ui/common/Style.h"

#include <QAbstractButton>
#include <QApplication>
#include <QEvent>
#include <QFontDatabase>
#include <QPixmapCache>
#include <QScopedValueRollback>
#include <QSettings>
#include <QStyleHints>
#include <QToolTip>

namespace ui {

namespace {

constexpr int bodyPx = 13;
constexpr char kindProperty[] = "danluButtonKind";

/// The system's own family where it is a real choice, else the first installed one of those that
/// look right at 13 px with tabular figures; Chinese families follow as fallbacks on every
/// platform.
QFont baseFont()
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::GeneralFont);
    QStringList families;
#if defined(Q_OS_WIN)
    families << QStringLiteral("Segoe UI") << QStringLiteral("Microsoft YaHei UI");
#elif defined(Q_OS_MACOS)
    families << font.family() << QStringLiteral("PingFang SC");
#else
    static const QStringList generic{QStringLiteral("Sans"), QStringLiteral("Sans Serif"),
                                     QStringLiteral("sans-serif"), QStringLiteral("DejaVu Sans")};
    if (!generic.contains(font.family(), Qt::CaseInsensitive))
        families << font.family();
    const QStringList wanted{QStringLiteral("Inter"),      QStringLiteral("Noto Sans"),
                             QStringLiteral("Cantarell"),  QStringLiteral("Ubuntu"),
                             QStringLiteral("Open Sans"),  QStringLiteral("Noto Sans CJK SC"),
                             QStringLiteral("DejaVu Sans")};
    const QStringList installed = QFontDatabase::families();
    for (const QString &family : wanted) {
        if (families.isEmpty() && installed.contains(family))
            families << family;
    }
    families << QStringLiteral("Noto Sans CJK SC") << QStringLiteral("WenQuanYi Micro Hei");
#endif
    families.removeDuplicates();
    font.setFamilies(families);
    font.setPixelSize(bodyPx);
    return font;
}

} // namespace

Theme::Theme(QApplication &application, ThemeChoice choice)
    : m_application(application)
    , m_choice(choice)
{
    installAccessibleRoles();
    application.setStyle(new Style);
    application.setFont(baseFont());
    apply();
    application.installEventFilter(this);
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    connect(application.styleHints(), &QStyleHints::colorSchemeChanged, this, [this] {
        if (m_choice == ThemeChoice::System)
            apply();
    });
#endif
}

void Theme::setChoice(ThemeChoice choice)
{
    if (choice == m_choice)
        return;
    m_choice = choice;
    apply();
}

bool Theme::eventFilter(QObject *watched, QEvent *event)
{
    // Qt 6.4 has no signal for it; the event goes to every window, hence the guard.
    if (event->type() == QEvent::ThemeChange && m_choice == ThemeChoice::System && !m_applying)
        apply();
    return QObject::eventFilter(watched, event);
}

void Theme::apply()
{
    const QScopedValueRollback<bool> guard(m_applying, true);
    const bool dark =
        m_choice == ThemeChoice::System ? systemIsDark() : m_choice == ThemeChoice::Dark;
    m_dark = dark;
    const QPalette palette = makePalette(dark ? darkTokens() : lightTokens());
    m_application.setPalette(palette);
    QToolTip::setPalette(palette);
    Q_EMIT changed();
}

bool Theme::systemIsDark()
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    return m_application.styleHints()->colorScheme() == Qt::ColorScheme::Dark;
#elif defined(Q_OS_WIN)
    // Qt 6.4's palette stays light on Windows; this is the value the system's own settings page
    // writes.
    const QSettings personalize(
        QStringLiteral(
            "HKEY_CURRENT_USER\\Software\\Microsoft\\Windows\\CurrentVersion\\Themes\\Personalize"),
        QSettings::NativeFormat);
    return personalize.value(QStringLiteral("AppsUseLightTheme"), 1).toInt() == 0;
#else
    // An empty palette is the platform's own.
    m_application.setPalette(QPalette());
    return m_application.palette().color(QPalette::Window).lightness() < 128;
#endif
}

QFont textFont(TextStyle style)
{
    QFont font = QApplication::font();
    switch (style) {
    case TextStyle::Caption: font.setPixelSize(11); break;
    case TextStyle::Body: font.setPixelSize(bodyPx); break;
    case TextStyle::Strong:
        font.setPixelSize(bodyPx);
        font.setWeight(QFont::DemiBold);
        break;
    case TextStyle::Title:
        font.setPixelSize(16);
        font.setWeight(QFont::DemiBold);
        break;
    case TextStyle::Display:
        font.setPixelSize(22);
        font.setWeight(QFont::DemiBold);
        break;
    case TextStyle::Mono:
        font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
        font.setPixelSize(12);
        break;
    }
    return font;
}

QPalette::ColorRole toneRole(TextTone tone)
{
    switch (tone) {
    case TextTone::Primary: return QPalette::WindowText;
    case TextTone::Secondary: return QPalette::Dark;
    case TextTone::Hint: return QPalette::PlaceholderText;
    case TextTone::Accent: return QPalette::Link;
    case TextTone::Warning: return QPalette::BrightText;
    }
    return QPalette::WindowText;
}

void setButtonKind(QAbstractButton *button, ButtonKind kind)
{
    button->setProperty(kindProperty, int(kind));
    button->update();
}

ButtonKind buttonKind(const QWidget *button)
{
    return button ? ButtonKind(button->property(kindProperty).toInt()) : ButtonKind::Secondary;
}

} // namespace ui
