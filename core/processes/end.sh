#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Ends processes. Set before: SIGNAL (TERM or KILL), TREE (1 = what they started too), PATIENCE (tenths
# of a second to wait for their end), WANTED ("PID:START PID:START ..."). A pid counts only with its
# start, field 22 of /proc/PID/stat: another process that has the number now is left alone.
# Records "WORD PID START" that end with NUL: gone (was not there), refused, left (still runs), ended.
start() { sed -n 's/^.*) //p' "/proc/$1/stat" 2>/dev/null | awk 'NR == 1 {print $20}'; }
state() { sed -n 's/^.*) //p' "/proc/$1/stat" 2>/dev/null | awk 'NR == 1 {print $1}'; }
lives() { # PID START: a zombie has ended, only its parent has not looked yet
    [ "$(start "$1")" = "$2" ] && [ "$(state "$1")" != Z ]
}
tell() { printf '%s %s %s\0' "$1" "${2%:*}" "${2#*:}"; }

list=''
for one in $WANTED; do
    if lives "${one%:*}" "${one#*:}"; then list="$list $one"; else tell gone "$one"; fi
done
if [ "$TREE" = 1 ] && [ -n "$list" ]; then
    list=$(cat /proc/[0-9]*/stat 2>/dev/null | awk -v roots="$list" -v self=$$ '
        {pid = $1; sub(/^.*\) /, ""); parent[pid] = $2; started[pid] = $20}
        END {
            n = split(roots, all, " ")
            for (i = 1; i <= n; i++) {split(all[i], a, ":"); if (!(a[1] in have)) {have[a[1]] = 1; order[++m] = a[1]; print all[i]}}
            for (grown = 1; grown;) {
                grown = 0
                for (pid in parent)
                    if ((parent[pid] in have) && !(pid in have) && pid != self && parent[pid] != self) {
                        have[pid] = 1; grown = 1; print pid ":" started[pid]
                    }
            }
        }')
fi
sent=''
for one in $list; do
    if kill -s "$SIGNAL" "${one%:*}" 2>/dev/null; then
        sent="$sent $one"
    elif lives "${one%:*}" "${one#*:}"; then
        tell refused "$one"
    else
        tell ended "$one"
    fi
done
pause=0.1 step=1
sleep 0.01 2>/dev/null || { pause=1 step=10; }
waited=0
while :; do
    left=''
    for one in $sent; do
        if lives "${one%:*}" "${one#*:}"; then left="$left $one"; else tell ended "$one"; fi
    done
    sent=$left
    if [ -z "$sent" ] || [ $waited -ge "$PATIENCE" ]; then break; fi
    sleep $pause
    waited=$((waited + step))
done
for one in $sent; do tell left "$one"; done
printf 'end\0'
