// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Result.h"

#include <QJsonArray>
#include <QJsonObject>

#include <initializer_list>
#include <optional>

/// Reading other people's JSON strictly: what is asked for is there and of its type, or the answer
/// is refused. Errors are Parse with the place of the fault.
namespace core::catalog {

/// The object that the text is. \a json is not kept.
[[nodiscard]] Result<QJsonObject> objectIn(QByteArrayView json);
/// The array under the last of \a path, of at most \a most elements.
[[nodiscard]] Result<QJsonArray> listIn(QByteArrayView json,
                                        std::initializer_list<const char *> path, qsizetype most);
/// The first message of a GraphQL answer's "errors", at most 200 characters; "" without one.
[[nodiscard]] QString graphQlError(QByteArrayView json);

/// The fields of one object; remembers the first fault.
class JsonFields final
{
public:
    JsonFields(const QJsonValue &value, QString where);

    [[nodiscard]] QString text(const char *name);
    /// Null, missing and "" are all "not said"; another type is a fault.
    [[nodiscard]] QString textIfAny(const char *name);
    /// 0 or more and finite.
    [[nodiscard]] double number(const char *name);
    [[nodiscard]] std::optional<double> numberIfAny(const char *name);
    /// 1 to 1024.
    [[nodiscard]] int count(const char *name);
    /// Of an object that may be missing; one without fields then.
    [[nodiscard]] JsonFields objectIfAny(const char *name);

    [[nodiscard]] const std::optional<Error> &error() const { return m_error; }

private:
    void fault(const char *name);

    QJsonObject m_object;
    QString m_where;
    std::optional<Error> m_error;
};

} // namespace core::catalog
