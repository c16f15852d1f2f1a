// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/SecretBytes.h"

#include <QByteArrayView>
#include <QString>

#include <vector>

namespace core::probe {

/// A Jupyter server that runs on the instance.
struct JupyterServer
{
    quint16 port = 0;
    QString host;          ///< where it listens, as it says; "" or a wildcard = everywhere
    QString basePath;      ///< of its pages, begins and ends with "/"
    SecretBytes token;     ///< empty = none, or a password is asked for
    QString rootDir;       ///< the folder it shows
    bool isSecure = false; ///< https
};

/// What "jupyter server list --jsonlist", "--json" or without either (also "jupyter lab list")
/// print, banners around it included. (jupyter_server, serverapp.py: JupyterServerListApp.) None is
/// an empty list.
[[nodiscard]] std::vector<JupyterServer> parseJupyterServers(QByteArrayView text);

} // namespace core::probe
