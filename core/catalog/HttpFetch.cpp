// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/HttpFetch.h"

#include <QHostAddress>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QSslError>

#include <algorithm>

namespace core::catalog {

namespace {

constexpr qint64 pieceSize = 64 * 1024;
constexpr qsizetype longestValidator = 512;

bool isAllowed(const QUrl &url)
{
    if (!url.isValid() || url.host().isEmpty() || !url.userInfo().isEmpty())
        return false;
    return url.scheme() == u"https" ||
           (url.scheme() == u"http" && QHostAddress(url.host()).isLoopback());
}

QNetworkRequest networkRequest(const HttpRequest &request)
{
    QNetworkRequest made(request.url);
    made.setAttribute(QNetworkRequest::RedirectPolicyAttribute,
                      QNetworkRequest::ManualRedirectPolicy);
    made.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    made.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    made.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    made.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    made.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    made.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    made.setRawHeader("Accept-Encoding", "identity");
    made.setRawHeader("User-Agent", "danlu/" DANLU_VERSION);
    if (!request.body.isEmpty())
        made.setRawHeader("Content-Type", "application/json");
    if (!request.etag.isEmpty())
        made.setRawHeader("If-None-Match", request.etag);
    if (!request.lastModified.isEmpty())
        made.setRawHeader("If-Modified-Since", request.lastModified);
    if (request.authorization)
        made.setRawHeader("Authorization", request.authorization->view().toByteArray());
    made.setSslConfiguration(request.tls);
    return made;
}

/// A validator that goes back with the next request: one line, not too long.
QByteArray validator(const QNetworkReply &reply, const char *header)
{
    const QByteArray value = reply.rawHeader(header).trimmed();
    const bool isPlain =
        std::all_of(value.begin(), value.end(), [](char c) { return c >= 0x20 && c < 0x7f; });
    return isPlain && value.size() <= longestValidator ? value : QByteArray();
}

ErrorCode codeOfStatus(int status)
{
    switch (status) {
    case 401:
    case 403: return ErrorCode::AuthRejected;
    case 404: return ErrorCode::NotFound;
    default: return ErrorCode::RemoteFailed;
    }
}

ErrorCode codeOfNetworkError(QNetworkReply::NetworkError error)
{
    switch (error) {
    case QNetworkReply::HostNotFoundError: return ErrorCode::HostNotFound;
    case QNetworkReply::RemoteHostClosedError: return ErrorCode::Disconnected;
    case QNetworkReply::TimeoutError: return ErrorCode::TimedOut;
    case QNetworkReply::SslHandshakeFailedError: return ErrorCode::VerifyFailed;
    default: return ErrorCode::ConnectFailed;
    }
}

Error errorOf(const QNetworkReply &reply)
{
    const QVariant status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute);
    if (status.isValid() && status.toInt() != 200)
        return {codeOfStatus(status.toInt()), Step::None,
                QStringLiteral("HTTP %1").arg(status.toInt())};
    return {codeOfNetworkError(reply.error()), Step::Connect, reply.errorString()};
}

} // namespace

HttpFetch::HttpFetch(QNetworkAccessManager &network, const HttpRequest &request, QObject *parent)
    : Operation(parent)
    , m_limit(request.limit)
    , m_idleTimeout(request.idleTimeout)
{
    if (!isAllowed(request.url)) {
        failWith({ErrorCode::Usage, Step::None, request.url.host()});
        return;
    }
    for (QTimer *timer : {&m_silence, &m_whole}) {
        timer->setSingleShot(true);
        connect(timer, &QTimer::timeout, this, [this] {
            giveUp({ErrorCode::TimedOut, Step::Connect, {}});
        });
    }
    m_silence.start(request.headerTimeout);
    m_whole.start(request.wholeTimeout);
    send(network, request);
}

HttpFetch::~HttpFetch()
{
    if (m_reply) {
        m_reply->disconnect(this);
        m_reply->abort();
        m_reply->deleteLater();
    }
}

void HttpFetch::send(QNetworkAccessManager &network, const HttpRequest &request)
{
    const QNetworkRequest made = networkRequest(request);
    m_reply = request.body.isEmpty() && request.method == "GET"
                  ? network.get(made)
                  : network.sendCustomRequest(made, request.method, request.body);
    m_reply->setReadBufferSize(pieceSize); // or a flood is taken in before it is looked at
    connect(m_reply, &QNetworkReply::sslErrors, this, [this](const QList<QSslError> &errors) {
        if (!errors.isEmpty()) // nobody calls ignoreSslErrors(): the reply fails by itself
            m_tlsFault = errors.first().errorString();
    });
    connect(m_reply, &QNetworkReply::metaDataChanged, this, [this] {
        m_silence.start(m_idleTimeout);
        const QVariant length = m_reply->header(QNetworkRequest::ContentLengthHeader);
        if (length.isValid() && length.toLongLong() > m_limit)
            giveUp(
                {ErrorCode::Parse, Step::Parse, QStringLiteral("more than %1 bytes").arg(m_limit)});
    });
    connect(m_reply, &QNetworkReply::readyRead, this, &HttpFetch::takePiece);
    connect(m_reply, &QNetworkReply::finished, this, &HttpFetch::end);
}

void HttpFetch::takePiece()
{
    m_silence.start(m_idleTimeout);
    while (m_reply && m_reply->bytesAvailable() > 0) {
        const QByteArray piece = m_reply->read(pieceSize);
        if (piece.isEmpty())
            return;
        if (m_answer.body.size() + piece.size() > m_limit) {
            giveUp(
                {ErrorCode::Parse, Step::Parse, QStringLiteral("more than %1 bytes").arg(m_limit)});
            return;
        }
        m_answer.body += piece;
    }
}

void HttpFetch::end()
{
    takePiece(); // what came with the end
    if (!m_reply)
        return;
    m_silence.stop();
    m_whole.stop();
    QNetworkReply *reply = std::exchange(m_reply, nullptr);
    reply->disconnect(this);
    reply->deleteLater();
    const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    m_answer.notModified = status == 304;
    m_answer.etag = validator(*reply, "ETag");
    m_answer.lastModified = validator(*reply, "Last-Modified");
    const bool isOk = reply->error() == QNetworkReply::NoError && m_tlsFault.isEmpty() &&
                      (status == 200 || m_answer.notModified);
    if (isOk)
        succeed();
    else if (!m_tlsFault.isEmpty())
        failWith({ErrorCode::VerifyFailed, Step::Handshake, m_tlsFault});
    else
        failWith(errorOf(*reply));
}

void HttpFetch::giveUp(const Error &why)
{
    if (!m_reply)
        return;
    m_silence.stop();
    m_whole.stop();
    QNetworkReply *reply = std::exchange(m_reply, nullptr);
    reply->disconnect(this);
    reply->abort();
    reply->deleteLater();
    failWith(why);
}

void HttpFetch::doCancel()
{
    giveUp({ErrorCode::Cancelled, Step::None, {}});
}

} // namespace core::catalog
