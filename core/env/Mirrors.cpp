// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/env/Mirrors.h"

#include <algorithm>

namespace core::env {

const std::vector<Mirror> &mirrors()
{
    // As of 2026-11. Sources: mirrors.tuna.tsinghua.edu.cn/help/pypi/ and help/anaconda/
    // (github.com/tuna/ mirror-web, _helpz/local/pypi); github.com/ustclug/mirrorhelp
    // source/pypi.rst and mirrors.ustc.edu.cn/anaconda/; developer.aliyun.com/mirror/pypi.
    static const std::vector<Mirror> all{
        {"tuna", "Tsinghua TUNA", "https://mirrors.tuna.tsinghua.edu.cn/pypi/web/simple",
         "https://mirrors.tuna.tsinghua.edu.cn/anaconda"},
        {"ustc", "USTC", "https://mirrors.ustc.edu.cn/pypi/web/simple",
         "https://mirrors.ustc.edu.cn/anaconda"},
        {"aliyun", "Aliyun", "https://mirrors.aliyun.com/pypi/simple/", {}},
    };
    return all;
}

const Mirror *mirrorById(QByteArrayView id)
{
    const auto found = std::find_if(mirrors().begin(), mirrors().end(),
                                    [id](const Mirror &one) { return one.id == id; });
    return found == mirrors().end() ? nullptr : &*found;
}

} // namespace core::env
