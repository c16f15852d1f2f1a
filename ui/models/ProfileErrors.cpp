// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/ProfileErrors.h"

namespace ui {

ErrorContext errorContext(const core::profiles::Profile &profile)
{
    ErrorContext context;
    context.instance = profile.name;
    context.host = profile.host;
    context.port = profile.port;
    context.user = profile.user;
    context.path = profile.identityFile;
    context.jump = profile.jump;
    switch (profile.auth) {
    case core::profiles::AuthKind::Password: context.auth = ErrorContext::Auth::Password; break;
    case core::profiles::AuthKind::Key: context.auth = ErrorContext::Auth::Key; break;
    case core::profiles::AuthKind::Agent: context.auth = ErrorContext::Auth::Agent; break;
    }
    return context;
}

} // namespace ui
