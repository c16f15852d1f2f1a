// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/danlu-cli/Console.h"

#include <QSocketNotifier>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <fcntl.h>
#include <poll.h>
#include <termios.h>
#include <unistd.h>

namespace cli {

namespace {

constexpr qsizetype maxLine = 4096;

/// Reads one line byte by byte: what follows belongs to somebody else.
std::optional<core::SecretBytes> readLineFrom(int descriptor)
{
    QByteArray line;
    line.reserve(maxLine); // never reallocated, so no copy of a secret stays behind
    while (line.size() < maxLine) {
        char c = 0;
        const ssize_t got = ::read(descriptor, &c, 1);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0) {
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

/// /dev/tty is the person even when stdin and stdout are pipes.
class Tty
{
public:
    Tty()
        : m_descriptor(::open("/dev/tty", O_RDWR | O_CLOEXEC))
    {
    }
    ~Tty()
    {
        if (m_descriptor >= 0)
            ::close(m_descriptor);
    }
    Q_DISABLE_COPY_MOVE(Tty)
    [[nodiscard]] int descriptor() const { return m_descriptor; }
    void print(const QByteArray &text) const
    {
        if (::write(m_descriptor, text.constData(), size_t(text.size())) < 0)
            return; // the terminal is gone; the read that follows will say so
    }

private:
    int m_descriptor;
};

int interruptPipe[2] = {-1, -1};

void onSignal(int)
{
    const int saved = errno;
    const char byte = 1;
    if (::write(interruptPipe[1], &byte, 1) < 0) {
        // A full pipe already holds a request.
    }
    errno = saved;
}

} // namespace

bool canAsk()
{
    return Tty().descriptor() >= 0;
}

bool isTerminal()
{
    return ::isatty(STDERR_FILENO) == 1;
}

std::optional<core::SecretBytes> askHidden(const QString &question)
{
    const Tty tty;
    if (tty.descriptor() < 0)
        return std::nullopt;
    termios saved{};
    const bool isTerminal = ::tcgetattr(tty.descriptor(), &saved) == 0;
    tty.print(question.toUtf8());
    if (isTerminal) {
        termios silent = saved;
        silent.c_lflag &= ~tcflag_t(ECHO);
        ::tcsetattr(tty.descriptor(), TCSAFLUSH, &silent);
    }
    std::optional<core::SecretBytes> answer = readLineFrom(tty.descriptor());
    if (isTerminal)
        ::tcsetattr(tty.descriptor(), TCSAFLUSH, &saved);
    tty.print("\n");
    return answer;
}

QString askLine(const QString &question)
{
    const Tty tty;
    if (tty.descriptor() < 0)
        return {};
    tty.print(question.toUtf8());
    const std::optional<core::SecretBytes> answer = readLineFrom(tty.descriptor());
    return answer ? QString::fromUtf8(answer->view()) : QString();
}

void setBinaryStreams() {}

void occupyStandardStreams()
{
    // open() takes the lowest free number: the closed one.
    for (int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        if (::fcntl(descriptor, F_GETFD) < 0 && errno == EBADF && ::open("/dev/null", O_RDWR) < 0)
            return;
    }
}

int writeStandard(bool toStderr, QByteArrayView bytes)
{
    const int descriptor = toStderr ? STDERR_FILENO : STDOUT_FILENO;
    while (!bytes.isEmpty()) {
        const ssize_t written = ::write(descriptor, bytes.data(), size_t(bytes.size()));
        if (written >= 0) {
            bytes = bytes.sliced(written);
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
            // Another program on the same terminal or pipe has made it non-blocking.
            pollfd ready{descriptor, POLLOUT, 0};
            ::poll(&ready, 1, -1);
        } else if (errno != EINTR) {
            return errno;
        }
    }
    return 0;
}

std::optional<core::SecretBytes> readSecretLine()
{
    return readLineFrom(STDIN_FILENO);
}

Interrupt::Interrupt(QObject *parent)
    : QObject(parent)
{
    if (::pipe(interruptPipe) != 0) // pipe2() is not on macOS
        return;
    for (int descriptor : interruptPipe) {
        ::fcntl(descriptor, F_SETFD, FD_CLOEXEC);
        ::fcntl(descriptor, F_SETFL, O_NONBLOCK);
    }
    auto *notifier = new QSocketNotifier(interruptPipe[0], QSocketNotifier::Read, this);
    connect(notifier, &QSocketNotifier::activated, this, [this] {
        char buffer[16];
        while (::read(interruptPipe[0], buffer, sizeof buffer) > 0) {
        }
        Q_EMIT requested();
    });
    struct sigaction action = {};
    action.sa_handler = onSignal;
    action.sa_flags = SA_RESTART;
    for (int number : {SIGINT, SIGTERM, SIGHUP})
        ::sigaction(number, &action, nullptr);
    ::signal(SIGPIPE, SIG_IGN);
}

Interrupt::~Interrupt()
{
    for (int number : {SIGINT, SIGTERM, SIGHUP})
        ::signal(number, SIG_DFL);
    for (int &descriptor : interruptPipe) {
        if (descriptor >= 0)
            ::close(descriptor);
        descriptor = -1;
    }
}

class StdinReader::Private
{
public:
    std::unique_ptr<QSocketNotifier> notifier;
};

StdinReader::StdinReader(QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>())
{
    d->notifier = std::make_unique<QSocketNotifier>(STDIN_FILENO, QSocketNotifier::Read);
    d->notifier->setEnabled(false);
    connect(d->notifier.get(), &QSocketNotifier::activated, this, [this] {
        d->notifier->setEnabled(false);
        QByteArray buffer(64 * 1024, Qt::Uninitialized);
        const ssize_t got = ::read(STDIN_FILENO, buffer.data(), size_t(buffer.size()));
        if (got > 0) {
            buffer.truncate(got);
            Q_EMIT dataRead(buffer);
        } else if (got < 0 && (errno == EINTR || errno == EAGAIN)) {
            d->notifier->setEnabled(true);
        } else {
            Q_EMIT ended();
        }
    });
}

StdinReader::~StdinReader() = default;

void StdinReader::readMore()
{
    d->notifier->setEnabled(true);
}

} // namespace cli
