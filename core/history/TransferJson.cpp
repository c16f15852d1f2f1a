// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/history/TransferJson.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace core::history {

using transfer::FileOutcome;
using transfer::TransferRequest;

namespace {

QString packed(const QByteArray &bytes)
{
    return QString::fromLatin1(bytes.toBase64());
}

QByteArray unpacked(const QJsonValue &text)
{
    return QByteArray::fromBase64(text.toString().toLatin1());
}

} // namespace

QByteArray requestJson(const TransferRequest &request)
{
    QJsonArray sources;
    for (const QByteArray &source : request.sources)
        sources.append(packed(source));
    QJsonArray excludes;
    for (const QByteArray &glob : request.excludes)
        excludes.append(packed(glob));
    return QJsonDocument(
               QJsonObject{{QStringLiteral("get"), request.direction == transfer::Direction::Get},
                           {QStringLiteral("sources"), sources},
                           {QStringLiteral("target"), packed(request.target)},
                           {QStringLiteral("protocol"), int(request.protocol)},
                           {QStringLiteral("overwrite"), int(request.overwrite)},
                           {QStringLiteral("links"), int(request.links)},
                           {QStringLiteral("resume"), request.resume},
                           {QStringLiteral("verify"), request.verify},
                           {QStringLiteral("connections"), request.connections},
                           {QStringLiteral("excludes"), excludes}})
        .toJson(QJsonDocument::Compact);
}

TransferRequest requestOf(const QByteArray &json)
{
    const QJsonObject object = QJsonDocument::fromJson(json).object();
    TransferRequest request;
    request.direction = object.value(u"get").toBool() ? transfer::Direction::Get //
                                                      : transfer::Direction::Put;
    for (const QJsonValue source : object.value(u"sources").toArray())
        request.sources.push_back(unpacked(source));
    request.target = unpacked(object.value(u"target"));
    request.protocol = transfer::Protocol(object.value(u"protocol").toInt());
    request.overwrite = transfer::Overwrite(object.value(u"overwrite").toInt());
    request.links = transfer::Links(object.value(u"links").toInt());
    request.resume = object.value(u"resume").toBool();
    request.verify = object.value(u"verify").toBool();
    request.connections = object.value(u"connections").toInt(request.connections);
    for (const QJsonValue glob : object.value(u"excludes").toArray())
        request.excludes.append(unpacked(glob));
    return request;
}

QByteArray outcomesJson(const std::vector<FileOutcome> &outcomes)
{
    QJsonArray array;
    for (const FileOutcome &one : outcomes) {
        if (std::size_t(array.size()) == TransferRecord::mostOutcomes)
            break;
        const Error error = one.error.value_or(Error{});
        array.append(QJsonArray{packed(one.path), one.error ? int(error.code) : -1, int(error.step),
                                error.detail, one.isTaken, int(one.result)});
    }
    return QJsonDocument(array).toJson(QJsonDocument::Compact);
}

std::vector<FileOutcome> outcomesOf(const QByteArray &json)
{
    std::vector<FileOutcome> outcomes;
    for (const QJsonValue value : QJsonDocument::fromJson(json).array()) {
        const QJsonArray one = value.toArray();
        FileOutcome outcome;
        outcome.path = unpacked(one.at(0));
        // The first version of the table had failures only.
        outcome.result = FileOutcome::Result(one.at(5).toInt(int(FileOutcome::Result::Failed)));
        if (const int code = one.at(1).toInt(-1); code >= 0)
            outcome.error = Error{ErrorCode(code), Step(one.at(2).toInt()), one.at(3).toString()};
        outcome.isTaken = one.at(4).toBool();
        outcomes.push_back(std::move(outcome));
    }
    return outcomes;
}

} // namespace core::history
