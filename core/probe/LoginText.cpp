// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probe/LoginText.h"

namespace core::probe {

QString plainCommandText(const QString &text)
{
    QString plain;
    plain.reserve(text.size());
    for (const QChar c : text) {
        const char16_t u = c.unicode();
        if (u >= 0xFF01 && u <= 0xFF5E) // full-width ASCII
            plain += QChar(char16_t(u - 0xFEE0));
        else if (u == 0x3000 || u == 0x00A0 || u == 0x2007 || u == 0x202F ||
                 (u >= 0x2000 && u <= 0x200A))
            plain += u' ';
        else if (u == 0x200B || u == 0x200C || u == 0x200D || u == 0xFEFF || u == 0x2060)
            continue; // zero width
        else if (u == 0x2010 || u == 0x2011 || u == 0x2012 || u == 0x2013 || u == 0x2014 ||
                 u == 0x2212)
            plain += u'-';
        else if (u == 0x3002)
            plain += u'.';
        else
            plain += c;
    }
    return plain;
}

namespace {

/// C:\dir and \\server\dir without quotes: nobody escapes there.
bool beginsWindowsPath(const QString &line, qsizetype at, const QString &word)
{
    if (word.isEmpty())
        return at + 1 < line.size() && line[at + 1] == u'\\';
    return word.size() == 2 && word[0].isLetter() && word[1] == u':';
}

} // namespace

QStringList shellWords(const QString &line)
{
    QStringList words;
    QString word;
    bool inWord = false;
    bool isWindowsPath = false;
    QChar quote;
    const auto closes = [&](QChar c) {
        if (quote == u'“')
            return c == u'”' || c == u'“' || c == u'"';
        if (quote == u'‘')
            return c == u'’' || c == u'‘' || c == u'\'';
        return c == quote;
    };
    for (qsizetype i = 0; i < line.size(); ++i) {
        const QChar c = line[i];
        if (!quote.isNull()) {
            if (closes(c))
                quote = QChar();
            else if (c == u'\\' && quote == u'"' && i + 1 < line.size() &&
                     QStringView(u"\"\\$`").contains(line[i + 1]))
                word += line[++i]; // before all else a backslash stands for itself there
            else
                word += c;
        } else if (c == u'"' || c == u'\'' || c == u'“' || c == u'‘') {
            quote = c;
            inWord = true;
        } else if (c == u'\\' && (isWindowsPath || beginsWindowsPath(line, i, word))) {
            word += c;
            inWord = true;
            isWindowsPath = true;
        } else if (c == u'\\' && i + 1 < line.size()) {
            word += line[++i];
            inWord = true;
        } else if (c.isSpace()) {
            if (inWord)
                words.append(word);
            word.clear();
            inWord = false;
            isWindowsPath = false;
        } else {
            word += c;
            inWord = true;
        }
    }
    if (inWord)
        words.append(word);
    return words;
}

} // namespace core::probe
