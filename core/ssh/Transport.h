// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Error.h"

#include <QByteArray>
#include <QObject>

namespace core::ssh {

/// A byte stream to the server: TCP, a channel of a jump host, or a test's memory. Lives in the
/// engine's thread; start() leads to exactly one of connected() or failed().
class Transport : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    virtual void start() = 0;
    /// Takes all of it; never blocks, never sends a part.
    virtual void write(QByteArrayView bytes) = 0;
    /// What was taken and has not left yet.
    [[nodiscard]] virtual qint64 unsentBytes() const = 0;
    /// Takes up to \a size received bytes; 0 when none are there.
    virtual qint64 read(char *data, qint64 size) = 0;
    /// No byte can come or go any more; what was received before may still be read.
    [[nodiscard]] virtual bool isEnded() const = 0;
    /// Drops the stream at once, without waiting for unsent bytes.
    virtual void abort() = 0;
    /// libssh2 wants a socket to switch to non-blocking; it never reads or writes it, because the
    /// send and receive callbacks stand in between.
    [[nodiscard]] virtual qintptr socketDescriptor() const = 0;

Q_SIGNALS:
    void resolved();
    void connected();
    void readyRead();
    /// Unsent bytes went down.
    void bytesLeft();
    void failed(const core::Error &error);
    /// After connected(): the peer closed or the stream broke; detail has the system's words.
    void ended(const QString &detail);
};

} // namespace core::ssh
