// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keys/AgentSocket.h"

#include "core/keys/Wire.h"

#include <QFile>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <system_error>
#include <unistd.h>

namespace core::keys {

namespace {

/// How soon a cancelled request notices, ms.
constexpr qint64 pollSlice = 50;

QString socketPath(const QString &socket)
{
    return socket.isEmpty() ? qEnvironmentVariable("SSH_AUTH_SOCK") : socket;
}

tl::unexpected<Error> systemError(int number)
{
    const bool absent = number == ENOENT || number == ECONNREFUSED || number == ENOTDIR;
    return fail(absent ? ErrorCode::NotFound : ErrorCode::LocalIo, Step::Key,
                QString::fromStdString(std::generic_category().message(number)));
}

class AgentSocket
{
public:
    AgentSocket(QDeadlineTimer deadline, CancelFlag cancel)
        : m_deadline(deadline)
        , m_cancel(std::move(cancel))
        , m_descriptor(::socket(AF_UNIX, SOCK_STREAM, 0))
    {
        if (m_descriptor >= 0) {
            ::fcntl(m_descriptor, F_SETFD, FD_CLOEXEC);
            ::fcntl(m_descriptor, F_SETFL, O_NONBLOCK);
#ifdef SO_NOSIGPIPE // macOS, which has no MSG_NOSIGNAL
            const int on = 1;
            ::setsockopt(m_descriptor, SOL_SOCKET, SO_NOSIGPIPE, &on, sizeof on);
#endif
        }
    }
    ~AgentSocket()
    {
        if (m_descriptor >= 0)
            ::close(m_descriptor);
    }
    AgentSocket(const AgentSocket &) = delete;
    AgentSocket &operator=(const AgentSocket &) = delete;

    Result<> open(const QString &path)
    {
        const QByteArray name = QFile::encodeName(path);
        sockaddr_un address = {};
        if (m_descriptor < 0)
            return systemError(errno);
        if (name.size() >= qsizetype(sizeof address.sun_path))
            return systemError(ENAMETOOLONG);
        address.sun_family = AF_UNIX;
        std::memcpy(address.sun_path, name.constData(), std::size_t(name.size()));
        // A full queue of the agent's is EAGAIN on Linux: asked again until the deadline.
        while (::connect(m_descriptor, reinterpret_cast<const sockaddr *>(&address),
                         sizeof address) != 0) {
            if (errno != EAGAIN && errno != EINTR)
                return systemError(errno);
            if (Result<> waited = waitFor(0); !waited)
                return waited;
        }
        return {};
    }
    Result<> send(QByteArrayView bytes)
    {
#ifdef MSG_NOSIGNAL
        constexpr int flags = MSG_NOSIGNAL;
#else
        constexpr int flags = 0;
#endif
        while (!bytes.isEmpty()) {
            const ssize_t sent =
                ::send(m_descriptor, bytes.data(), std::size_t(bytes.size()), flags);
            if (sent > 0)
                bytes = bytes.sliced(sent);
            else if (Result<> waited = orWait(POLLOUT); !waited)
                return waited;
        }
        return {};
    }
    Result<> receive(SecretBytes &to)
    {
        for (qsizetype at = 0; at < to.size();) {
            const ssize_t got =
                ::recv(m_descriptor, to.data() + at, std::size_t(to.size() - at), 0);
            if (got > 0)
                at += got;
            else if (got == 0)
                return fail(ErrorCode::RemoteFailed, Step::Key,
                            QStringLiteral("the agent hung up"));
            else if (Result<> waited = orWait(POLLIN); !waited)
                return waited;
        }
        return {};
    }

private:
    /// After a call that moved nothing.
    Result<> orWait(short events)
    {
        if (errno == EINTR)
            return {};
        return errno == EAGAIN || errno == EWOULDBLOCK ? waitFor(events) : systemError(errno);
    }
    /// \a events 0 = a moment.
    Result<> waitFor(short events)
    {
        pollfd one{m_descriptor, events, 0};
        for (;;) {
            if (isCancelled(m_cancel))
                return fail(ErrorCode::Cancelled, Step::Key);
            if (m_deadline.hasExpired())
                return fail(ErrorCode::TimedOut, Step::Key,
                            QStringLiteral("the agent does not answer"));
            const qint64 left = m_deadline.remainingTime();
            const int slice = int(left < 0 ? pollSlice : std::min(left, pollSlice));
            if (::poll(&one, events == 0 ? 0 : 1, slice) != 0 || events == 0)
                return {};
        }
    }

    QDeadlineTimer m_deadline;
    CancelFlag m_cancel;
    int m_descriptor;
};

} // namespace

bool agentMayBeThere(const QString &socket)
{
    const QString path = socketPath(socket);
    return !path.isEmpty() && QFile::exists(path);
}

Result<SecretBytes> askAgent(const QString &socket, QByteArrayView request,
                             const QDeadlineTimer &deadline, const CancelFlag &cancel)
{
    const QString path = socketPath(socket);
    if (path.isEmpty())
        return fail(ErrorCode::NotFound, Step::Key, QStringLiteral("SSH_AUTH_SOCK is not set"));
    AgentSocket agent(deadline, cancel);
    WireWriter framed;
    framed.string(request);
    SecretBytes size = secretOfSize(4);
    Result<> done = agent.open(path);
    if (done)
        done = agent.send(framed.view());
    if (done)
        done = agent.receive(size);
    if (!done)
        return tl::make_unexpected(done.error());
    const quint32 length = WireReader(size.view()).uint32();
    if (length == 0 || length > maxAgentMessage)
        return fail(ErrorCode::RemoteFailed, Step::Key,
                    QStringLiteral("the agent's answer makes no sense"));
    SecretBytes answer = secretOfSize(qsizetype(length));
    done = agent.receive(answer);
    if (!done)
        return tl::make_unexpected(done.error());
    return answer;
}

} // namespace core::keys
