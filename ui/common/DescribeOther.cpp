// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/DescribeParts.h"

namespace ui::describing {

namespace {

Description usage(Step step)
{
    if (step == Step::Profile) {
        return make(
            Text::tr("The instance cannot be saved like this"),
            Text::tr("The name is empty or another instance has it already, or the address is "
                     "missing."),
            Text::tr("Give it a name of its own and an address."), ErrorAction::EditProfile);
    }
    if (step == Step::Key) {
        return make(Text::tr("A file with this name is there already"),
                    Text::tr("Danlu never writes over a key."), Text::tr("Choose another name."),
                    ErrorAction::None);
    }
    if (step == Step::Forward) {
        return make(Text::tr("This tunnel can't be used like this"),
                    Text::tr("Another tunnel has the port already, or the address is none of this "
                             "computer."),
                    Text::tr("Choose another port or address."), ErrorAction::None);
    }
    if (step == Step::Job) {
        return make(Text::tr("The job can't run like this"),
                    Text::tr("The command, a variable or a pattern is not what it should be."),
                    Text::tr("Change what the details below name."), ErrorAction::None);
    }
    return make(Text::tr("Something is missing"),
                Text::tr("What was asked for cannot be done with the values given."),
                Text::tr("Check the instance's settings."), ErrorAction::EditProfile);
}

Description cancelled()
{
    return make(Text::tr("Cancelled"), Text::tr("You stopped it."),
                Text::tr("You can start it again."), ErrorAction::Retry);
}

/// SFTP has one number for most of what can go wrong; OpenSSH's word for it is "Failure".
bool saysNoReason(const core::Error &error)
{
    return error.step == Step::Transfer &&
           (error.detail.endsWith(QStringLiteral(": Failure")) ||
            error.detail.contains(QStringLiteral(": SFTP status ")));
}

Description remoteFailed(const core::Error &error)
{
    const Step step = error.step;
    if (step == Step::Sampler) {
        return make(
            Text::tr("The instance could not report its figures"),
            Text::tr("The small script that reads them ended early. Usually memory or processes "
                     "ran out there, or the system is unusually cut down."),
            Text::tr("Close what you do not need on the instance, then try again."),
            ErrorAction::Retry);
    }
    if (step == Step::Jump) {
        return make(
            Text::tr("The jump host could not reach the instance"),
            Text::tr("The instance may be switched off, or the jump host may not forward "
                     "connections."),
            Text::tr("Check that the instance is running and that the jump host is the right "
                     "one."),
            ErrorAction::Retry, ErrorAction::EditProfile);
    }
    if (step == Step::Key) {
        return make(Text::tr("The key agent refused"),
                    Text::tr("It does not take this kind of key, or it is locked."),
                    Text::tr("Unlock the agent, then try again."), ErrorAction::Retry);
    }
    if (step == Step::Install) {
        return make(Text::tr("The list of keys on the instance could not be changed"),
                    Text::tr("The instance answered, but did not let ~/.ssh/authorized_keys be "
                             "written."),
                    Text::tr("The details below hold the instance's own words."),
                    ErrorAction::Retry);
    }
    if (step == Step::Forward) {
        return make(Text::tr("The instance does not listen on this port"),
                    Text::tr("Another program there has it, or its SSH server does not allow "
                             "tunnels (AllowTcpForwarding)."),
                    Text::tr("Choose another port."), ErrorAction::Retry);
    }
    if (step == Step::Job) {
        return make(Text::tr("The instance could not do that with its job"),
                    Text::tr("The job may have ended meanwhile, or a tool is missing there."),
                    Text::tr("The details below hold the instance's own words."),
                    ErrorAction::Retry);
    }
    if (saysNoReason(error)) {
        return make(Text::tr("The instance could not do that with the file"),
                    Text::tr("It does not say why. Often the disk is full or takes no more files, "
                             "something of this name is in the way, or a folder is not empty."),
                    Text::tr("Look whether the disk has room and the name is free, then try "
                             "again."),
                    ErrorAction::Retry, ErrorAction::OpenDisks);
    }
    return make(Text::tr("The command failed on the instance"),
                Text::tr("The instance answered, but what was asked of it did not work."),
                Text::tr("The details below hold the instance's own words."), ErrorAction::Retry);
}

Description notFound(Step step, const ErrorContext &c)
{
    switch (step) {
    case Step::Local:
        return make(Text::tr("A file or folder on this computer is not there"),
                    Text::tr("It was moved, renamed or deleted since, or its disk is not "
                             "connected."),
                    Text::tr("Bring it back, then try again."), ErrorAction::Retry);
    case Step::Profile:
        return make(Text::tr("This instance is no longer saved"),
                    Text::tr("It was removed in another window or by the command line."),
                    Text::tr("Add it again by pasting its login command."),
                    ErrorAction::PasteLogin);
    case Step::Keychain:
        return make(
            Text::tr("No password is stored for this instance"),
            Text::tr("It was never saved on this computer, or it was removed from the keychain."),
            Text::tr("Enter it; Danlu can remember it."), ErrorAction::EnterPassword);
    case Step::Install:
        return make(Text::tr("The instance's list of keys leads nowhere"),
                    Text::tr("~/.ssh/authorized_keys is a link to a file that is not there."),
                    Text::tr("Remove the link on the instance, then try again."),
                    ErrorAction::Retry);
    case Step::Job:
        return make(Text::tr("The job is not on the instance any more"),
                    Text::tr("It was removed there, or the instance was set up anew."),
                    Text::tr("Read the list again."), ErrorAction::Retry);
    case Step::Key:
    case Step::Auth:
        return make(Text::tr("The key file is not there"),
                    c.path.isEmpty() ? Text::tr("It was moved, renamed or deleted.")
                                     //: %1 is the path of a key file
                                     : Text::tr("%1 was moved, renamed or deleted.").arg(c.path),
                    Text::tr("Choose the key file again."), ErrorAction::ChooseKey,
                    ErrorAction::EnterPassword);
    default:
        return make(c.path.isEmpty() ? Text::tr("The file is not there")
                                     //: %1 is a path
                                     : Text::tr("%1 is not there").arg(c.path),
                    Text::tr("It was moved, renamed or deleted, or a data disk is not mounted."),
                    Text::tr("Check the path, then try again."), ErrorAction::Retry);
    }
}

Description permissionDenied(Step step, const ErrorContext &c)
{
    switch (step) {
    case Step::Local:
        return make(Text::tr("This computer denied access to a file or folder"),
                    Text::tr("It belongs to another user, is read-only, or is protected by the "
                             "system."),
                    Text::tr("Change who may use it, or choose a folder of your own."),
                    ErrorAction::Retry);
    case Step::Keychain:
        return make(Text::tr("The keychain refused access"),
                    Text::tr("It is locked, or access for Danlu was declined."),
                    Text::tr("Unlock it and allow Danlu, or type the password."),
                    ErrorAction::EnterPassword, ErrorAction::Retry);
    case Step::Profile:
        return make(Text::tr("Danlu may not write its settings"),
                    Text::tr("The settings folder belongs to another user or is read-only."),
                    Text::tr("Make the folder writable, then try again."), ErrorAction::Retry);
    case Step::Key:
        return make(c.path.isEmpty() ? Text::tr("This computer denied access to a key file")
                                     //: %1 is the path of a key file
                                     : Text::tr("This computer denied access to %1").arg(c.path),
                    Text::tr("The file or its folder belongs to another user, or is read-only."),
                    Text::tr("Choose a folder of your own."), ErrorAction::Retry);
    case Step::Forward:
        return make(Text::tr("This port may not be used for a tunnel"),
                    Text::tr("Ports below 1024 belong to the system; or the SSH server on the "
                             "instance does not allow tunnels (AllowTcpForwarding)."),
                    Text::tr("Choose a port from 1024 on. If that fails too, it is the server."),
                    ErrorAction::Retry);
    case Step::Install:
        return make(Text::tr("The instance does not let its list of keys be changed"),
                    Text::tr("~/.ssh or authorized_keys there is read-only, locked, or belongs to "
                             "another user."),
                    Text::tr("Add the key in the provider's console instead: copy the public key "
                             "on the Keys page."),
                    ErrorAction::Retry);
    case Step::Auth:
        return make(Text::tr("The key file may not be read"),
                    Text::tr("It belongs to another user of this computer."),
                    Text::tr("Choose a key of your own, or change who may read the file."),
                    ErrorAction::ChooseKey);
    default:
        return make(c.path.isEmpty() ? Text::tr("The instance denied access")
                                     //: %1 is a path
                                     : Text::tr("The instance denied access to %1").arg(c.path),
                    Text::tr("The file belongs to another user there, or the disk is read-only, as "
                             "public data disks are."),
                    Text::tr("Use a folder of your own, such as the data disk."),
                    ErrorAction::Retry);
    }
}

Description diskFull(Step step)
{
    if (step == Step::Profile || step == Step::Keychain) {
        return make(Text::tr("This computer's disk is full"),
                    Text::tr("Danlu could not save its settings; the old ones are untouched."),
                    Text::tr("Free some space, then try again."), ErrorAction::Retry);
    }
    if (step == Step::Key) {
        return make(Text::tr("This computer's disk is full"),
                    Text::tr("The key could not be written; nothing is left of it."),
                    Text::tr("Free some space, then try again."), ErrorAction::Retry);
    }
    if (step == Step::Local) {
        return make(Text::tr("This computer's disk is full"),
                    Text::tr("What is being copied does not fit into the folder's disk. What has "
                             "arrived already is kept."),
                    Text::tr("Free some space here, or choose a folder on another disk, then try "
                             "again."),
                    ErrorAction::Retry);
    }
    return make(
        Text::tr("The instance's disk is full"),
        Text::tr("The system disk is small and fills with conda packages, download caches and "
                 "Jupyter's trash, which still counts."),
        Text::tr("Delete what you do not need, or put data on the data disk."), ErrorAction::Retry,
        ErrorAction::OpenDisks);
}

Description noInodes(Step step)
{
    if (step == Step::Local) {
        return make(Text::tr("This computer's disk takes no more files"),
                    Text::tr("There is space left, but the number of files on it is limited."),
                    Text::tr("Choose a folder on another disk, then try again."),
                    ErrorAction::Retry);
    }
    return make(
        Text::tr("The disk takes no more files"),
        Text::tr("There is space left, but the number of files is limited: AutoDL's file storage "
                 "stops at 200,000 files, however small they are."),
        Text::tr("Pack many small files into one archive, or use the data disk."),
        ErrorAction::Retry, ErrorAction::OpenDisks);
}

Description localIo(Step step, const ErrorContext &c)
{
    switch (step) {
    case Step::Profile:
        return make(Text::tr("Danlu's settings could not be read or saved"),
                    c.path.isEmpty()
                        ? Text::tr("This computer reported a problem with the file.")
                        //: %1 is a path
                        : Text::tr("This computer reported a problem with %1.").arg(c.path),
                    Text::tr("Check that the disk is not full and the folder is yours."),
                    ErrorAction::Retry);
    case Step::Keychain:
        return make(Text::tr("The keychain could not be used"),
                    Text::tr("The system's password store reported a problem."),
                    Text::tr("Type the password; it is kept until Danlu is closed."),
                    ErrorAction::EnterPassword, ErrorAction::Retry);
    case Step::Key:
    case Step::Auth:
        return make(Text::tr("The key file could not be read"),
                    Text::tr("It is missing, or this computer reported a problem with it."),
                    Text::tr("Choose the key file again."), ErrorAction::ChooseKey);
    case Step::Forward:
        return make(Text::tr("Another program on this computer has the port"),
                    Text::tr("Often it is a tunnel or a server that was started before, in "
                             "another window."),
                    Text::tr("Choose another port, or end that program."), ErrorAction::Retry);
    default:
        return make(
            Text::tr("A file on this computer could not be read or written"),
            Text::tr("It is in use by another program, the disk is full, or the folder is not "
                     "yours."),
            Text::tr("Close other programs that use it, then try again."), ErrorAction::Retry);
    }
}

Description unreadable(Step step)
{
    switch (step) {
    case Step::Parse:
        return make(
            Text::tr("No login command was found in this text"),
            Text::tr("Danlu looks for something like “ssh -p 35394 root@region-1.autodl.com”."),
            Text::tr("Copy the whole login command from the provider's console and paste it "
                     "again."),
            ErrorAction::PasteLogin);
    case Step::Profile:
        return make(Text::tr("Danlu's list of instances was damaged"),
                    Text::tr("The file could not be understood. It was set aside, not deleted."),
                    Text::tr("Add your instances again by pasting their login commands."),
                    ErrorAction::PasteLogin);
    case Step::Key:
        return make(Text::tr("This is no key that Danlu can read"),
                    Text::tr("The file is damaged, or it is something else."),
                    Text::tr("Choose the private key: the file without .pub."),
                    ErrorAction::ChooseKey);
    case Step::Sampler:
        return make(
            Text::tr("The instance's figures could not be read"),
            Text::tr("Something else printed into the same connection, or a tool there prints "
                     "in a form that Danlu does not know."),
            Text::tr("Try again; if it stays so, report it with the details below."),
            ErrorAction::Retry);
    default:
        return make(Text::tr("An answer could not be understood"),
                    Text::tr("It was cut off, or has a form that Danlu does not know."),
                    Text::tr("Try again; if it stays so, report it with the details below."),
                    ErrorAction::Retry);
    }
}

Description unsupported(Step step)
{
    switch (step) {
    case Step::Keychain:
        return make(
            Text::tr("This computer has no password store"),
            Text::tr("No keychain service is running, and Danlu never writes passwords to a "
                     "file."),
            Text::tr("Passwords are kept until Danlu is closed. Setting up a key makes them "
                     "unnecessary."),
            ErrorAction::EnterPassword);
    case Step::Auth:
        return make(
            Text::tr("The instance asks for another way of signing in"),
            Text::tr("It takes neither what you chose nor any other way that Danlu knows. Many "
                     "providers take keys only."),
            Text::tr("Choose a key, or look in the provider's console for the way it wants."),
            ErrorAction::ChooseKey, ErrorAction::EditProfile);
    case Step::Profile:
        return make(Text::tr("The settings were written by a newer Danlu"),
                    Text::tr("This version cannot read them without losing something."),
                    Text::tr("Update Danlu."), ErrorAction::None);
    case Step::Key:
        return make(Text::tr("Danlu can't use this kind of key"),
                    Text::tr("Keys on security keys, certificates and DSA are not supported."),
                    Text::tr("Use an Ed25519, ECDSA or RSA key."), ErrorAction::ChooseKey);
    default:
        return make(Text::tr("This instance cannot do that"),
                    Text::tr("A tool or a feature that is needed is missing there."),
                    Text::tr("The details below say which."), ErrorAction::Retry);
    }
}

} // namespace

Description otherError(const core::Error &error, const ErrorContext &context)
{
    switch (error.code) {
    case ErrorCode::Usage: return usage(error.step);
    case ErrorCode::Cancelled: return cancelled();
    case ErrorCode::RemoteFailed: return remoteFailed(error);
    case ErrorCode::NotFound: return notFound(error.step, context);
    case ErrorCode::PermissionDenied: return permissionDenied(error.step, context);
    case ErrorCode::DiskFull: return diskFull(error.step);
    case ErrorCode::NoSpaceInodes: return noInodes(error.step);
    case ErrorCode::LocalIo: return localIo(error.step, context);
    case ErrorCode::VerifyFailed:
        if (error.step == Step::HostKey)
            return make(Text::tr("This server's key has been revoked"),
                        Text::tr("A line of the known_hosts file on this computer says that this "
                                 "key must not be trusted any more. No password was sent."),
                        Text::tr("Ask whoever runs the server for its new key. Take the @revoked "
                                 "line out of the file only if you know why it is there."),
                        ErrorAction::PasteLogin);
        return make(Text::tr("The copy differs from the original"),
                    Text::tr("The file changed while it was copied, or the transfer was damaged."),
                    Text::tr("Copy it again."), ErrorAction::Retry);
    case ErrorCode::Parse: return unreadable(error.step);
    case ErrorCode::Unsupported: return unsupported(error.step);
    default:
        return make(Text::tr("Something went wrong inside Danlu"),
                    Text::tr("This is not your fault."),
                    Text::tr("Try again; if it stays so, report it with the details below."),
                    ErrorAction::Retry);
    }
}

} // namespace ui::describing
