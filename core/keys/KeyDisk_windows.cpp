// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keys/KeyDisk.h"

#include <QDir>
#include <QFileInfo>

#include <windows.h>

#include <aclapi.h>
#include <sddl.h>

#include <memory>
#include <system_error>

namespace core::keys {

namespace {

struct LocalFreer
{
    void operator()(void *memory) const { ::LocalFree(memory); }
};
using LocalMemory = std::unique_ptr<void, LocalFreer>;

struct HandleCloser
{
    void operator()(HANDLE handle) const { ::CloseHandle(handle); }
};
using Handle = std::unique_ptr<void, HandleCloser>;

tl::unexpected<Error> systemError(const QString &path, DWORD number)
{
    ErrorCode code = ErrorCode::LocalIo;
    if (number == ERROR_FILE_NOT_FOUND || number == ERROR_PATH_NOT_FOUND)
        code = ErrorCode::NotFound;
    else if (number == ERROR_ACCESS_DENIED || number == ERROR_SHARING_VIOLATION)
        code = ErrorCode::PermissionDenied;
    else if (number == ERROR_DISK_FULL || number == ERROR_HANDLE_DISK_FULL)
        code = ErrorCode::DiskFull;
    else if (number == ERROR_FILE_EXISTS || number == ERROR_ALREADY_EXISTS)
        code = ErrorCode::Usage;
    return fail(code, Step::Key,
                path + QStringLiteral(": ") +
                    QString::fromLocal8Bit(
                        QByteArray::fromStdString(std::system_category().message(int(number)))));
}

std::wstring native(const QString &path)
{
    return QDir::toNativeSeparators(path).toStdWString();
}

/// The user's TOKEN_USER; empty when the system does not tell.
QByteArray currentUser()
{
    HANDLE opened = nullptr;
    if (!::OpenProcessToken(::GetCurrentProcess(), TOKEN_QUERY, &opened))
        return {};
    const Handle token(opened);
    DWORD size = 0;
    ::GetTokenInformation(token.get(), TokenUser, nullptr, 0, &size);
    QByteArray user(qsizetype(size), '\0');
    if (!::GetTokenInformation(token.get(), TokenUser, user.data(), size, &size))
        return {};
    return user;
}

PSID sidOf(const QByteArray &user)
{
    return reinterpret_cast<const TOKEN_USER *>(user.constData())->User.Sid;
}

/// Everything for the user, nothing for others, nothing inherited. Null on failure.
LocalMemory userOnlyDescriptor(bool isFolder)
{
    const QByteArray user = currentUser();
    LPWSTR sid = nullptr;
    if (user.isEmpty() || !::ConvertSidToStringSidW(sidOf(user), &sid))
        return nullptr;
    const LocalMemory sidMemory(sid);
    const std::wstring text =
        std::wstring(isFolder ? L"D:P(A;OICI;FA;;;" : L"D:P(A;;FA;;;") + sid + L")";
    PSECURITY_DESCRIPTOR descriptor = nullptr;
    ::ConvertStringSecurityDescriptorToSecurityDescriptorW(text.c_str(), SDDL_REVISION_1,
                                                           &descriptor, nullptr);
    return LocalMemory(descriptor);
}

Result<> create(const QString &path, QByteArrayView bytes, PSECURITY_DESCRIPTOR descriptor)
{
    SECURITY_ATTRIBUTES attributes{sizeof attributes, descriptor, FALSE};
    HANDLE opened =
        ::CreateFileW(native(path).c_str(), GENERIC_WRITE, 0, descriptor ? &attributes : nullptr,
                      CREATE_NEW, FILE_ATTRIBUTE_NORMAL, nullptr);
    if (opened == INVALID_HANDLE_VALUE)
        return systemError(path, ::GetLastError());
    Handle file(opened);
    DWORD written = 0;
    const bool wrote =
        ::WriteFile(file.get(), bytes.data(), DWORD(bytes.size()), &written, nullptr) != 0 &&
        written == DWORD(bytes.size()) && ::FlushFileBuffers(file.get()) != 0;
    const DWORD failed = wrote ? ERROR_SUCCESS : ::GetLastError();
    file.reset();
    if (wrote)
        return {};
    ::DeleteFileW(native(path).c_str());
    return systemError(path, failed);
}

} // namespace

Result<> createFile(const QString &path, QByteArrayView bytes, Access access)
{
    if (access == Access::Everyone)
        return create(path, bytes, nullptr);
    const LocalMemory descriptor = userOnlyDescriptor(false);
    if (!descriptor)
        return systemError(path, ::GetLastError());
    return create(path, bytes, descriptor.get());
}

Result<> replaceFile(const QString &path, QByteArrayView bytes)
{
    const QString real = QFileInfo(path).canonicalFilePath();
    if (real.isEmpty())
        return systemError(path, ERROR_FILE_NOT_FOUND);
    const QString next = real + QStringLiteral(".new-%1").arg(::GetCurrentProcessId());
    if (const Result<> made = createFile(next, bytes, Access::UserOnly); !made)
        return made;
    // ReplaceFile gives the new content the old file's ACL.
    if (::ReplaceFileW(native(real).c_str(), native(next).c_str(), nullptr, 0, nullptr, nullptr))
        return {};
    const DWORD failed = ::GetLastError();
    ::DeleteFileW(native(next).c_str());
    return systemError(path, failed);
}

Result<> makePrivateFolder(const QString &path)
{
    if (QFileInfo(path).isDir())
        return {};
    const QString parent = QFileInfo(path).absolutePath();
    if (!QDir().mkpath(parent))
        return systemError(parent, ERROR_ACCESS_DENIED);
    const LocalMemory descriptor = userOnlyDescriptor(true);
    if (!descriptor)
        return systemError(path, ::GetLastError());
    SECURITY_ATTRIBUTES attributes{sizeof attributes, descriptor.get(), FALSE};
    if (!::CreateDirectoryW(native(path).c_str(), &attributes))
        return systemError(path, ::GetLastError());
    return {};
}

bool isOpenToOthers(const QString &path)
{
    PACL acl = nullptr;
    PSECURITY_DESCRIPTOR descriptor = nullptr;
    if (::GetNamedSecurityInfoW(native(path).c_str(), SE_FILE_OBJECT, DACL_SECURITY_INFORMATION,
                                nullptr, nullptr, &acl, nullptr, &descriptor) != ERROR_SUCCESS)
        return false;
    const LocalMemory memory(descriptor);
    if (!acl)
        return true; // no list: everyone may
    const QByteArray user = currentUser();
    for (DWORD i = 0; i < acl->AceCount; ++i) {
        void *entry = nullptr;
        if (!::GetAce(acl, i, &entry))
            continue;
        auto *allowed = static_cast<ACCESS_ALLOWED_ACE *>(entry);
        if (allowed->Header.AceType != ACCESS_ALLOWED_ACE_TYPE ||
            (allowed->Mask & (FILE_READ_DATA | GENERIC_READ | GENERIC_ALL)) == 0)
            continue;
        const PSID sid = &allowed->SidStart;
        const bool trusted = (!user.isEmpty() && ::EqualSid(sid, sidOf(user))) ||
                             ::IsWellKnownSid(sid, WinLocalSystemSid) ||
                             ::IsWellKnownSid(sid, WinBuiltinAdministratorsSid);
        if (!trusted)
            return true;
    }
    return false;
}

Result<> makePrivate(const QString &path)
{
    const LocalMemory descriptor = userOnlyDescriptor(false);
    BOOL present = FALSE;
    BOOL defaulted = FALSE;
    PACL acl = nullptr;
    if (!descriptor || !::GetSecurityDescriptorDacl(descriptor.get(), &present, &acl, &defaulted))
        return systemError(path, ::GetLastError());
    std::wstring name = native(path);
    const DWORD failed =
        ::SetNamedSecurityInfoW(name.data(), SE_FILE_OBJECT,
                                DACL_SECURITY_INFORMATION | PROTECTED_DACL_SECURITY_INFORMATION,
                                nullptr, nullptr, acl, nullptr);
    if (failed != ERROR_SUCCESS)
        return systemError(path, failed);
    return {};
}

} // namespace core::keys
