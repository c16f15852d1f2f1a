# shellcheck shell=bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What scripts/setup and scripts/build-libssh2 share.
say() { printf 'setup: %s\n' "$*" >&2; }
as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }
retry() { # up to three tries, spaced, for a mirror that stumbles
    local n
    for n in 1 2 3; do "$@" && return 0; say "try $n of 3 failed: $*"; sleep $((n * 5)); done
    return 1
}
