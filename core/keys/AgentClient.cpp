// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keys/AgentClient.h"

#include "core/keys/AgentSocket.h"
#include "core/keys/Wire.h"

#include <algorithm>
#include <limits>

namespace core::keys {

namespace {

// draft-miller-ssh-agent, 7.1 and 7.3.
enum Message : char {
    Failure = 5,
    Success = 6,
    RequestIdentities = 11,
    IdentitiesAnswer = 12,
    AddIdentity = 17,
    RemoveIdentity = 18,
    AddIdConstrained = 25
};
enum Constraint : char { ConstrainLifetime = 1, ConstrainConfirm = 2 };

constexpr quint32 maxIdentities = 2048; // as many as OpenSSH's client reads

QByteArrayView oneByte(const char &byte)
{
    return {&byte, 1};
}

tl::unexpected<Error> nonsense()
{
    return fail(ErrorCode::RemoteFailed, Step::Key,
                QStringLiteral("the agent's answer makes no sense"));
}

Result<std::vector<PublicKey>> readIdentities(QByteArrayView answer)
{
    WireReader reader(answer);
    const QByteArrayView type = reader.bytes(1);
    if (!reader.ok() || type.front() != IdentitiesAnswer)
        return reader.ok() && type.front() == Failure
                   ? fail(ErrorCode::RemoteFailed, Step::Key, QStringLiteral("the agent refused"))
                   : nonsense();
    const quint32 count = reader.uint32();
    if (!reader.ok() || count > maxIdentities)
        return nonsense();
    std::vector<PublicKey> keys;
    for (quint32 i = 0; i < count; ++i) {
        const QByteArrayView blob = reader.string();
        const QByteArrayView comment = reader.string();
        if (!reader.ok())
            return nonsense();
        // One that can't be read hides no other.
        if (Result<PublicKey> key = publicKeyFromBlob(blob, comment))
            keys.push_back(std::move(*key));
    }
    return keys;
}

Result<std::monostate> readSuccess(QByteArrayView answer)
{
    if (answer.startsWith(Success))
        return std::monostate{};
    if (answer.startsWith(Failure))
        return fail(ErrorCode::RemoteFailed, Step::Key, QStringLiteral("the agent refused"));
    return nonsense();
}

SecretBytes addRequest(const PrivateKey &key, const AgentConstraints &constraints)
{
    const bool constrained = constraints.lifetime || constraints.confirm;
    const char type = constrained ? AddIdConstrained : AddIdentity;
    WireWriter request;
    request.bytes(oneByte(type)).bytes(key.fields.view()).string(key.publicKey.comment);
    if (constraints.lifetime) {
        const auto seconds = std::clamp<qint64>(constraints.lifetime->count(), 1,
                                                std::numeric_limits<qint32>::max());
        const char constraint = ConstrainLifetime;
        request.bytes(oneByte(constraint)).uint32(quint32(seconds));
    }
    if (constraints.confirm) {
        const char constraint = ConstrainConfirm;
        request.bytes(oneByte(constraint));
    }
    return request.take();
}

} // namespace

AgentClient::AgentClient(QString socket, std::chrono::milliseconds patience)
    : m_socket(std::move(socket))
    , m_patience(patience)
{
}

bool AgentClient::mayBeThere() const
{
    return agentMayBeThere(m_socket);
}

AgentListOperation *AgentClient::list(QObject *parent)
{
    return m_queue.start<std::vector<PublicKey>>(
        parent,
        [socket = m_socket,
         patience = m_patience](const CancelFlag &cancel) -> Result<std::vector<PublicKey>> {
            const char type = RequestIdentities;
            const Result<SecretBytes> answer =
                askAgent(socket, oneByte(type), QDeadlineTimer(patience), cancel);
            if (!answer)
                return tl::make_unexpected(answer.error());
            return readIdentities(answer->view());
        });
}

AgentOperation *AgentClient::send(SecretBytes request, QObject *parent)
{
    return m_queue.start<std::monostate>(
        parent,
        [socket = m_socket, patience = m_patience,
         request = std::move(request)](const CancelFlag &cancel) -> Result<std::monostate> {
            const Result<SecretBytes> answer =
                askAgent(socket, request.view(), QDeadlineTimer(patience), cancel);
            if (!answer)
                return tl::make_unexpected(answer.error());
            return readSuccess(answer->view());
        });
}

AgentOperation *AgentClient::add(const PrivateKey &key, const AgentConstraints &constraints,
                                 QObject *parent)
{
    return send(addRequest(key, constraints), parent);
}

AgentOperation *AgentClient::remove(const PublicKey &key, QObject *parent)
{
    const char type = RemoveIdentity;
    WireWriter request;
    request.bytes(oneByte(type)).string(key.blob);
    return send(request.take(), parent);
}

} // namespace core::keys
