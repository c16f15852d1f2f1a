// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probe/LoginPassword.h"

#include "core/probe/LoginText.h"

#include <QRegularExpression>

#include <algorithm>

namespace core::probe {

bool isMaskedPassword(const QString &word)
{
    return !word.isEmpty() && std::all_of(word.cbegin(), word.cend(), [](QChar c) {
        return QStringView(u"*＊•●∙·○◦⬤….").contains(c);
    });
}

namespace {

constexpr qsizetype longestLine = 4096;
constexpr qsizetype longestValue = 512;

/// What a line says of a password.
struct Labelled
{
    bool found = false; ///< it names one
    QString password{}; ///< "" when it is hidden there
};

bool isPlainWord(const QString &word)
{
    return std::all_of(word.cbegin(), word.cend(),
                       [](QChar c) { return c.unicode() >= 0x21 && c.unicode() <= 0x7E; });
}

/// A word that stands there as a password would: plain ASCII, no word of a language or name of a
/// program, no address, path, date, price or amount. A provider's password of letters alone is told
/// from a name by its capitals.
bool looksLikePassword(const QString &word)
{
    static const QRegularExpression other(QStringLiteral(
        "^(?:[A-Za-z]?[a-z]+(?:[._-]+[A-Za-z]?[a-z]+)*" // Running, nvidia-smi, train.py
        "|(?:[A-Z][a-z]{2,}){2,4}"                      // JupyterLab
        "|[A-Z]{2,9}(?:[._-]+[A-Za-z]+)*"               // README.md
        "|[\\w.-]+@[\\w-]+(?:\\.[\\w-]+)+(?::[0-9]+)?"  // the next instance's address
        "|\\S+@\\S+[:~]\\S*[#$%>]"                      // a prompt
        "|[~.]?(?:/[a-z._-]+)+/?"                       // /root/autodl-tmp
        "|[$¥]?[0-9]{1,5}(?:\\.[0-9]+)?(?:%|[A-Za-z]{0,3})(?:/(?:h|hr|hour|d|day|s|GPU))?" // 24GB
        "|[0-9]{1,4}(?:[-:./][0-9]{1,4})+" // dates, times, addresses
        "|[0-9a-f]{10}-[0-9a-f]{8}"        // AutoDL's names of containers
        "|(?i:python|pip|conda|cuda|cudnn|ubuntu|debian|centos|rtx|gtx|tesla|torch|pytorch|vgpu)"
        "[0-9.-]*)$"));
    if (word.size() < 4 || word.size() > 128 || word.contains(u"://") || word.endsWith(u':'))
        return false;
    return isPlainWord(word) && !isMaskedPassword(word) && !other.match(word).hasMatch();
}

/// What is behind a label, without quotes, table bars and the buttons that were copied along.
QString trimmedValue(const QString &rest, bool inBrackets)
{
    QString value = rest.trimmed();
    for (const auto &[open, close] : {std::pair(u'"', u'"'), std::pair(u'\'', u'\''),
                                      std::pair(u'“', u'”'), std::pair(u'`', u'`')}) {
        const qsizetype end = value.indexOf(close, 1);
        if (value.startsWith(open) && end > 1)
            return value.sliced(1, end - 1);
    }
    static const QRegularExpression behind(
        QStringLiteral("\\s*[\\t|].*$"                             // the next cell of a table
                       "|[\\s,;，；]+[\\p{L}]+\\s*[:：]\\s*\\S.*$" // the next label
                       "|[\\s,;，；]+[^\\x{21}-\\x{7E}\\s].*$"     // words in Chinese: a button
                       "|\\s+(?:copy|show|hide|reset)$"));
    value.remove(behind);
    static const QRegularExpression marks(QStringLiteral("[。，；、\\s]+$"));
    value.remove(marks);
    if (inBrackets) {
        static const QRegularExpression close(QStringLiteral("[)）\\]][\\s.,;。，；]*$"));
        value.remove(close);
    }
    return value;
}

/// A sentence where a password could be: "Permission denied, please try again."
bool isSentence(const QString &value)
{
    const qsizetype words = value.simplified().count(u' ') + 1;
    return words > 6 ||
           (words >= 3 && (value.endsWith(u'.') || value.endsWith(u'!') || value.endsWith(u'?')));
}

/// A label in front of a password; the password itself is taken as it was pasted.
Labelled labelledPassword(const QString &line)
{
    static const QRegularExpression label(
        QStringLiteral(
            "(?:^|[\\s,;|，；。、（(\\[])(?:root|ssh|登录|登陆|实例|初始)?\\s*"
            "(?:密\\s*码|口令|password|passwd|pwd|passcode)"
            "(\\s*(?:[:：=＝|]|\\t)\\s*|\\s*[是为]\\s*[:：]?\\s*|\\s+(?:is\\s+)?)(\\S.*)$"),
        QRegularExpression::CaseInsensitiveOption);
    const auto match = label.match(line.left(longestLine));
    if (!match.hasMatch() || line.contains(u"'s password:"))
        return {};
    const QString separator = match.captured(1);
    const bool inBrackets = line[match.capturedStart()] == u'(' ||
                            line[match.capturedStart()] == u'（' ||
                            line[match.capturedStart()] == u'[';
    const QString value = trimmedValue(match.captured(2).left(longestValue), inBrackets);
    if (isMaskedPassword(value))
        return {true, {}};
    const bool isExplicit = std::any_of(separator.cbegin(), separator.cend(),
                                        [](QChar c) { return QStringView(u":：=＝").contains(c); });
    // "Please enter the password below" has a blank behind the word as well.
    if (value.isEmpty() || (isExplicit ? isSentence(value) : !looksLikePassword(value))) {
        const bool isCell = separator.contains(u'|') || separator.contains(u'\t');
        if (!isCell || value.isEmpty() || !isPlainWord(value))
            return {};
    }
    return {true, value};
}

bool isPasswordLabelOnly(const QString &line)
{
    static const QRegularExpression label(
        QStringLiteral(
            "^\\s*(?:root|ssh|登录)?\\s*(?:密\\s*码|口令|password|passwd|pwd)\\s*[:：=]?\\s*$"),
        QRegularExpression::CaseInsensitiveOption);
    return label.match(line).hasMatch();
}

/// Of the line below a label: what buttons say is passed over.
bool isButton(const QString &word)
{
    static const QStringList words{QStringLiteral("复制"), QStringLiteral("显示"),
                                   QStringLiteral("隐藏"), QStringLiteral("查看"),
                                   QStringLiteral("copy"), QStringLiteral("show"),
                                   QStringLiteral("hide")};
    return words.contains(word.toLower());
}

Labelled passwordBelow(const QStringList &lines, int label, const LoginPlace &place)
{
    for (int i = label + 1; i < lines.size(); ++i) {
        const QString word = lines[i].trimmed();
        if (word.isEmpty() || isButton(word))
            continue;
        if ((i >= place.firstLine && i <= place.lastLine) || isSentence(word))
            return {};
        return {true, isMaskedPassword(word) ? QString() : word};
    }
    return {};
}

/// sshpass -p x, -px
std::optional<QString> sshpassPassword(const QString &before)
{
    const qsizetype at = before.lastIndexOf(u"sshpass ");
    if (at < 0)
        return std::nullopt;
    const QStringList words = shellWords(before.mid(at));
    for (qsizetype i = 1; i < words.size(); ++i) {
        if (words[i] == u"-p" && i + 1 < words.size())
            return words[i + 1];
        if (words[i].startsWith(u"-p") && words[i].size() > 2)
            return words[i].mid(2);
    }
    return std::nullopt;
}

/// Another instance begins: what follows is its own.
bool isOtherLogin(const QString &line)
{
    static const QRegularExpression command(
        QStringLiteral("(?:^|[\\s:>#$`(：])(?:ssh|scp|sftp)(?:\\.exe)?\\s+\\S*[@-]\\S"),
        QRegularExpression::CaseInsensitiveOption);
    return command.match(line).hasMatch();
}

std::optional<SecretBytes> secretOf(Labelled found)
{
    if (found.password.isEmpty())
        return std::nullopt;
    return SecretBytes::takeFrom(found.password);
}

} // namespace

qsizetype passwordLabelIn(const QString &text)
{
    static const QRegularExpression label(
        QStringLiteral("[\\s,;|(]+(?:root)?\\s*(?:密码|口令|password|passwd|pwd|pass)"
                       "\\s*(?:[:=|]|\\s|是|为)"),
        QRegularExpression::CaseInsensitiveOption);
    return label.match(text).capturedStart();
}

std::optional<SecretBytes> findLoginPassword(const QStringList &lines, const LoginPlace &place)
{
    if (auto password = sshpassPassword(place.before))
        return secretOf({true, isMaskedPassword(*password) ? QString() : *password});
    if (Labelled here = labelledPassword(place.behind); here.found)
        return secretOf(here);
    for (int i = 0; i < lines.size(); ++i) {
        if (i >= place.firstLine && i <= place.lastLine)
            continue;
        if (i > place.lastLine && isOtherLogin(lines[i]))
            break;
        if (Labelled here = labelledPassword(lines[i]); here.found)
            return secretOf(here);
        if (isPasswordLabelOnly(lines[i])) {
            if (Labelled below = passwordBelow(lines, i, place); below.found)
                return secretOf(below);
        }
    }
    // "ssh ..." and, on the next line that is not empty, the bare password.
    for (int i = place.lastLine + 1; i < lines.size(); ++i) {
        QString word = lines[i].trimmed();
        if (word.isEmpty())
            continue;
        if (!looksLikePassword(word))
            break;
        return SecretBytes::takeFrom(word);
    }
    return std::nullopt;
}

} // namespace core::probe
