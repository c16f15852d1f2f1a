// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/Describe.h"

#include "ui/common/DescribeParts.h"

namespace ui::describing {

namespace {

using core::ErrorCode;
using core::Step;

QString buttonText(ErrorAction action)
{
    switch (action) {
    case ErrorAction::None: return {};
    case ErrorAction::Retry: return Text::tr("Try again");
    case ErrorAction::EditProfile: return Text::tr("Edit instance…");
    case ErrorAction::PasteLogin: return Text::tr("Paste new login command…");
    case ErrorAction::EnterPassword: return Text::tr("Enter password…");
    case ErrorAction::EnterPassphrase: return Text::tr("Enter passphrase…");
    case ErrorAction::ChooseKey: return Text::tr("Choose another key…");
    case ErrorAction::ReviewHostKey: return Text::tr("Compare fingerprints…");
    case ErrorAction::OpenSettings: return Text::tr("Open settings");
    case ErrorAction::OpenDisks: return Text::tr("Open the disks");
    }
    return {};
}

} // namespace

Description make(QString title, QString why, QString advice, ErrorAction action, ErrorAction other)
{
    Description d;
    d.title = std::move(title);
    d.why = std::move(why);
    d.advice = std::move(advice);
    d.action = action;
    d.button = buttonText(action);
    d.otherAction = other;
    d.otherButton = buttonText(other);
    return d;
}

namespace {

bool isRunpodProxy(const ErrorContext &c)
{
    return c.host.compare(QLatin1StringView("ssh.runpod.io"), Qt::CaseInsensitive) == 0;
}

/// The machine that the step was about, in words.
QString machine(Step step, const ErrorContext &c)
{
    if (step == Step::Jump) {
        return c.jump.isEmpty() ? Text::tr("the jump host")
                                //: %1 is user@host
                                : Text::tr("the jump host %1").arg(c.jump);
    }
    return c.host.isEmpty() ? Text::tr("the instance") : c.host;
}

Description hostNotFound(Step step, const ErrorContext &c)
{
    return make(Text::tr("The address of %1 was not found").arg(machine(step, c)),
                Text::tr("The name may be misspelled, the instance may have been released, or this "
                         "computer has no network right now."),
                Text::tr("Check your network, then compare the address with the login command in "
                         "the provider's console."),
                ErrorAction::Retry, ErrorAction::PasteLogin);
}

Description connectFailed(Step step, const ErrorContext &c)
{
    if (step == Step::Forward) {
        return make(Text::tr("Nothing answers where the tunnel leads"),
                    Text::tr("The program there does not run, or listens on another port or "
                             "address."),
                    Text::tr("Start it, or change where the tunnel leads."), ErrorAction::Retry);
    }
    return make(
        Text::tr("Could not reach %1").arg(machine(step, c)),
        Text::tr("Most often the instance is switched off or still starting. The address and "
                 "the port can also change when it is switched off and on."),
        Text::tr("Check in the provider's console that it is running. If the login command "
                 "there looks different now, paste it again."),
        ErrorAction::Retry, ErrorAction::PasteLogin);
}

Description connectTimeout(Step step, const ErrorContext &c)
{
    return make(Text::tr("No answer from %1").arg(machine(step, c)),
                Text::tr("The instance may be switched off or still starting, or a firewall or VPN "
                         "between you and it swallows the connection."),
                Text::tr("Check in the provider's console that it is running, then try again. On a "
                         "campus network, try without VPN or with a phone hotspot."),
                ErrorAction::Retry, ErrorAction::PasteLogin);
}

Description disconnected(Step step, const ErrorContext &c)
{
    if (step == Step::Handshake || step == Step::Auth || step == Step::Connect) {
        return make(
            Text::tr("%1 closed the connection before sign-in").arg(machine(step, c)),
            Text::tr(
                "Providers' servers drop some connections when many arrive at once, and an "
                "instance that is just starting does so for a while. One failure means little."),
            Text::tr("Wait a few seconds and try again."), ErrorAction::Retry);
    }
    if (step == Step::Transfer) {
        return make(Text::tr("The connection was lost during the transfer"),
                    Text::tr("Your network changed or slept, or the instance was switched off."),
                    Text::tr("Try again; what has arrived already is kept."), ErrorAction::Retry);
    }
    return make(
        Text::tr("The connection to %1 was lost").arg(machine(step, c)),
        Text::tr("Your network changed, this computer slept, or the instance was switched off "
                 "or restarted."),
        Text::tr("Danlu reconnects by itself while the instance can be reached."),
        ErrorAction::Retry);
}

Description timedOut(Step step, const ErrorContext &c)
{
    switch (step) {
    case Step::Exec:
    case Step::Channel:
        return make(Text::tr("The command took too long"),
                    Text::tr("The instance is very busy, its disk hangs, or the network is slow."),
                    Text::tr("Try again in a moment."), ErrorAction::Retry);
    case Step::Sampler:
        return make(Text::tr("The instance stopped sending figures"),
                    Text::tr("The instance is very busy, or its driver hangs."),
                    Text::tr("Try again; if it stays so, look at the processes in a terminal."),
                    ErrorAction::Retry);
    case Step::Transfer:
        return make(Text::tr("The transfer stood still for too long"),
                    Text::tr("The network is slow or was interrupted, or the disk there hangs."),
                    Text::tr("Try again; what has arrived already is kept."), ErrorAction::Retry);
    case Step::Keychain:
        return make(Text::tr("The keychain did not answer"),
                    Text::tr("It may be locked and waiting for you in another window."),
                    Text::tr("Unlock it, then try again. You can also type the password."),
                    ErrorAction::EnterPassword, ErrorAction::Retry);
    case Step::Auth:
        return make(Text::tr("Sign-in to %1 took too long").arg(machine(step, c)),
                    Text::tr("The instance may still be starting, or it is out of memory."),
                    Text::tr("Try again in half a minute."), ErrorAction::Retry);
    default:
        return make(
            Text::tr("%1 answered too slowly").arg(machine(step, c)),
            Text::tr("The instance may still be starting, be very busy, or the network is slow."),
            Text::tr("Try again in half a minute."), ErrorAction::Retry);
    }
}

Description hostKeyUnknown(Step step, const ErrorContext &c)
{
    return make(Text::tr("You have not confirmed that %1 is yours").arg(machine(step, c)),
                Text::tr("This computer has never connected to it, so nothing yet proves that the "
                         "server is the one you rented."),
                Text::tr("Look at its fingerprint and accept it once; no password was sent."),
                ErrorAction::ReviewHostKey, ErrorAction::Retry);
}

Description hostKeyChanged(Step step, const ErrorContext &c)
{
    return make(
        Text::tr("%1 has a different fingerprint than last time").arg(machine(step, c)),
        Text::tr(
            "That is normal after you changed the image, reset the system, or the provider moved "
            "the instance to another machine. It would also look like this if somebody sat "
            "between you and the server. No password was sent."),
        Text::tr(
            "If one of these happened, replace the saved fingerprint for this instance. If not, "
            "do not connect from this network."),
        ErrorAction::ReviewHostKey, ErrorAction::PasteLogin);
}

Description authRejected(Step step, const ErrorContext &c)
{
    if (step == Step::Jump) {
        return make(Text::tr("Sign-in to %1 was refused").arg(machine(step, c)),
                    Text::tr("User name, password or key of the jump host are not accepted there."),
                    Text::tr("Check the jump host of this instance."), ErrorAction::EditProfile,
                    ErrorAction::Retry);
    }
    switch (c.auth) {
    case ErrorContext::Auth::Key:
        return make(
            Text::tr("The key was not accepted"),
            Text::tr("Its public half is not on this instance, or the user name is another. A key "
                     "that you added in the provider's console often works only after the "
                     "instance was restarted once."),
            Text::tr("Restart the instance once, choose another key, or sign in with the "
                     "password."),
            ErrorAction::ChooseKey, ErrorAction::EnterPassword);
    case ErrorContext::Auth::Agent:
        return make(
            Text::tr("No key of the agent was accepted"),
            Text::tr("The agent holds no key that this instance knows, or the server gave up "
                     "after too many keys."),
            Text::tr("Choose the right key file, or sign in with the password."),
            ErrorAction::ChooseKey, ErrorAction::EnterPassword);
    case ErrorContext::Auth::Password:
    case ErrorContext::Auth::Unknown: break;
    }
    return make(
        Text::tr("The password was not accepted"),
        Text::tr("On AutoDL and similar providers the password and the port may change when the "
                 "instance is switched off and on. A space copied along is another usual reason."),
        Text::tr("Copy the password from the provider's console again."),
        ErrorAction::EnterPassword, ErrorAction::PasteLogin);
}

Description keyUnusable(const ErrorContext &c)
{
    const QString title = c.path.isEmpty() ? Text::tr("The key file cannot be used")
                                           //: %1 is the path of a key file
                                           : Text::tr("The key file %1 cannot be used").arg(c.path);
    return make(
        title,
        Text::tr("It is missing, damaged, a public key, or of a kind that Danlu does not read."),
        Text::tr("Choose the private key: the file without .pub."), ErrorAction::ChooseKey,
        ErrorAction::EnterPassword);
}

Description keyPassphrase(const ErrorContext &c)
{
    const QString title = c.path.isEmpty()
                              ? Text::tr("The key needs its passphrase")
                              //: %1 is the path of a key file
                              : Text::tr("The key %1 needs its passphrase").arg(c.path);
    return make(title,
                Text::tr("The key file is encrypted, and the passphrase is missing or wrong."),
                Text::tr("Enter the passphrase that you chose when you made the key."),
                ErrorAction::EnterPassphrase, ErrorAction::ChooseKey);
}

Description noAlgorithm(Step step, const ErrorContext &c)
{
    return make(
        Text::tr("%1 speaks no encryption that Danlu accepts").arg(machine(step, c)),
        Text::tr("Its SSH server is very old, or it was set up to allow only unusual methods."),
        Text::tr("Update OpenSSH on the instance, or choose a newer image."), ErrorAction::Retry);
}

Description channelRefused(const ErrorContext &c)
{
    if (isRunpodProxy(c)) {
        return make(
            Text::tr("RunPod's proxy allows a terminal only"),
            Text::tr("ssh.runpod.io runs no commands and copies no files, so there is nothing to "
                     "read figures from."),
            Text::tr("In the pod's Connect page, copy the command under “SSH over exposed TCP” "
                     "and paste it here."),
            ErrorAction::PasteLogin);
    }
    return make(Text::tr("The instance refused to start the command"),
                Text::tr("It is out of memory or processes, or it limits how many commands one "
                         "connection may run."),
                Text::tr("Close what you do not need on the instance, then try again."),
                ErrorAction::Retry);
}

} // namespace

} // namespace ui::describing

