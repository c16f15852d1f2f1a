// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ssh/Sftp.h"

#include <memory>

namespace core::ssh {

class SessionEngine;

/// A DirectoryListing's handle in the caller's thread; the engine's side only posts to it.
class ListingHandle final : public DirectoryListing
{
    Q_OBJECT

public:
    ListingHandle(SessionEngine *engine, QObject *parent);
    ~ListingHandle() override;

    void start(const QByteArray &path);
    void failLater(const Error &error);
    /// The engine is about to go; nothing may be posted to it any more.
    void forgetEngine() { m_engine = nullptr; }

protected:
    void doCancel() override;

private:
    struct Shared;

    void release();
    void take(const std::vector<RemoteEntry> &batch);
    void onEnded(const std::optional<Error> &error);

    SessionEngine *m_engine;
    std::shared_ptr<Shared> m_shared;
};

} // namespace core::ssh
