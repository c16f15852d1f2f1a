// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probe/Jupyter.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUrl>
#include <QUrlQuery>

#include <algorithm>
#include <optional>

namespace core::probe {

namespace {

constexpr std::size_t mostServers = 64;
constexpr int mostTries = 64; ///< lines of a banner that begin like a list

SecretBytes secretOf(QString text)
{
    return SecretBytes::takeFrom(text);
}

QString slashed(QString path)
{
    if (!path.startsWith(u'/'))
        path.prepend(u'/');
    return path.endsWith(u'/') ? path : path + u'/';
}

std::optional<JupyterServer> ofJson(const QJsonObject &object)
{
    const int port = object.value(u"port").toInt();
    if (port <= 0 || port > 65535)
        return std::nullopt; // a UNIX socket, or no server
    JupyterServer server;
    server.port = quint16(port);
    server.host = object.value(u"hostname").toString();
    server.basePath = slashed(object.value(u"base_url").toString());
    server.token = secretOf(object.value(u"token").toString());
    // "notebook_dir" was the name before version 1 of the server.
    server.rootDir = object.value(u"root_dir").toString(object.value(u"notebook_dir").toString());
    server.isSecure = object.value(u"secure").toBool();
    return server;
}

/// "http://localhost:8888/?token=abc :: /root"
std::optional<JupyterServer> ofLine(const QString &line)
{
    const qsizetype gap = line.indexOf(u" :: ");
    const QUrl url(line.left(gap).trimmed(), QUrl::StrictMode);
    if (gap < 0 || !url.isValid() || !url.scheme().startsWith(u"http"))
        return std::nullopt;
    JupyterServer server;
    server.isSecure = url.scheme() == u"https";
    server.port = quint16(url.port(server.isSecure ? 443 : 80));
    server.host = url.host();
    server.basePath = slashed(url.path());
    server.token = secretOf(QUrlQuery(url).queryItemValue(QStringLiteral("token")));
    server.rootDir = line.mid(gap + 4).trimmed();
    return server;
}

} // namespace

std::vector<JupyterServer> parseJupyterServers(QByteArrayView text)
{
    std::vector<JupyterServer> servers;
    const auto take = [&](const std::optional<JupyterServer> &server) {
        const bool known = server && std::any_of(servers.begin(), servers.end(), [&](auto &one) {
                               return one.port == server->port;
                           });
        if (server && !known && servers.size() < mostServers)
            servers.push_back(*server);
    };
    const QByteArray bytes = text.toByteArray();
    // The list is printed over several lines, or on one; other lines may begin with a bracket too.
    qsizetype open = bytes.startsWith('[') ? 0 : bytes.indexOf("\n[") + 1;
    for (int tries = 0; tries < mostTries && servers.empty() && bytes.mid(open, 1) == "[";
         ++tries) {
        const qsizetype lineEnd = bytes.indexOf('\n', open);
        const qsizetype listEnd = bytes.indexOf("\n]", open) + 2;
        for (const qsizetype end : {lineEnd < 0 ? bytes.size() : lineEnd, listEnd}) {
            const QJsonDocument list = QJsonDocument::fromJson(bytes.mid(open, end - open));
            for (const auto &value : list.array())
                take(ofJson(value.toObject()));
        }
        open = bytes.indexOf("\n[", open) + 1;
        if (open == 0)
            break;
    }
    for (const QByteArray &line : bytes.split('\n')) {
        const QByteArray trimmed = line.trimmed();
        if (trimmed.startsWith('{'))
            take(ofJson(QJsonDocument::fromJson(trimmed).object()));
        else
            take(ofLine(QString::fromUtf8(trimmed)));
    }
    return servers;
}

} // namespace core::probe
