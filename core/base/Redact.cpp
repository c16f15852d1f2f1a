// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/Redact.h"

#include <QRegularExpression>
#include <QStringList>
#include <QSysInfo>

#include <vector>

namespace core {

namespace {

struct Rule
{
    QRegularExpression form;
    QString replacement;
};

const std::vector<Rule> &rules()
{
    const auto rule = [](const char *form, const char *replacement) {
        return Rule{QRegularExpression(QString::fromUtf8(form),
                                       QRegularExpression::CaseInsensitiveOption |
                                           QRegularExpression::DotMatchesEverythingOption),
                    QLatin1StringView(replacement)};
    };
    // Never destroyed: libraries log while the program ends.
    static const auto *const all = new std::vector<Rule>{
        // Private keys, also those whose end is missing.
        rule("-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----.*?(-----END [A-Z0-9 ]*PRIVATE KEY-----|$)",
             "[hidden]"),
        rule("PuTTY-User-Key-File-.*?(Private-MAC: *[0-9a-f]+|$)", "[hidden]"),
        rule("(openssh-key-v1|b3BlbnNzaC1rZXktdjE)[A-Za-z0-9+/=\\s]*", "[hidden]"),
        rule("(://[^\\s/:@]*:)[^\\s/@]+@", "\\1[hidden]@"),
        rule("\\b(authorization\\s*[:=]\\s*\\w+\\s+|bearer\\s+)[^\\s\"',;]+", "\\1[hidden]"),
        // Not of a path in front of a message: "/etc/passwd: no private key in it".
        rule("(?!(?<=/)\\w+: )(pass(?:word|wd|phrase|code)?|secret|token|api[-_ ]?key|access[-_ "
             "]?key|credential)"
             "([\"']?\\s*[:=]\\s*)(?:\"[^\"]*\"|'[^']*'|[^\\s,;]+)",
             "\\1\\2[hidden]"),
        rule("(密码|口令|密钥|令牌)(\\s*[:：=]\\s*)\\S+", "\\1\\2[hidden]"),
        rule("\\b(hf_|gh[pousr]_|github_pat_|glpat-|sk-|xox[abprs]-)[A-Za-z0-9_-]{8,}", "[hidden]"),
        rule("\\bAKIA[0-9A-Z]{12,}", "[hidden]"),
    };
    return *all;
}

QtMessageHandler &previousHandler()
{
    static QtMessageHandler handler = nullptr;
    return handler;
}

void redactingHandler(QtMsgType type, const QMessageLogContext &context, const QString &text)
{
    previousHandler()(type, context, redacted(text));
}

} // namespace

QString redacted(const QString &text)
{
    QString result = text;
    for (const Rule &rule : rules())
        result.replace(rule.form, rule.replacement);
    return result;
}

void installRedactingLog()
{
    const QtMessageHandler previous = qInstallMessageHandler(redactingHandler);
    if (previous != redactingHandler)
        previousHandler() = previous;
}

QString errorReport(const Error &error, const ErrorReportFacts &facts)
{
    QStringList lines{QStringLiteral("Danlu %1, Qt %2, %3 %4")
                          .arg(QStringLiteral(DANLU_VERSION), QLatin1StringView(qVersion()),
                               QSysInfo::prettyProductName(), QSysInfo::currentCpuArchitecture()),
                      QStringLiteral("error: ") + errorCodeName(error.code)};
    if (error.step != Step::None)
        lines.append(QStringLiteral("step: ") + stepName(error.step));
    if (!error.detail.isEmpty())
        lines.append(QStringLiteral("detail: ") + error.detail);
    if (!facts.address.isEmpty())
        lines.append(QStringLiteral("instance: ") + facts.address);
    if (!facts.negotiated.isEmpty())
        lines.append(QStringLiteral("negotiated: ") + facts.negotiated);
    // One by one: a key that is cut off hides what follows it.
    QString report;
    for (const QString &line : std::as_const(lines))
        report += redacted(line) + u'\n';
    return report;
}

} // namespace core
