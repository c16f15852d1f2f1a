// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Error.h"

#include <tl/expected.hpp>

namespace core {

/// The answer of anything that can fail for outside reasons.
template <typename T = void>
using Result = tl::expected<T, Error>;

[[nodiscard]] inline tl::unexpected<Error> fail(ErrorCode code, Step step, QString detail = {})
{
    return tl::make_unexpected(Error{code, step, std::move(detail)});
}

} // namespace core
