// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/danlu/Languages.h"

#include <QApplication>
#include <QLibraryInfo>
#include <QLocale>

namespace danlu {

Languages::Languages(QApplication &application)
    : m_application(application)
{
}

void Languages::use(const QString &language)
{
    QLocale locale = QLocale::system();
    if (language == u"en")
        locale = QLocale(QLocale::English, QLocale::UnitedStates);
    else if (!language.isEmpty())
        locale = QLocale(language);
    QLocale::setDefault(locale);
    m_application.removeTranslator(&m_own);
    m_application.removeTranslator(&m_qt);
    if (locale.language() != QLocale::Chinese) {
        // English is the source; its file knows "1 file" and "2 files".
        if (m_own.load(QStringLiteral(":/i18n/danlu_en.qm")))
            m_application.installTranslator(&m_own);
        return;
    }
    if (m_qt.load(QStringLiteral("qtbase_zh_CN"),
                  QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        m_application.installTranslator(&m_qt);
    if (m_own.load(QStringLiteral(":/i18n/danlu_zh_CN.qm")))
        m_application.installTranslator(&m_own);
}

} // namespace danlu
