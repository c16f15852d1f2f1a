// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/FeedJson.h"

#include <QJsonDocument>

#include <cmath>

namespace core::catalog {

namespace {

constexpr qsizetype longestWords = 200;
constexpr int mostCount = 1024;

QJsonValue fieldOf(const QJsonObject &object, const char *name)
{
    return object.value(QLatin1StringView(name));
}

} // namespace

Result<QJsonObject> objectIn(QByteArrayView json)
{
    QJsonParseError problem;
    const QByteArray bytes = QByteArray::fromRawData(json.data(), json.size());
    const QJsonDocument document = QJsonDocument::fromJson(bytes, &problem);
    if (!document.isObject())
        return fail(ErrorCode::Parse, Step::Parse,
                    problem.error == QJsonParseError::NoError ? QStringLiteral("no object")
                                                              : problem.errorString());
    return document.object();
}

Result<QJsonArray> listIn(QByteArrayView json, std::initializer_list<const char *> path,
                          qsizetype most)
{
    const Result<QJsonObject> object = objectIn(json);
    if (!object)
        return tl::make_unexpected(object.error());
    QJsonValue value = *object;
    QString where;
    for (const char *name : path) {
        value = fieldOf(value.toObject(), name);
        where = QString::fromLatin1(name);
    }
    if (!value.isArray())
        return fail(ErrorCode::Parse, Step::Parse, QStringLiteral("no list %1").arg(where));
    const QJsonArray list = value.toArray();
    if (list.size() > most)
        return fail(ErrorCode::Parse, Step::Parse,
                    QStringLiteral("%1 of more than %2").arg(where).arg(most));
    return list;
}

QString graphQlError(QByteArrayView json)
{
    const Result<QJsonObject> object = objectIn(json);
    if (!object)
        return {};
    const QJsonArray errors = fieldOf(*object, "errors").toArray();
    if (errors.isEmpty())
        return {};
    const QString words = fieldOf(errors.first().toObject(), "message").toString().simplified();
    return words.isEmpty() ? QStringLiteral("an error without words") : words.left(longestWords);
}

JsonFields::JsonFields(const QJsonValue &value, QString where)
    : m_object(value.toObject())
    , m_where(std::move(where))
{
    if (!value.isObject())
        fault("no object");
}

void JsonFields::fault(const char *name)
{
    if (!m_error)
        m_error = Error{ErrorCode::Parse, Step::Parse,
                        m_where + QStringLiteral(": ") + QLatin1StringView(name)};
}

QString JsonFields::text(const char *name)
{
    QString value = textIfAny(name);
    if (value.isEmpty())
        fault(name);
    return value;
}

QString JsonFields::textIfAny(const char *name)
{
    const QJsonValue value = fieldOf(m_object, name);
    if (!value.isString() && !value.isNull() && !value.isUndefined())
        fault(name);
    return value.toString();
}

double JsonFields::number(const char *name)
{
    const std::optional<double> value = numberIfAny(name);
    if (!value)
        fault(name);
    return value.value_or(0);
}

std::optional<double> JsonFields::numberIfAny(const char *name)
{
    const QJsonValue value = fieldOf(m_object, name);
    if (value.isNull() || value.isUndefined())
        return std::nullopt;
    if (!value.isDouble() || !std::isfinite(value.toDouble()) || value.toDouble() < 0) {
        fault(name);
        return std::nullopt;
    }
    return value.toDouble();
}

int JsonFields::count(const char *name)
{
    const double value = number(name);
    if (value < 1 || value > mostCount || value != std::floor(value)) {
        fault(name);
        return 1;
    }
    return int(value);
}

JsonFields JsonFields::objectIfAny(const char *name)
{
    const QJsonValue value = fieldOf(m_object, name);
    const bool isNothing = value.isNull() || value.isUndefined();
    return {isNothing ? QJsonValue(QJsonObject()) : value,
            m_where + u'.' + QLatin1StringView(name)};
}

} // namespace core::catalog