namespace ui {

using namespace describing;

Description describe(const core::Error &error, const ErrorContext &context)
{
    const auto choose = [&]() -> Description {
        const Step step = error.step;
        switch (error.code) {
        case ErrorCode::HostNotFound: return hostNotFound(step, context);
        case ErrorCode::ConnectFailed: return connectFailed(step, context);
        case ErrorCode::ConnectTimeout: return connectTimeout(step, context);
        case ErrorCode::Disconnected: return disconnected(step, context);
        case ErrorCode::HostKeyUnknown: return hostKeyUnknown(step, context);
        case ErrorCode::HostKeyChanged: return hostKeyChanged(step, context);
        case ErrorCode::AuthRejected: return authRejected(step, context);
        case ErrorCode::KeyUnusable: return keyUnusable(context);
        case ErrorCode::KeyPassphraseNeeded: return keyPassphrase(context);
        case ErrorCode::NoCommonAlgorithm: return noAlgorithm(step, context);
        case ErrorCode::ChannelRefused: return channelRefused(context);
        case ErrorCode::TimedOut: return timedOut(step, context);
        case ErrorCode::Usage:
        case ErrorCode::Cancelled:
        case ErrorCode::RemoteFailed:
        case ErrorCode::NotFound:
        case ErrorCode::PermissionDenied:
        case ErrorCode::DiskFull:
        case ErrorCode::NoSpaceInodes:
        case ErrorCode::LocalIo:
        case ErrorCode::VerifyFailed:
        case ErrorCode::Parse:
        case ErrorCode::Unsupported:
        case ErrorCode::Internal: return otherError(error, context);
        }
        return otherError(error, context);
    };
    Description d = choose();
    d.technical = core::errorCodeName(error.code);
    if (error.step != Step::None)
        d.technical += QStringLiteral(" (%1)").arg(core::stepName(error.step));
    if (!error.detail.isEmpty())
        d.technical += QStringLiteral(": ") + error.detail;
    return d;
}

Description withoutActions(Description words)
{
    words.button.clear();
    words.action = ErrorAction::None;
    words.otherButton.clear();
    words.otherAction = ErrorAction::None;
    return words;
}

} // namespace ui
