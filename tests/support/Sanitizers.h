// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace support {

/// Whether this build is watched by a sanitizer: it is several times slower, and what only more of
/// the same would show is the usual build's to find.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool isSanitized = true;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
inline constexpr bool isSanitized = true;
#else
inline constexpr bool isSanitized = false;
#endif
#else
inline constexpr bool isSanitized = false;
#endif

/// How much of it: the sanitizers look at memory, for which a part is as good.
constexpr int unlessSanitized(int usual, int sanitized)
{
    return isSanitized ? sanitized : usual;
}

} // namespace support
