// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/SecretBytes.h"

#include <QByteArrayView>
#include <QObject>

#include <memory>
#include <optional>

/// What differs between consoles: Console_unix.cpp and Console_windows.cpp.
namespace cli {

/// True when a person can be asked (a controlling terminal is there, whatever stdin is).
[[nodiscard]] bool canAsk();
/// True when standard error is a terminal, so that a line there may be written over.
[[nodiscard]] bool isTerminal();
/// Asks on the terminal without echo; blocks. Nothing when there is no terminal or input ended.
[[nodiscard]] std::optional<core::SecretBytes> askHidden(const QString &question);
/// Asks on the terminal; blocks. "" when there is no terminal or input ended.
[[nodiscard]] QString askLine(const QString &question);
/// stdin and stdout as bytes (Windows would translate line ends).
void setBinaryStreams();
/// First thing in main(): a closed stdin, stdout or stderr leads nowhere, so that no file or
/// socket opened later gets its number.
void occupyStandardStreams();
/// All of \a bytes to stdout or stderr, waiting where the reader is slow. \returns 0, or errno:
/// EPIPE where the reader has gone.
[[nodiscard]] int writeStandard(bool toStderr, QByteArrayView bytes);
/// The next line of stdin, without its newline, read byte by byte so that the rest stays for
/// others.
[[nodiscard]] std::optional<core::SecretBytes> readSecretLine();

/// Ctrl+C and the request to end, as a signal in the event loop. One object per program.
class Interrupt final : public QObject
{
    Q_OBJECT

public:
    explicit Interrupt(QObject *parent = nullptr);
    ~Interrupt() override;

Q_SIGNALS:
    void requested();
};

/// stdin without blocking. Reads only while asked to, so that a fast producer waits for a slow
/// network instead of filling the memory.
class StdinReader final : public QObject
{
    Q_OBJECT

public:
    explicit StdinReader(QObject *parent = nullptr);
    ~StdinReader() override;
    /// One dataRead() or one ended() follows, once.
    void readMore();

Q_SIGNALS:
    void dataRead(const QByteArray &bytes);
    void ended();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace cli
