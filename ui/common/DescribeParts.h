// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Shared by Describe.cpp (connecting and signing in) and DescribeOther.cpp (everything after it).

#include "ui/common/Describe.h"

#include <QCoreApplication>

namespace ui::describing {

using core::ErrorCode;
using core::Step;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ErrorText)
};

[[nodiscard]] Description make(QString title, QString why, QString advice, ErrorAction action,
                               ErrorAction other = ErrorAction::None);
[[nodiscard]] Description otherError(const core::Error &error, const ErrorContext &context);

} // namespace ui::describing
