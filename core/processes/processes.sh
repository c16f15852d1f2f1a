#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The instance's processes, as core/probe/ProcessTable reads them: lines "WORD ...", one record that
# ends with NUL. POSIX sh (dash, busybox ash, bash), awk, head, ls; changes nothing.
PATH=$PATH:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
proc=/proc
{
    echo "self $$"
    echo "hz $(getconf CLK_TCK 2>/dev/null || echo 100)"
    echo "page $(getconf PAGESIZE 2>/dev/null || echo 4096)"
    echo "uptime $(cat $proc/uptime)"
    awk -F: 'NF > 2 {print "user " $3 " " $1}' /etc/passwd 2>/dev/null
    # Each ends with a line of its own; a name may have a line end in it, and is left out then.
    cat $proc/[0-9]*/stat 2>/dev/null | awk '/^[0-9]+ \(.*\) [A-Za-z] / {print "stat " $0}'
    # shellcheck disable=SC2012
    ls -ldn $proc/[0-9]* 2>/dev/null | awk '{n = split($NF, a, "/"); print "owner " a[n] " " $3}'
    head -c 400 $proc/[0-9]*/cmdline 2>/dev/null | tr '\000\n\r' '   ' | tr '\001-\037' ' ' |
        awk '{gsub(/==> \/proc\/[0-9]+\/cmdline <==/, "\n&"); print}' |
        awk '/^==> \/proc\/[0-9]+\/cmdline <== / {split($2, a, "/"); sub(/^[^<]*<== */, ""); if ($0 != "") print "command " a[3] " " $0}'
    [ "$(id -u)" = 0 ] || echo "partial 1"
    # shellcheck disable=SC2012
    ls -l $proc/[0-9]*/fd 2>/dev/null | awk '
        /^\/proc\/[0-9]+\/fd:$/ {split($0, a, "/"); pid = a[3]; next}
        / -> \/dev\/nvidia[0-9]+$/ {sub(/^.*\/dev\/nvidia/, ""); if (!((pid, $0) in seen)) print "gpu " pid " " $0; seen[pid, $0] = 1}'
    grep -l -E '/dev/nvidia[0-9]|/libcuda\.so' $proc/[0-9]*/maps 2>/dev/null | awk -F/ '{print "cuda " $3}'
    echo end
} 2>/dev/null
printf '\0'
