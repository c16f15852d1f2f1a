// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <vector>

namespace core::env {

/// A mirror in mainland China, where the packages' own servers are slow to reach.
struct Mirror
{
    QByteArray id;    ///< "tuna"
    QByteArray name;  ///< as it calls itself
    QByteArray pip;   ///< index for pip; "" = it has none
    QByteArray conda; ///< folder with pkgs/main and cloud/conda-forge; "" = it has none

    bool operator==(const Mirror &) const = default;
};

[[nodiscard]] const std::vector<Mirror> &mirrors();
/// Null where there is none of this id.
[[nodiscard]] const Mirror *mirrorById(QByteArrayView id);

/// hf-mirror.com, for HF_ENDPOINT (its own front page tells how to use it).
inline constexpr const char *hfMirror = "https://hf-mirror.com";

} // namespace core::env
