// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keys/AgentSocket.h"

#include "core/keys/Wire.h"

#include <QtEndian>

#include <windows.h>

#include <algorithm>
#include <memory>
#include <system_error>

namespace core::keys {

namespace {

/// How soon a cancelled request notices, ms.
constexpr qint64 waitSlice = 50;
constexpr wchar_t openSshPipe[] = L"\\\\.\\pipe\\openssh-ssh-agent";
/// What PuTTY's own programs say to Pageant in WM_COPYDATA, and the size of the shared memory.
constexpr ULONG_PTR pageantMagic = 0x804e50ba;
constexpr DWORD pageantMessage = maxAgentMessage;

struct HandleCloser
{
    void operator()(HANDLE handle) const { ::CloseHandle(handle); }
};
using Handle = std::unique_ptr<void, HandleCloser>;

tl::unexpected<Error> systemError(DWORD number)
{
    const bool absent = number == ERROR_FILE_NOT_FOUND || number == ERROR_PATH_NOT_FOUND;
    return fail(absent ? ErrorCode::NotFound : ErrorCode::LocalIo, Step::Key,
                QString::fromLocal8Bit(
                    QByteArray::fromStdString(std::system_category().message(int(number)))));
}

tl::unexpected<Error> nonsense()
{
    return fail(ErrorCode::RemoteFailed, Step::Key,
                QStringLiteral("the agent's answer makes no sense"));
}

std::wstring pipeName(const QString &socket)
{
    if (!socket.isEmpty())
        return socket.toStdWString();
    const QString named = qEnvironmentVariable("SSH_AUTH_SOCK");
    return named.startsWith(QStringLiteral("\\\\.\\pipe\\")) ? named.toStdWString() : openSshPipe;
}

/// Looks without connecting: opening would take the pipe's only free instance.
bool pipeIsThere(const std::wstring &name)
{
    return ::WaitNamedPipeW(name.c_str(), 1) != 0 || ::GetLastError() == ERROR_SEM_TIMEOUT;
}

HWND pageantWindow()
{
    return ::FindWindowW(L"Pageant", L"Pageant");
}

class AgentPipe
{
public:
    AgentPipe(QDeadlineTimer deadline, CancelFlag cancel)
        : m_deadline(deadline)
        , m_cancel(std::move(cancel))
        , m_event(::CreateEventW(nullptr, TRUE, FALSE, nullptr))
    {
    }
    Result<> open(const std::wstring &name)
    {
        for (;;) {
            // Identification only: the other end must not act as this user.
            HANDLE opened = ::CreateFileW(
                name.c_str(), GENERIC_READ | GENERIC_WRITE, 0, nullptr, OPEN_EXISTING,
                FILE_FLAG_OVERLAPPED | SECURITY_SQOS_PRESENT | SECURITY_IDENTIFICATION, nullptr);
            if (opened != INVALID_HANDLE_VALUE) {
                m_pipe.reset(opened);
                return {};
            }
            if (::GetLastError() != ERROR_PIPE_BUSY)
                return systemError(::GetLastError());
            if (const Result<> goes = goesOn(); !goes)
                return goes;
            ::WaitNamedPipeW(name.c_str(), DWORD(waitSlice));
        }
    }
    Result<> send(QByteArrayView bytes)
    {
        while (!bytes.isEmpty()) {
            OVERLAPPED state = start();
            const BOOL ended =
                ::WriteFile(m_pipe.get(), bytes.data(), DWORD(bytes.size()), nullptr, &state);
            const Result<DWORD> moved = finish(ended, state);
            if (!moved)
                return tl::make_unexpected(moved.error());
            bytes = bytes.sliced(qsizetype(*moved));
        }
        return {};
    }
    Result<> receive(SecretBytes &to)
    {
        for (qsizetype at = 0; at < to.size();) {
            OVERLAPPED state = start();
            const BOOL ended =
                ::ReadFile(m_pipe.get(), to.data() + at, DWORD(to.size() - at), nullptr, &state);
            const Result<DWORD> moved = finish(ended, state);
            if (!moved)
                return tl::make_unexpected(moved.error());
            if (*moved == 0)
                return nonsense();
            at += qsizetype(*moved);
        }
        return {};
    }

private:
    OVERLAPPED start() const
    {
        ::ResetEvent(m_event.get());
        OVERLAPPED state = {};
        state.hEvent = m_event.get();
        return state;
    }
    Result<DWORD> finish(BOOL ended, OVERLAPPED &state)
    {
        if (!ended && ::GetLastError() != ERROR_IO_PENDING)
            return systemError(::GetLastError());
        DWORD moved = 0;
        while (::WaitForSingleObject(m_event.get(), DWORD(waitSlice)) == WAIT_TIMEOUT) {
            if (const Result<> goes = goesOn(); !goes) {
                // The system writes to the buffer until the request is really gone.
                ::CancelIoEx(m_pipe.get(), &state);
                ::GetOverlappedResult(m_pipe.get(), &state, &moved, TRUE);
                return tl::make_unexpected(goes.error());
            }
        }
        if (!::GetOverlappedResult(m_pipe.get(), &state, &moved, FALSE))
            return systemError(::GetLastError());
        return moved;
    }
    [[nodiscard]] Result<> goesOn() const
    {
        if (isCancelled(m_cancel))
            return fail(ErrorCode::Cancelled, Step::Key);
        if (m_deadline.hasExpired())
            return fail(ErrorCode::TimedOut, Step::Key,
                        QStringLiteral("the agent does not answer"));
        return {};
    }

