// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <memory>

namespace core::keys {

/// Asks slow work (key derivation, RSA primes, an agent) on another thread to stop. Null = never.
using CancelFlag = std::shared_ptr<std::atomic_bool>;

[[nodiscard]] inline bool isCancelled(const CancelFlag &flag)
{
    return flag && flag->load(std::memory_order_relaxed);
}

} // namespace core::keys
