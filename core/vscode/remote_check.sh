#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What VS Code will find on an instance: prints what core/vscode/RemoteCheck reads. POSIX sh (dash,
# busybox ash, bash); changes nothing. The pythons are core/env's to find. PROBE is set before: a URL to be asked for, or "".
# Lines "WORD VALUE"; all in one record that ends with NUL.
{
    echo "home ${HOME:-/}"
    echo "arch $(uname -m)"
    glibc=$(getconf GNU_LIBC_VERSION 2>/dev/null) && echo "glibc ${glibc##* }"
    server=${HOME:-/}/.vscode-server
    [ -e "$server" ] && echo "installed 1"
    at=$server
    while [ ! -e "$at" ] && [ "$at" != / ]; do at=$(dirname "$at"); done
    at=$(cd "$at" 2>/dev/null && pwd -P || echo "$at")
    echo "place $at"
    df -P -k "$at" 2>/dev/null | awk 'NR > 1 && NF >= 6 {print "free " $(NF - 2); exit}'
    df -P -i "$at" 2>/dev/null | awk 'NR > 1 && NF >= 6 {print "inodes " $(NF - 2); exit}'
    # As the server will have it: the login shell's variables. Passwords in them stay there.
    profile=$( (exec </dev/null; bash -lc env 2>/dev/null || env) | sed -n \
        's/^\([Hh][Tt][Tt][Pp][Ss]\{0,1\}_[Pp][Rr][Oo][Xx][Yy]\)=/\1 /p' | sed 's|//[^/@]*@|//|')
    [ -n "$profile" ] && printf '%s\n' "$profile" | sed 's/^/proxy /'
    [ -r /etc/network_turbo ] && echo "turbo 1"
    if [ -n "$PROBE" ]; then
        if command -v curl >/dev/null 2>&1; then
            curl -s -o /dev/null -m 8 -I "$PROBE" </dev/null && echo "reach 1" || echo "reach 0"
        elif command -v wget >/dev/null 2>&1; then
            wget -q -T 8 -t 1 --spider "$PROBE" >/dev/null 2>&1 </dev/null && echo "reach 1" || echo "reach 0"
        fi
    fi
    for one in "$HOME/autodl-tmp" /root/autodl-tmp /hy-tmp "$HOME/work" /workspace; do
        [ -d "$one" ] && [ -w "$one" ] && echo "folder $one"
    done
} 2>/dev/null
printf '\0'
