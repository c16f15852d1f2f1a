#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What takes the room on the disk MOUNT, and what can be had again. Records that end with NUL:
#   "clean KIND KIB PATH": KIND is conda, pip, model or trash; KIB is what its removal frees
#   "item KIB NAME": the largest in the one before
#   "file KIB PATH", "dir KIB PATH": the largest on the disk, folders with all that is in them
#   "count NUMBER PATH": the folders with the most files and folders in them, at any depth
#   "end"
# PKGS: conda's package caches, one a line; PIP: pip's cache; HUB: the hub cache of Hugging Face. POSIX sh;
# changes nothing, and gives way to whatever computes.
renice -n 19 -p $$ >/dev/null 2>&1
LC_ALL=C
export LC_ALL
tab=$(printf '\t')
dev() { stat -c %d -- "$1" 2>/dev/null || df -Pk -- "$1" 2>/dev/null | awk 'END {print $1}'; }
here=$(dev "$MOUNT")
on() { [ -d "$1" ] && [ ! -L "$1" ] && [ "$(dev "$1")" = "$here" ]; }
kib() { du -skx -- "$1" 2>/dev/null | awk 'END {print $1 + 0}'; }
told() { # WORD, of lines "KIB<tab>NAME"
    while IFS=$tab read -r size name; do
        case $size in
        '' | *[!0-9]*) ;; # the rest of a name with a line end in it
        *) printf '%s %s %s\0' "$1" "$size" "$name" ;;
        esac
    done
}
items() { # FOLDER
    (cd "$1" && for name in * .[!.]*; do
        [ -e "$name" ] || [ -L "$name" ] || continue
        du -skx -- "$name" 2>/dev/null
    done) | sort -rn | head -n 100 | told item
}
clean() { # KIND FOLDER [PLACE OF ITEMS]
    on "$2" || return
    size=$(kib "$2")
    [ "$size" -gt 64 ] || return
    printf 'clean %s %s %s\0' "$1" "$size" "$2"
    [ -z "${3:-}" ] || items "$3"
}

printf '%s\n' "$PKGS" | while read -r folder; do
    on "$folder" || continue
    # What environments have by hard links stays.
    size=$(find "$folder" -xdev -type f -links 1 -exec du -k -- {} + 2>/dev/null | awk '{sum += $1} END {print sum + 0}')
    [ "$size" -gt 64 ] || continue
    printf 'clean conda %s %s\0' "$size" "$folder"
    (cd "$folder" && find . -type f -links 1 \( -name '*.conda' -o -name '*.tar.bz2' \) -exec du -k -- {} +) 2>/dev/null |
        sort -rn | head -n 100 | sed "s|$tab\./|$tab|" | told item
done
[ -z "$PIP" ] || clean pip "$PIP"
if [ -n "$HUB" ] && [ -d "$HUB" ]; then
    for folder in "$HUB"/models--* "$HUB"/datasets--*; do clean model "$folder"; done
fi
for folder in "$HOME/.local/share/Trash" "$MOUNT/.Trash-$(id -u)" "$MOUNT/.Trash/$(id -u)"; do
    clean trash "$folder" "$folder/files"
done
find "$MOUNT" -xdev -type f -size +102400k -exec du -k -- {} + 2>/dev/null | sort -rn | head -n 60 | told file
du -kx -d 5 -- "$MOUNT" 2>/dev/null | sort -rn | head -n 200 | told dir
export MOUNT
find "$MOUNT" -xdev 2>/dev/null | awk '
    BEGIN {base = ENVIRON["MOUNT"] == "/" ? "" : ENVIRON["MOUNT"]}
    index($0, base "/") == 1 {
        n = split(substr($0, length(base) + 2), part, "/")
        at = base
        for (i = 1; i < n && i <= 5; i++) {
            at = at "/" part[i]
            count[at]++
        }
    }
    END {for (path in count) printf "%d\t%s\n", count[path], path}' | sort -rn | head -n 100 | told count
printf 'end\0'
