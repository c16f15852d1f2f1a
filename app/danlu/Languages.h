// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QTranslator>

class QApplication;

namespace danlu {

/// The window's language, changed while it runs: Danlu's own words and Qt's.
class Languages
{
public:
    explicit Languages(QApplication &application);
    /// "" = the system's; "en"; "zh_CN".
    void use(const QString &language);

private:
    QApplication &m_application;
    QTranslator m_own;
    QTranslator m_qt;
};

} // namespace danlu
