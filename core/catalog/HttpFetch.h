// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Operation.h"
#include "core/base/SecretBytes.h"

#include <QSslConfiguration>
#include <QTimer>
#include <QUrl>

#include <chrono>

class QNetworkAccessManager;
class QNetworkReply;

namespace core::catalog {

struct HttpRequest
{
    QUrl url; ///< https; http only to this machine itself
    QByteArray method = "GET";
    QByteArray body;                          ///< JSON where there is one, with any method
    std::optional<SecretBytes> authorization; ///< the header's value, whole
    QByteArray etag;         ///< of the answer that is kept: "304 Not Modified" is welcome then
    QByteArray lastModified; ///< likewise
    qint64 limit = 8 * 1024 * 1024;                  ///< bytes of the answer's body
    std::chrono::milliseconds headerTimeout{15'000}; ///< until the answer begins
    std::chrono::milliseconds idleTimeout{15'000};   ///< between two pieces of it
    std::chrono::milliseconds wholeTimeout{120'000};
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
};

struct HttpAnswer
{
    bool notModified = false;
    QByteArray body;
    QByteArray etag;
    QByteArray lastModified;
};

/// One request and its whole answer. A certificate that is not right is never passed over; no
/// redirection is followed (a token would follow it), no cookie kept, no compressed answer asked
/// for (its size would say nothing).
/// Errors: Usage for a URL that is not allowed; HostNotFound, ConnectFailed,
/// Disconnected; VerifyFailed at Step::Handshake with the certificate's fault as detail; TimedOut;
/// Parse for more than \a limit bytes; AuthRejected for 401 and 403, NotFound for 404, RemoteFailed
/// with "HTTP 503" for any other status. Details never hold the request's headers.
class HttpFetch final : public Operation
{
    Q_OBJECT

public:
    HttpFetch(QNetworkAccessManager &network, const HttpRequest &request,
              QObject *parent = nullptr);
    ~HttpFetch() override;

    [[nodiscard]] const HttpAnswer &answer() const { return m_answer; }
    /// The body of an answer with an error's status, for an API's own words; bounded as well.
    [[nodiscard]] const QByteArray &body() const { return m_answer.body; }

protected:
    void doCancel() override;

private:
    void send(QNetworkAccessManager &network, const HttpRequest &request);
    void takePiece();
    void end();
    void giveUp(const Error &why);

    QNetworkReply *m_reply = nullptr;
    qint64 m_limit = 0;
    std::chrono::milliseconds m_idleTimeout{};
    QTimer m_silence;
    QTimer m_whole;
    QString m_tlsFault;
    HttpAnswer m_answer;
};

} // namespace core::catalog
