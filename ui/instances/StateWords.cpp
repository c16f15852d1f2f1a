// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/instances/StateWords.h"

#include "ui/common/Format.h"

#include <QCoreApplication>

#include <map>

namespace ui::instances {

using core::fleet::Instance;

namespace {

QString words(const char *text)
{
    return QCoreApplication::translate("ui::instances::StateWords", text);
}

} // namespace

StateWords stateWords(const Instance &instance)
{
    const bool checking = instance.state() == Instance::State::CheckingHost;
    if ((checking && instance.hostKeyQuestion()) ||
        (instance.state() == Instance::State::SigningIn &&
         (instance.secretQuestion() || instance.prompt())))
        return {words(QT_TRANSLATE_NOOP("ui::instances::StateWords", "Needs you")),
                Chip::Tone::Warn, checking ? Icon::Shield : Icon::Key};
    switch (instance.state()) {
    case Instance::State::Disconnected:
        if (instance.hasPoweredOff())
            //: State of an instance in the list: it did so by itself
            return {words(QT_TRANSLATE_NOOP("ui::instances::StateWords", "Powered off")),
                    Chip::Tone::Neutral, Icon::Power};
        //: State of an instance in the list
        return {words(QT_TRANSLATE_NOOP("ui::instances::StateWords", "Not connected")),
                Chip::Tone::Neutral, Icon::Power};
    case Instance::State::Resolving:
    case Instance::State::Connecting:
    case Instance::State::Handshaking:
        return {words(QT_TRANSLATE_NOOP("ui::instances::StateWords", "Connecting…")),
                Chip::Tone::Accent, Icon::Refresh};
    case Instance::State::CheckingHost:
        return {words(QT_TRANSLATE_NOOP("ui::instances::StateWords", "Checking host")),
                Chip::Tone::Accent, Icon::Shield};
    case Instance::State::SigningIn:
        return {words(QT_TRANSLATE_NOOP("ui::instances::StateWords", "Signing in…")),
                Chip::Tone::Accent, Icon::Key};
    case Instance::State::Connected:
        if (instance.sample() && instance.sample()->mode == core::metrics::Mode::NoGpu)
            return {words(QT_TRANSLATE_NOOP("ui::instances::StateWords", "No-GPU mode")),
                    Chip::Tone::Warn, Icon::Ok};
        return {words(QT_TRANSLATE_NOOP("ui::instances::StateWords", "Connected")),
                Chip::Tone::Good, Icon::Ok};
    case Instance::State::Waiting:
        return {words(QT_TRANSLATE_NOOP("ui::instances::StateWords", "Reconnecting")),
                Chip::Tone::Warn, Icon::Unplug};
    case Instance::State::Failed:
        return {words(QT_TRANSLATE_NOOP("ui::instances::StateWords", "Failed")), Chip::Tone::Bad,
                Icon::Error};
    }
    return {};
}

QString cardWords(const Instance &instance)
{
    if (!instance.sample())
        return {};
    std::map<QString, int> counts;
    for (const auto &gpu : instance.sample()->gpus) {
        QString name = gpu.name.value_or(QString());
        for (const char *prefix : {"NVIDIA ", "GeForce ", "Tesla ", "Quadro "}) {
            if (name.startsWith(QLatin1StringView(prefix)))
                name.remove(0, qsizetype(qstrlen(prefix)));
        }
        if (!name.isEmpty())
            ++counts[name];
    }
    QStringList parts;
    for (const auto &[name, count] : counts)
        parts.append(count == 1 ? name : QStringLiteral("%1 ×%2").arg(name).arg(count));
    return parts.join(QStringLiteral(", "));
}

QString priceWords(const Instance &instance)
{
    const auto &price = instance.profile().price;
    return price ? format::pricePerHour(price->tenThousandths, price->currency) : QString();
}

} // namespace ui::instances