    QDeadlineTimer m_deadline;
    CancelFlag m_cancel;
    Handle m_event;
    Handle m_pipe;
};

Result<SecretBytes> askPipe(const std::wstring &name, QByteArrayView framed,
                            const QDeadlineTimer &deadline, const CancelFlag &cancel)
{
    AgentPipe agent(deadline, cancel);
    SecretBytes size = secretOfSize(4);
    Result<> done = agent.open(name);
    if (done)
        done = agent.send(framed);
    if (done)
        done = agent.receive(size);
    if (!done)
        return tl::make_unexpected(done.error());
    const quint32 length = WireReader(size.view()).uint32();
    if (length == 0 || length > maxAgentMessage)
        return nonsense();
    SecretBytes answer = secretOfSize(qsizetype(length));
    done = agent.receive(answer);
    if (!done)
        return tl::make_unexpected(done.error());
    return answer;
}

struct ViewCloser
{
    void operator()(void *view) const { ::UnmapViewOfFile(view); }
};

/// The message lies in shared memory whose name goes to Pageant's window.
Result<SecretBytes> askPageant(QByteArrayView framed, const QDeadlineTimer &deadline)
{
    const HWND window = pageantWindow();
    if (!window)
        return fail(ErrorCode::NotFound, Step::Key, QStringLiteral("no agent runs"));
    const QByteArray name =
        "PageantRequest" + QByteArray::number(::GetCurrentThreadId(), 16).rightJustified(8, '0');
    const Handle mapping(::CreateFileMappingA(INVALID_HANDLE_VALUE, nullptr, PAGE_READWRITE, 0,
                                              pageantMessage, name.constData()));
    if (!mapping)
        return systemError(::GetLastError());
    const std::unique_ptr<void, ViewCloser> view(
        ::MapViewOfFile(mapping.get(), FILE_MAP_WRITE, 0, 0, 0));
    if (!view)
        return systemError(::GetLastError());
    auto *bytes = static_cast<char *>(view.get());
    std::copy(framed.begin(), framed.end(), bytes);
    COPYDATASTRUCT data = {};
    data.dwData = pageantMagic;
    data.cbData = DWORD(name.size() + 1);
    data.lpData = const_cast<char *>(name.constData());
    DWORD_PTR taken = 0;
    const auto patience = UINT(std::max<qint64>(deadline.remainingTime(), 1));
    const LRESULT sent =
        ::SendMessageTimeoutW(window, WM_COPYDATA, 0, reinterpret_cast<LPARAM>(&data),
                              SMTO_ABORTIFHUNG, patience, &taken);
    const auto length = sent != 0 && taken != 0 ? qFromBigEndian<quint32>(bytes) : 0;
    SecretBytes answer;
    if (length > 0 && length <= pageantMessage - 4)
        answer = SecretBytes(QByteArrayView(bytes + 4, qsizetype(length)));
    wipeMemory(bytes, pageantMessage);
    if (sent == 0)
        return fail(ErrorCode::TimedOut, Step::Key, QStringLiteral("Pageant does not answer"));
    if (answer.isEmpty())
        return nonsense();
    return answer;
}

} // namespace

bool agentMayBeThere(const QString &socket)
{
    return pipeIsThere(pipeName(socket)) || (socket.isEmpty() && pageantWindow());
}

Result<SecretBytes> askAgent(const QString &socket, QByteArrayView request,
                             const QDeadlineTimer &deadline, const CancelFlag &cancel)
{
    WireWriter framed;
    framed.string(request);
    const std::wstring pipe = pipeName(socket);
    if (!socket.isEmpty() || pipeIsThere(pipe))
        return askPipe(pipe, framed.view(), deadline, cancel);
    return askPageant(framed.view(), deadline);
}

} // namespace core::keys
