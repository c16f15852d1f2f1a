// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/environment/EnvironmentWords.h"

#include "ui/common/Format.h"

namespace ui::environment {

using core::env::Environment;
using core::env::Fit;
using core::env::TorchFit;

namespace {

QString versionText(const std::optional<core::catalog::DottedVersion> &version)
{
    return version ? version->text() : format::absent();
}

/// "0, 2"
QString numbersText(const std::vector<int> &gpus)
{
    QStringList numbers;
    for (const int gpu : gpus)
        numbers += QString::number(gpu);
    return numbers.join(QStringLiteral(", "));
}

/// The card, with which GPUs it is where it is not all of them.
QString cardText(const TorchFit &fit)
{
    if (fit.gpus.empty())
        return fit.card;
    //: %1 is a card, %2 its number, or several
    return Words::tr("%1 (GPU %2)").arg(fit.card, numbersText(fit.gpus));
}

QString reasonText(const TorchFit &fit, const Environment &environment)
{
    const QString card = cardText(fit);
    const QString cuda = versionText(fit.cuda);
    const QString torch = environment.torch ? environment.torch->version : QString();
    switch (fit.fit) {
    case Fit::Works: {
        //: %1 is "2.5.1+cu124", %2 the card
        return Words::tr("PyTorch %1 can compute on the %2.").arg(torch, card);
    }
    case Fit::CpuOnly:
        return Words::tr("PyTorch %1 was built without CUDA: it computes on the CPU only, and the "
                         "%2 stays idle.")
            .arg(torch, card);
    case Fit::CardTooNew:
        //: %1 is "2.5.1+cu124", %2 and %4 a version of CUDA, %3 the card
        return Words::tr(
                   "PyTorch %1 was built with CUDA %2, which is older than the %3: that needs "
                   "CUDA %4 or newer.")
            .arg(torch, cuda, card, versionText(fit.needAtLeast));
    case Fit::CardTooOld:
        return Words::tr("PyTorch %1 was built with CUDA %2, which no longer knows the %3: that "
                         "needs CUDA %4 or older.")
            .arg(torch, cuda, card, versionText(fit.needAtMost));
    case Fit::NoCode:
        return Words::tr("This build of PyTorch %1 has no code for the %2 (compute capability %3).")
            .arg(torch, card, versionText(fit.capability));
    case Fit::DriverOlder:
        return Words::tr("PyTorch %1 was built with CUDA %2, the driver goes up to %3. Within one "
                         "major version that works as a rule.")
            .arg(torch, cuda, versionText(fit.driverCuda));
    case Fit::DriverTooOld:
        return Words::tr("PyTorch %1 was built with CUDA %2, the driver only goes up to %3. On a "
                         "rented instance the driver is the host's and can't be changed.")
            .arg(torch, cuda, versionText(fit.driverCuda));
    case Fit::OtherMaker:
        return Words::tr("PyTorch %1 was built for another maker's cards.").arg(torch);
    case Fit::NoGpu:
        return Words::tr("The instance has no GPU now, so it can't be told whether PyTorch %1 can "
                         "drive it.")
            .arg(torch);
    case Fit::Unknown:
        if (!fit.gpus.empty())
            return Words::tr("Too little is known of the %1 to tell.").arg(card);
        return Words::tr("Too little is known of this build or of the card to tell.");
    case Fit::NoTorch: break;
    }
    return {};
}

} // namespace

QString titleOf(const Environment &environment)
{
    return QString::fromUtf8(environment.handle());
}

QString fitText(const TorchFit &fit)
{
    switch (fit.fit) {
    case Fit::Works: return Words::tr("Works");
    case Fit::Unknown: return Words::tr("Not known");
    case Fit::NoTorch: return Words::tr("No PyTorch");
    case Fit::NoGpu: return Words::tr("No GPU now");
    case Fit::CpuOnly: return Words::tr("CPU only");
    case Fit::CardTooNew:
    case Fit::CardTooOld:
    case Fit::OtherMaker:
    case Fit::NoCode:
        if (!fit.gpus.empty())
            //: %1 is the number of a GPU, or several
            return Words::tr("Can't drive GPU %1").arg(numbersText(fit.gpus));
        return Words::tr("Can't drive this card");
    case Fit::DriverOlder: return Words::tr("Should work");
    case Fit::DriverTooOld: return Words::tr("Driver too old");
    }
    return {};
}

QIcon fitIcon(Fit fit)
{
    switch (fit) {
    case Fit::Works: return icon(Icon::Ok, IconTone::Good);
    case Fit::CpuOnly:
    case Fit::DriverOlder: return icon(Icon::Warning, IconTone::Warn);
    case Fit::CardTooNew:
    case Fit::CardTooOld:
    case Fit::OtherMaker:
    case Fit::NoCode:
    case Fit::DriverTooOld: return icon(Icon::Error, IconTone::Bad);
    case Fit::Unknown:
    case Fit::NoTorch:
    case Fit::NoGpu: break;
    }
    return icon(Icon::Info, IconTone::Hint);
}

QString fitReason(const TorchFit &fit, const Environment &environment)
{
    const QString reason = reasonText(fit, environment);
    return fit.othersWork ? reason + u' ' + Words::tr("It can compute on the other GPUs.") : reason;
}

QString mirrorText(const std::optional<core::env::Setting> &setting)
{
    if (!setting)
        //: No mirror is set, a cache is where it usually is
        return Words::tr("default");
    for (const core::env::Mirror &mirror : core::env::mirrors()) {
        const bool isIt = (!mirror.pip.isEmpty() && setting->value.startsWith(mirror.pip)) ||
                          (!mirror.conda.isEmpty() && setting->value.startsWith(mirror.conda));
        if (isIt)
            return QString::fromUtf8(mirror.name);
    }
    return QString::fromUtf8(setting->value);
}

QString problemText(const core::Error &error)
{
    const QString &what = error.detail;
    if (what == u"name")
        return Words::tr("A name has no blank, \"/\", \":\" or \"#\" in it.");
    if (what == u"packages")
        return Words::tr("Name packages, with blanks between them and without options.");
    if (what == u"python")
        return Words::tr("A version of Python is like 3.12.");
    if (what == u"requirements")
        return Words::tr("That is no path of a file.");
    if (what == u"no conda")
        return Words::tr("There is no conda on the instance.");
    if (what == u"no apt")
        return Words::tr("The instance has no apt.");
    if (what == u"no data disk")
        return Words::tr("The instance has no data disk.");
    if (what == u"read-only")
        return Words::tr("It belongs to another user and can't be changed.");
    if (what == u"not conda's")
        return Words::tr("Conda can't do that with this one.");
    if (what == u"mirror")
        return Words::tr("This mirror has no such packages.");
    return Words::tr("That can't run: %1").arg(what);
}

} // namespace ui::environment
