// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/unit/catalog/TestCertificates.h"

#include <QHash>
#include <QPointer>
#include <QSslConfiguration>
#include <QSslServer>
#include <QTcpSocket>
#include <QTimer>

#include <chrono>
#include <functional>

namespace tests {

/// An HTTP or HTTPS server on this machine that answers as it is told: well, wrongly or not at all.
class FeedServer final : public QObject
{
public:
    /// Its connections tell of their ends while it is still whole.
    ~FeedServer() override { m_server.reset(); }

    struct Request
    {
        QByteArray method;
        QByteArray path;
        QHash<QByteArray, QByteArray> headers; ///< names in lower case
        QByteArray body;
    };
    /// What is done with a request; the socket is the server's.
    using Answer = std::function<void(QTcpSocket &, const Request &)>;

    /// Over plain HTTP.
    FeedServer()
        : m_server(std::make_unique<QTcpServer>())
    {
        listen();
    }
    explicit FeedServer(const Identity &identity)
    {
        auto server = std::make_unique<QSslServer>();
        QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
        tls.setLocalCertificate(identity.certificate());
        tls.setPrivateKey(identity.key());
        server->setSslConfiguration(tls);
        m_isTls = true;
        m_server = std::move(server);
        listen();
    }

    [[nodiscard]] QUrl url(const char *path) const
    {
        return QUrl(QStringLiteral("%1://127.0.0.1:%2%3")
                        .arg(m_isTls ? QStringLiteral("https") : QStringLiteral("http"))
                        .arg(m_server->serverPort())
                        .arg(QLatin1StringView(path)));
    }

    /// For every path that has no answer of its own.
    void setAnswer(Answer answer) { m_answer = std::move(answer); }
    void setAnswer(const QByteArray &path, Answer answer)
    {
        m_answers.insert(path, std::move(answer));
    }
    [[nodiscard]] const QList<Request> &requests() const { return m_requests; }
    [[nodiscard]] int connections() const { return m_connections; }
    void close() { m_server->close(); }

    /// A whole answer of its own length.
    [[nodiscard]] static Answer reply(const QByteArray &body, const QByteArray &headers = {},
                                      const QByteArray &status = "200 OK")
    {
        return raw("HTTP/1.1 " + status + "\r\nContent-Length: " + QByteArray::number(body.size()) +
                   "\r\n" + headers + "\r\n" + body);
    }
    /// Exactly these bytes; the connection stays open.
    [[nodiscard]] static Answer raw(const QByteArray &bytes)
    {
        return [bytes](QTcpSocket &socket, const Request &) { socket.write(bytes); };
    }
    [[nodiscard]] static Answer rawAndClose(const QByteArray &bytes)
    {
        return [bytes](QTcpSocket &socket, const Request &) {
            socket.write(bytes);
            socket.disconnectFromHost();
        };
    }
    [[nodiscard]] static Answer silence()
    {
        return [](QTcpSocket &, const Request &) {};
    }
    /// \a head, then \a piece again and again for as long as somebody reads, as fast as a good
    /// line, 64 MB/s. Not as fast as memory: Qt reads an answer in chunks for as long as its socket
    /// has something, and would tell nobody.
    [[nodiscard]] static Answer flood(const QByteArray &head, const QByteArray &piece)
    {
        return [head, piece](QTcpSocket &socket, const Request &) {
            auto *next = new QTimer(&socket);
            QObject::connect(next, &QTimer::timeout, &socket, [&socket, piece] {
                if (socket.bytesToWrite() < piece.size())
                    socket.write(piece);
            });
            socket.write(head + piece);
            next->start(std::chrono::milliseconds(1));
        };
    }

private:
    void listen()
    {
        m_server->listen(QHostAddress::LocalHost);
        connect(m_server.get(), &QTcpServer::pendingConnectionAvailable, this, [this] {
            while (QTcpSocket *socket = m_server->nextPendingConnection()) {
                ++m_connections;
                connect(socket, &QTcpSocket::readyRead, this, [this, socket] { read(socket); });
                connect(socket, &QTcpSocket::disconnected, this, [this, socket] {
                    m_read.remove(socket);
                    socket->deleteLater();
                });
            }
        });
    }

    void read(QTcpSocket *socket)
    {
        QByteArray &bytes = m_read[socket];
        bytes += socket->readAll();
        const qsizetype headEnd = bytes.indexOf("\r\n\r\n");
        if (headEnd < 0)
            return;
        Request request;
        const QList<QByteArray> lines = bytes.first(headEnd).split('\n');
        const QList<QByteArray> words = lines.first().trimmed().split(' ');
        request.method = words.value(0);
        request.path = words.value(1);
        for (const QByteArray &line : lines.mid(1)) {
            const qsizetype colon = line.indexOf(':');
            request.headers.insert(line.first(colon).toLower(), line.mid(colon + 1).trimmed());
        }
        const qsizetype length = request.headers.value("content-length").toLongLong();
        if (bytes.size() < headEnd + 4 + length)
            return;
        request.body = bytes.mid(headEnd + 4, length);
        bytes.remove(0, headEnd + 4 + length);
        m_requests.append(request);
        const Answer answer = m_answers.value(request.path, m_answer);
        if (answer)
            answer(*socket, request);
    }

    std::unique_ptr<QTcpServer> m_server;
    bool m_isTls = false;
    Answer m_answer;
    QHash<QByteArray, Answer> m_answers;
    QHash<QTcpSocket *, QByteArray> m_read;
    QList<Request> m_requests;
    int m_connections = 0;
};

} // namespace tests
