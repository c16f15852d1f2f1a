// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/danlu/DemoInput.h"

#include "core/probe/LoginCommand.h"
#include "core/profiles/Providers.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

#include <cstdio>

using namespace core;

namespace danlu {

Result<Demo> readDemoFromStdin()
{
    QFile in;
    if (!in.open(stdin, QIODevice::ReadOnly))
        return fail(ErrorCode::Parse, Step::Profile, QStringLiteral("no stdin"));
    const QJsonObject told = QJsonDocument::fromJson(in.readLine(64 * 1024)).object();
    const Result<probe::LoginCommand> login =
        probe::parseLoginCommand(told.value(u"login").toString());
    if (!login)
        return tl::make_unexpected(login.error());
    Demo demo;
    demo.profile = profiles::profileFromLogin(*login);
    demo.profile.name = told.value(u"name").toString(demo.profile.name);
    demo.profile.price = profiles::Price{39'600, QStringLiteral("CNY")};
    const QStringList key = told.value(u"hostKey").toString().split(u' ');
    if (key.size() >= 2)
        demo.profile.trustedKeys.push_back(
            {key[0].toLatin1(), QByteArray::fromBase64(key[1].toLatin1())});
    QString password = told.value(u"password").toString();
    demo.password = SecretBytes::takeFrom(password);
    return demo;
}

} // namespace danlu
