// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/danlu-cli/Console.h"

#include "core/base/WorkerThread.h"

#include <QPointer>

#include <atomic>

#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <io.h>
#include <windows.h>

namespace cli {

namespace {

constexpr qsizetype maxLine = 4096;
std::atomic<QObject *> interruptTarget{nullptr};

HANDLE openConsole(const wchar_t *name)
{
    return ::CreateFileW(name, GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE,
                         nullptr, OPEN_EXISTING, 0, nullptr);
}

std::optional<QString> ask(const QString &question, bool hidden)
{
    const HANDLE in = openConsole(L"CONIN$");
    const HANDLE out = openConsole(L"CONOUT$");
    std::optional<QString> answer;
    if (in != INVALID_HANDLE_VALUE && out != INVALID_HANDLE_VALUE) {
        DWORD done = 0;
        const std::wstring words = question.toStdWString();
        ::WriteConsoleW(out, words.data(), DWORD(words.size()), &done, nullptr);
        DWORD mode = 0;
        ::GetConsoleMode(in, &mode);
        if (hidden)
            ::SetConsoleMode(in, mode & ~DWORD(ENABLE_ECHO_INPUT));
        wchar_t buffer[maxLine];
        if (::ReadConsoleW(in, buffer, maxLine, &done, nullptr) && done > 0) {
            while (done > 0 && (buffer[done - 1] == L'\n' || buffer[done - 1] == L'\r'))
                --done;
            answer = QString::fromWCharArray(buffer, int(done));
        }
        core::wipeMemory(buffer, sizeof buffer);
        ::SetConsoleMode(in, mode);
        if (hidden)
            ::WriteConsoleW(out, L"\n", 1, &done, nullptr);
    }
    for (HANDLE handle : {in, out}) {
        if (handle != INVALID_HANDLE_VALUE)
            ::CloseHandle(handle);
    }
    return answer;
}

BOOL WINAPI onControl(DWORD)
{
    // Runs in a thread of its own; the object outlives it (~Interrupt takes itself out first).
    if (QObject *target = interruptTarget.load())
        QMetaObject::invokeMethod(target, "requested", Qt::QueuedConnection);
    return TRUE;
}

} // namespace

bool canAsk()
{
    const HANDLE in = openConsole(L"CONIN$");
    if (in == INVALID_HANDLE_VALUE)
        return false;
    ::CloseHandle(in);
    return true;
}

bool isTerminal()
{
    DWORD mode = 0;
    return ::GetConsoleMode(::GetStdHandle(STD_ERROR_HANDLE), &mode) != 0;
}

std::optional<core::SecretBytes> askHidden(const QString &question)
{
    std::optional<QString> answer = ask(question, true);
    if (!answer)
        return std::nullopt;
    return core::SecretBytes::takeFrom(*answer);
}

QString askLine(const QString &question)
{
    return ask(question, false).value_or(QString());
}

void setBinaryStreams()
{
    ::SetConsoleOutputCP(CP_UTF8);
    ::_setmode(::_fileno(stdin), _O_BINARY);
    ::_setmode(::_fileno(stdout), _O_BINARY);
    ::_setmode(::_fileno(stderr), _O_BINARY);
}

void occupyStandardStreams() {} // nothing takes the number of a missing handle here

int writeStandard(bool toStderr, QByteArrayView bytes)
{
    std::FILE *stream = toStderr ? stderr : stdout;
    if (std::fwrite(bytes.data(), 1, std::size_t(bytes.size()), stream) ==
            std::size_t(bytes.size()) &&
        std::fflush(stream) == 0)
        return 0;
    return errno == EINVAL ? EPIPE : errno; // EINVAL is what a pipe without a reader gives
}

std::optional<core::SecretBytes> readSecretLine()
{
    QByteArray line;
    line.reserve(maxLine);
    const HANDLE in = ::GetStdHandle(STD_INPUT_HANDLE);
    while (line.size() < maxLine) {
        char c = 0;
        DWORD got = 0;
        if (!::ReadFile(in, &c, 1, &got, nullptr) || got == 0) {
            if (line.isEmpty())
                return std::nullopt;
            break;
        }
        if (c == '\n')
            break;
        line.append(c);
    }
    if (line.endsWith('\r'))
        line.chop(1);
    return core::SecretBytes::takeFrom(line);
}

Interrupt::Interrupt(QObject *parent)
    : QObject(parent)
{
    interruptTarget = this;
    ::SetConsoleCtrlHandler(onControl, TRUE);
}

Interrupt::~Interrupt()
{
    ::SetConsoleCtrlHandler(onControl, FALSE);
    interruptTarget = nullptr;
}

/// A blocking read lives in a thread of its own: Windows has no poll() for pipes and consoles.
class StdinReader::Private
{
public:
    std::atomic<bool> stopping{false};
    QObject *worker = nullptr;
    std::atomic<HANDLE> thread{nullptr};
    core::WorkerThread runner;
};

StdinReader::StdinReader(QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>())
{
    d->runner = core::startWorkerThread(QStringLiteral("stdin"));
    d->worker = new QObject;
    d->worker->moveToThread(d->runner.get());
    connect(d->runner.get(), &QThread::finished, d->worker, &QObject::deleteLater);
}

StdinReader::~StdinReader()
{
    d->stopping = true;
    if (d->thread) {
        ::CancelSynchronousIo(d->thread);
        ::CloseHandle(d->thread);
    }
}

void StdinReader::readMore()
{
    QMetaObject::invokeMethod(
        d->worker,
        [this] {
            if (!d->thread)
                d->thread = ::OpenThread(THREAD_TERMINATE, FALSE, ::GetCurrentThreadId());
            QByteArray buffer(64 * 1024, Qt::Uninitialized);
            DWORD got = 0;
            const bool ok = ::ReadFile(::GetStdHandle(STD_INPUT_HANDLE), buffer.data(),
                                       DWORD(buffer.size()), &got, nullptr);
            if (d->stopping)
                return;
            if (ok && got > 0) {
                buffer.truncate(got);
                Q_EMIT dataRead(buffer);
            } else {
                Q_EMIT ended();
            }
        },
        Qt::QueuedConnection);
}

} // namespace cli
