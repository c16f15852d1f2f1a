// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QWidget;

namespace preview {

/// The monitor page in one of its states; null for a name that is none.
[[nodiscard]] QWidget *makeMonitor(const QString &scene);
[[nodiscard]] QStringList monitorScenes();

} // namespace preview
