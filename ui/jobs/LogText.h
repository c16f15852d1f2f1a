// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringDecoder>
#include <QStringList>

namespace ui::jobs {

/// A log's bytes as the lines that a terminal would show in the end: UTF-8, a carriage return
/// begins the line anew (progress bars), escape sequences are left out. In any pieces.
class LogText
{
public:
    /// Longer lines go on in the next one.
    static constexpr qsizetype longestLine = 2000;

    /// \returns the lines that are whole now.
    [[nodiscard]] QStringList feed(const QByteArray &bytes);
    /// What stands in the line that is not whole.
    [[nodiscard]] const QString &current() const { return m_line; }
    /// The first line is not whole either: it is left out.
    void skipFirst() { m_skips = true; }

private:
    enum class Escape { None, Begun, Csi, Osc, OscEnd };

    [[nodiscard]] bool isEscape(QChar c);
    void endLine(QStringList &lines);

    QStringDecoder m_decoder{QStringDecoder::Utf8};
    QString m_line;
    Escape m_escape = Escape::None;
    bool m_returned = false; ///< after a carriage return
    bool m_skips = false;
};

} // namespace ui::jobs
