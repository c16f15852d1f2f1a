// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Error.h"

#include <QString>

namespace ui {

/// What the button under an error does. The page that shows it maps this to its own slot.
enum class ErrorAction {
    None,
    Retry,
    EditProfile,
    PasteLogin, ///< paste a new login command and password
    EnterPassword,
    EnterPassphrase,
    ChooseKey,
    ReviewHostKey, ///< show both fingerprints, offer to replace for this instance
    OpenSettings,
    OpenDisks ///< show how full the instance's disks are
};

/// What is known about whom the error concerns; empty is fine.
struct ErrorContext
{
    enum class Auth { Unknown, Password, Key, Agent };
    QString instance; ///< the profile's name
    QString host;
    quint16 port = 0;
    QString user;
    Auth auth = Auth::Unknown;
    QString path; ///< key file, profile file or remote file, as the step asks
    QString jump; ///< "" = direct
};

struct Description
{
    QString title;  ///< what happened, one line, no full stop
    QString why;    ///< the likely reasons, plain words
    QString advice; ///< what to do next, one sentence
    QString button; ///< label of the action, "" for None
    ErrorAction action = ErrorAction::None;
    QString otherButton; ///< a second way out, "" for none
    ErrorAction otherAction = ErrorAction::None;
    QString technical; ///< code, step and the other side's own words; can be copied
};

/// The one place that words errors for people. Total over ErrorCode and Step.
[[nodiscard]] Description describe(const core::Error &error, const ErrorContext &context = {});

/// Without buttons: where what they would do belongs to another page, or has a button already.
[[nodiscard]] Description withoutActions(Description words);

} // namespace ui
