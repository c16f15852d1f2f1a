// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/env/ReportText.h"

#include "core/probe/Text.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <algorithm>

namespace core::env {

using catalog::DottedVersion;
using catalog::TorchVersion;

namespace {

/// "Python 3.10.8", "pip 23.0.1 from ...": the word behind the program's name.
std::optional<QString> versionBehind(QByteArrayView text, QByteArrayView program)
{
    const QByteArrayList words = probe::splitWords(text);
    if (words.size() < 2 || words[0].compare(program, Qt::CaseInsensitive) != 0 ||
        words[1].isEmpty() || words[1][0] < '0' || words[1][0] > '9')
        return std::nullopt;
    return probe::decode(words[1]);
}

/// Quotes around a whole value, as YAML and python write them.
QByteArray unquoted(QByteArray value)
{
    value = value.trimmed();
    if (value.size() >= 2 && (value[0] == '"' || value[0] == '\'') && value.back() == value[0])
        value = value.mid(1, value.size() - 2);
    return value;
}

void assign(std::optional<Setting> &setting, const QByteArray &value, const QByteArray &source)
{
    if (!value.isEmpty())
        setting = Setting{withoutSecrets(value), source};
}

} // namespace

std::optional<QByteArray> ShellView::variable(QByteArrayView name) const
{
    for (const auto &[one, value] : variables) {
        if (one == name)
            return value;
    }
    return std::nullopt;
}

QByteArray withoutSecrets(const QByteArray &address)
{
    const qsizetype scheme = address.indexOf("://");
    if (scheme < 0)
        return address;
    const qsizetype begin = scheme + 3;
    const qsizetype slash = address.indexOf('/', begin);
    const qsizetype at = address.lastIndexOf('@', slash < 0 ? -1 : slash);
    return at < begin ? address : address.first(begin) + address.sliced(at + 1);
}

std::optional<ShellView> parseShellView(QByteArrayView text)
{
    ShellView view;
    for (const QByteArray &line : probe::splitLines(text)) {
        if (line == "danlu-end")
            return view;
        const qsizetype blank = line.indexOf(' ');
        if (blank <= 0 || blank + 1 >= line.size())
            continue;
        const QByteArray word = line.first(blank);
        const QByteArray value = line.sliced(blank + 1);
        if (word == "python")
            view.python = Tool{value, {}};
        else if (word == "python3")
            view.python3 = Tool{value, {}};
        else if (word == "pip")
            view.pip = Tool{value, {}};
        else if (word == "conda")
            view.conda = value;
        else if (word == "python-version" && view.python)
            view.python->version = versionBehind(value, "python");
        else if (word == "python3-version" && view.python3)
            view.python3->version = versionBehind(value, "python");
        else if (word == "pip-version" && view.pip) {
            view.pip->version = versionBehind(value, "pip");
            const qsizetype of = value.lastIndexOf("(python ");
            if (of >= 0 && value.endsWith(')'))
                view.pipPython = probe::decode(value.mid(of + 8).chopped(1));
        } else if (word == word.toUpper()) {
            view.variables.emplace_back(word, value);
        }
    }
    return std::nullopt;
}

void readPipConf(const QByteArray &path, QByteArrayView text, Settings &settings)
{
    bool counts = false;
    for (const QByteArray &line : probe::splitLines(text)) {
        const QByteArray trimmed = line.trimmed();
        if (trimmed.startsWith('[')) {
            counts = trimmed == "[global]" || trimmed == "[install]";
            continue;
        }
        const qsizetype equals = line.indexOf('=') < 0 ? line.indexOf(':') : line.indexOf('=');
        if (!counts || equals < 0 || line.startsWith('#') || line.startsWith(';'))
            continue;
        QByteArray key = line.first(equals).trimmed().toLower();
        key.replace('_', '-');
        const QByteArray value = line.sliced(equals + 1).trimmed();
        if (key == "index-url")
            assign(settings.pipIndex, value, path);
        else if (key == "cache-dir")
            assign(settings.pipCache, value, path);
    }
}

void readCondarc(const QByteArray &path, QByteArrayView text, Settings &settings)
{
    QByteArray key;
    for (const QByteArray &line : probe::splitLines(text)) {
        const QByteArray trimmed = line.trimmed();
        if (trimmed.isEmpty() || trimmed.startsWith('#'))
            continue;
        if (trimmed.startsWith("- ")) {
            // Only the first of a list is of interest; taken, the list is done with.
            const QByteArray value = unquoted(trimmed.sliced(2));
            if (key == "default_channels")
                assign(settings.condaChannel, value, path);
            else if (key == "pkgs_dirs")
                assign(settings.condaPkgs, value, path);
            key.clear();
        } else if (line[0] != ' ') {
            const qsizetype colon = trimmed.indexOf(':');
            key = colon > 0 && colon + 1 == trimmed.size() ? trimmed.first(colon) : QByteArray();
        }
    }
}

std::optional<Torch> parseTorch(const QByteArrayList &versionLines, const QByteArrayList &distInfos)
{
    Torch torch;
    bool saysCuda = false;
    std::optional<DottedVersion> cuda;
    bool isRocm = false;
    for (const QByteArray &line : versionLines) {
        const qsizetype equals = line.indexOf('=');
        if (equals < 0)
            continue;
        // "cuda: Optional[str] = '12.4'", and "cuda = '10.2'" of older ones
        const QByteArray name = line.first(equals).split(':').front().trimmed();
        const QByteArray value = line.sliced(equals + 1).trimmed();
        if (name == "__version__") {
            torch.version = probe::decode(unquoted(value));
        } else if (name == "cuda") {
            saysCuda = true;
            cuda = DottedVersion::parse(probe::decode(unquoted(value)));
        } else if (name == "hip") {
            isRocm = value != "None" && !value.isEmpty();
        }
    }
    for (const QByteArray &name : distInfos) {
        // "torch-2.5.1+cu124.dist-info"
        if (torch.version.isEmpty() && name.startsWith("torch-") && name.endsWith(".dist-info"))
            torch.version = probe::decode(name.mid(6).chopped(10));
    }
    if (torch.version.isEmpty())
        return std::nullopt;
    if (const auto parsed = TorchVersion::parse(torch.version)) {
        torch.number = parsed->version;
        torch.build = parsed->build;
        torch.cuda = parsed->cuda;
    }
    if (isRocm) {
        torch.build = TorchVersion::Build::Rocm;
        torch.cuda.reset();
    } else if (saysCuda) { // it knows better than its name
        torch.build = cuda ? TorchVersion::Build::Cuda : TorchVersion::Build::Cpu;
        torch.cuda = cuda;
    }
    return torch;
}

std::optional<QString> versionInCondaName(QByteArrayView name)
{
    const QByteArrayList parts = name.toByteArray().split('-');
    if (parts.size() < 3 || parts[parts.size() - 2].isEmpty())
        return std::nullopt;
    return probe::decode(parts[parts.size() - 2]);
}

std::optional<QString> parseNvcc(QByteArrayView text)
{
    static const QRegularExpression form(QStringLiteral("release (\\d{1,3}\\.\\d{1,3}), V"));
    const auto match = form.match(probe::decode(text));
    return match.hasMatch() ? std::optional(match.captured(1)) : std::nullopt;
}

std::optional<QString> parseCudaJson(QByteArrayView text)
{
    const QString version = QJsonDocument::fromJson(text.toByteArray())
                                .object()
                                .value(u"cuda")
                                .toObject()
                                .value(u"version")
                                .toString();
    return DottedVersion::parse(version) ? std::optional(version) : std::nullopt;
}

std::optional<QString> parseCudaTxt(QByteArrayView text)
{
    static const QRegularExpression form(
        QStringLiteral("CUDA Version (\\d{1,3}\\.\\d{1,3}(?:\\.\\d{1,5})?)"));
    const auto match = form.match(probe::decode(text));
    return match.hasMatch() ? std::optional(match.captured(1)) : std::nullopt;
}

} // namespace core::env
